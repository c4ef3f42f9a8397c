"""The document: one frozen tree that every output walks.

A tree holds words, numbers already printed, and charts as data. It knows nothing of HTML, paper or Word; a renderer
knows nothing of plans. Every computed number in it is a :class:`Quoted`, so that a renderer can open its derivation.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any, ClassVar, get_origin

from placeplan.reports.charts import Picture
from placeplan.reports.pictures.legible import legible

FIGURE_ANCHOR = "figure-"


@dataclass(frozen=True, slots=True)
class Text:
    """Plain words."""

    text: str
    strong: bool = False
    emphasis: bool = False
    code: bool = False
    kind: ClassVar[str] = "text"


@dataclass(frozen=True, slots=True)
class Quoted:
    """A computed number on the page, as printed, with the identifier of the figure that it quotes.

    ``label`` says what the number is; ``unconfirmed``: it rests on a value that nobody has confirmed;
    ``missing``: why it is not known.
    """

    figure: str
    printed: str
    label: str
    unconfirmed: bool = False
    missing: tuple[str, ...] = ()
    kind: ClassVar[str] = "quoted"

    @property
    def anchor(self) -> str:
        """Where its derivation stands."""
        return FIGURE_ANCHOR + self.figure


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead to a section of the document (``#money``) or to an address."""

    text: str
    target: str
    kind: ClassVar[str] = "link"


@dataclass(frozen=True, slots=True)
class Unconfirmed:
    """The mark behind a number that is quoted from an unconfirmed national value."""

    kind: ClassVar[str] = "unconfirmed"


Inline = Text | Quoted | Link | Unconfirmed
Runs = tuple[Inline, ...]


class Tone(StrEnum):
    """What a cell or a note is like, for colour; its words say the same."""

    PLAIN = "plain"
    GOOD = "good"
    NEAR = "near"
    BAD = "bad"
    QUIET = "quiet"
    LOW = "low"
    MODERATE = "moderate"
    HIGH = "high"
    EXTREME = "extreme"


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a table."""

    runs: Runs = ()
    tone: Tone = Tone.PLAIN


class RowKind(StrEnum):
    """What a row is."""

    PLAIN = "plain"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table; its first cell names it."""

    cells: tuple[Cell, ...]
    row_kind: RowKind = RowKind.PLAIN


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``numeric`` columns stand right; ``wide`` ones hold sentences and take the room that is left."""

    heading: str
    numeric: bool = False
    wide: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with its caption. ``notes`` stand below it."""

    id: str
    caption: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    notes: tuple[Runs, ...] = ()
    kind: ClassVar[str] = "table"


@dataclass(frozen=True, slots=True, kw_only=True)
class Chart:
    """A chart as a value, with words that say what it shows and the numbers that it is drawn from.

    ``note`` says in what unit it is drawn and how it may mislead; ``says`` stands in for it where it cannot be seen.
    One that is ``narrow`` was drawn for a narrow column: it shrinks to a small screen, and is set smaller on paper.
    """

    id: str
    title: str
    picture: Picture
    note: str
    says: str
    data: Table
    narrow: bool = False
    kind: ClassVar[str] = "chart"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    runs: Runs
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True, slots=True)
class BulletList:
    """A list of points."""

    items: tuple[Runs, ...]
    ordered: bool = False
    kind: ClassVar[str] = "list"


@dataclass(frozen=True, slots=True)
class Note:
    """A paragraph that stands apart; ``title`` says why."""

    title: str
    runs: Runs
    tone: Tone = Tone.PLAIN
    kind: ClassVar[str] = "note"


@dataclass(frozen=True, slots=True)
class Slot:
    """One box of the plan on a page."""

    heading: str
    items: tuple[Runs, ...]


