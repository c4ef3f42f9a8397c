"""How two texts of one section differ, whether they can be read as a plan or not: by rows, or by lines."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from placeplan.app.section_grids import grid_of, table_of
from placeplan.app.section_rows import shown_rows
from placeplan.kernel.errors import InputError
from placeplan.plan.model import Table

ADDED, REMOVED, CHANGED = "added", "removed", "changed"


@dataclass(frozen=True, slots=True)
class SectionChange:
    """One thing that differs: a cell of a row, a whole row, or some lines of a text.

    Attributes:
        where: the row by its key, or the lines.
        kind: added, removed or changed.
        field: the heading of the cell; empty for a whole row or a text.
        before: what stood there; empty for nothing.
        after: what stands there; empty for nothing.
    """

    where: str
    kind: str
    field: str
    before: str
    after: str


def section_changes(section: str, before: str | None, *, after: str | None) -> tuple[SectionChange, ...]:
    """What differs between two texts of a section (``None``: it is not there)."""
    table = table_of(section)
    if table is not None:
        try:
            return tuple(_rows(table, before, after=after))
        except InputError:
            pass  # a draft may hold what is no table: then its lines are shown
    return tuple(_lines(before or "", after or ""))


def _rows(table: Table, before: str | None, *, after: str | None) -> Iterator[SectionChange]:
    grids = [grid_of(table, text, years=()) for text in (before, after)]
    old, new = ({row.key: row for row in shown_rows(table, grid)} for grid in grids)
    for key in dict.fromkeys([*old, *new]):
        if key not in new:
            yield SectionChange(old[key].words, REMOVED, "", _told(old[key].cells), "")
        elif key not in old:
            yield SectionChange(new[key].words, ADDED, "", "", _told(new[key].cells))
        else:
            cells = dict.fromkeys([*old[key].cells, *new[key].cells])
            for name in cells:
                was, now = old[key].cells.get(name, ""), new[key].cells.get(name, "")
                if was != now:
                    yield SectionChange(new[key].words, CHANGED, name, was, now)


def _told(cells: Mapping[str, str]) -> str:
    return "; ".join(f"{name}: {text}" for name, text in cells.items() if text.strip())


def _lines(before: str, after: str) -> Iterator[SectionChange]:
    old, new = before.splitlines(), after.splitlines()
    for kind, first, last, start, end in SequenceMatcher(None, old, new, autojunk=False).get_opcodes():
        if kind != "equal":
            words = {"insert": ADDED, "delete": REMOVED, "replace": CHANGED}[kind]
            at = first + 1 if last > first else start + 1
            yield SectionChange(f"line {at}", words, "", "\n".join(old[first:last]), "\n".join(new[start:end]))
