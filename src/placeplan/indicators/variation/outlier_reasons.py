"""What people found when they looked at an outlier: a record beside the flag, never instead of it."""

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import Self

import polars as pl
from pydantic import model_validator

from placeplan.documents.models import DocumentModel, Words
from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.variation.outliers import Outliers
from placeplan.rounds.money_rules import Slug


class Finding(StrEnum):
    """Whether there is a good reason for the variation."""

    WARRANTED = "warranted"
    UNWARRANTED = "unwarranted"
    NOT_LOOKED_AT = "not looked at"


class OutlierReason(DocumentModel):
    """What was found on one value: whether the variation is warranted, why, who says so, since when, and what follows.

    Raises:
        pydantic.ValidationError: somebody has looked at it, but reason, name or day is missing.
    """

    measure: Slug
    area: Words
    period: Words
    finding: Finding
    reason: str = ""
    found_by: str = ""
    found_on: date | None = None
    action: str = ""

    @model_validator(mode="after")
    def _says_why_and_who(self) -> Self:
        said = self.reason.strip() and self.found_by.strip() and self.found_on
        if self.finding is not Finding.NOT_LOOKED_AT and not said:
            message = f"'{self.finding}' needs a reason, the name of who found it and the day"
            raise ValueError(message)
        return self


def with_reasons(found: Outliers, reasons: Iterable[OutlierReason]) -> pl.DataFrame:
    """The red outliers with ``finding``, ``reason``, ``found_by``, ``found_on`` and ``action`` beside each.

    A flag that nobody has looked at says so. Reasons for other measures and periods are left out; those for units that
    are no outlier are too.

    Raises:
        MethodInputError: two reasons for one unit.
    """
    here = [one for one in reasons if (one.measure, one.period) == (found.measure.id, found.period)]
    areas = [one.area for one in here]
    twice = sorted(area for area in set(areas) if areas.count(area) > 1)
    if twice:
        raise MethodInputError(f"'{twice[0]}' has several reasons for '{found.measure.id}' in {found.period}.")
    table = pl.DataFrame(
        {
            "area": pl.Series(areas, dtype=pl.String),
            "finding": pl.Series([one.finding.value for one in here], dtype=pl.String),
            "reason": pl.Series([one.reason for one in here], dtype=pl.String),
            "found_by": pl.Series([one.found_by for one in here], dtype=pl.String),
            "found_on": pl.Series([one.found_on for one in here], dtype=pl.Date),
            "action": pl.Series([one.action for one in here], dtype=pl.String),
        }
    )
    return found.red.join(table, on="area", how="left", maintain_order="left").with_columns(
        pl.col("finding").fill_null(Finding.NOT_LOOKED_AT.value),
        pl.col("reason", "found_by", "action").fill_null(""),
    )
