"""What goes in and comes out of the interface of programs."""

from datetime import datetime
from typing import Annotated, Literal

from ninja import Field, Schema

# Words without null characters, which no database keeps.
Plain = Annotated[str, Field(pattern="^[^\\x00]*$")]


class PlanShown(Schema):
    """A plan."""

    id: str
    title: str
    organisation: str
    revision: int


class RevisionShown(Schema):
    """A revision; ``checksum`` covers the names and texts of all sections."""

    number: int
    at: datetime
    author: str
    message: str
    checksum: str


class SectionShown(Schema):
    """A section, by the checksum of its text."""

    name: str
    checksum: str


class SectionText(SectionShown):
    """A section with its text."""

    text: str


class Changed(Schema):
    """The sections that changed, and the checksum of all sections now."""

    sections: list[str]
    checksum: str


class SectionWrite(Schema):
    """A text (null takes the section away), and the checksum of the one that it replaces (empty: there was none)."""

    text: str | None
    replaces: str


class Checksum(Schema):
    """The checksum of what stands now (empty: nothing)."""

    checksum: str


class Words(Schema):
    """What changed, in a few words."""

    message: str


class PlanSent(Schema):
    """A plan to bring in: its texts by section."""

    organisation: str
    message: str
    sections: dict[str, str]


class FigureShown(Schema):
    """A figure as people read it."""

    id: str
    label: str
    printed: str


class Derivation(Schema):
    """How a figure is made; numbers are decimal texts, null where one is not known."""

    label: str
    value: str | None
    unit: str
    share: str | None
    origin: str
    formula: str
    missing: list[str]
    leans_on: list[str]
    repeated: bool
    parts: list["Derivation"]


class DocumentAsked(Schema):
    """A document that was asked for: its format, and how far it is."""

    revision: int
    form: str
    state: str
    problem: str


class DraftShown(Schema):
    """A draft: the revision that it stands on, when it was changed last, and the sections that it changes."""

    revision: int
    changed: datetime
    sections: list[str]


class RowConflictShown(Schema):
    """A row that both changed: its key, and its cells as they were, as you have them, and as others published them."""

    key: list[str]
    base: dict[str, str]
    mine: dict[str, str]
    theirs: dict[str, str]


class ParagraphConflictShown(Schema):
    """Paragraphs that both changed, as three texts (empty: not there)."""

    base: str
    mine: str
    theirs: str


class ConflictShown(Schema):
    """A section in conflict: the rows or paragraphs that both changed (neither: all of it), and the two texts."""

    section: str
    rows: list[RowConflictShown]
    paragraphs: list[ParagraphConflictShown]
    mine: str | None
    theirs: str | None


class Resolved(Schema):
    """For each section in conflict, the text that stands from now on (null: the section goes)."""

    sections: dict[str, str | None]


class FileSent(Schema):
    """A file that shows something: its name, and its content in base64."""

    name: Plain
    content: str


class Said(Schema):
    """What somebody says."""

    words: Plain


class Shown(Said):
    """What shows that something is done, in words and as a file if there is one."""

    file: FileSent | None = None


class ThreadBegun(Said):
    """A comment or a query: on what, as the identifier of a figure, or a section with the key of a row."""

    kind: Literal["comment", "query"]
    about: Plain


class RemarkShown(Said):
    """What was said, by whom."""

    person: str
    at: datetime


class ThreadShown(Schema):
    """A comment or a query, with what was said in it."""

    number: int
    kind: str
    about: str
    revision: int
    closed: datetime | None
    remarks: list[RemarkShown]


class Signed(Schema):
    """What a body says; conditions and reasons for a return are said in words."""

    body: Plain
    verdict: Literal["approved", "approved-with-conditions", "returned"]
    words: Plain = ""
    file: FileSent | None = None


class BodyShown(Schema):
    """A body: where it stands, its last verdict, and the sections that changed since."""

    body: str
    state: str
    verdict: str
    words: str
    changed: list[str]


class SubmissionShown(Schema):
    """A revision that was put forward, with the checksum that it keeps for ever."""

    revision: int
    checksum: str
    at: datetime


class ConditionShown(Schema):
    """A condition under which a body approved, and what shows that it is met (empty: it is open)."""

    id: int
    body: str
    words: str
    met: datetime | None
    met_words: str
    evidence: int | None


class SignatureShown(Schema):
    """What a body said of a revision; ``evidence`` is the number of its file."""

    body: str
    revision: int
    verdict: str
    words: str
    person: str
    at: datetime
    evidence: int | None


class SigningShown(Schema):
    """Where the signing of a plan stands; ``turns`` are the bodies that can sign now, ``seats`` who signs for whom."""

    revision: int
    put_forward: bool
    complete: bool
    turns: list[str]
    bodies: list[BodyShown]
    conditions: list[ConditionShown]
    signatures: list[SignatureShown]
    submissions: list[SubmissionShown]
    seats: dict[str, str]


class SeatGiven(Schema):
    """A body, and the organisation whose members sign for it."""

    body: Plain
    organisation: Plain


class SubmittedShown(SubmissionShown):
    """A submission with what was signed on it; ``checksums`` are those of its sections, which make up its own."""

    person: str
    signatures: list[SignatureShown]
    checksums: dict[str, str]
