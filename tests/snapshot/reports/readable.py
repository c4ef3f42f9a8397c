"""A document as text to review line by line. To accept a change: python -m tests.snapshot.reports.readable"""

import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

from tests.unit.reports.small_plan import small_results

from placeplan.reports.assembling import document_of
from placeplan.reports.document import (
    Block,
    BulletList,
    Chart,
    Derivations,
    Document,
    FindingGroup,
    Note,
    PageOnAPage,
    Paragraph,
    Quoted,
    Runs,
    Section,
    Table,
    Text,
    Tone,
    Unconfirmed,
)
from placeplan.reports.drawing import svg

# A few checks only: the checks have cases of their own, and a new one must not change this text.
CHECKS = ("RSK001", "RSK003", "TRC002", "PLN006")
SNAPSHOT = Path(__file__).parent / "small.txt"


def readable(document: Document) -> str:
    """The whole document."""
    marks = "synthetic, " * document.synthetic + "unconfirmed" * document.unconfirmed
    lines = [f"{document.title} | {document.subtitle} | {document.dated_words} | {marks}"]
    lines += [line for mark in document.marks for line in block(mark)]
    return "\n".join([*lines, *(line for each in document.sections for line in section(each, 1))]) + "\n"


def section(each: Section, level: int) -> Iterator[str]:
    yield ""
    yield f"{'#' * level} {each.title} [{each.id}]"
    for one in each.blocks:
        yield from block(one)
    for inner in each.sections:
        yield from section(inner, level + 1)


def block(one: Block) -> Iterator[str]:
    """One block, by its kind."""
    yield from WAYS[type(one)](one)


def points(one: BulletList) -> Iterator[str]:
    return (f"- {runs(item)}" for item in one.items)


def note(one: Note) -> Iterator[str]:
    yield f"({one.tone}) {one.title}: {runs(one.runs)}"


def chart(one: Chart) -> Iterator[str]:
    yield f"<chart {one.id}> {one.title} | {one.note}"
    yield f"  {one.says}"
    yield f"  {svg(one.picture)}"


def slots(one: PageOnAPage) -> Iterator[str]:
    for slot in one.slots:
        yield f"[{slot.heading}] " + " / ".join(runs(item) for item in slot.items)


def findings(one: FindingGroup) -> Iterator[str]:
    yield f"{one.severity} {one.code} {one.title} | {runs(one.why)} | {runs(one.mend)}"
    for item in one.items:
        told = (item.location, item.message, f"({item.subject})", runs(item.suggestion), item.waiver)
        yield "  " + " ".join(filter(None, told))


def derivations(one: Derivations) -> Iterator[str]:
    for entry in one.entries:
        yield f"{entry.figure} = {entry.value}: {entry.formula} {' '.join(entry.missing)}".rstrip()
        for part in entry.ingredients:
            yield f"  {part.share} | {part.label} | {part.value} | {runs(part.origin)}"


def table(one: Table) -> Iterator[str]:
    yield f"<table {one.id}> {one.caption}"
    yield "  | " + " | ".join(column.heading for column in one.columns)
    for row in one.rows:
        mark = " " if row.row_kind == "plain" else row.row_kind[0].upper()
        cells = (runs(cell.runs) + ("" if cell.tone is Tone.PLAIN else f" ({cell.tone})") for cell in row.cells)
        yield f"{mark} | " + " | ".join(cells)
    yield from (f"  note: {runs(note)}" for note in one.notes)


def runs(content: Runs) -> str:
    texts = []
    for run in content:
        match run:
            case Text():
                texts.append(f"*{run.text}*" if run.strong else f"`{run.text}`" if run.code else run.text)
            case Quoted():
                texts.append(f"<{run.printed}>" + "†" * run.unconfirmed)
            case Unconfirmed():
                texts.append("†")
            case _:
                texts.append(f"[{run.text}]({run.target})")
    return "".join(texts)


WAYS: dict[type, Callable[[Any], Iterable[str]]] = {
    Paragraph: lambda one: [runs(one.runs)],
    BulletList: points,
    Note: note,
    Table: table,
    Chart: chart,
    PageOnAPage: slots,
    FindingGroup: findings,
    Derivations: derivations,
}


def small() -> str:
    """The small plan of the tests, as text."""
    with tempfile.TemporaryDirectory() as folder:
        return readable(document_of(small_results(Path(folder), select=CHECKS)))


if __name__ == "__main__":
    SNAPSHOT.write_text(small(), encoding="utf-8")
