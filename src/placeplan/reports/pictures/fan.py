"""The fan: a path year by year with bands that hold a share of the runs, beside what was counted."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import ceil, isfinite
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale, printed, scale_of, sentence
from placeplan.reports.pictures.fitting import width_of
from placeplan.reports.pictures.labelling import LineLabel, Plot, line_label_layer
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import KeyMark, Shape

HEIGHT, MARGIN = 350, 128
OPACITIES = (0.16, 0.26, 0.4)
MOST_BANDS = 3
BETWEEN_LABELS = 14
_STARTS_WITH_YEAR = re.compile(r"\d{4}")


@dataclass(frozen=True, slots=True)
class FanBand:
    """A band: the share of runs that lie in it, and its ends in each year of the path."""

    share: float
    lower: tuple[float, ...]
    upper: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class Fan:
    """A path with its bands.

    Attributes:
        years: of the path.
        expected: in each year.
        bands: widest first, at most three.
        counted: what was counted, by year; years before the path may be among them.
        counted_as: what the key calls it, such as ``Claimed`` for what somebody says will be.
    """

    years: tuple[str, ...]
    expected: tuple[float, ...]
    bands: tuple[FanBand, ...]
    counted: Mapping[str, float] = field(default_factory=dict)
    counted_as: str = "Counted"

    def __post_init__(self) -> None:
        lengths = {len(self.expected), *(len(end) for band in self.bands for end in (band.lower, band.upper))}
        if lengths != {len(self.years)}:
            raise ValueError(f"a fan of {len(self.years)} years: expected as many numbers in every line and band")
        if len(self.bands) > MOST_BANDS:
            raise ValueError(f"a fan of {len(self.bands)} bands: expected {MOST_BANDS} at most")
        for wide, narrow in pairwise(self.bands):
            if wide.share <= narrow.share:
                raise ValueError("bands of a fan: expected the widest first")

    @property
    def all_years(self) -> tuple[str, ...]:
        """Of the path and of what was counted."""
        return tuple(sorted({*self.years, *self.counted}))


def fan_picture(
    identifier: str,
    fan: Fan,
    *,
    title: str,
    subtitle: str,
    unit: str,
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """The expected path as a line, its bands as areas that get darker inwards, and what was counted as points."""
    data = _table(fan)
    if not fan.years:
        why = "There is no year to draw."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(fan, unit=unit),
        says=_says(fan, unit=unit),
        note=note,
        data=data,
        marks=tuple(marks),
        key=tuple(_key(fan)),
    )


def _table(fan: Fan) -> pl.DataFrame:
    place = {year: number for number, year in enumerate(fan.years)}

    def along(values: Sequence[float]) -> list[float | None]:
        return [values[place[year]] if year in place else None for year in fan.all_years]

    columns: dict[str, Any] = {"year": list(fan.all_years), "expected": along(fan.expected)}
    for band in fan.bands:
        columns |= {f"lower_{band.share:.0%}": along(band.lower), f"upper_{band.share:.0%}": along(band.upper)}
    columns["counted"] = [fan.counted.get(year) for year in fan.all_years]
    schema = {name: pl.String if name == "year" else pl.Float64 for name in columns}
    return pl.DataFrame(columns, schema=schema)


def _says(fan: Fan, *, unit: str) -> str:
    first, last = fan.expected[0], fan.expected[-1]
    told = f"{printed(first, unit)} in {fan.years[0]}, {printed(last, unit)} expected in {fan.years[-1]}"
    grown = f" ({(last / first - 1) * 100:+.1f}%)".replace("-", "−") if first else ""
    if not fan.bands:
        return f"{sentence(told)}{grown}."
    band = fan.bands[0]
    return (
        f"{sentence(told)}{grown}. {band.share:.0%} of the runs end between {printed(band.lower[-1])} and "
        f"{printed(band.upper[-1])}."
    )


def _key(fan: Fan) -> Iterator[KeyMark]:
    if fan.counted:
        yield KeyMark(fan.counted_as, Shape.CIRCLE, style.ACTUAL)
    yield KeyMark("Expected", Shape.LINE, style.MARK)
    for band, opacity in zip(fan.bands, _opacities(fan), strict=True):
        yield KeyMark(f"{band.share:.0%} of the runs", Shape.SWATCH, _on_paper(opacity))


def _opacities(fan: Fan) -> tuple[float, ...]:
    return OPACITIES[: len(fan.bands)]


def _on_paper(opacity: float) -> str:
    """The colour of a band on paper, with the wider bands below it left out."""
    parts = (int(style.MARK[place : place + 2], 16) for place in (1, 3, 5))
    return "#" + "".join(f"{round(part * opacity + 255 * (1 - opacity)):02x}" for part in parts)


def _spec(fan: Fan, *, unit: str) -> Mapping[str, Any]:
    numbers = [*fan.expected, *fan.counted.values(), *(end for band in fan.bands for end in (*band.lower, *band.upper))]
    scale = scale_of([number for number in numbers if isfinite(number)], unit=unit)
    height = HEIGHT - style.AXIS_HEIGHT - style.ABOVE
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN, height=height, scale=scale)
    across = _across(fan, width=plot.width)
    axis = {**style.UPRIGHT, **scale.axis(sentence(unit))}
    up = {"field": "value", "type": "quantitative", "scale": scale.domain, "axis": axis}
    layers = [
        *_band_layers(fan, across, up=up),
        *_line_layers(fan, across, up=up),
        line_label_layer(_labels(fan, scale=scale), plot=plot),
    ]
    return style.plotted(*layers, plot=(plot.width, plot.height), right=MARGIN)


def _across(fan: Fan, *, width: float) -> Mapping[str, Any]:
    """Years by their place; so many labels that they stand apart, the last year always among them."""
    order = _order(fan)
    first, last = min(order.values()), max(order.values())
    widest = max(width_of(year, size=style.LABEL_SIZE) for year in order) + BETWEEN_LABELS
    stride = max(1, ceil(widest * max(last - first, 1) / width))
    names = {str(place): year for year, place in order.items() if (last - place) % stride == 0}
    places = sorted(map(int, names))
    axis = {"title": None, "values": places, "labelExpr": style.labels_from(names), "grid": False, "labelFlush": False}
    domain = [first, last] if last > first else [first - 1, first + 1]
    return {"field": "at", "type": "quantitative", "scale": {"domain": domain, "nice": False}, "axis": axis}


def _band_layers(fan: Fan, across: Mapping[str, Any], *, up: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    places = _places(fan)
    for band, opacity in zip(fan.bands, _opacities(fan), strict=True):
        rows = [
            {"at": at, "lower": low, "upper": high}
            for at, low, high in zip(places, band.lower, band.upper, strict=True)
        ]
        mark = {"type": "area", "color": _on_paper(opacity), "opacity": 1}
        ends = {"x": across, "y": {**up, "field": "lower"}, "y2": {"field": "upper"}}
        yield {"data": {"values": rows}, "mark": mark, "encoding": ends}


def _line_layers(fan: Fan, across: Mapping[str, Any], *, up: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    path = [{"at": at, "value": value} for at, value in zip(_places(fan), fan.expected, strict=True)]
    where = {"x": across, "y": up}
    yield {
        "data": {"values": path},
        "mark": {"type": "line", "color": style.MARK, "strokeWidth": 2.6},
        "encoding": where,
    }
    order = _order(fan)
    counted = [{"at": order[year], "value": value} for year, value in sorted(fan.counted.items())]
    if counted:
        point = {**style.POINTS, "shape": "circle", "color": style.ACTUAL, "size": 44}
        yield {"data": {"values": counted}, "mark": point, "encoding": where}


def _places(fan: Fan) -> list[int]:
    order = _order(fan)
    return [order[year] for year in fan.years]


def _order(fan: Fan) -> Mapping[str, int]:
    """Where years stand: by their number, so that a year without a figure keeps its place; else one after another."""
    years = fan.all_years
    if all(_STARTS_WITH_YEAR.match(year) for year in years):
        return {year: int(year[:4]) for year in years}
    return {year: place for place, year in enumerate(years)}


def _labels(fan: Fan, *, scale: Scale) -> list[LineLabel]:
    found = [LineLabel(fan.expected[-1], f"Expected {printed(fan.expected[-1])}")]
    if fan.bands:
        wide = fan.bands[0]
        top, bottom = wide.upper[-1], wide.lower[-1]
        if top - bottom > (scale.high - scale.low) / 100:
            found += [LineLabel(top, f"Upper {printed(top)}"), LineLabel(bottom, f"Lower {printed(bottom)}")]
    return found
