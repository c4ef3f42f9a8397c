"""Identifiers of the figures of indicators."""

import re
from functools import lru_cache

from placeplan.kernel.periods import FinancialYear

_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """A text as a part of an identifier: ``NHS West Kent CCG`` becomes ``nhs-west-kent-ccg``."""
    return _NOT_PLAIN.sub("-", text.lower()).strip("-")


def observed_id(indicator: str, area: str, *, period: str | None) -> str:
    """Identifier of an observed value: ``observed.ef26.kent-and-medway.2012-13``; without the period when none is
    given.
    """
    return ".".join(filter(None, ("observed", slug(indicator), slug(area), slug(period or ""))))


def performance_id(indicator: str, area: str | None, *, year: FinancialYear, measure: str) -> str:
    """Identifier of a figure of a trajectory: ``performance.ef26.2014-15.planned`` (or ``.standard``, ``.gap``)."""
    return ".".join(filter(None, ("performance", slug(indicator), slug(area or ""), str(year), measure)))
