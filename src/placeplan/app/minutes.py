"""Minutes of a meeting as parts of the document tree, so that the page and the PDF say the same."""

import json
from dataclasses import asdict, dataclass
from datetime import date

from placeplan.app.plan_texts import checksum_of
from placeplan.reports.document import (
    Block,
    BulletList,
    Column,
    Document,
    Paragraph,
    Row,
    Section,
    Table,
    Text,
    day_words,
)
from placeplan.reports.pdf import pdf
from placeplan.reports.tabulating import plain


@dataclass(frozen=True, slots=True, kw_only=True)
class MinutedItem:
    """One minute: its number, what it is about, and what was declared, said, decided and to be done."""

    number: int
    title: str
    paper: str
    declarations: tuple[str, ...]
    words: str
    decisions: tuple[str, ...]
    actions: tuple[tuple[str, str, date], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """The minutes of a meeting; ``confirmed`` is the day of the meeting that confirmed them, none for a draft."""

    body: str
    plan: str
    held: date
    place: str
    present: tuple[str, ...]
    in_attendance: tuple[str, ...]
    apologies: tuple[str, ...]
    items: tuple[MinutedItem, ...]
    confirmed: date | None = None

    @property
    def title(self) -> str:
        """What they are called."""
        return f"Minutes of {self.body}, {day_words(self.held)}"


def checksum_of_minutes(minutes: Minutes) -> str:
    """The SHA-256 of what minutes say, whatever is said of their confirmation."""
    said = {name: value for name, value in asdict(minutes).items() if name != "confirmed"}
    return checksum_of(json.dumps(said, sort_keys=True, ensure_ascii=False, default=str))


def sections_of_minutes(minutes: Minutes) -> tuple[Section, ...]:
    """Attendance, then each minute under its number."""
    rows = tuple(
        Row((plain(title), plain(", ".join(names) or "none")))
        for title, names in (
            ("Present", minutes.present),
            ("In attendance", minutes.in_attendance),
            ("Apologies", minutes.apologies),
        )
    )
    attendance = Table(
        id="attendance",
        caption=f"Attendance on {day_words(minutes.held)}{f', {minutes.place}' if minutes.place else ''}",
        columns=(Column("As"), Column("Who", wide=True)),
        rows=rows,
    )
    confirmed = f"Confirmed at the meeting of {day_words(minutes.confirmed)}." if minutes.confirmed else ""
    state = Paragraph((Text(confirmed or "Draft: not confirmed yet.", strong=True),))
    return (Section("who", "Attendance", (state, attendance)), *(map(_minute, minutes.items)))


def _minute(item: MinutedItem) -> Section:
    blocks: list[Block] = []
    if item.paper:
        blocks.append(Paragraph((Text(f"Paper: {item.paper}", emphasis=True),)))
    blocks.extend(Paragraph((Text(words),)) for words in item.declarations)
    blocks.extend(Paragraph((Text(words),)) for words in item.words.split("\n\n") if words.strip())
    if item.decisions:
        blocks.append(BulletList(tuple((Text("Resolved: ", strong=True), Text(words)) for words in item.decisions)))
    if item.actions:
        blocks.append(_actions(item))
    return Section(f"minute-{item.number}", f"{item.number}. {item.title}", tuple(blocks))


def _actions(item: MinutedItem) -> Table:
    rows = tuple(Row((plain(words), plain(owner), plain(day_words(due)))) for words, owner, due in item.actions)
    return Table(
        id=f"actions-{item.number}",
        caption=f"Actions of minute {item.number}",
        columns=(Column("Action", wide=True), Column("Owner"), Column("Due")),
        rows=rows,
    )


def pdf_of_minutes(minutes: Minutes) -> bytes:
    """Minutes on paper."""
    document = Document(
        title=minutes.title,
        subtitle=minutes.plan,
        dated=minutes.held,
        synthetic=False,
        unconfirmed=False,
        marks=(),
        sections=sections_of_minutes(minutes),
    )
    return pdf(document)
