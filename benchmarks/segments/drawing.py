"""A plain picture of growth: processor seconds by people, and the straight line from nothing through the first."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from benchmarks.segments import Line

WIDTH, HEIGHT, EDGE = 640, 400, 60


def draw(lines: "Sequence[Line]", path: Path) -> None:
    """Write an SVG."""
    most_people = max(line.people for line in lines)
    most = max(max(line.processor for line in lines), lines[0].processor / lines[0].people * most_people)

    def at(people: float, seconds: float) -> tuple[float, float]:
        x = EDGE + people / most_people * (WIDTH - 2 * EDGE)
        return round(x, 1), round(HEIGHT - EDGE - seconds / most * (HEIGHT - 2 * EDGE), 1)

    points = [at(line.people, line.processor) for line in lines]
    (zero_x, zero_y), (end_x, end_y) = at(0, 0), at(most_people, lines[0].processor / lines[0].people * most_people)
    marks = "".join(
        f'<circle cx="{x}" cy="{y}" r="4" fill="#005eb8"/>'
        f'<text x="{x}" y="{y - 10}" text-anchor="end">{line.processor:,.1f} s</text>'
        f'<text x="{x}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{line.people / 1e6:g} m</text>'
        for line, (x, y) in zip(lines, points, strict=True)
    )
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}" font-family="sans-serif" '
        'font-size="12"><rect width="100%" height="100%" fill="white"/>'
        f'<text x="{EDGE}" y="24" font-size="15">The whole job: processor seconds by people (synthetic)</text>'
        f'<text x="{EDGE}" y="42">Grey: in proportion to the smallest</text>'
        f'<path d="M{zero_x} {EDGE}V{zero_y}H{WIDTH - EDGE}" fill="none" stroke="#768692"/>'
        f'<line x1="{zero_x}" y1="{zero_y}" x2="{end_x}" y2="{end_y}" stroke="#aeb7bd" stroke-dasharray="4"/>'
        f'<polyline points="{" ".join(f"{x},{y}" for x, y in points)}" fill="none" stroke="#005eb8" '
        f'stroke-width="2"/>{marks}</svg>\n',
        encoding="utf-8",
    )
