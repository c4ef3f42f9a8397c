"""The sheet around a drawing: title, marks, verdicts, key and notes, laid out by ourselves so that nothing is cut."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape

from placeplan.reports.pictures import style
from placeplan.reports.pictures.fitting import width_of, wrapped
from placeplan.reports.pictures.icons import ICON_SIZE, Icon, icon_marks
from placeplan.reports.pictures.legible import legible
from placeplan.reports.pictures.style import KeyMark, Shape

INNER = style.WIDTH - 2 * style.PADDING
KEY_ROW, KEY_MARK, KEY_GAP = 20, 26, 18
PILL = 20
Place = tuple[float, float]
_HATCH = (
    '<pattern id="{id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">'
    '<rect width="6" height="6" fill="#ffffff"/><line x1="1" y1="0" x2="1" y2="6" stroke="#768692" stroke-width="1.4"/>'
    "</pattern>"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """What stands around a drawing, and the name that its identifiers begin with."""

    name: str
    title: str
    subtitle: str
    says: str
    note: str
    marks: tuple[str, ...]
    icons: tuple[Icon, ...]
    key: tuple[KeyMark, ...]


def framed(sheet: Sheet, drawing: str, *, height: float) -> str:
    """The whole picture as SVG; ``drawing`` holds the marks of a plot of this height."""
    page = _Page()
    page.lines(sheet.title, size=style.TITLE_SIZE, colour=style.INK, bold=True, most=4)
    page.lines(sheet.subtitle, size=style.SUBTITLE_SIZE, colour=style.SOFT_INK)
    page.flow(sheet.marks, width=_pill_width, draw=_pill, row=PILL + 6)
    page.icons(sheet.icons)
    page.flow(sheet.key, width=_key_width, draw=_key, row=KEY_ROW)
    page.down(8)
    page.put(f'<g transform="translate({style.PADDING},{page.top:g})">{drawing}</g>', height=height)
    page.down(10)
    page.lines(sheet.note, size=style.NOTE_SIZE, colour=style.SOFT_INK, most=24)
    return _document(sheet, page)


def inset(sheet: Sheet, drawing: str, *, height: float) -> str:
    """Only what belongs inside a document that has title and notes of its own: marks, verdicts, key and plot.

    It has no ground, so that it can stand on a dark page, and no description, for its words stand beside it.
    """
    page = _Page()
    page.flow(sheet.marks, width=_pill_width, draw=_pill, row=PILL + 6)
    page.icons(sheet.icons)
    page.flow(sheet.key, width=_key_width, draw=_key, row=KEY_ROW)
    page.down(8)
    page.put(f'<g transform="translate({style.PADDING},{page.top:g})">{drawing}</g>', height=height)
    return _whole(page, name=sheet.name, opening=f'font-family="{style.FONT}" font-size="{style.LABEL_SIZE}">')


def _document(sheet: Sheet, page: "_Page") -> str:
    ground = f'<rect width="{style.WIDTH}" height="{_height(page)}" fill="{style.PAPER}"/>'
    opening = (
        f'role="img" aria-labelledby="title desc" font-family="{style.FONT}">'
        f'<title id="title">{escape(sheet.title)}</title><desc id="desc">{escape(sheet.says)}</desc>'
    )
    return _whole(page, name=sheet.name, opening=opening, ground=ground)


def _whole(page: "_Page", *, name: str, opening: str, ground: str = "") -> str:
    """A page as SVG whose identifiers begin with a name."""
    width, height, body = style.WIDTH, _height(page), "".join(page.marks)
    hatch = f"<defs>{_HATCH.format(id='hatch')}</defs>" if style.HATCH in body else ""
    head = f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" '
    return with_own_names(legible(f"{head}{opening}{hatch}{ground}{body}</svg>"), name)


def _height(page: "_Page") -> int:
    return round(page.top + style.PADDING - 6)


_NAMED = re.compile(r'(<[^<>]*?\bid=")([^"<>]*)(")')
_USED = re.compile(r"url\(#([^)]*)\)")


def with_own_names(drawn: str, name: str) -> str:
    """A drawing whose identifiers begin with a name and do not depend on what was drawn before.

    The engine counts its clipping paths on from one drawing to the next, so they are numbered again.
    """
    numbers: dict[str, str] = {}
    for match in _NAMED.finditer(drawn):
        numbers.setdefault(match[2], f"{name}--{len(numbers) + 1}")
    renamed = _NAMED.sub(lambda match: f"{match[1]}{numbers[match[2]]}{match[3]}", drawn)
    renamed = _USED.sub(lambda match: f"url(#{numbers.get(match[1], match[1])})", renamed)
    labelled = f'aria-labelledby="{numbers["title"]} {numbers["desc"]}"' if "title" in numbers else ""
    return renamed.replace('aria-labelledby="title desc"', labelled, 1)


class _Page:
    """Marks from top to bottom."""

    def __init__(self) -> None:
        self.top: float = style.PADDING - 4
        self.marks: list[str] = []

    def down(self, by: float) -> None:
        """Leave room."""
        self.top += by

    def put(self, mark: str, *, height: float) -> None:
        """One mark that takes the whole width."""
        self.marks.append(mark)
        self.top += height

    def lines(self, words: str, *, size: float, colour: str, bold: bool = False, most: int = 12) -> None:
        """A paragraph."""
        step = size * 1.32
        for line in wrapped(words, size=size, width=INNER, bold=bold, most=most):
            self.put(text(line, (style.PADDING, self.top + size), size=size, colour=colour, bold=bold), height=step)
        if words:
            self.down(4)

    def flow(
        self,
        entries: tuple[object, ...],
        *,
        width: Callable[[object], float],
        draw: Callable[[object, Place], str],
        row: float,
    ) -> None:
        """Entries side by side, on as many rows as they need."""
        left, room = 0.0, float(INNER)
        for entry in entries:
            wide = width(entry)
            if left and left + wide > room:
                left, self.top = 0.0, self.top + row
            self.marks.append(draw(entry, (style.PADDING + left, self.top + 2)))
            left += wide + KEY_GAP
        if entries:
            self.down(row + 4)

    def icons(self, icons: tuple[Icon, ...]) -> None:
        """Icons side by side, each with its words to the right."""
        if not icons:
            return
        room = INNER / len(icons)
        for number, icon in enumerate(icons):
            left = style.PADDING + room * number
            self.marks.append(icon_marks(icon, left=left, top=self.top + 2))
            words = wrapped(icon.words, size=style.SUBTITLE_SIZE, width=room - ICON_SIZE - 24, bold=True, most=3)
            middle = self.top + 2 + ICON_SIZE / 2 - (len(words) - 1) * 8 + 4
            for place, line in enumerate(words):
                at = (left + ICON_SIZE + 10, middle + place * 16)
                self.marks.append(text(line, at, size=style.SUBTITLE_SIZE, bold=True))
        self.down(ICON_SIZE + 10)


def text(
    words: str,
    at: tuple[float, float],
    *,
    size: float,
    colour: str = style.INK,
    bold: bool = False,
    middle: bool = False,
) -> str:
    """Words in a place."""
    weight = ' font-weight="bold"' if bold else ""
    anchor = ' text-anchor="middle"' if middle else ""
    x, y = at
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}" fill="{colour}"{weight}{anchor}>{escape(words)}</text>'


def _pill_width(entry: object) -> float:
    return width_of(str(entry), size=style.LABEL_SIZE, bold=True) + 16


def _pill(entry: object, at: Place) -> str:
    left, top = at
    wide = _pill_width(entry)
    box = (
        f'<rect x="{left:.1f}" y="{top:.1f}" width="{wide:.1f}" height="{PILL}" rx="3" fill="#fff6d6" '
        f'stroke="#6b5b00"/>'
    )
    return box + text(
        str(entry), (left + wide / 2, top + 14), size=style.LABEL_SIZE, colour="#6b5b00", bold=True, middle=True
    )


def _key_width(entry: object) -> float:
    words = entry.words if isinstance(entry, KeyMark) else ""
    return KEY_MARK + width_of(words, size=style.LABEL_SIZE)


def _key(entry: object, at: Place) -> str:
    if not isinstance(entry, KeyMark):
        raise TypeError(f"{entry!r} is no entry of a key")
    left, middle = at[0], at[1] + KEY_ROW / 2 - 3
    words = text(entry.words, (left + KEY_MARK, middle + 4), size=style.LABEL_SIZE)
    return "".join(_key_drawing(entry, (left, middle))) + words


def _key_drawing(entry: KeyMark, at: Place) -> Iterator[str]:
    left, middle = at
    if entry.shape in style.DASHES:
        dashes = " ".join(f"{length:g}" for length in style.DASHES[entry.shape])
        dashed = f' stroke-dasharray="{dashes}"' if dashes else ""
        yield f'<path d="M{left:.1f},{middle:.1f}h20" stroke="{entry.colour}" stroke-width="2"{dashed} fill="none"/>'
    elif entry.shape in {Shape.SWATCH, Shape.HATCHED}:
        yield (
            f'<rect x="{left + 2:.1f}" y="{middle - 7:.1f}" width="17" height="14" fill="{entry.colour}" '
            f'stroke="{style.SOFT_INK}" stroke-width="0.8"/>'
        )
    else:
        fill = style.PAPER if entry.hollow else entry.colour
        edge, thick = (entry.colour, 2) if entry.hollow else (style.INK, style.OUTLINE)
        path = POINT_PATHS[entry.shape]
        yield (
            f'<path transform="translate({left + 10:.1f},{middle:.1f})" d="{path}" fill="{fill}" stroke="{edge}" '
            f'stroke-width="{thick}"/>'
        )


POINT_PATHS = {
    Shape.CIRCLE: "M5,0A5,5,0,1,1,-5,0A5,5,0,1,1,5,0Z",
    Shape.SQUARE: "M-4.5,-4.5h9v9h-9Z",
    Shape.DIAMOND: "M0,-6.4L6.4,0L0,6.4L-6.4,0Z",
    Shape.TRIANGLE_UP: "M0,-5.6L5.8,4.6H-5.8Z",
    Shape.TRIANGLE_DOWN: "M0,5.6L5.8,-4.6H-5.8Z",
    Shape.CROSS: "M-1.8,-5.5h3.6v3.7h3.7v3.6h-3.7v3.7h-3.6v-3.7h-3.7v-3.6h3.7Z",
}
