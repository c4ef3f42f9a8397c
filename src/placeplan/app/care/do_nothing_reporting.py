"""Do-nothing demand in words, as tables and as a document for machines."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from placeplan.app.care.do_nothing import PlaceDemand
from placeplan.app.care.do_nothing_backcast import ALL, SeriesBackcast
from placeplan.app.care.do_nothing_pictures import (
    LEVELS,
    backcast_picture,
    demand_pictures,
    drivers_of,
    factor_titles,
    factor_values,
    marks_of,
)
from placeplan.demand.tornado import Tornado
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.files import write_files
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.writing import gallery_files, picture_files

FORMAT = 1
SHOWN_BAND = (0.05, 0.95)
NAME_WIDTH = 46
IN_SAMPLE = (
    "Rates are those of a later year, and growth beyond population may have been found in these very years: a small "
    "error shows that the method fits them, not that it foretells others."
)


def demand_sentences(demand: PlaceDemand) -> Iterator[str]:
    """The answer for a person: each point of delivery, its growth, where that comes from, and how sure it is."""
    first, last = demand.axes.years[0], demand.axes.years[-1]
    yield f"{_shouted(demand)}Do nothing, {demand.inputs.title}, {first} to {last}, expectation"
    bands = demand.runs.bands(SHOWN_BAND)
    for place, point in enumerate(demand.axes.points):
        parts = demand.nothing.waterfall(last, point=point)
        growth = demand.nothing.growth(last, point=point)
        yield f"\n{demand.titles[point]}, {demand.units[point]}"
        yield _row(first, float(parts.base))
        for adjustment in demand.nothing.adjustments:
            mark = "" if adjustment.confirmed else "  UNCONFIRMED"
            yield f"{_row('  ' + adjustment.title, float(parts.own(adjustment.identifier)), signed=True)}{mark}"
        yield _row("  together, beyond each alone", float(parts.interaction), signed=True)
        low, high = (float(bands.at(level)[place, 0, 0, -1]) for level in SHOWN_BAND)
        yield f"{_row(last, float(parts.total))}  {growth:+.1%}; 90% of runs between {low:,.0f} and {high:,.0f}"
    yield f"\n{demand.runs.runs:,} runs from seed {demand.request.seed}."
    yield from demand.inputs.notes
    yield f"Source: {'; '.join(demand.inputs.sources)}."


def tornado_sentences(demand: PlaceDemand, point: str, *, drivers: Tornado) -> Iterator[str]:
    """What drives one point of delivery, widest swing first."""
    last, titles = demand.axes.years[-1], factor_titles(demand)
    yield f"{_shouted(demand)}What drives {demand.titles[point]}, {demand.inputs.title}, {last}"
    yield _row("Expected", drivers.expected)
    for swing in drivers.swings:
        low, high = swing.figures
        share = f"  {swing.share:.0%} of the variance" if swing.share is not None else ""
        values = f"({' to '.join(factor_values(demand, swing))})"
        yield f"  {titles[swing.identifier]:<{NAME_WIDTH}} {low:>12,.0f} to {high:>12,.0f}  {values}{share}"
    if drivers.explained is not None:
        yield f"Rank regression over {demand.runs.runs:,} runs explains {drivers.explained:.0%} of the variance."


def backcast_sentences(found: Sequence[SeriesBackcast]) -> Iterator[str]:
    """What was foretold and counted, with the errors of each method."""
    for one in found:
        origin = next(iter(one.methods.values())).origin
        yield f"{one.series.title}, {one.place}, {one.series.unit}; from {origin} ({one.counted_at_origin:,.0f})"
        for method, cast in one.methods.items():
            mark = "  UNCONFIRMED" if method == ALL else ""
            yield (
                f"  {method:<36} off by {cast.mean_absolute_percentage_error:6.1%} a year on average (MAPE), "
                f"bias {cast.bias:+6.1%}{mark}"
            )
            for year in cast.years:
                numbers = f"counted {year.counted:>12,.0f}  foretold {year.foretold:>12,.0f}  {year.share:+6.1%}"
                yield f"    {year.year}  {numbers}"
        yield from (f"  Left out: {words}." for words in one.left_out)
        yield f"  {one.series.note}\n"
    yield IN_SAMPLE


def demand_tables(demand: PlaceDemand) -> dict[str, pl.DataFrame]:
    """The path with bands by point and year, and growth with its attribution by area, point and year."""
    return {"path": _path_table(demand), "growth": _growth_table(demand)}


def _path_table(demand: PlaceDemand) -> pl.DataFrame:
    axes, expected, bands = demand.axes, demand.model.expected(), demand.runs.bands(LEVELS)
    rows = [
        {
            "point": point,
            "year": year,
            "expected": float(expected[p, 0, 0, y]),
            **{f"quantile_{level:.0%}": float(bands.at(level)[p, 0, 0, y]) for level in LEVELS},
            "status": _status(demand),
        }
        for (p, point), (y, year) in product(enumerate(axes.points), enumerate(axes.years))
    ]
    return pl.DataFrame(rows)


def _growth_table(demand: PlaceDemand) -> pl.DataFrame:
    axes, parts, growth = demand.axes, demand.nothing.attribution, demand.growth
    base, total = parts.base[:, 0], parts.total[:, 0]
    demographic = np.broadcast_to(growth.demographic, parts.total.shape)[:, 0]
    bands = demand.area_runs.bands(SHOWN_BAND)
    rows = [
        {
            "area": axes.areas[a],
            "area_name": demand.inputs.names[a],
            "point": axes.points[p],
            "year": axes.years[y],
            "base": float(base[p, a, y]),
            **{change.name: float(change.own[p, 0, a, y]) for change in parts.changes},
            "interaction": float(parts.interaction[p, 0, a, y]),
            "total": float(total[p, a, y]),
            **{f"quantile_{level:.0%}": float(bands.at(level)[p, 0, a, y]) for level in SHOWN_BAND},
            "size_factor": float(growth.size[0, 0, a, y]),
            "structure_factor": float(growth.structure[p, 0, a, y]),
            "demographic_factor": float(demographic[p, a, y]),
            "status": _status(demand),
        }
        for a, p, y in product(range(len(axes.areas)), range(len(axes.points)), range(len(axes.years)))
    ]
    return pl.DataFrame(rows)


def demand_document(demand: PlaceDemand) -> dict[str, Any]:
    """The answer for a machine. ``format`` rises when a key is taken away or changes its meaning."""
    return {
        "format": FORMAT,
        "place": demand.inputs.title,
        "synthetic": demand.inputs.synthetic,
        "years": list(demand.axes.years),
        "seed": demand.request.seed,
        "runs": demand.runs.runs,
        "rates": demand.request.rates,
        "adjustments": [
            {"id": one.identifier, "title": one.title, "source": one.source, "confidence": str(one.confidence)}
            for one in demand.nothing.adjustments
        ],
        "points": [_point_document(demand, point) for point in demand.axes.points],
        "notes": list(demand.inputs.notes),
        "sources": list(demand.inputs.sources),
    }


def _point_document(demand: PlaceDemand, point: str) -> dict[str, Any]:
    place, last = demand.axes.position("points", point), demand.axes.years[-1]
    parts, bands = demand.nothing.waterfall(last, point=point), demand.runs.bands(LEVELS)
    return {
        "id": point,
        "title": demand.titles[point],
        "unit": demand.units[point],
        "path": list(map(float, demand.model.expected()[place, 0, 0])),
        "bands": {f"{level:g}": list(map(float, bands.at(level)[place, 0, 0])) for level in LEVELS},
        "attribution": {
            "year": last,
            "base": float(parts.base),
            "changes": {change.name: float(change.own) for change in parts.changes},
            "interaction": float(parts.interaction),
            "total": float(parts.total),
        },
    }


def tornado_document(demand: PlaceDemand, point: str, *, drivers: Tornado) -> dict[str, Any]:
    """What drives one point of delivery, for a machine."""
    return {
        "format": FORMAT,
        "place": demand.inputs.title,
        "synthetic": demand.inputs.synthetic,
        "point": point,
        "year": demand.axes.years[-1],
        "expected": drivers.expected,
        "quantiles": list(drivers.quantiles),
        "explained": drivers.explained,
        "swings": [
            {"factor": one.identifier, "values": list(one.values), "figures": list(one.figures), "share": one.share}
            for one in drivers.swings
        ],
    }


def backcast_document(found: Sequence[SeriesBackcast]) -> dict[str, Any]:
    """Backcasts for a machine."""
    return {"format": FORMAT, "series": [_series_document(one) for one in found]}


def _series_document(found: SeriesBackcast) -> dict[str, Any]:
    return {
        "id": found.series.id,
        "place": found.place,
        "unit": found.series.unit,
        "counted_at_origin": found.counted_at_origin,
        "left_out": list(found.left_out),
        "methods": {
            name: {
                "origin": cast.origin,
                "mape": cast.mean_absolute_percentage_error,
                "bias": cast.bias,
                "years": [{"year": y.year, "counted": y.counted, "foretold": y.foretold} for y in cast.years],
            }
            for name, cast in found.methods.items()
        },
    }


def write_demand(demand: PlaceDemand, out: Path, *, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write tables, pictures and a page that shows them; all files, or none.

    Raises:
        InputError: the folder cannot be written.
    """
    tables = demand_tables(demand)
    title = f"{_shouted(demand)}Do nothing: {demand.inputs.title}"
    return _write(out, list(demand_pictures(demand)), title=title, tables=tables, formats=formats)


