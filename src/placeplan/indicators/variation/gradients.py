"""A measure over areas in the order of their deprivation: the slope index where each area is its own group.

For 5 to 100 areas, and for published or modelled values, such as life expectancy, that cannot be added up to quantiles;
``equity`` is for proportions and rates of any number of areas.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

from placeplan.indicators.measures import Measure
from placeplan.indicators.methods import MethodInputError, SlopeIndex, slope_index_of_inequality
from placeplan.indicators.methods.inequality import FEWEST_QUANTILES, MOST_QUANTILES
from placeplan.indicators.methods.inputs import normal_point
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period

TWO_SIDES = 2.0


@dataclass(frozen=True, eq=False)
class AreaGradient:
    """Areas from the most to the least deprived, and their slope index, in the unit of the measure.

    ``groups``: ``group`` (the name of the area), ``area``, ``score``, ``value``, ``lower``, ``upper``, ``population``.
    ``left_out`` says which areas take no part, and why.
    """

    measure: Measure
    period: str
    groups: pl.DataFrame
    index: SlopeIndex
    left_out: tuple[str, ...]


def area_gradient(
    results: MeasureResults,
    *,
    scores: Mapping[str, float],
    seed: int,
    period: str | None = None,
    repetitions: int = 100_000,
) -> AreaGradient:
    """The slope index over areas (5 to 100), each a group, ordered by a score of deprivation (higher: more deprived).

    The standard error of an area is its interval divided by twice the normal point. Populations are the denominators.
    Areas without a value, an interval, a population or a score are left out and named.

    Raises:
        MethodInputError: several rows for one area, or too few or too many areas.

    Source: see ``methods.slope_index_of_inequality``.
    """
    rows, text = rows_of_one_period(results, period=period)
    known = pl.DataFrame({"area": list(scores), "score": list(scores.values())}, schema_overrides={"area": pl.String})
    joined = rows.join(known, on="area", how="left")
    needed = ("value", "lower", "upper", "denominator", "score")
    usable = joined.drop_nulls(needed).filter(pl.col("denominator") > 0)
    ordered = usable.sort("score", "area", descending=[True, False])
    if not FEWEST_QUANTILES <= ordered.height <= MOST_QUANTILES:
        raise MethodInputError(
            f"{ordered.height} areas of '{results.measure.id}' in {text} have a value with limits and a score; a slope "
            f"index needs {FEWEST_QUANTILES} to {MOST_QUANTILES}."
        )
    width = ordered["upper"] - ordered["lower"]
    index = slope_index_of_inequality(
        ordered["value"].to_numpy(),
        (width / (TWO_SIDES * normal_point(results.confidence))).to_numpy(),
        ordered["denominator"].to_numpy(),
        repetitions=repetitions,
        seed=seed,
    )
    without = joined.join(ordered, on="area", how="anti")
    return AreaGradient(
        measure=results.measure,
        period=text,
        groups=ordered.select(
            pl.when(pl.col("area_name") != "").then("area_name").otherwise("area").alias("group"),
            "area",
            "score",
            "value",
            "lower",
            "upper",
            pl.col("denominator").alias("population"),
        ),
        index=index,
        left_out=tuple(
            f"{row['area_name'] or row['area']}: {row['note'] or 'no score of deprivation'}"
            for row in without.iter_rows(named=True)
        ),
    )
