"""What goes in and comes out of the interface of programs."""

from datetime import datetime

from ninja import Schema


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
