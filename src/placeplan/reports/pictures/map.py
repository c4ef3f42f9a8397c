"""Maps of areas: values in classes of colour, with names where there is room."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import how_many, number_or_none, printed
from placeplan.reports.pictures.classing import Classes, classes_between, quantile_classes
from placeplan.reports.pictures.fitting import width_of, wrapped
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.projecting import Shape, fitted, shapes_of
from placeplan.reports.pictures.saying import names_of

TALLEST = 560
EDGE = 4
NAMED = 40
NAME_WIDTH = 96
LINE = 13
THIN_FROM = 150
MOST_MISSING = 4


def map_picture(
    geojson: Mapping[str, Any],
    values: Mapping[str, float | None],
    *,
    identifier: str,
    title: str,
    subtitle: str,
    unit: str,
    attribution: str,
    code: str,
    name: str,
    note: str = "",
    why_missing: Mapping[str, str] | None = None,
    breaks: Sequence[float] = (),
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """Areas coloured by their values, in quantiles unless ``breaks`` are given.

    ``geojson`` is a collection of features in degrees (WGS84); ``code`` and ``name`` are the properties that hold the
    code and the name of an area. ``values`` are by code; ``why_missing`` says why an area has none. ``attribution`` is
    what the licence of the boundaries asks to be shown, and cannot be left out.

    Raises:
        ValueError: no attribution, no collection of features, a property that no feature has, or breaks that do not
            rise.
    """
    if not attribution.strip():
        raise ValueError("attribution: a map must say whose boundaries it shows")
    shapes, unusable = shapes_of(geojson, code=code, name=name)
    found = {shape.code: number_or_none(values.get(shape.code)) for shape in shapes}
    data = _table(shapes, found, why=why_missing or {})
    if not shapes or not any(value is not None for value in found.values()):
        why = "No area has a value." if shapes else "No area has an outline that can be drawn."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=attribution)
    classes = (
        classes_between(breaks, found.values(), unit=unit) if breaks else quantile_classes(found.values(), unit=unit)
    )
    notes = (_missing(data), _left_out(found, values, unusable=unusable), _rule(breaks), note, attribution)
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(shapes, found, classes=classes),
        says=_says(data, unit=unit),
        note=" ".join(filter(None, notes)),
        data=data,
        marks=tuple(marks),
        key=tuple(classes.key(unknown=None in found.values())),
    )


def _table(shapes: Sequence[Shape], found: Mapping[str, float | None], *, why: Mapping[str, str]) -> pl.DataFrame:
    rows = [
        (shape.code, shape.name, found[shape.code], why.get(shape.code, "") if found[shape.code] is None else "")
        for shape in shapes
    ]
    kinds = {"area": pl.String, "area_name": pl.String, "value": pl.Float64, "note": pl.String}
    return pl.DataFrame(rows, schema=kinds, orient="row").sort(
        "value", "area", descending=[True, False], nulls_last=True
    )


def _says(data: pl.DataFrame, *, unit: str) -> str:
    known = data.drop_nulls("value")
    high, low = known.row(0, named=True), known.row(-1, named=True)
    if known.height == 1:
        return f"Only {high['area_name']} has a value: {printed(high['value'], unit)}."
    middle = printed(known.select(pl.median("value")).item(), unit)
    return (
        f"{how_many(known.height, 'area')}: the highest is {high['area_name']} ({printed(high['value'], unit)}), the "
        f"lowest {low['area_name']} ({printed(low['value'], unit)}); the middle value is {middle}."
    )


def _missing(data: pl.DataFrame) -> str:
    missing = data.filter(pl.col("value").is_null())
    if missing.is_empty():
        return ""
    reasons = list(dict.fromkeys(note for note in missing["note"].to_list() if note))
    why = "; ".join(reasons[:MOST_MISSING]) or "no reason is given"
    verb = "has" if missing.height == 1 else "have"
    names = f" ({names_of(missing['area_name'].to_list())})" if missing.height <= MOST_MISSING else ""
    return f"{missing.height:,} of {how_many(data.height, 'area')}{names} {verb} no value: {why.rstrip('.')}."


def _left_out(found: Mapping[str, float | None], values: Mapping[str, float | None], *, unusable: int) -> str:
    absent = [code for code, value in values.items() if value is not None and code not in found]
    words = []
    if absent:
        words.append(f"{how_many(len(absent), 'value')} for areas without boundaries cannot be shown.")
    if unusable:
        words.append(f"{how_many(unusable, 'outline')} could not be drawn.")
    return " ".join(words)


def _rule(breaks: Sequence[float]) -> str:
    return "" if breaks else "Classes hold about as many areas each."


def _spec(shapes: Sequence[Shape], found: Mapping[str, float | None], *, classes: Classes) -> Mapping[str, Any]:
    room = style.PLOT_WIDTH - 2 * EDGE
    drawn, _, tall = fitted(shapes, width=room, tallest=TALLEST)
    features = [
        {"type": "Feature", "geometry": shape.geometry, "colour": classes.colour_of(found[shape.code])}
        for shape in drawn
    ]
    outline = {"type": "geoshape", "stroke": style.SOFT_INK, "strokeWidth": 0.8 if len(drawn) < THIN_FROM else 0.25}
    colour = {"field": "colour", "type": "nominal", "scale": None}
    layers: list[Mapping[str, Any]] = [
        {
            "data": {"values": features},
            "mark": outline,
            "encoding": {"color": colour},
            "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
        },
        *_names(drawn, found, classes=classes),
    ]
    base = style.plotted(*layers, plot=(room, tall), right=EDGE, below=EDGE)
    return {**base, "padding": EDGE}


def _names(
    drawn: Sequence[Shape], found: Mapping[str, float | None], *, classes: Classes
) -> Iterator[Mapping[str, Any]]:
    """Names with values at the middle of their areas, the largest areas first; a name without room is left out."""
    if len(drawn) > NAMED:
        return
    taken: list[tuple[float, float, float, float]] = []
    rows = []
    for shape in sorted(drawn, key=lambda one: -one.size):
        value = found[shape.code]
        lines = [
            *wrapped(shape.name, size=style.NOTE_SIZE, width=NAME_WIDTH, most=3),
            "no value" if value is None else classes.printed(value),
        ]
        x, y = shape.middle
        wide, tall = max(width_of(line, size=style.NOTE_SIZE) for line in lines), LINE * len(lines)
        box = (x - wide / 2, y - tall / 2, x + wide / 2, y + tall / 2)
        if not any(_meet(box, other) for other in taken):
            taken.append(box)
            rows.append({"x": x, "y": y - (len(lines) - 1) * LINE / 2, "words": "\n".join(lines)})
    text = {"type": "text", "fontSize": style.NOTE_SIZE, "baseline": "middle", "lineBreak": "\n", "lineHeight": LINE}
    halo = {**text, "stroke": style.PAPER, "strokeWidth": 3, "strokeJoin": "round", "color": style.PAPER}
    across, up = ({"field": field, "type": "quantitative", "scale": None, "axis": None} for field in ("x", "y"))
    for mark in (halo, text):
        yield {"data": {"values": rows}, "mark": mark, "encoding": {"x": across, "y": up, "text": {"field": "words"}}}


def _meet(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]
