"""Savings of a year as they add up: planned, delivered as far as it is reported, and forecast for the rest."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import printed, scale_of, sentence
from placeplan.reports.pictures.labelling import LineLabel, Plot, line_label_layer
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.style import KeyMark, Shape

HEIGHT = 330
MARGIN = 132


@dataclass(frozen=True, slots=True, kw_only=True)
class SavingsToDate:
    """Cumulative savings of a year.

    Attributes:
        months: words for each month of the year, in order.
        planned: planned by the end of each month.
        delivered: delivered by the end of each month, as far as that is known.
        forecast: expected by the end of the year; none where that is not known.
    """

    months: tuple[str, ...]
    planned: tuple[float, ...]
    delivered: tuple[float, ...]
    forecast: float | None


def savings_picture(
    identifier: str, savings: SavingsToDate, *, title: str, unit: str, note: str = "", marks: Sequence[str] = ()
) -> StatisticalPicture:
    """Planned as dashes, delivered as a line with points, forecast as dots from there to the end of the year."""
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle="",
        spec=_spec(savings, unit=unit),
        says=_says(savings, unit=unit),
        note=note,
        data=_table(savings),
        marks=tuple(marks),
        key=tuple(_key(savings)),
    )


def _says(savings: SavingsToDate, *, unit: str) -> str:
    said = [f"Planned for the year: {printed(savings.planned[-1], unit)}."]
    if savings.delivered:
        by = len(savings.delivered)
        planned = printed(savings.planned[by - 1], unit)
        said.append(
            f"By the end of {savings.months[by - 1]} {printed(savings.delivered[-1], unit)} was delivered of {planned} "
            "planned."
        )
    if savings.forecast is not None:
        said.append(f"Forecast for the year: {printed(savings.forecast, unit)}.")
    return " ".join(said)


def _key(savings: SavingsToDate) -> Iterator[KeyMark]:
    yield KeyMark("Planned", Shape.DASHED, style.PLANNED)
    if savings.delivered:
        yield KeyMark("Delivered", Shape.LINE, style.ACTUAL)
    if savings.forecast is not None:
        yield KeyMark("Forecast", Shape.DOTTED, style.FORECAST)


def _table(savings: SavingsToDate) -> pl.DataFrame:
    unknown = (None,) * (len(savings.months) - len(savings.delivered))
    ends = (*(None,) * (len(savings.months) - 1), savings.forecast)
    rows = list(zip(savings.months, savings.planned, (*savings.delivered, *unknown), ends, strict=True))
    numbers = dict.fromkeys(("planned", "delivered", "forecast"), pl.Float64)
    return pl.DataFrame(rows, schema={"month": pl.String, **numbers}, orient="row")


def _spec(savings: SavingsToDate, *, unit: str) -> Mapping[str, Any]:
    scale = scale_of([0.0, *savings.planned, *savings.delivered, savings.forecast], from_zero=True)
    high = HEIGHT - style.AXIS_HEIGHT - style.ABOVE
    plot = Plot(width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN, height=high, scale=scale)
    names = {str(place): month for place, month in enumerate(savings.months, start=1)}
    across = {
        "field": "at",
        "type": "quantitative",
        "scale": {"domain": [0, len(savings.months)], "nice": False, "zero": True},
        "axis": {
            "title": None, "grid": False, "values": list(range(1, len(savings.months) + 1)),
            "labelExpr": style.labels_from(names), "labelOverlap": True, "labelFlush": False,
        },
    }  # fmt: skip
    up = {
        "field": "value",
        "type": "quantitative",
        "scale": scale.domain,
        "axis": {**style.UPRIGHT, **scale.axis(sentence(unit))},
    }
    layers = [*_layers(savings, across, up=up), line_label_layer(list(_labels(savings)), plot=plot)]
    return style.plotted(*layers, plot=(plot.width, plot.height), right=MARGIN)


def _layers(savings: SavingsToDate, across: Mapping[str, Any], *, up: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    encoding = {"x": across, "y": up}
    delivered = _rows((0.0, *savings.delivered))
    yield {"data": {"values": _rows((0.0, *savings.planned))}, "mark": _line(style.PLANNED, Shape.DASHED)} | {
        "encoding": encoding
    }
    if savings.forecast is not None:
        rest = [delivered[-1], {"at": len(savings.months), "value": savings.forecast}]
        yield {"data": {"values": rest}, "mark": _line(style.FORECAST, Shape.DOTTED), "encoding": encoding}
        end = {**style.POINTS, "shape": Shape.DIAMOND.value, "color": style.FORECAST}
        yield {"data": {"values": rest[-1:]}, "mark": end, "encoding": encoding}
    if savings.delivered:
        yield {"data": {"values": delivered}, "mark": _line(style.ACTUAL, Shape.LINE), "encoding": encoding}
        points = {**style.POINTS, "shape": Shape.CIRCLE.value, "color": style.ACTUAL}
        yield {"data": {"values": delivered[1:]}, "mark": points, "encoding": encoding}


def _rows(values: Sequence[float]) -> list[dict[str, float]]:
    return [{"at": float(place), "value": value} for place, value in enumerate(values)]


def _line(colour: str, shape: Shape) -> Mapping[str, Any]:
    return {"type": "line", "color": colour, "strokeWidth": 2.2, "strokeDash": list(style.DASHES[shape])}


def _labels(savings: SavingsToDate) -> Iterator[LineLabel]:
    """What the lines that reach the end of the year come to."""
    yield LineLabel(savings.planned[-1], f"Planned {printed(savings.planned[-1])}", style.PLANNED)
    if savings.forecast is not None:
        yield LineLabel(savings.forecast, f"Forecast {printed(savings.forecast)}", style.FORECAST)
