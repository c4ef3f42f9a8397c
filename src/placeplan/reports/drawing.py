"""Drawing charts as SVG: plain marks and words, no measuring of text, the same letters for the same chart.

Colours are safe for colour-blind readers, and every mark is told apart by its place, its sign or its words as well. A
style sheet may turn the named colours into others (the HTML page does so in the dark).
"""

from collections.abc import Iterable, Iterator, Sequence
from html import escape

from placeplan.reports.charts import Picture, Point, RankedAreas, Spans, StepKind, TrajectoryChart, Waterfall
from placeplan.reports.pictures.fitting import cut
from placeplan.reports.pictures.legible import legible

INK, SOFT_INK, RULE, PAPER, STANDARD = "#212b32", "#4c6272", "#d8dde0", "#ffffff", "#6b5b00"
COLOURS = {
    StepKind.TOTAL: "#005eb8",
    StepKind.RISE: "#b4530a",
    StepKind.FALL: "#00786c",
    StepKind.POSITION: "#7c2855",
}
FONT = "Liberation Sans, Arial, Helvetica, sans-serif"
FONT_SIZE = 13
WIDTH = 720
LEFT, RIGHT = 232, 630
BAND, BAR = 28, 18
TOP = 6
ROW = 24
BESIDE_NAMES = 272  # where points begin when names of organisations stand beside them
TRAJECTORY_HEIGHT, TRAJECTORY_TOP, TRAJECTORY_FOOT = 190, 34, 42
TRAJECTORY_LEFT, TRAJECTORY_RIGHT = 80, WIDTH - 80
BESIDE_LEVELS = 230  # where points begin when names of levels stand beside many of them
SPANS_RIGHT = 560  # where the longest bar of spans ends, so that its words have room
WITH_ACTUAL = 62  # more height, for the key and for labels below points
NEAREST_WORDS, NEAREST_YEARS = 96, 70
PLANNED, OBSERVED = "Planned", "Observed"


def svg(picture: Picture) -> str:
    """A chart as SVG."""
    if isinstance(picture, Waterfall):
        return _drawing(_waterfall(picture), height=2 * TOP + BAND * len(picture.steps))
    if isinstance(picture, TrajectoryChart):
        return _drawing(_trajectory(picture), height=_height(picture))
    if isinstance(picture, RankedAreas):
        return _drawing(_ranked(picture), height=2 * TOP + ROW * len(picture.areas))
    if isinstance(picture, Spans):
        return _drawing(_spans(picture), height=2 * TOP + BAND * len(picture.spans))
    return picture.inset()


def _drawing(marks: Iterator[str], *, height: int) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return f'{head} font-family="{FONT}" font-size="{FONT_SIZE}">{"".join(marks)}</svg>'


def _waterfall(chart: Waterfall) -> Iterator[str]:
    yield _line((LEFT, TOP), (LEFT, TOP + BAND * len(chart.steps)), colour=RULE)
    before = 0.0
    for number, (step, level) in enumerate(zip(chart.steps, chart.levels, strict=True)):
        top = TOP + BAND * number + (BAND - BAR) / 2
        total = step.kind is StepKind.TOTAL
        start = _across(chart, max(chart.scale[0], 0.0)) if total else _across(chart, before)
        end = _across(chart, level)
        left, right = min(start, end), max(start, end)
        yield _text(step.name, (LEFT - 10, top + BAR - 5), anchor="end")
        yield _bar(left, top, width=max(right - left, 1.5), colour=COLOURS[step.kind])
        if total and not chart.starts_at_zero:
            yield _cut(top)
        yield _text(step.label, (right + 7, top + BAR - 5), bold=total)
        if number + 1 < len(chart.steps):
            yield _line((end, top + BAR), (end, top + BAND), colour=SOFT_INK, dashes="2 2")
        before = level


def _across(chart: Waterfall, level: float) -> float:
    low, high = chart.scale
    return LEFT + (level - low) / ((high - low) or 1) * (RIGHT - LEFT)


def _bar(left: float, top: float, *, width: float, colour: str) -> str:
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{BAR}" fill="{colour}"/>'


