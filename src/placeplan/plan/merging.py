"""Merges two people's changes to a plan, section by section. A section is a file of the plan's folder.

Three texts of each section are held against each other: the one that both started from, mine, and theirs. A section
that one of them changed is taken as changed. Where both changed a table, rows are matched by the key of the table, and
a row that one of them changed is taken; what both changed differently is a conflict, and nothing is taken for it.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO

from placeplan.kernel.errors import InputError
from placeplan.plan.csv_records import numbered_records
from placeplan.plan.model import TABLES, Table

Texts = Mapping[str, str]
_TABLES = {table.path: table for table in TABLES}


class Outcome(StrEnum):
    """How a section came out."""

    MINE = "mine"
    THEIRS = "theirs"
    BOTH = "both"
    CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class RowConflict:
    """A row that both changed, differently. A row that is not there is empty.

    Attributes:
        row: the key of the row, as a person reads it.
        base: the cells that both started from, by heading.
        mine: the cells as I left them.
        theirs: the cells as they left them.
    """

    row: str
    base: Mapping[str, str]
    mine: Mapping[str, str]
    theirs: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class MergedSection:
    """One section that at least one of the two changed.

    ``text`` is ``None`` where the section is gone, and for a conflict. ``rows`` says which rows of a table stand
    against each other; it is empty where the whole text does.
    """

    section: str
    outcome: Outcome
    text: str | None
    rows: tuple[RowConflict, ...] = ()


@dataclass(frozen=True, slots=True)
class Merge:
    """What came of merging, by section, in the order of their names."""

    sections: tuple[MergedSection, ...]

    @property
    def conflicts(self) -> tuple[MergedSection, ...]:
        """Sections that wait for a person."""
        return tuple(each for each in self.sections if each.outcome is Outcome.CONFLICT)

    def applied_to(self, base: Texts) -> dict[str, str]:
        """The texts of ``base`` with every merged section in place.

        Raises:
            ValueError: a section is in conflict.
        """
        if self.conflicts:
            raise ValueError(f"in conflict: {', '.join(each.section for each in self.conflicts)}")
        texts = dict(base)
        for each in self.sections:
            if each.text is None:
                texts.pop(each.section, None)
            else:
                texts[each.section] = each.text
        return texts


def merge(base: Texts, mine: Texts, *, theirs: Texts) -> Merge:
    """Merge two people's texts of a plan, which both started from ``base``. A text that is not there is gone."""
    names = sorted({*base, *mine, *theirs})
    return Merge(tuple(filter(None, (_section(name, base, mine=mine, theirs=theirs) for name in names))))


def _section(name: str, base: Texts, *, mine: Texts, theirs: Texts) -> MergedSection | None:
    before, own, other = base.get(name), mine.get(name), theirs.get(name)
    if own == before == other:
        return None
    if own == before:
        return MergedSection(name, Outcome.THEIRS, other)
    if other in (before, own):
        return MergedSection(name, Outcome.MINE, own)
    if name in _TABLES and before is not None and own is not None and other is not None:
        return _table(_TABLES[name], before, own=own, other=other)
    return MergedSection(name, Outcome.CONFLICT, None)


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table as rows by key; ``None`` in place of one that cannot be read so (no such headings, a key twice)."""

    headings: tuple[str, ...]
    by_key: dict[tuple[str, ...], tuple[str, ...]]

    def cells(self, key: tuple[str, ...]) -> dict[str, str]:
        return dict(zip(self.headings, self.by_key[key], strict=True)) if key in self.by_key else {}


def _rows(text: str, table: Table) -> _Rows | None:
    try:
        records = [record for _, record in numbered_records(table.path, text)]
    except InputError:
        return None
    if not records:
        return None
    headings, body = tuple(records[0]), records[1:]
    if not set(table.key) <= set(headings) or any(len(record) != len(headings) for record in body):
        return None
    places = [headings.index(name) for name in table.key]
    by_key = {tuple(record[place] for place in places): tuple(record) for record in body}
    return _Rows(headings, by_key) if len(by_key) == len(body) else None


def _table(table: Table, before: str, *, own: str, other: str) -> MergedSection:
    base, mine, theirs = (_rows(text, table) for text in (before, own, other))
    if base is None or mine is None or theirs is None or not base.headings == mine.headings == theirs.headings:
        return MergedSection(table.path, Outcome.CONFLICT, None)
    conflicts = tuple(_conflicts(base, mine, theirs=theirs))
    if conflicts:
        return MergedSection(table.path, Outcome.CONFLICT, None, conflicts)
    return MergedSection(table.path, Outcome.BOTH, _text(base.headings, _merged(base, mine, theirs=theirs)))


def _conflicts(base: _Rows, mine: _Rows, *, theirs: _Rows) -> Iterator[RowConflict]:
    for key in dict.fromkeys((*base.by_key, *mine.by_key, *theirs.by_key)):
        before, own, other = (rows.by_key.get(key) for rows in (base, mine, theirs))
        if before != own != other != before:
            yield RowConflict(" · ".join(filter(None, key)), base.cells(key), mine.cells(key), theirs.cells(key))


def _merged(base: _Rows, mine: _Rows, *, theirs: _Rows) -> Iterator[tuple[str, ...]]:
    """Rows in my order; what only they added follows the row that it follows in theirs."""
    order = list(mine.by_key)
    after: tuple[str, ...] | None = None
    for key in theirs.by_key:
        if key not in mine.by_key and key not in base.by_key:
            order.insert(order.index(after) + 1 if after in order else len(order), key)
        after = key
    for key in order:
        before, own, other = (rows.by_key.get(key) for rows in (base, mine, theirs))
        row = other if own == before else own
        if row is not None:
            yield row


def _text(headings: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    written = StringIO(newline="")
    writer = csv.writer(written, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows(rows)
    return written.getvalue()
