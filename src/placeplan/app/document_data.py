"""Parts of the document tree as plain data, for programs: words, tables of printed cells, and what each cell quotes."""

from collections.abc import Iterable, Iterator
from typing import Any

from placeplan.reports.document import (
    Block,
    BulletList,
    Chart,
    Derivations,
    FindingGroup,
    Note,
    PageOnAPage,
    Paragraph,
    Quoted,
    Runs,
    Section,
    Table,
    Unconfirmed,
)

Data = dict[str, Any]
UNCONFIRMED = "(unconfirmed)"


def sections_data(sections: Iterable[Section]) -> list[Data]:
    """Sections with what stands in them.

    Each has ``id``, ``title``, ``parts`` and ``sections``. A part has its ``kind``, a ``title`` (may be empty), its
    ``words``, paragraph by paragraph, and a ``table`` where it has one: a chart has that which it is drawn from.
    """
    return [
        {
            "id": section.id,
            "title": section.title,
            "parts": [_part(block) for block in section.blocks],
            "sections": sections_data(section.sections),
        }
        for section in sections
    ]


def table_data(table: Table) -> Data:
    """A table: its headings, and each row as printed cells, each with the figure that it quotes (empty: none)."""
    return {
        "caption": table.caption,
        "headings": [column.heading for column in table.columns],
        "rows": [
            [{"words": runs_words(cell.runs), "figure": _quoted(cell.runs)} for cell in row.cells] for row in table.rows
        ],
        "notes": [runs_words(note) for note in table.notes],
    }


def runs_words(runs: Runs) -> str:
    """Words and printed numbers as one text; a number that rests on an unconfirmed value says so."""
    return "".join(_run_words(run) for run in runs)


def _run_words(run: Any) -> str:
    if isinstance(run, Unconfirmed):
        return f" {UNCONFIRMED}"
    if isinstance(run, Quoted):
        return f"{run.printed} {UNCONFIRMED}" if run.unconfirmed else run.printed
    return str(run.text)


def _quoted(runs: Runs) -> str:
    return next((run.figure for run in runs if isinstance(run, Quoted)), "")


def _part(block: Block) -> Data:
    table = block if isinstance(block, Table) else block.data if isinstance(block, Chart) else None
    return {
        "kind": block.kind,
        "title": _title(block),
        "words": list(_words(block)),
        "table": None if table is None else table_data(table),
    }


def _title(block: Block) -> str:
    if isinstance(block, Table):
        return block.caption
    if isinstance(block, FindingGroup):
        return f"{block.code}: {block.title}"
    return block.title if isinstance(block, Chart | Note) else ""


def _words(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Note():
            yield runs_words(block.runs)
        case BulletList():
            yield from map(runs_words, block.items)
        case Chart():
            yield from filter(None, (block.note, block.says))
        case PageOnAPage():
            for slot in block.slots:
                yield f"{slot.heading}: {'; '.join(map(runs_words, slot.items))}"
        case FindingGroup():
            yield from (item.message for item in block.items)
        case Derivations():
            yield from (f"{entry.label}: {entry.value}. {entry.formula}" for entry in block.entries)
