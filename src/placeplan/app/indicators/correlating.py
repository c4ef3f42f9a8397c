"""A measure against the deprivation of each area: the correlation, and a point for each area."""

from dataclasses import dataclass

import polars as pl

from placeplan.app.area_scores import AreaScores
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period
from placeplan.indicators.variation.correlations import NOT_A_CAUSE, Correlation, correlation
from placeplan.reports.pictures.axes import how_many
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.saying import source_words, status_marks
from placeplan.reports.pictures.scatter import Pair, Side, scatter_picture

SCORE = Side("score of deprivation")


@dataclass(frozen=True, eq=False)
class Correlated:
    """A correlation as a row of a table, as a picture, and as a sentence."""

    table: pl.DataFrame
    picture: StatisticalPicture
    says: str


def correlated(results: MeasureResults, *, scores: AreaScores, breakdown: str) -> Correlated:
    """How closely a measure goes together with the deprivation of areas, in the latest period.

    Raises:
        MethodInputError: several rows for one area.
    """
    rows, period = rows_of_one_period(results, period=None)
    measure = results.measure
    score = pl.Series("score", [scores.by_area.get(area) for area in rows["area"].to_list()], dtype=pl.Float64)
    both = rows.with_columns(score).drop_nulls(["value", "score"])
    found = correlation(both["score"].to_numpy(), both["value"].to_numpy(), confidence=results.confidence)
    words = _words(found)
    pairs = [
        Pair(name or area, across, up)
        for area, name, across, up in both.select("area", "area_name", "score", "value").iter_rows()
    ]
    picture = scatter_picture(
        f"{measure.id}-correlation-{breakdown}",
        pairs,
        across=SCORE,
        up=Side(measure.unit, measure.unit),
        title=f"{measure.title} and deprivation, {breakdown}, {period}",
        subtitle=f"A point for each area. {words}",
        says=words,
        note=" ".join(
            filter(None, (f"Across: {scores.of}; higher is more deprived.", NOT_A_CAUSE, source_words(rows)))
        ),
        marks=status_marks(both),
    )
    row = {
        "breakdown": breakdown,
        "period": period,
        "areas": found.pairs,
        "correlation": found.value,
        "lower": found.lower,
        "upper": found.upper,
        "note": found.note,
    }
    numbers = dict.fromkeys(("correlation", "lower", "upper"), pl.Float64)
    return Correlated(pl.DataFrame([row], schema_overrides=numbers), picture, f"{breakdown}: {words}")


def _words(found: Correlation) -> str:
    if found.value is None:
        return f"The correlation with deprivation is not known: {found.note}."
    lower, upper = (_signed(number) for number in (found.lower, found.upper))
    return (
        f"The correlation with deprivation is {_signed(found.value)} ({lower} to {upper}), "
        f"{how_many(found.pairs, 'area')}, each with the same weight."
    )


def _signed(number: float | None) -> str:
    return "not known" if number is None else f"{number:.2f}".replace("-", "−")