def _ranked(chart: RankedAreas) -> Iterator[str]:
    """A row for each area: its name, a line for the interval, a point, and the value in words."""
    low, high = chart.scale
    yield _line((BESIDE_NAMES, TOP), (BESIDE_NAMES, TOP + ROW * len(chart.areas)), colour=RULE)
    for number, area in enumerate(chart.areas):
        middle = TOP + ROW * (number + 0.5)
        start, point, end = (
            BESIDE_NAMES + (value - low) / ((high - low) or 1) * (RIGHT - BESIDE_NAMES)
            for value in (area.ends[0], area.value, area.ends[1])
        )
        yield _text(
            cut(area.name, size=FONT_SIZE, width=BESIDE_NAMES - 14), (BESIDE_NAMES - 10, middle + 5), anchor="end"
        )
        yield _line((BESIDE_NAMES, middle), (start, middle), colour=RULE)
        if start < end:
            yield f'<path d="M{start:.1f} {middle:.1f}H{end:.1f}" stroke="{SOFT_INK}" stroke-width="2.5"/>'
        yield f'<circle cx="{point:.1f}" cy="{middle:.1f}" r="5" fill="{COLOURS[StepKind.TOTAL]}"/>'
        yield _text(area.label, (end + 11, middle + 5), bold=True)


def _spans(chart: Spans) -> Iterator[str]:
    """A row each: a bar on either side of the base, a mark where something is asked for, and the words at the right."""
    low, high = chart.scale

    def across(value: float) -> float:
        return BESIDE_NAMES + (value - low) / ((high - low) or 1) * (SPANS_RIGHT - BESIDE_NAMES)

    base = across(chart.base)
    for number, span in enumerate(chart.spans):
        top = TOP + BAND * number + (BAND - BAR) / 2
        name = cut(span.name, size=FONT_SIZE, width=BESIDE_NAMES - 14)
        yield _text(name, (BESIDE_NAMES - 10, top + BAR - 5), anchor="end")
        left, right = across(span.low), across(span.high)
        if left < base:
            yield _bar(left, top, width=base - left, colour=COLOURS[StepKind.RISE])
        if right > base:
            yield _bar(base, top, width=right - base, colour=COLOURS[StepKind.TOTAL])
        if span.mark is not None:
            x = across(span.mark)
            yield f'<path d="M{x:.1f} {top - 3:.1f}V{top + BAR + 3:.1f}" stroke="{STANDARD}" stroke-width="3"/>'
        yield _text(span.label, (max(right, base, across(span.mark or low)) + 8, top + BAR - 5), bold=True)
    yield _line((base, TOP), (base, TOP + BAND * len(chart.spans)), colour=SOFT_INK)


def _cut(top: float) -> str:
    """Two slanted lines across a bar whose beginning is left out."""
    slants = "".join(f"M{x} {top + BAR + 2:.1f}l5 -{BAR + 4}" for x in (LEFT + 12, LEFT + 18))
    return f'<path d="{slants}" stroke="{PAPER}" stroke-width="2.5" fill="none"/>'


def _height(chart: TrajectoryChart) -> int:
    return TRAJECTORY_HEIGHT + (WITH_ACTUAL if chart.actual else 0)


