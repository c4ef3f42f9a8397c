"""A line of the size of a word: how a series went, with the level asked for as a line across.

It stands beside its latest value and its verdicts in words, so it is hidden from screen readers. Its colours are
classes, so that the page that shows it has them in its own light and dark.
"""

from collections.abc import Sequence

WIDTH, HEIGHT, MARGIN = 120.0, 28.0, 3.0
MOST = 36


def sparkline(values: Sequence[float | None], *, level: float | None = None) -> str:
    """The last values of a series as SVG; a gap where there is none, nothing where there is no value at all."""
    shown = list(values)[-MOST:]
    known = [value for value in shown if value is not None]
    if not known:
        return ""
    low, high = min((*known, *_one(level))), max((*known, *_one(level)))
    points = [
        None if value is None else (_along(place, len(shown)), _up(value, low=low, high=high))
        for place, value in enumerate(shown)
    ]
    last = [point for point in points if point is not None][-1]
    line = "" if level is None else f'<path class="spark-level" d="M0,{_up(level, low=low, high=high):.1f}h{WIDTH:g}"/>'
    return (
        f'<svg class="spark" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}" '
        f'aria-hidden="true" focusable="false">{line}<path class="spark-line" d="{_path(points)}"/>'
        f'<circle class="spark-last" cx="{last[0]:.1f}" cy="{last[1]:.1f}" r="2.6"/></svg>'
    )


def _one(level: float | None) -> tuple[float, ...]:
    return () if level is None else (level,)


def _along(place: int, count: int) -> float:
    return MARGIN + (WIDTH - 2 * MARGIN) * (place / (count - 1) if count > 1 else 1.0)


def _up(value: float, *, low: float, high: float) -> float:
    share = (value - low) / (high - low) if high > low else 0.5
    return HEIGHT - MARGIN - (HEIGHT - 2 * MARGIN) * share


def _path(points: Sequence[tuple[float, float] | None]) -> str:
    """The points joined, anew after each gap."""
    steps: list[str] = []
    joined = False
    for point in points:
        if point is not None:
            steps.append(f"{'L' if joined else 'M'}{point[0]:.1f},{point[1]:.1f}")
        joined = point is not None
    return "".join(steps)
