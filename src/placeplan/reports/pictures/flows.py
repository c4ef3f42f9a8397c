"""Flow between two years: how many people went from each segment to each, as bands as wide as they are many."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.fitting import cut, width_of
from placeplan.reports.pictures.labelling import spread
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture

HEIGHT, GAP = 460, 7.0
BAR, STEPS = 14, 24
SIDE = 236
MOST_TOLD = 3
COLOURS = ("#005eb8", "#e46c0a", "#7c2855", "#007f3b", "#6f7b83", "#b58900", "#0b8a8f", "#c2527f", "#3b4a9c", "#8a5a2b")


@dataclass(frozen=True, slots=True)
class Move:
    """So many people of one segment who are in another, or the same, a year later."""

    before: str
    after: str
    people: int


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    people: int
    top: float
    bottom: float


def flow_picture(
    identifier: str,
    moves: Sequence[Move],
    *,
    order: Sequence[str],
    years: tuple[str, str],
    title: str,
    subtitle: str = "People by the segment of one year and that of the next; bands are as wide as people are many",
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """Bands from the segments of the first year (left) to those of the second (right).

    ``order`` names the segments from top to bottom. The caller leaves out moves whose number is withheld, and
    says so in the note.
    """
    known = [one for one in moves if one.people > 0]
    data = pl.DataFrame(
        [(one.before, one.after, one.people) for one in known],
        schema={years[0]: pl.String, years[1]: pl.String, "people": pl.Int64},
        orient="row",
    )
    if not known:
        return message_picture(
            identifier, title=title, subtitle=subtitle, why="Every number is withheld.", data=data, note=note
        )
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(known, order, years=years),
        says=_says(known, years),
        note=note,
        data=data,
        marks=tuple(marks),
    )


def _says(moves: Sequence[Move], years: tuple[str, str]) -> str:
    everybody = sum(one.people for one in moves)
    stayed = sum(one.people for one in moves if one.before == one.after)
    largest = sorted((one for one in moves if one.before != one.after), key=lambda one: -one.people)[:MOST_TOLD]
    told = "; ".join(f"{one.people:,} from {one.before} to {one.after}" for one in largest)
    first = f"{stayed / everybody:.0%} of the people shown are in the same segment in {years[0]} and {years[1]}."
    return f"{first} The largest moves: {told}." if told else first


def _bars(moves: Sequence[Move], order: Sequence[str], *, side: str, per_person: float) -> list[_Bar]:
    found: list[_Bar] = []
    top = 0.0
    for name in order:
        people = sum(one.people for one in moves if getattr(one, side) == name)
        if people:
            found.append(_Bar(name, people, top, top + people * per_person))
            top = found[-1].bottom + GAP
    return found


def _spec(moves: Sequence[Move], order: Sequence[str], *, years: tuple[str, str]) -> Mapping[str, Any]:
    everybody = sum(one.people for one in moves)
    most = max(len({getattr(one, side) for one in moves}) for side in ("before", "after"))
    per_person = (HEIGHT - GAP * (most - 1)) / everybody
    left = _bars(moves, order, side="before", per_person=per_person)
    right = _bars(moves, order, side="after", per_person=per_person)
    width = style.PLOT_WIDTH - 2 * SIDE
    colour = {name: COLOURS[place % len(COLOURS)] for place, name in enumerate(order)}
    bands = [
        {**point, "band": number, "colour": colour[move.before], "opacity": 0.55 if move.before != move.after else 0.3}
        for number, (move, ends) in enumerate(_bands(moves, left, right=right, per_person=per_person))
        for point in _shape(ends, width=width)
    ]
    layers = [
        _band_layer(bands),
        *_bar_layers(left, colour, at=0, year=years[0]),
        *_bar_layers(right, colour, at=width, year=years[1]),
    ]
    base = style.specification(*layers, height=HEIGHT)
    sides = {"left": SIDE, "right": SIDE, "top": 28, "bottom": 6}
    return {**base, "width": width, "autosize": {"type": "none"}, "padding": sides}


def _bands(
    moves: Sequence[Move], left: Sequence[_Bar], *, right: Sequence[_Bar], per_person: float
) -> Iterator[tuple[Move, tuple[float, float, float]]]:
    """Each move with where its band begins, where it ends, and how wide it is."""
    starts = {bar.name: bar.top for bar in left}
    ends = {bar.name: bar.top for bar in right}
    by_pair = {(one.before, one.after): one for one in moves}
    for before in list(starts):
        for after in list(ends):
            if move := by_pair.get((before, after)):
                wide = move.people * per_person
                yield move, (starts[before], ends[after], wide)
                starts[before] += wide
                ends[after] += wide


def _shape(ends: tuple[float, float, float], *, width: float) -> Iterator[Mapping[str, float]]:
    """Points along a band; its middle is an S from one side to the other."""
    start, end, wide = ends
    inside = width - 2 * BAR
    for step in range(STEPS + 1):
        share = step / STEPS
        smooth = share * share * (3 - 2 * share)
        top = start + (end - start) * smooth
        yield {"x": BAR + inside * share, "top": top, "bottom": top + wide}


def _in_points(field: str) -> Mapping[str, Any]:
    return {"field": field, "type": "quantitative", "scale": None, "axis": None}


def _band_layer(values: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    return {
        "data": {"values": list(values)},
        "mark": {"type": "area", "orient": "vertical"},
        "encoding": {
            "x": _in_points("x"),
            "y": _in_points("top"),
            "y2": {"field": "bottom"},
            "detail": {"field": "band", "type": "nominal"},
            "color": {"field": "colour", "type": "nominal", "scale": None},
            "opacity": {"field": "opacity", "type": "quantitative", "scale": None},
        },
    }


def _bar_layers(
    bars: Sequence[_Bar], colour: Mapping[str, str], *, at: float, year: str
) -> Iterator[Mapping[str, Any]]:
    first = at == 0
    x, end = (0.0, float(BAR)) if first else (at - BAR, at)
    rows = [{"x": x, "x2": end, "top": bar.top, "bottom": bar.bottom, "colour": colour[bar.name]} for bar in bars]
    solid = {"x": _in_points("x"), "x2": {"field": "x2"}, "y": _in_points("top"), "y2": {"field": "bottom"}}
    tint = {"color": {"field": "colour", "type": "nominal", "scale": None}}
    yield {"data": {"values": rows}, "mark": {"type": "rect"}, "encoding": {**solid, **tint}}
    middles = spread([(bar.top + bar.bottom) / 2 for bar in bars], low=4, high=HEIGHT)
    words = [
        {"x": x - 8 if first else end + 8, "y": middle, "words": _label(bar)}
        for bar, middle in zip(bars, middles, strict=True)
    ]
    text = {"type": "text", "baseline": "middle", "align": "right" if first else "left"}
    encoding = {"x": _in_points("x"), "y": _in_points("y"), "text": {"field": "words"}}
    yield {"data": {"values": words}, "mark": text, "encoding": encoding}
    heading = [{"x": x if first else end, "y": -14.0, "words": year}]
    bold = {**text, "fontWeight": "bold", "align": "left" if first else "right", "clip": False}
    yield {"data": {"values": heading}, "mark": bold, "encoding": encoding}


def _label(bar: _Bar) -> str:
    number = f" {bar.people:,}"
    room = SIDE - 16 - width_of(number, size=style.LABEL_SIZE)
    return cut(bar.name, size=style.LABEL_SIZE, width=room) + number
