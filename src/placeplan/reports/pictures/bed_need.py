"""Beds needed against beds there, year by year, with the band in which days lie."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import scale_of
from placeplan.reports.pictures.labelling import Plot, Spot, label_layers
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape

HEIGHT, MARGIN = 360, 108
BAND = "#c8dbef"
NEEDED, QUEUEING, THERE = style.PLANNED, style.FORECAST, style.INK
_SCHEMA = {
    "year": pl.String, "needed": pl.Float64, "by_queueing": pl.Float64, "there": pl.Float64,
    "low": pl.Float64, "high": pl.Float64,
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class BedYear:
    """One year: beds needed at the target occupancy, by queueing, and there; and between which numbers days lie."""

    year: str
    needed: float
    there: float
    by_queueing: float | None = None
    low: float | None = None
    high: float | None = None


def beds_picture(
    identifier: str,
    years: Sequence[BedYear],
    *,
    title: str,
    subtitle: str,
    band_words: str = "Beds in use, nine days in ten",
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """Beds needed as a line, beds there as steps, and the band where one is given; beds count from zero."""
    data = pl.DataFrame([asdict(year) for year in years], schema=_SCHEMA)
    if not years:
        why = "There is no year to draw."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(years),
        says=_says(years),
        note=note,
        data=data,
        marks=tuple(marks),
        key=tuple(_key(years, band_words)),
    )


def _says(years: Sequence[BedYear]) -> str:
    first, last = years[0], years[-1]
    told = [_one_year(first)] if first is last else [_one_year(first), _one_year(last)]
    short = [year.year for year in years if year.there < year.needed]
    if not short:
        return f"{' '.join(told)} Beds are enough in every year at the target occupancy."
    return f"{' '.join(told)} Beds are too few at the target occupancy in {len(short)} of {len(years)} years."


def _one_year(year: BedYear) -> str:
    queue = "" if year.by_queueing is None else f" ({year.by_queueing:,.0f} by queueing)"
    return f"In {year.year} {year.needed:,.1f} beds are needed{queue} and {year.there:,.0f} are there."


def _key(years: Sequence[BedYear], band_words: str) -> Iterator[KeyMark]:
    yield KeyMark("Needed at the target occupancy", Shape.CIRCLE, NEEDED)
    if any(year.by_queueing is not None for year in years):
        yield KeyMark("Needed by queueing", Shape.DIAMOND, QUEUEING)
    yield KeyMark("There", Shape.LINE, THERE)
    if any(year.low is not None for year in years):
        yield KeyMark(band_words, Shape.SWATCH, BAND)


def _spec(years: Sequence[BedYear]) -> Mapping[str, Any]:
    numbers = [number for year in years for number in (year.needed, year.by_queueing, year.there, year.low, year.high)]
    scale = scale_of(numbers, unit="beds", from_zero=True)
    plot = Plot(
        width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN, height=HEIGHT - style.AXIS_HEIGHT - style.ABOVE, scale=scale
    )
    names = {str(place): year.year for place, year in enumerate(years)}
    ends = (-0.5, len(years) - 0.5)
    across = {
        "type": "quantitative",
        "scale": {"domain": list(ends), "nice": False, "zero": False},
        "axis": {
            "title": None, "grid": False, "values": list(range(len(years))), "labelExpr": style.labels_from(names),
            "labelOverlap": True,
        },
    }  # fmt: skip
    up = {
        "type": "quantitative",
        "scale": scale.domain,
        "axis": {**style.UPRIGHT, **scale.axis("Beds")},
    }
    layers = [*_band(years, across, up=up), *_lines(years, across, up=up), *_labels(years[-1], plot=plot)]
    return style.plotted(*layers, plot=(plot.width, plot.height), right=MARGIN)


def _band(years: Sequence[BedYear], across: Mapping[str, Any], *, up: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    rows = [
        {"at": at, "low": year.low, "high": year.high}
        for place, year in enumerate(years)
        for at in (place - 0.5, place + 0.5)
        if year.low is not None and year.high is not None
    ]
    if rows:
        yield {
            "data": {"values": rows},
            "mark": {"type": "area", "color": BAND, "opacity": 0.75},
            "encoding": {
                "x": {"field": "at", **across},
                "y": {"field": "low", **up},
                "y2": {"field": "high"},
            },
        }


def _lines(
    years: Sequence[BedYear], across: Mapping[str, Any], *, up: Mapping[str, Any]
) -> Iterator[Mapping[str, Any]]:
    steps = [{"at": at, "value": year.there} for place, year in enumerate(years) for at in (place - 0.5, place + 0.5)]
    yield _layer(steps, across, up=up, mark={"type": "line", "color": THERE, "strokeWidth": 2.6})
    for colour, shape, values in (
        (QUEUEING, Shape.DIAMOND, [year.by_queueing for year in years]),
        (NEEDED, Shape.CIRCLE, [year.needed for year in years]),
    ):
        rows = [{"at": place, "value": value} for place, value in enumerate(values) if value is not None]
        if rows:
            yield _layer(rows, across, up=up, mark={"type": "line", "color": colour, "strokeWidth": 1.6})
            yield _layer(rows, across, up=up, mark={**style.POINTS, "shape": shape.value, "color": colour})


def _layer(
    rows: Sequence[Mapping[str, Any]], across: Mapping[str, Any], *, up: Mapping[str, Any], mark: Mapping[str, Any]
) -> Mapping[str, Any]:
    return {
        "data": {"values": list(rows)},
        "mark": mark,
        "encoding": {"x": {"field": "at", **across}, "y": {"field": "value", **up}},
    }


def _labels(last: BedYear, *, plot: Plot) -> list[Mapping[str, Any]]:
    """The numbers of the last year beside the plot."""
    wide = Plot(width=plot.width + MARGIN, height=plot.height, scale=plot.scale)

    told = [
        Spot(plot.width, plot.up(last.there), f"There {last.there:,.0f}"),
        Spot(plot.width, plot.up(last.needed), f"Needed {last.needed:,.1f}"),
    ]
    if last.by_queueing is not None:
        told.append(Spot(plot.width, plot.up(last.by_queueing), f"By queueing {last.by_queueing:,.0f}"))
    return label_layers(told, [], plot=wide, sure=len(told))