@dataclass(frozen=True, slots=True)
class PageOnAPage:
    """The plan on a page: boxes side by side."""

    slots: tuple[Slot, ...]
    kind: ClassVar[str] = "slots"


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingItem:
    """One thing that a check says, in words. ``waiver`` says who accepts it, why and until when."""

    message: str
    subject: str
    location: str
    suggestion: Runs = ()
    related: tuple[tuple[str, str], ...] = ()
    figures: Runs = ()
    leans_on: tuple[str, ...] = ()
    waiver: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class FindingGroup:
    """What one check says: why it matters and what to do once, then each place where it was found."""

    code: str
    severity: str
    title: str
    why: Runs
    mend: Runs
    items: tuple[FindingItem, ...]
    kind: ClassVar[str] = "findings"


@dataclass(frozen=True, slots=True)
class Ingredient:
    """One input of a figure: what it is, its value, what it adds, and the figure, cell or national value behind it."""

    label: str
    value: str
    share: str
    origin: Runs


@dataclass(frozen=True, slots=True, kw_only=True)
class Derivation:
    """How a figure came about."""

    figure: str
    label: str
    value: str
    formula: str
    ingredients: tuple[Ingredient, ...] = ()
    missing: tuple[str, ...] = ()
    leans_on: tuple[str, ...] = ()

    @property
    def anchor(self) -> str:
        """The name that quotations of the figure lead to."""
        return FIGURE_ANCHOR + self.figure


@dataclass(frozen=True, slots=True)
class Derivations:
    """Derivations of figures, in the order in which they were computed."""

    entries: tuple[Derivation, ...]
    kind: ClassVar[str] = "derivations"


Block = Paragraph | BulletList | Table | Chart | Note | PageOnAPage | FindingGroup | Derivations


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the document under a heading."""

    id: str
    title: str
    blocks: tuple[Block, ...] = ()
    sections: tuple["Section", ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing under the heading."""
        return not self.sections and all(isinstance(block, PageOnAPage) and not block.slots for block in self.blocks)


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The whole document. ``synthetic`` and ``unconfirmed`` say which marks its numbers carry; ``dated`` is its day."""

    title: str
    subtitle: str
    dated: date
    synthetic: bool
    unconfirmed: bool
    marks: tuple[Note, ...]
    sections: tuple[Section, ...]

    @property
    def dated_words(self) -> str:
        """The day as a person writes it: ``4 April 2014``."""
        return day_words(self.dated)


def day_words(day: date) -> str:
    """A day as a person writes it: ``4 April 2014``."""
    return f"{day.day} {day:%B %Y}"


def parts_of(value: object) -> Iterator[object]:
    """Everything in a part of the tree, itself first, in the order of reading."""
    inner: dict[type, tuple[str, ...]] = {}
    waiting: list[object] = [value]
    while waiting:
        part = waiting.pop()
        yield part
        if isinstance(part, tuple):
            waiting.extend(reversed(part))
            continue
        kind = type(part)
        if kind not in inner:
            inner[kind] = _inner_fields(kind)
        waiting.extend(getattr(part, name) for name in inner[kind])


def _inner_fields(kind: type) -> tuple[str, ...]:
    """The fields of a part that hold other parts, last one first."""
    if not is_dataclass(kind):
        return ()
    names = (each.name for each in fields(kind) if each.type in {Table, Runs} or get_origin(each.type) is tuple)
    return tuple(reversed(tuple(names)))


def readable(part: Any) -> Any:
    """A part of the tree whose texts hold only signs that XML can hold; pictures stay as they are."""
    if isinstance(part, str):
        return part if isinstance(part, StrEnum) else legible(part)
    if isinstance(part, tuple):
        return tuple(map(readable, part))
    if not is_dataclass(part) or isinstance(part, type) or type(part).__module__ != __name__:
        return part
    return replace(part, **{each.name: readable(getattr(part, each.name)) for each in fields(part)})


def quoted_in(value: object) -> tuple[str, ...]:
    """Identifiers of the figures that a part of the tree quotes, each once, in the order of reading."""
    return tuple(dict.fromkeys(part.figure for part in parts_of(value) if isinstance(part, Quoted)))
