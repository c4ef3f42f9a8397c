"""The bundled plans, read and computed once for all tests of this folder."""

import re
from functools import cache
from pathlib import Path

import placeplan
from placeplan.app.computing import Computed, compute
from placeplan.app.loading import load

EXAMPLES = Path(placeplan.__file__).parent / "examples"
NAMES = ("kent-medway-2014", "west-kent-2016", "swale-2016", "dgs-2016", "west-kent-2017")


@cache
def bundled(name: str) -> Computed:
    loaded = load(EXAMPLES / name)
    return compute(loaded.plan, loaded.round)


def slug(text: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")


def observed_ids(name: str) -> list[str]:
    """Identifiers that the observations of a plan have as figures."""
    rows = bundled(name).plan.observations
    return [".".join(filter(None, ("observed", row.indicator, slug(row.area), slug(row.period or "")))) for row in rows]
