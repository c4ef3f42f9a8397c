"""Several years of one series added up, so that small numbers carry more weight."""

import polars as pl

from placeplan.indicators.observed.adding_up import all_sources, weakest_status, whole_sum
from placeplan.indicators.observed.observations import SCHEMA, Observations
from placeplan.kernel.errors import PlaceplanError
from placeplan.kernel.spans import Frequency

YEARS = (Frequency.FINANCIAL_YEAR.value, Frequency.CALENDAR_YEAR.value)
FEWEST_YEARS = 2
_SERIES = ["measure", "area", "sex", "age", "category", "frequency"]


class PoolingError(PlaceplanError, ValueError):
    """Observations whose years cannot be added up; the message says why and what to do."""


def pooled(observations: Observations, *, years: int, separate: bool = False) -> Observations:
    """Consecutive years of each series added up: counts over person-years, one row for each so many years.

    Periods overlap, each one year on from the last; with ``separate`` they do not, and the newest ends in the last year
    of all rows. A period is given only where every year of it has its counts. Published values are never added, so a
    row without a numerator, or without the denominator that others have, leaves its periods out. The status is the
    weakest of the years.

    Args:
        observations: checked rows by year.
        years: how many years, two or more.
        separate: whether each year is used in one period only.

    Raises:
        PoolingError: fewer than two years; rows that are pooled already or are not of one year; a year that stands
            twice; no row has counts.
    """
    rows = observations.frame
    _refuse(rows, years)
    if rows.is_empty():
        return observations
    dated = rows.filter(pl.col("numerator").is_not_null()).with_columns(pl.col("starts").dt.year().alias("year"))
    ending = pl.concat([dated.with_columns((pl.col("year") + later).alias("last")) for later in range(years)])
    if separate:
        newest = pl.lit(rows["starts"].dt.year()).max()
        ending = ending.filter((newest - pl.col("last")) % years == 0)
    denominators = pl.col("denominator")
    found = (
        ending.sort("year", maintain_order=True)
        .group_by(*_SERIES, "last", maintain_order=True)
        .agg(
            pl.len().alias("years"),
            (denominators.is_null().all() | denominators.is_not_null().all()).alias("alike"),
            pl.last("area_name"),
            pl.concat_str(pl.first("period"), pl.lit(" to "), pl.last("period")).alias("period"),
            pl.first("starts", "file", "line"),
            pl.last("ends"),
            whole_sum("numerator"),
            whole_sum("denominator"),
            weakest_status(),
            all_sources(),
        )
        .filter((pl.col("years") == years) & pl.col("alike"))
        .with_columns(
            pl.lit(Frequency.SEVERAL_YEARS.value).alias("frequency"),
            *(pl.lit(None, dtype=pl.Float64).alias(name) for name in ("value", "lower", "upper")),
        )
    )
    ordered = found.sort("measure", "area", "sex", "age", "category", "starts", maintain_order=True)
    return Observations(ordered.select(list(SCHEMA)))


def _refuse(rows: pl.DataFrame, years: int) -> None:
    if years < FEWEST_YEARS:
        raise PoolingError(f"expected {FEWEST_YEARS} years or more to add up, found {years}")
    found = set(rows["frequency"].unique().to_list())
    if Frequency.SEVERAL_YEARS.value in found:
        raise PoolingError("the rows are several years added up already; adding them again would count years twice")
    others = sorted(found.difference(YEARS))
    if others:
        raise PoolingError(f"only years can be added up, and there are rows by {', '.join(others)}; add those up first")
    if rows.select(*_SERIES, "period").is_duplicated().any():
        raise PoolingError("a year stands twice in a series; check the observations before adding up")
    if rows.height and rows["numerator"].null_count() == rows.height:
        raise PoolingError("no row has counts, and published values cannot be added up")
