"""What is left of something after a change: bars inside the whole, with a mark where another change would leave it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from placeplan.reports.pictures import style
from placeplan.reports.pictures.fitting import cut
from placeplan.reports.pictures.legible import legible

WIDTH, ROW, THICKNESS, TOP = 720, 30, 16, 40
LEFT, RIGHT = 236, 620
LETTERS = 13
BESIDE = 10
KEY_PLACES = (236, 410, 560)


@dataclass(frozen=True, slots=True)
class Remainder:
    """One bar: its name, the share that is left (1 is the whole), the share that the mark stands at, and its words."""

    name: str
    left: float
    marked: float
    words: str


@dataclass(frozen=True, slots=True)
class Remainders:
    """Bars from the top in the order given. ``key`` names the whole, what is left of it, and the mark."""

    rows: tuple[Remainder, ...]
    key: tuple[str, str, str]

    def inset(self) -> str:
        """The drawing as SVG."""
        height = TOP + ROW * len(self.rows)
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height}"'
        marks = "".join((*_key(self.key), *(mark for place, row in enumerate(self.rows) for mark in _row(place, row))))
        box = f'viewBox="0 0 {WIDTH} {height}" font-family="{style.FONT}" font-size="{LETTERS}"'
        return f"{head} {box}>{marks}</svg>"


def _key(words: Sequence[str]) -> Iterator[str]:
    whole, left, marked = KEY_PLACES
    yield _bar(whole, 8, width=14, height=THICKNESS, outlined=True)
    yield _bar(left, 8, width=14, height=THICKNESS)
    yield _tick(marked + 7, 6)
    for place, said in zip(KEY_PLACES, words, strict=True):
        yield _text(said, place + 22, base=21)


def _row(place: int, row: Remainder) -> Iterator[str]:
    top = TOP + ROW * place + (ROW - THICKNESS) / 2
    name, base = cut(row.name, size=LETTERS, width=LEFT - 2 * BESIDE), top + THICKNESS - 4
    yield _text(name, LEFT - BESIDE, base=base, anchor="end")
    yield _bar(LEFT, top, width=RIGHT - LEFT, height=THICKNESS, outlined=True)
    yield _bar(LEFT, top, width=_along(row.left) - LEFT, height=THICKNESS)
    yield _tick(_along(row.marked), top - 3)
    yield _text(row.words, RIGHT + BESIDE, base=base)


def _along(share: float) -> float:
    return LEFT + max(0.0, min(share, 1.0)) * (RIGHT - LEFT)


def _bar(left: float, top: float, *, width: float, height: float, outlined: bool = False) -> str:
    look = f'fill="{style.PAPER}" stroke="{style.SOFT_INK}"' if outlined else f'fill="{style.MARK}"'
    return f'<rect x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" {look}/>'


def _tick(place: float, top: float) -> str:
    return f'<rect x="{place - 1.5:.1f}" y="{top:.1f}" width="3" height="{THICKNESS + 6}" fill="{style.FORECAST}"/>'


def _text(words: str, left: float, *, base: float, anchor: str = "start") -> str:
    shown = escape(legible(words))
    return f'<text x="{left:.1f}" y="{base:.1f}" text-anchor="{anchor}" fill="{style.INK}">{shown}</text>'
