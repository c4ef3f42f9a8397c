"""Icons that say a verdict at a glance, after the idea of Making Data Count, drawn by ourselves.

A ring in the colour of the verdict holds a small run of points. Special cause carries the letter of its direction (H
high, L low); assurance a dashed target line and P (passes), F (falls short) or ? (either, at random).
"""

from dataclasses import dataclass
from enum import StrEnum

from placeplan.reports.pictures import style

ICON_SIZE = 46
_HALF = ICON_SIZE / 2


class Run(StrEnum):
    """What the points of an icon do."""

    STEADY = "steady"
    RISING = "rising"
    FALLING = "falling"
    ABOVE = "above"
    BELOW = "below"
    ACROSS = "across"


_RUNS: dict[Run, tuple[float, ...]] = {
    Run.STEADY: (2, -4, 4, -3, 2),
    Run.RISING: (7, 6, 3, -3, -8),
    Run.FALLING: (-8, -6, -2, 3, 7),
    Run.ABOVE: (-6, -9, -5, -9, -6),
    Run.BELOW: (9, 6, 10, 6, 9),
    Run.ACROSS: (6, -7, 7, -7, 5),
}


@dataclass(frozen=True, slots=True)
class Icon:
    """A verdict: its colour, the letter in it, what its points do, and its words. ``target`` draws the target line."""

    words: str
    colour: str
    letter: str
    run: Run
    target: bool = False


def icon_marks(icon: Icon, *, left: float, top: float) -> str:
    """The icon as SVG."""
    run = _RUNS[icon.run]
    places = [(-12 + 6 * number, height + (4 if icon.letter else 0)) for number, height in enumerate(run)]
    path = "M" + "L".join(f"{x:g},{y:g}" for x, y in places)
    dots = "".join(
        f'<circle cx="{x:g}" cy="{y:g}" r="2.3" fill="{icon.colour}" stroke="{style.INK}" stroke-width=".5"/>'
        for x, y in places
    )
    line = (
        f'<path d="M-18,4h36" stroke="{style.TARGET}" stroke-width="1.6" stroke-dasharray="4 2.5"/>'
        if icon.target
        else ""
    )
    bold = f'font-size="13" font-weight="bold" text-anchor="middle" fill="{style.INK}"'
    letter = f'<text x="0" y="-8" {bold}>{icon.letter}</text>' if icon.letter else ""
    return (
        f'<g transform="translate({left + _HALF:.1f},{top + _HALF:.1f})">'
        f'<circle r="{_HALF - 2:g}" fill="{style.PAPER}" stroke="{icon.colour}" stroke-width="3.6"/>'
        f'<circle r="{_HALF - 0.2:g}" fill="none" stroke="{style.INK}" stroke-width=".6"/>{line}'
        f'<path d="{path}" fill="none" stroke="{style.SOFT_INK}" stroke-width="1"/>{dots}{letter}</g>'
    )
