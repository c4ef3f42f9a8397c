"""How parts of the document of a plan come out of the interface of programs."""

from typing import Any

from ninja import Schema

from placeplan.app.document_data import sections_data
from placeplan.app.plan_chapters import Chapter


class CellTold(Schema):
    """A cell as printed, and the identifier of the figure that it quotes (empty: none)."""

    words: str
    figure: str


class TableTold(Schema):
    """A table: its headings, its rows of cells, and what stands below it."""

    caption: str
    headings: list[str]
    rows: list[list[CellTold]]
    notes: list[str]


class PartTold(Schema):
    """A part of a section: words, paragraph by paragraph, and a table where there is one. A chart has its numbers."""

    kind: str
    title: str
    words: list[str]
    table: TableTold | None


class SectionTold(Schema):
    """A section of the document, with its parts and the sections below it."""

    id: str
    title: str
    parts: list[PartTold]
    sections: list["SectionTold"]


class ChapterTold(Schema):
    """A chapter of a plan as its document has it; ``synthetic``: its figures are made up."""

    synthetic: bool
    sections: list[SectionTold]


def chapter_told(chapter: Chapter | None) -> dict[str, Any]:
    """A chapter as data; one of nothing where there is none."""
    if chapter is None:
        return {"synthetic": False, "sections": []}
    return {"synthetic": chapter.synthetic, "sections": sections_data(chapter.sections)}
