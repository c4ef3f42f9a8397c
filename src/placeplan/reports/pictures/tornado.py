"""The tornado: which uncertain factor swings a figure most, widest first."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from placeplan.demand.tornado import Swing, Tornado
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import bare, how_many, printed, scale_of
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.rows import ROW, THICKNESS, across_rows, end_words, row_axis
from placeplan.reports.pictures.style import KeyMark, Shape

MOST_SWINGS = 20


def tornado_picture(
    identifier: str,
    tornado: Tornado,
    *,
    names: Mapping[str, str],
    title: str,
    subtitle: str,
    unit: str,
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """Bars from the figure at a factor's low quantile to the figure at its high one, around the expected figure.

    Args:
        identifier: names the files of the picture.
        tornado: of one figure; beyond 20 factors the narrowest are told in the note and stand in the table.
        names: of factors, by their identifiers; the identifier itself where there is none.
        title: of the picture.
        subtitle: of the picture.
        unit: of the figure.
        note: caveats.
        marks: words that must be seen.
    """
    data = _table(tornado, names)
    swings = tornado.swings[:MOST_SWINGS]
    if not swings:
        why = "Nothing is uncertain, so that nothing swings."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    left_out = len(tornado.swings) - len(swings)
    rest = f"{how_many(left_out, 'narrower swing')} in the table." if left_out else ""
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(tornado, swings, names=names, unit=unit),
        says=_says(tornado, names=names, unit=unit),
        note=" ".join(filter(None, (_method(tornado), rest, note))),
        data=data,
        marks=tuple(marks),
        key=tuple(_key(tornado)),
    )


def _table(tornado: Tornado, names: Mapping[str, str]) -> pl.DataFrame:
    schema: dict[str, Any] = {"factor": pl.String, "name": pl.String}
    schema |= dict.fromkeys(("factor_low", "factor_high", "figure_low", "figure_high", "share"), pl.Float64)
    rows = [
        (one.identifier, names.get(one.identifier, one.identifier), *one.values, *one.figures, one.share)
        for one in tornado.swings
    ]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _says(tornado: Tornado, *, names: Mapping[str, str], unit: str) -> str:
    first = tornado.swings[0]
    low, high = sorted(first.figures)
    share = f", {first.share:.0%} of the variance" if first.share is not None else ""
    name, factors = names.get(first.identifier, first.identifier), how_many(len(tornado.swings), "uncertain factor")
    return (
        f"The expected figure is {printed(tornado.expected, unit)}. {name} swings it most of {factors}, "
        f"from {bare(low)} to {bare(high)}{share}."
    )


def _method(tornado: Tornado) -> str:
    low, high = tornado.quantiles
    swung = f"Each factor is held at its {low:.0%} and {high:.0%} quantile in turn, the others stay uncertain."
    if tornado.explained is None:
        return swung
    return f"{swung} Shares of variance by rank regression, which explains {tornado.explained:.0%} of it."


def _key(tornado: Tornado) -> Iterable[KeyMark]:
    low, high = tornado.quantiles
    yield KeyMark(f"Factor at its {low:.0%} quantile", Shape.SWATCH, style.LOWER)
    yield KeyMark(f"Factor at its {high:.0%} quantile", Shape.SWATCH, style.HIGHER)
    yield KeyMark("Expected", Shape.LINE, style.INK)


def _spec(tornado: Tornado, swings: Sequence[Swing], *, names: Mapping[str, str], unit: str) -> Mapping[str, Any]:
    numbers = [tornado.expected, *(figure for swing in swings for figure in swing.figures)]
    down, wide = row_axis([names.get(swing.identifier, swing.identifier) for swing in swings])
    ends = [_row(place, swing, expected=tornado.expected) for place, swing in enumerate(swings)]
    across = across_rows(
        scale_of(numbers, unit=unit), [(row["right"], row["words"]) for row in ends], unit=unit, left=wide
    )
    sides = [
        {"place": place, "from": tornado.expected, "to": figure, "colour": colour}
        for place, swing in enumerate(swings)
        for figure, colour in zip(swing.figures, (style.LOWER, style.HIGHER), strict=True)
    ]
    bar = {"type": "bar", "height": THICKNESS}
    encoding = {
        "x": {**across, "field": "from"},
        "x2": {"field": "to"},
        "y": down,
        "color": {"field": "colour", "type": "nominal", "scale": None},
    }
    line = {"type": "rule", "color": style.INK, "strokeWidth": 1.6}
    middle = {"data": {"values": [{"at": tornado.expected}]}, "mark": line}
    return style.specification(
        {"data": {"values": sides}, "mark": bar, "encoding": encoding},
        {**middle, "encoding": {"x": {**across, "field": "at"}}},
        end_words(ends, across, down=down),
        height=len(swings) * ROW + 60,
    )


def _row(place: int, swing: Swing, *, expected: float) -> dict[str, Any]:
    low, high = sorted(swing.figures)
    share = f", {swing.share:.0%}" if swing.share is not None else ""
    return {"place": place, "right": max(high, expected), "words": f"{bare(low)} to {bare(high)}{share}"}
