"""Practices beside what their mix of people would lead one to expect, with limits for counts.

Everything here is inside. What a run lets out is in ``practice_tables``; its limits take people to be independent.
"""

from collections.abc import Sequence

import polars as pl

from placeplan.app.segments.running import Segmented
from placeplan.indicators.methods.standardising import indirectly_standardised_ratio
from placeplan.segments.features import BED_DAYS, EVENTS, SPEND
from placeplan.segments.practice_variation import (
    MIX,
    AgainstExpected,
    Cell,
    against_expected,
    cells_of,
    people_in_segments,
)
from placeplan.segments.results import matrix

BY_MIX = "segment, age and sex"
BY_AGE = "age and sex"
REPEATED = "one person can have several events, so the limits are narrower than they should be"
NOT_A_COUNT = "not a count of independent events, so that it has no limits"
_SCHEMA = {
    "practice": pl.String, "measure": pl.String, "standardised_for": pl.String, "people": pl.Int64,
    "observed": pl.Int64, "expected": pl.Float64, "ratio": pl.Float64, "lower": pl.Float64, "upper": pl.Float64,
    "note": pl.String,
}  # fmt: skip


def practice_cells(found: Segmented) -> tuple[Cell, ...]:
    """People, events, bed days and pence of each practice by segment, age band and sex. Nothing is held back."""
    return cells_of(found.engine.fetched_rows(matrix(found.people, MIX)))


def practice_variation(cells: Sequence[Cell], *, confidence: float = 0.95) -> pl.DataFrame:
    """Each practice and measure: observed, expected, their ratio, and limits of the ratio where there are any.

    Events, bed days and spend are held against the practice's mix by segment, age and sex; the people of each segment
    against its ages and sexes. Limits are Byar's, exact Poisson below 10. A note says why something is blank, or what
    to think of.

    Args:
        cells: from ``practice_cells``.
        confidence: level of the limits, as a share.
    """
    use = [_row(one, BY_MIX, confidence=confidence) for one in against_expected(cells)]
    people = [_row(one, BY_AGE, confidence=confidence) for one in against_expected(people_in_segments(cells))]
    return pl.DataFrame([*use, *people], schema=_SCHEMA, orient="row")


def _row(one: AgainstExpected, standardised_for: str, *, confidence: float) -> tuple[object, ...]:
    told = (one.practice, one.measure, standardised_for, one.people, one.observed, one.expected)
    if one.measure in {BED_DAYS, SPEND} and standardised_for == BY_MIX:
        return (*told, one.ratio, None, None, NOT_A_COUNT)
    # Expected is worked out already: it stands as the people of one band in which everybody has one event.
    found = indirectly_standardised_ratio(
        [[one.observed]], [[one.expected]], reference_counts=[1], reference_populations=[1], confidence=confidence
    )
    value, lower, upper = (float(part[0]) for part in (found.value, found.lower, found.upper))
    if found.note[0]:
        return (*told, None, None, None, str(found.why[0]))
    return (*told, value, lower, upper, REPEATED if one.measure == EVENTS and standardised_for == BY_MIX else "")