def _trajectory(chart: TrajectoryChart) -> Iterator[str]:
    axis = _height(chart) - TRAJECTORY_FOOT + 14
    yield _line((30, axis), (WIDTH - 30, axis), colour=RULE)
    for level in chart.levels:
        height = _up(chart, level.value)
        yield _line((30, height), (WIDTH - 30, height), colour=STANDARD, dashes="6 4")
        yield _text(level.name, (30, height - 6), colour=STANDARD)
    planned = _spots(chart, chart.points, places=chart.planned_places)
    actual = _spots(chart, chart.actual, places=chart.actual_places)
    if planned:
        yield _path(planned, colour=COLOURS[StepKind.TOTAL])
    for point, (x, y) in zip(chart.points, planned, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{COLOURS[StepKind.TOTAL]}"/>'
        yield _text(point.label, (x, y + (22 if _below(point, chart) else -11)), anchor="middle", bold=True)
        yield _text(point.year, (x, axis + 19), anchor="middle")
    if actual:
        yield from _observed(chart, actual, taken=[x for x, _ in planned])


def _observed(chart: TrajectoryChart, places: Sequence[tuple[float, float]], *, taken: list[float]) -> Iterator[str]:
    """What was observed: another line, another mark, and a key. The latest value has its words, and others where there
    is room for them; the period stands on the axis, or beside the value where the axis is full.
    """
    axis = _height(chart) - TRAJECTORY_FOOT + 14
    yield _path(places, colour=SOFT_INK, dashes="5 3")
    labelled: list[float] = []
    for number, (x, y) in reversed(list(enumerate(places))):
        yield f'<path d="M{x:.1f} {y - 6:.1f}l6 6l-6 6l-6 -6z" fill="{SOFT_INK}"/>'
        if any(abs(x - other) < NEAREST_WORDS for other in labelled):
            continue
        labelled.append(x)
        point, up = chart.actual[number], _above(chart, number)
        free = all(abs(x - other) >= NEAREST_YEARS for other in taken)
        words = point.label if free or x in taken else f"{point.label}, {point.year}"
        yield _text(words, (x, y + (-12 if up else 23)), anchor="middle", colour=SOFT_INK)
        if free:
            taken.append(x)
            yield _text(point.year, (x, axis + 19), anchor="middle", colour=SOFT_INK)
    yield from _key(chart)


def _above(chart: TrajectoryChart, number: int) -> bool:
    """Whether the label of an observed value stands above it: it is higher than what was planned for the same time, or
    else than its neighbours.
    """
    point = chart.actual[number]
    beside = [each.value for each in chart.points if each.at == point.at]
    near = chart.actual[max(number - 1, 0) : number] + chart.actual[number + 1 : number + 2]
    beside = beside or [each.value for each in near]
    return bool(beside) and point.value > sum(beside) / len(beside)


def _key(chart: TrajectoryChart) -> Iterator[str]:
    """Which mark is which, at the head of the picture."""
    if chart.points:
        yield f'<circle cx="{WIDTH - 190}" cy="11" r="4.5" fill="{COLOURS[StepKind.TOTAL]}"/>'
        yield _text(PLANNED, (WIDTH - 180, 15))
    yield f'<path d="M{WIDTH - 106} 5l6 6l-6 6l-6 -6z" fill="{SOFT_INK}"/>'
    yield _text(OBSERVED, (WIDTH - 94, 15))


def _below(point: Point, chart: TrajectoryChart) -> bool:
    """Whether the label of a planned value stands below it, because a higher value was observed at the same time."""
    return any(each.at == point.at and each.value > point.value for each in chart.actual)


def _spots(chart: TrajectoryChart, points: Iterable[Point], *, places: Iterable[float]) -> list[tuple[float, float]]:
    left = BESIDE_LEVELS if chart.actual and chart.levels else TRAJECTORY_LEFT
    return [
        (left + (TRAJECTORY_RIGHT - left) * along, _up(chart, point.value))
        for point, along in zip(points, places, strict=True)
    ]


def _path(places: Iterable[tuple[float, float]], *, colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    points = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    return f'<polyline points="{points}" fill="none" stroke="{colour}" stroke-width="2.5"{dashed}/>'


def _up(chart: TrajectoryChart, value: float) -> float:
    low, high = chart.scale
    more = WITH_ACTUAL if chart.actual else 0
    foot, top = TRAJECTORY_HEIGHT - TRAJECTORY_FOOT + more - more / 3, TRAJECTORY_TOP + more / 3
    share = (value - low) / (high - low) if high > low else 0.5
    return foot - share * (foot - top)


def _line(start: tuple[float, float], end: tuple[float, float], *, colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'


def _text(words: str, at: tuple[float, float], *, anchor: str = "start", bold: bool = False, colour: str = INK) -> str:
    weight = ' font-weight="bold"' if bold else ""
    x, y = at
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(legible(words))}</text>'
    )


def png(drawn: str, *, pixels_per_point: float = 2.5) -> bytes:
    """A drawn chart in pixels, for outputs that cannot hold SVG. The library is loaded only here.

    The library ends the whole process at a sign that XML cannot hold, so none reaches it.
    """
    import vl_convert

    pixels: bytes = vl_convert.svg_to_png(legible(drawn), scale=pixels_per_point)
    return pixels
