"""What control charts say, in a table, and which of them need somebody's attention."""

from collections.abc import Sequence
from typing import Any

import numpy as np
import polars as pl

from placeplan.indicators.control.control_series import ControlSeries
from placeplan.indicators.methods import SPECIAL_CAUSE_WORDS, Assurance, SpecialCause, Variation

VERDICTS_SCHEMA: dict[str, pl.DataType] = {
    "measure": pl.String(),
    "area": pl.String(),
    "area_name": pl.String(),
    "sex": pl.String(),
    "age": pl.String(),
    "category": pl.String(),
    "period": pl.String(),
    "latest": pl.Float64(),
    "mean": pl.Float64(),
    "lower": pl.Float64(),
    "upper": pl.Float64(),
    "target": pl.Float64(),
    "variation": pl.String(),
    "assurance": pl.String(),
    "special_cause": pl.String(),
    "since": pl.String(),
    "points": pl.Int64(),
    "trial": pl.Boolean(),
    "provisional": pl.Boolean(),
    "notes": pl.String(),
}
CONCERN = frozenset({Variation.CONCERN_HIGH, Variation.CONCERN_LOW})


def verdict_table(series: Sequence[ControlSeries]) -> pl.DataFrame:
    """One row for each series, in their order, with the columns of ``VERDICTS_SCHEMA``.

    ``latest`` is the last value and ``period`` its period; mean and limits are those of its segment. ``since`` is the
    first period of the special cause that the last value is part of; ``points`` counts values; ``trial`` says that the
    limits rest on few points, ``provisional`` that the last value may change. Unknown numbers are null.
    """
    return pl.DataFrame([_row(one) for one in series], schema=VERDICTS_SCHEMA, orient="row")


def exceptions(series: Sequence[ControlSeries]) -> tuple[ControlSeries, ...]:
    """The series whose latest point is a concern, or that consistently fall short of their target; the gravest first.

    Order of gravity: a concern that also falls short of the target always; a concern that does so at random, or has no
    target; a series without concern that always falls short; a concern that passes the target all the same. Among
    equals the one whose latest point lies furthest from its mean, in units of the way to the limit.
    """
    found = [one for one in series if one.variation in CONCERN or one.assurance is Assurance.FAIL]
    return tuple(sorted(found, key=lambda one: (_gravity(one), -_distance(one), one.area, one.category)))


def _gravity(one: ControlSeries) -> int:
    """How grave an exception is; 0 is the gravest."""
    concern, fails = one.variation in CONCERN, one.assurance is Assurance.FAIL
    if concern and fails:
        return 0
    if concern:
        return 3 if one.assurance is Assurance.PASS else 1
    return 2


def _distance(one: ControlSeries) -> float:
    """How far the latest point lies from the mean, where 1 is the limit."""
    place = one.latest_position
    if place is None:
        return 0.0
    away = abs(float(one.chart.observed[place] - one.chart.mean[place]))
    limit = float(one.chart.upper[place] - one.chart.mean[place])
    return away / limit if limit > 0 else 0.0


def _row(one: ControlSeries) -> list[Any]:
    place = one.latest_position
    lines = (one.chart.observed, one.chart.mean, one.chart.lower, one.chart.upper)
    numbers = [None] * len(lines) if place is None else [_known(float(line[place])) for line in lines]
    cause = SpecialCause.NONE if place is None else SpecialCause(int(one.chart.special_cause[place]))
    return [
        one.measure.id,
        *(one.area, one.area_name, one.sex, one.age, one.category),
        None if place is None else one.periods[place],
        *numbers,
        one.target,
        one.variation_words,
        one.assurance_words,
        "" if cause is SpecialCause.NONE else SPECIAL_CAUSE_WORDS[cause],
        one.since,
        int(np.isfinite(one.chart.observed).sum()),
        False if place is None else bool(one.chart.trial[place]),
        False if place is None else one.provisional[place],
        " ".join(one.notes),
    ]


def _known(number: float) -> float | None:
    return number if np.isfinite(number) else None
