"""The method put back to an earlier year: what it would have foretold, held against series that were counted."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

import polars as pl

from placeplan.app.care.do_nothing import DemandRequest, PlaceDemand, demand_of, told
from placeplan.app.care.do_nothing_definitions import read_counted_series
from placeplan.app.care.do_nothing_inputs import read_demand_inputs
from placeplan.app.data_folder import data_folder
from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import read_table
from placeplan.demand.backcasting import Backcast, backcast
from placeplan.demand.errors import DemandError
from placeplan.demand.points import CountedSeries, YearsAre
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear

MONTHS = 12
APRIL = 4
SIZE_ONLY, POPULATION, ALL, NO_GROWTH = (
    "more people", "more people, their ages and sexes", "every adjustment", "no growth",
)  # fmt: skip


@dataclass(frozen=True, eq=False)
class SeriesBackcast:
    """A series with what several methods would have foretold.

    Attributes:
        series: what was counted.
        place: its title.
        methods: backcasts by what was taken into account; the plainest first.
        counted_at_origin: what was counted in the year that each method starts from.
        left_out: years that are not complete, and why.
    """

    series: CountedSeries
    place: str
    counted_at_origin: float
    methods: Mapping[str, Backcast]
    left_out: tuple[str, ...]


def backcasts_of(request: DemandRequest) -> tuple[SeriesBackcast, ...]:
    """Every series of the place that the data folder has.

    Raises:
        InputError: there is no data folder, it has no series of the place, or a file cannot be read.
    """
    folder = data_folder(request.data)
    wanted = [one for one in read_counted_series().series if one.place == request.place]
    there = [one for one in wanted if one.dataset in folder.files]
    if not there:
        known = ", ".join(dict.fromkeys(f"{one.place} ({one.dataset})" for one in read_counted_series().series))
        message = f"there is no counted series of '{request.place}' in this folder"
        raise InputError([Problem(Location(folder.path.name), message, f"one of: {known}")])
    found = tuple(one for series in there if (one := _backcast(request, folder, series=series)) is not None)
    if not found:
        message = f"no counted series of '{request.place}' has two complete years"
        raise InputError([Problem(Location(folder.path.name), message, "every month of every organisation")])
    return found


def _backcast(request: DemandRequest, folder: DataFolder, *, series: CountedSeries) -> SeriesBackcast | None:
    counted, left_out = counted_years(folder, series)
    if len(counted) < 2:
        return None
    first, last = min(counted), max(counted)
    inputs = read_demand_inputs(
        folder, request.place, rates=request.rates, since=first[:4], until=last[:4], rebase=request.rebase
    )
    demand = demand_of(replace(request, by="point"), inputs)
    try:
        methods = {
            name: backcast(counted, path, origin=first)
            for name, path in _foretold(demand, counted[first], point=series.point)
        }
    except DemandError as error:
        raise told(error, series.id) from error
    return SeriesBackcast(series, inputs.title, counted[first], methods, left_out)


def counted_years(folder: DataFolder, series: CountedSeries) -> tuple[dict[str, float], tuple[str, ...]]:
    """Financial years in which every organisation has every month, and a sentence for each year that is left out.

    Raises:
        InputError: a file cannot be read.
    """
    frames = [
        read_table(path, folder.catalogue[series.dataset], shown_as=path.relative_to(folder.path).as_posix()).frame
        for path in folder.find(series.dataset)
    ]
    rows = pl.concat(frames, how="diagonal").filter(pl.col(series.organisation).is_in(series.organisations))
    for column, value in series.only.items():
        rows = rows.filter(pl.col(column).cast(pl.String) == value)
    rows = rows.filter(pl.col(series.value).is_not_null())
    months = rows.with_columns(
        pl.col(series.period).cast(pl.String).str.slice(0, 4).cast(pl.Int64).alias("calendar"),
        pl.col(series.period).cast(pl.String).str.slice(5, 2).cast(pl.Int64).alias("month"),
    )
    years = months.with_columns((pl.col("calendar") - (pl.col("month") < APRIL).cast(pl.Int64)).alias("start"))
    summed = years.group_by("start").agg(pl.col(series.value).sum().alias("total"), pl.len().alias("months"))
    return _complete(summed.sort("start"), series)


def _complete(summed: pl.DataFrame, series: CountedSeries) -> tuple[dict[str, float], tuple[str, ...]]:
    whole = MONTHS * len(series.organisations)
    found, left_out = {}, []
    for start, total, months in summed.select("start", "total", "months").iter_rows():
        year = str(FinancialYear(start))
        if months == whole:
            found[year] = total / (1 if series.years_are is YearsAre.SUM else MONTHS)
        else:
            left_out.append(f"{year}: {months} of {whole} months of organisations")
    return found, tuple(left_out)


def _foretold(demand: PlaceDemand, counted: float, *, point: str) -> Iterator[tuple[str, dict[str, float]]]:
    """Paths from what was counted in the origin, under more and more of the adjustments."""
    nothing, place = demand.nothing, demand.axes.position("points", point)
    base = nothing.attribution.base[place].sum(axis=(0, 1))
    size = (nothing.attribution.base[place] * demand.growth.size[0]).sum(axis=(0, 1))
    population = demand.growth.activity.values[place].sum(axis=(0, 1))
    every = nothing.path.values[place].sum(axis=(0, 1))
    for name, path in ((NO_GROWTH, base), (SIZE_ONLY, size), (POPULATION, population), (ALL, every)):
        yield name, _in_financial_years(demand.axes.years, counted * path / path[0])


def _in_financial_years(years: Sequence[str], path: Sequence[float]) -> dict[str, float]:
    """A calendar year's population stands for the financial year that begins in it."""
    return {str(FinancialYear(int(year))): float(value) for year, value in zip(years, path, strict=True)}
