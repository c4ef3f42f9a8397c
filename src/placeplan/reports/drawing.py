"""Drawing charts as SVG: plain marks and words, no measuring of text, the same letters for the same chart.

Colours are safe for colour-blind readers, and every mark is told apart by its place, its sign or its words as well. A
style sheet may turn the named colours into others (the HTML page does so in the dark).
"""

from collections.abc import Iterator
from html import escape

from placeplan.reports.charts import Picture, StepKind, TrajectoryChart, Waterfall

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
TRAJECTORY_HEIGHT, TRAJECTORY_TOP, TRAJECTORY_FOOT = 190, 34, 42


def svg(picture: Picture) -> str:
    """A chart as SVG."""
    if isinstance(picture, Waterfall):
        return _drawing(_waterfall(picture), height=2 * TOP + BAND * len(picture.steps))
    return _drawing(_trajectory(picture), height=TRAJECTORY_HEIGHT)


def _drawing(marks: Iterator[str], *, height: int) -> str:
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}" viewBox="0 0 {WIDTH} {height}"'
    return f'{head} font-family="{FONT}" font-size="{FONT_SIZE}">{"".join(marks)}</svg>'


def _waterfall(chart: Waterfall) -> Iterator[str]:
    yield _line((LEFT, TOP), (LEFT, TOP + BAND * len(chart.steps)), colour=RULE)
    before = 0.0
    for number, (step, level) in enumerate(zip(chart.steps, chart.levels, strict=True)):
        top = TOP + BAND * number + (BAND - BAR) / 2
        total = step.kind is StepKind.TOTAL
        start = LEFT if total else _across(chart, before)
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


def _cut(top: float) -> str:
    """Two slanted lines across a bar whose beginning is left out."""
    slants = "".join(f"M{x} {top + BAR + 2:.1f}l5 -{BAR + 4}" for x in (LEFT + 12, LEFT + 18))
    return f'<path d="{slants}" stroke="{PAPER}" stroke-width="2.5" fill="none"/>'


def _trajectory(chart: TrajectoryChart) -> Iterator[str]:
    foot = TRAJECTORY_HEIGHT - TRAJECTORY_FOOT
    step = (WIDTH - 160) / max(len(chart.points) - 1, 1)
    places = [(80 + step * number, _up(chart, point.value)) for number, point in enumerate(chart.points)]
    yield _line((30, foot + 14), (WIDTH - 30, foot + 14), colour=RULE)
    for level in chart.levels:
        height = _up(chart, level.value)
        yield _line((30, height), (WIDTH - 30, height), colour=STANDARD, dashes="6 4")
        yield _text(level.name, (30, height - 6), colour=STANDARD)
    path = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    total = COLOURS[StepKind.TOTAL]
    yield f'<polyline points="{path}" fill="none" stroke="{total}" stroke-width="2.5"/>'
    for point, (x, y) in zip(chart.points, places, strict=True):
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="4.5" fill="{total}"/>'
        yield _text(point.label, (x, y - 11), anchor="middle", bold=True)
        yield _text(point.year, (x, foot + 33), anchor="middle")


def _up(chart: TrajectoryChart, value: float) -> float:
    values = [point.value for point in chart.points] + [level.value for level in chart.levels]
    low, high = min(values), max(values)
    foot = TRAJECTORY_HEIGHT - TRAJECTORY_FOOT
    share = (value - low) / (high - low) if high > low else 0.5
    return foot - share * (foot - TRAJECTORY_TOP)


def _line(start: tuple[float, float], end: tuple[float, float], *, colour: str, dashes: str = "") -> str:
    dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
    (x1, y1), (x2, y2) = start, end
    return f'<line x1="{x1:.1f}" y1="{y1:.1f}" x2="{x2:.1f}" y2="{y2:.1f}" stroke="{colour}"{dashed}/>'


def _text(words: str, at: tuple[float, float], *, anchor: str = "start", bold: bool = False, colour: str = INK) -> str:
    weight = ' font-weight="bold"' if bold else ""
    x, y = at
    return f'<text x="{x:.1f}" y="{y:.1f}" fill="{colour}" text-anchor="{anchor}"{weight}>{escape(words)}</text>'


def png(drawn: str, *, pixels_per_point: float = 2.5) -> bytes:
    """A drawn chart in pixels, for outputs that cannot hold SVG. The library is loaded only here."""
    import vl_convert

    pixels: bytes = vl_convert.svg_to_png(drawn, scale=pixels_per_point)
    return pixels
