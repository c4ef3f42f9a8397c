"""The governance map: each group in a box under the one that it reports to, drawn for a narrow column.

A solid line is a formal one; a dashed one leads from a body that reports into another. What has expired is drawn in
soft ink and says so. Boxes stand under each other and their words wrap, so that the map is as readable on a telephone
and on paper as on a screen.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from placeplan.reports.pictures.fitting import wrapped
from placeplan.reports.pictures.legible import legible
from placeplan.reports.pictures.style import FONT, INK, MARK, RULE, SOFT_INK

WIDTH, EDGE = 400, 2
INDENT, DEEPEST = 30, 5
TITLE, SMALL = 13.5, 11.5
TITLE_LINE, SMALL_LINE = 17, 14.5
PADDING, GAP, KEY = 8, 9, 26
MOST_HEIGHT = 800.0
DASHES = "5 4"


@dataclass(frozen=True, slots=True)
class MapBox:
    """A group on the map.

    Attributes:
        title: what it is called.
        words: what stands below the title: what it is, and how long there is one.
        depth: how far it stands in.
        parent: place of the box above it among all boxes; ``None``: it stands at the head.
        dashed: whether it reports into the one above it.
        faded: whether it has expired, or has not begun.
        board: whether it is a board.
    """

    title: str
    words: tuple[str, ...]
    depth: int
    parent: int | None
    dashed: bool = False
    faded: bool = False
    board: bool = False


@dataclass(frozen=True, slots=True)
class GovernanceMap:
    """A part of a map that fits on a page: the boxes from ``first`` on."""

    boxes: tuple[MapBox, ...]
    first: int = 0

    def inset(self) -> str:
        """The drawing as SVG."""
        tops: list[float] = []
        top = float(KEY)
        for box in self.boxes:
            tops.append(top)
            top += _height(box) + GAP
        marks = "".join((*_key(), *self._lines(tops), *self._boxes(tops)))
        height = max(top - GAP + EDGE, KEY)
        head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{height:.0f}"'
        return f'{head} viewBox="0 0 {WIDTH} {height:.0f}" font-family="{FONT}">{marks}</svg>'

    def _lines(self, tops: Sequence[float]) -> Iterator[str]:
        """From the box above down and across to each box; where that box stands on an earlier page, from the top.

        A line begins where the one before it turned off, so that none is drawn twice. A dashed one that solid ones go
        past leaves their common way to them.
        """
        middles = [top + PADDING + TITLE_LINE / 2 for top in tops]
        last_solid = {box.parent: middle for box, middle in zip(self.boxes, middles, strict=True) if not box.dashed}
        turned: dict[int, float] = {}
        for box, middle in zip(self.boxes, middles, strict=True):
            if box.parent is None:
                continue
            above = box.parent - self.first
            head = tops[above] + _height(self.boxes[above]) if above >= 0 else KEY - GAP
            if box.dashed and middle < last_solid.get(box.parent, head):
                yield _elbow(box, start=middle, middle=middle)
            else:
                yield _elbow(box, start=turned.get(box.parent, head), middle=middle)
                turned[box.parent] = middle

    def _boxes(self, tops: Sequence[float]) -> Iterator[str]:
        for box, top in zip(self.boxes, tops, strict=True):
            left, height = _left(box), _height(box)
            width = WIDTH - EDGE - left
            edge = RULE if box.faded else SOFT_INK
            shape = f'x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" height="{height:.1f}" rx="3"'
            yield f'<rect {shape} fill="none" stroke="{edge}"/>'
            if box.board:
                bar = SOFT_INK if box.faded else MARK
                yield f'<rect x="{left:.1f}" y="{top:.1f}" width="4" height="{height:.1f}" fill="{bar}"/>'
            line = top + PADDING + TITLE
            for words in _titles(box):
                yield _text(words, (left + PADDING + 4, line), size=TITLE, faded=box.faded, bold=not box.faded)
                line += TITLE_LINE
            line -= 2
            for words in _small(box):
                yield _text(words, (left + PADDING + 4, line), size=SMALL, faded=True)
                line += SMALL_LINE


def governance_maps(boxes: Sequence[MapBox]) -> tuple[GovernanceMap, ...]:
    """The boxes in as many maps as pages that they need; none without boxes."""
    maps: list[GovernanceMap] = []
    first, height = 0, float(KEY)
    for place, box in enumerate(boxes):
        more = _height(box) + GAP
        if place > first and height + more > MOST_HEIGHT:
            maps.append(GovernanceMap(tuple(boxes[first:place]), first))
            first, height = place, float(KEY)
        height += more
    return (*maps, GovernanceMap(tuple(boxes[first:]), first)) if boxes else ()


def _elbow(box: MapBox, *, start: float, middle: float) -> str:
    left, across = _left(box) - INDENT + PADDING, _left(box)
    dashes = f' stroke-dasharray="{DASHES}"' if box.dashed else ""
    path = f"M{left:.1f} {start:.1f}V{middle:.1f}H{across:.1f}"
    return f'<path d="{path}" fill="none" stroke="{SOFT_INK}" stroke-width="1.6"{dashes}/>'


def _left(box: MapBox) -> float:
    return EDGE + INDENT * min(box.depth, DEEPEST)


def _room(box: MapBox) -> float:
    return WIDTH - EDGE - _left(box) - 2 * PADDING - 4


def _titles(box: MapBox) -> tuple[str, ...]:
    return wrapped(box.title, size=TITLE, width=_room(box), bold=True, most=4)


def _small(box: MapBox) -> tuple[str, ...]:
    return tuple(line for words in box.words for line in wrapped(words, size=SMALL, width=_room(box), most=3))


def _height(box: MapBox) -> float:
    return 2 * PADDING + TITLE_LINE * len(_titles(box)) + SMALL_LINE * len(_small(box)) - 3


def _key() -> Iterator[str]:
    for left, words, dashes in ((EDGE, "reports to", ""), (128, "reports into", f' stroke-dasharray="{DASHES}"')):
        yield f'<path d="M{left} 9H{left + 30}" fill="none" stroke="{SOFT_INK}" stroke-width="1.6"{dashes}/>'
        yield _text(words, (left + 37, 13), size=SMALL)


def _text(words: str, at: tuple[float, float], *, size: float, faded: bool = False, bold: bool = False) -> str:
    weight = ' font-weight="bold"' if bold else ""
    colour = SOFT_INK if faded else INK
    x, y = at
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size}" fill="{colour}"{weight}>{escape(legible(words))}</text>'
