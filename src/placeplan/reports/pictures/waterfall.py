"""The waterfall: from one number to another by named changes, with what they do together as a step of its own."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from typing import Any

import polars as pl

from placeplan.demand.activity import Attribution
from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import Scale, bare, printed, scale_of
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.rows import ROW, THICKNESS, across_rows, end_words, row_axis
from placeplan.reports.pictures.style import KeyMark, Shape

INTERACTION = "Together, beyond each alone"
MOST_STEPS = 30
CUT_BELOW = 0.3
THOUSAND = 1000
MINUS = "−"


class _Kind(StrEnum):
    END = "end"
    MORE = "adds"
    LESS = "takes away"
    TOGETHER = "together"


@dataclass(frozen=True, slots=True)
class _Step:
    name: str
    start: float
    end: float
    kind: _Kind

    @property
    def change(self) -> float:
        """How much it adds."""
        return self.end - self.start


def waterfall_picture(
    identifier: str,
    attribution: Attribution,
    *,
    names: Mapping[str, str],
    ends: tuple[str, str],
    title: str,
    subtitle: str,
    unit: str,
    note: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """From base to total, one row a change, in the order of the attribution; the interaction is the last row but one.

    Args:
        identifier: names the files of the picture.
        attribution: of single numbers.
        names: of changes, by their identifiers; the identifier itself where there is none.
        ends: names of base and total, such as ``("2023", "2033, do nothing")``.
        title: of the picture.
        subtitle: of the picture.
        unit: such as ``admissions a year``.
        note: caveats.
        marks: words that must be seen.

    Raises:
        ValueError: the attribution is of more than one number, or has more than 30 changes.
    """
    if attribution.total.shape != ():
        raise ValueError(f"a waterfall is of single numbers; found an attribution of shape {attribution.total.shape}")
    if len(attribution.changes) > MOST_STEPS:
        raise ValueError(f"a waterfall of {len(attribution.changes)} changes cannot be read; add some of them up")
    steps = list(_steps(attribution, names=names, ends=ends))
    if not attribution.changes:
        why = "Nothing changes it."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=_table(steps), note=note)
    scale, cut = _scale(steps, unit=unit)
    drawn = "Base and total are lines, since the scale does not start at zero." if cut else ""
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(steps, scale, cut=cut, unit=unit),
        says=_says(steps, unit=unit),
        note=" ".join(filter(None, (_closing(steps, unit=unit), drawn, note))),
        data=_table(steps),
        marks=tuple(marks),
        key=tuple(_key(steps)),
    )


def _steps(attribution: Attribution, *, names: Mapping[str, str], ends: tuple[str, str]) -> Iterator[_Step]:
    at = float(attribution.base)
    yield _Step(ends[0], 0.0, at, _Kind.END)
    for change in attribution.changes:
        after = at + float(change.own)
        kind = _Kind.MORE if after >= at else _Kind.LESS
        yield _Step(names.get(change.name, change.name), at, after, kind)
        at = after
    total = float(attribution.total)
    yield _Step(INTERACTION, at, total, _Kind.TOGETHER)
    yield _Step(ends[1], 0.0, total, _Kind.END)


def _table(steps: Sequence[_Step]) -> pl.DataFrame:
    schema = {"step": pl.String, "kind": pl.String, "from": pl.Float64, "to": pl.Float64, "change": pl.Float64}
    rows = [(step.name, str(step.kind), step.start, step.end, step.change) for step in steps]
    return pl.DataFrame(rows, schema=schema, orient="row")


def _says(steps: Sequence[_Step], *, unit: str) -> str:
    first, last, changes = steps[0], steps[-1], steps[1:-2]
    greatest = sorted(changes, key=lambda step: -abs(step.change))[:2]
    told = " and ".join(f"{step.name} ({_signed(step.change, whole=_whole(steps))})" for step in greatest)
    return (
        f"From {printed(first.end)} ({first.name}) to {printed(last.end)} ({last.name}), {unit}. "
        f"The largest of {len(changes)} changes: {told}."
    )


def _closing(steps: Sequence[_Step], *, unit: str) -> str:
    together = _signed(steps[-2].change, whole=_whole(steps))
    return (
        f"Each change is what it does alone; together they do {together} {unit} beyond that, so that the steps add up."
    )


def _signed(number: float, *, whole: bool) -> str:
    words = f"{abs(number):,.0f}" if whole else bare(abs(number))
    return f"{'+' if number >= 0 else MINUS}{words}"


def _whole(steps: Sequence[_Step]) -> bool:
    """Whether numbers are printed without decimals, since base or total runs in thousands."""
    return max(abs(steps[0].end), abs(steps[-1].end)) >= THOUSAND


def _key(steps: Sequence[_Step]) -> Iterator[KeyMark]:
    kinds = {step.kind for step in steps}
    words = {_Kind.MORE: "Adds", _Kind.LESS: "Takes away", _Kind.TOGETHER: INTERACTION}
    for kind, said in words.items():
        if kind in kinds:
            yield KeyMark(said, Shape.SWATCH, _COLOURS[kind])


_COLOURS = {
    _Kind.END: style.INK,
    _Kind.MORE: style.MARK,
    _Kind.LESS: style.CONCERN,
    _Kind.TOGETHER: style.COMMON_CAUSE,
}


def _scale(steps: Sequence[_Step], *, unit: str) -> tuple[Scale, bool]:
    """The scale, and whether it leaves zero out: only where the changes could not be seen otherwise."""
    moving = [number for step in steps[1:-1] for number in (step.start, step.end)]
    whole = scale_of([0.0, *moving], unit=unit)
    near = scale_of(moving, unit=unit)
    numbers = [abs(number) for number in moving]
    cut = not near.from_zero and max(moving) - min(moving) < CUT_BELOW * max(numbers)
    return (near if cut else whole), cut


def _spec(steps: Sequence[_Step], scale: Scale, *, cut: bool, unit: str) -> Mapping[str, Any]:
    whole = _whole(steps)
    rows = [_row(place, step, cut=cut, whole=whole) for place, step in enumerate(steps)]
    down, wide = row_axis([step.name for step in steps])
    across = across_rows(scale, [(max(row["from"], row["to"]), row["words"]) for row in rows], unit=unit, left=wide)
    place = {"y": down, "color": {"field": "colour", "type": "nominal", "scale": None}}
    bars = [row for row in rows if row["bar"]]
    lines = [row for row in rows if not row["bar"]]
    bar = {"type": "bar", "height": THICKNESS}
    tick = {"type": "tick", "thickness": 4, "height": THICKNESS + 3, "orient": "vertical", "opacity": 1}
    ends = {"x": {**across, "field": "from"}, "x2": {"field": "to"}, **place}
    layers: list[Mapping[str, Any]] = [_links(steps, across, down=down)]
    if bars:
        layers.append({"data": {"values": bars}, "mark": bar, "encoding": ends})
    if lines:
        layers.append({"data": {"values": lines}, "mark": tick, "encoding": {"x": {**across, "field": "to"}, **place}})
    layers.append(end_words(rows, across, down=down))
    return style.specification(*layers, height=len(steps) * ROW + 60)


def _row(place: int, step: _Step, *, cut: bool, whole: bool) -> dict[str, Any]:
    is_end = step.kind is _Kind.END
    return {
        "place": place,
        "from": step.start,
        "to": step.end,
        "right": step.end if is_end else max(step.start, step.end),
        "words": bare(step.end) if is_end else _signed(step.change, whole=whole),
        "colour": _COLOURS[step.kind],
        "bar": not (is_end and cut),
    }


def _links(steps: Sequence[_Step], across: Mapping[str, Any], *, down: Mapping[str, Any]) -> Mapping[str, Any]:
    """A thin line from where a step ends to where the next begins."""
    rows = [{"at": before.end, "place": place, "next": place + 1} for place, (before, _) in enumerate(pairwise(steps))]
    mark = {"type": "rule", "color": style.SOFT_INK, "strokeWidth": 0.9, "strokeDash": [2, 2]}
    encoding = {"x": {**across, "field": "at"}, "y": down, "y2": {"field": "next"}}
    return {"data": {"values": rows}, "mark": mark, "encoding": encoding}
