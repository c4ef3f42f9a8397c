"""Limits of weighted surveys: they rest on what the answers are worth, not on how many there are."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from placeplan.app.indicators.reading import MeasureRows
from placeplan.app.tidy_observations import TIDY
from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.reading import read_texts, texts_of
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period
from placeplan.indicators.variation.survey_bases import on_effective_base
from placeplan.kernel.errors import InputError, Location, Problem

EFFECTIVE, ANSWERS = "effective_base", "base"
UNWEIGHTED = (
    "Intervals rest on the number of people who answered. Weights make answers worth less: with a design effect or "
    "effective bases intervals are wider and flags fewer."
)


@dataclass(frozen=True, eq=False)
class SurveyLimits:
    """Results with the limits of a weighted survey, and what is to be said of them; nothing where it is no survey."""

    results: MeasureResults
    says: tuple[str, ...]


def survey_limits(
    path: Path, rows: MeasureRows, *, results: MeasureResults, design_effect: float | None
) -> SurveyLimits:
    """Put the results of the latest period on the base that weights leave, where the file or the question gives one.

    A file in our own layout may have ``effective_base``, or ``base`` (people who answered). ``design_effect`` divides
    ``base``, or else the denominators. Without any of them results stay as they are.

    Raises:
        InputError: effective bases and a design effect at once, bases of rows that were added up, or a measure that is
            no proportion.
    """
    heading, bases = _bases(path, rows)
    if heading == EFFECTIVE and design_effect is not None:
        message = "the file has effective bases, and a design effect is given too"
        raise InputError([Problem(Location(path.name, 1, EFFECTIVE), message, "one of the two")])
    if heading is None and design_effect is None:
        return SurveyLimits(results, ())
    frame, _ = rows_of_one_period(results, period=None)
    latest = MeasureResults(results.measure, frame, results.confidence)
    if heading is None:
        words = f"Intervals rest on the denominators divided by a design effect of {design_effect:g}."
        return SurveyLimits(on_effective_base(latest, design_effect=design_effect), (words,))
    by_area = _by_area(rows, bases, frame=frame, divided_by=design_effect or 1.0)
    return SurveyLimits(on_effective_base(latest, bases=by_area), (_words(heading, design_effect),))


def _words(heading: str, design_effect: float | None) -> str:
    if heading == EFFECTIVE:
        return "Intervals rest on the effective bases of the file."
    if design_effect is None:
        return UNWEIGHTED
    return f"Intervals rest on the people who answered, divided by a design effect of {design_effect:g}."


def _bases(path: Path, rows: MeasureRows) -> tuple[str | None, Mapping[int, float]]:
    """The heading of the bases of a file in our own layout, and the base on each line."""
    table = texts_of(path, path.name)
    there = next((name for name in (EFFECTIVE, ANSWERS) if name in table.headings), None)
    layout = read_catalogue()[TIDY]
    if there is None or not set(layout.needed) <= set(table.headings):
        return None, {}
    if rows.observations.frame[LINE].null_count():
        message = "bases of several rows do not add up to that of their sum"
        mend = "Leave out --roll-up, or give a file of the sums."
        raise InputError([Problem(Location(path.name, 1, there), message, "rows as they were read", mend)])
    read = read_texts(table, layout, file=path.name).frame.drop_nulls(there)
    return there, dict(read.select(LINE, there).iter_rows())


def _by_area(
    rows: MeasureRows, bases: Mapping[int, float], *, frame: pl.DataFrame, divided_by: float
) -> dict[str, float]:
    """The base of each area in the period of the results."""
    period = frame["period"][0]
    lines = rows.observations.frame.filter(pl.col("period") == period).select("area", LINE)
    return {area: bases[line] / divided_by for area, line in lines.iter_rows() if line in bases}
