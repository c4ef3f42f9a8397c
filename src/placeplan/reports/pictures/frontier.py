"""A frontier: how far people travel with one more site, for everybody and for those who matter most."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale, printed, scale_of, sentence
from placeplan.reports.pictures.labelling import LineLabel, Plot, line_label_layer
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.style import DASHES, KeyMark, Shape

HEIGHT, MARGIN = 360, 150
_LOOKS = (
    (style.MARK, Shape.LINE, Shape.CIRCLE),
    (style.FORECAST, Shape.DASHED, Shape.SQUARE),
    (style.CONCERN, Shape.DOTTED, Shape.DIAMOND),
)


@dataclass(frozen=True, slots=True)
class FrontierLine:
    """One line: whose it is, and a value for each number of sites; nothing where there is no choice."""

    name: str
    values: tuple[float | None, ...]


def frontier_picture(
    identifier: str,
    numbers: Sequence[int],
    *,
    lines: Sequence[FrontierLine],
    title: str,
    unit: str,
    sites: str = "hubs",
    open_numbers: Sequence[int] = (),
    note: str = "",
    source: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """Lines over the number of sites.

    Args:
        identifier: of the picture.
        numbers: of sites, rising.
        lines: one to three, the most important first.
        title: of the picture.
        unit: of the values.
        sites: what the sites are called.
        open_numbers: those at which the best choice is not proven; drawn hollow.
        note: caveats.
        source: where the numbers come from.
        marks: words that must be seen.

    Raises:
        ValueError: no line or more than three, or a line with another number of values.
    """
    if not 1 <= len(lines) <= len(_LOOKS):
        raise ValueError(f"lines: expected 1 to {len(_LOOKS)}, found {len(lines)}")
    if any(len(line.values) != len(numbers) for line in lines):
        raise ValueError(f"lines: expected a value for each of {len(numbers)} numbers of {sites}")
    data = pl.DataFrame(
        {sites: list(numbers), **{line.name: pl.Series(line.values, dtype=pl.Float64) for line in lines}}
    )
    subtitle = f"{sentence(unit)}, by number of {sites}."
    if not any(value is not None for line in lines for value in line.values):
        why = f"No number of {sites} has a choice."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(numbers, lines, unit=unit, sites=sites, hollow=open_numbers),
        says=_says(numbers, lines, unit=unit, sites=sites),
        note=" ".join(filter(None, (_open(open_numbers), note))),
        source=source,
        data=data,
        marks=tuple(marks),
        key=tuple(KeyMark(line.name, shape, colour) for line, (colour, shape, _) in zip(lines, _LOOKS, strict=False)),
    )


def _says(numbers: Sequence[int], lines: Sequence[FrontierLine], *, unit: str, sites: str) -> str:
    said = []
    for line in lines:
        known = [(number, value) for number, value in zip(numbers, line.values, strict=True) if value is not None]
        if known:
            (first, high), (last, low) = known[0], known[-1]
            said.append(f"{line.name}: {printed(high, unit)} with {first} {sites}, {printed(low, unit)} with {last}.")
    return " ".join(said)


def _open(hollow: Sequence[int]) -> str:
    if not hollow:
        return "Every choice is proven to be the best of its number."
    return f"Hollow points ({', '.join(map(str, hollow))}) are the best that was found; they are not proven."


def _spec(
    numbers: Sequence[int], lines: Sequence[FrontierLine], *, unit: str, sites: str, hollow: Sequence[int]
) -> Mapping[str, Any]:
    scale = scale_of([value for line in lines for value in line.values], unit=unit, from_zero=True)
    plot = Plot(
        width=style.PLOT_WIDTH - style.AXIS_WIDTH - MARGIN,
        height=HEIGHT - style.TITLED_AXIS_HEIGHT - style.ABOVE,
        scale=scale,
    )
    layers = [
        layer
        for line, look in zip(lines, _LOOKS, strict=False)
        for layer in _line(numbers, line, look=look, axes=_axes(numbers, scale, unit=unit, sites=sites), hollow=hollow)
    ]
    labels = [
        LineLabel(line.values[-1], line.name, colour)
        for line, (colour, _, _) in zip(lines, _LOOKS, strict=False)
        if line.values[-1] is not None
    ]
    return style.plotted(
        *layers,
        line_label_layer(labels, plot=plot),
        plot=(plot.width, plot.height),
        right=MARGIN,
        below=style.TITLED_AXIS_HEIGHT,
    )


def _axes(numbers: Sequence[int], scale: Scale, *, unit: str, sites: str) -> Mapping[str, Any]:
    room = 0.3
    across = {"domain": [numbers[0] - room, numbers[-1] + room], "nice": False, "zero": False}
    marks = {"title": f"Number of {sites}", "values": list(numbers), "format": "d", "grid": False}
    return {
        "x": {"field": "number", "type": "quantitative", "scale": across, "axis": marks},
        "y": {
            "field": "value",
            "type": "quantitative",
            "scale": scale.domain,
            "axis": scale.axis(sentence(unit), **style.UPRIGHT),
        },
    }


def _line(
    numbers: Sequence[int],
    line: FrontierLine,
    *,
    look: tuple[str, Shape, Shape],
    axes: Mapping[str, Any],
    hollow: Sequence[int],
) -> list[Mapping[str, Any]]:
    colour, dash, point = look
    rows = [
        {"number": number, "value": value, "fill": style.PAPER if number in hollow else colour}
        for number, value in zip(numbers, line.values, strict=True)
        if value is not None
    ]
    stroke = {"type": "line", "color": colour, "strokeWidth": 2.2, "strokeDash": list(DASHES[dash])}
    mark = {"type": "point", "shape": point.value, "size": style.POINT, "stroke": colour, "strokeWidth": 1.6}
    fill = {"fill": {"field": "fill", "type": "nominal", "scale": None}}
    return [
        {"data": {"values": rows}, "mark": stroke, "encoding": axes},
        {"data": {"values": rows}, "mark": {**mark, "opacity": 1}, "encoding": {**axes, **fill}},
    ]