def write_tornado(demand: PlaceDemand, point: str, *, out: Path, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write the tornado of one point of delivery and a page that shows it.

    Raises:
        InputError: the folder cannot be written.
    """
    picture = drivers_of(demand, point)
    return _write(out, [picture], title=f"{_shouted(demand)}{picture.title}", tables={}, formats=formats)


def write_backcasts(found: Sequence[SeriesBackcast], out: Path, *, formats: Sequence[str]) -> tuple[Path, ...]:
    """Write a picture of each series and a page that shows them.

    Raises:
        InputError: the folder cannot be written.
    """
    return _write(out, [backcast_picture(one) for one in found], title="Backcasts", tables={}, formats=formats)


def _write(
    out: Path,
    pictures: Sequence[StatisticalPicture],
    *,
    title: str,
    tables: Mapping[str, pl.DataFrame],
    formats: Sequence[str],
) -> tuple[Path, ...]:
    contents = {f"{name}.csv": table.write_csv().encode() for name, table in tables.items()}
    for picture in pictures:
        contents |= picture_files(picture, formats)
    notes = tuple(f"Table: {name}.csv" for name in tables)
    return write_files(out, contents | gallery_files(pictures, title=title, notes=notes, formats=formats))


def known_point(demand: PlaceDemand, point: str) -> str:
    """A point of delivery that the path has.

    Raises:
        InputError: it has not; the message lists those that there are.
    """
    if point not in demand.axes.points:
        expected = f"one of {', '.join(demand.axes.points)}"
        raise InputError([Problem(Location("point"), f"'{point}' is not known", expected)])
    return point


def _status(demand: PlaceDemand) -> str:
    return "synthetic" if demand.inputs.synthetic else "unconfirmed" if not demand.nothing.confirmed else "modelled"


def _shouted(demand: PlaceDemand) -> str:
    return "".join(f"{mark.upper()}: " for mark in marks_of(demand)[:1])


def _row(name: str, number: float, *, signed: bool = False) -> str:
    return f"  {name:<{NAME_WIDTH}} {number:>+14,.0f}" if signed else f"  {name:<{NAME_WIDTH}} {number:>14,.0f}"
