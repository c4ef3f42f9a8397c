"""Merges two people's changes to a plan, section by section. A section is a file of the plan's folder.

Three texts of each section are held against each other: the one that both started from, mine, and theirs. A section
that one of them changed is taken as changed. Where both changed a table, rows are matched by the key of the table, and
a row that one of them changed is taken; where both changed a narrative, so are its paragraphs. What both changed
differently is a conflict, and nothing is taken for it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from placeplan.kernel.errors import InputError
from placeplan.plan.csv_records import numbered_records
from placeplan.plan.folder_files import NARRATIVE_FILE
from placeplan.plan.merging_paragraphs import ParagraphConflict, merged_paragraphs, text_of_pieces
from placeplan.plan.model import TABLES, Table
from placeplan.plan.row_names import row_words
from placeplan.plan.writing import csv_text

Texts = Mapping[str, str]
Key = tuple[str, ...]
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
        key: the key of the row.
        base: the cells that both started from, by heading.
        mine: the cells as I left them.
        theirs: the cells as they left them.
    """

    key: Key
    base: Mapping[str, str]
    mine: Mapping[str, str]
    theirs: Mapping[str, str]

    @property
    def row(self) -> str:
        """The key of the row, as a person reads it."""
        return row_words(self.key)


@dataclass(frozen=True, slots=True)
class MergedSection:
    """One section that at least one of the two changed.

    ``text`` is ``None`` where the section is gone, and for a conflict. ``rows`` says which rows of a table stand
    against each other, and ``paragraphs`` which of a narrative; both are empty where the whole text does.
    """

    section: str
    outcome: Outcome
    text: str | None
    rows: tuple[RowConflict, ...] = ()
    paragraphs: tuple[ParagraphConflict, ...] = ()


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
    if name in _TABLES and own is not None and other is not None:
        return _table(_TABLES[name], before, own=own, other=other)
    if NARRATIVE_FILE.match(name) and own is not None and other is not None:
        return _narrative(name, before or "", own=own, other=other)
    return MergedSection(name, Outcome.CONFLICT, None)


def _narrative(name: str, before: str, *, own: str, other: str) -> MergedSection:
    pieces = merged_paragraphs(before, own, theirs=other)
    conflicts = tuple(each for each in pieces if isinstance(each, ParagraphConflict))
    if conflicts:
        return MergedSection(name, Outcome.CONFLICT, None, paragraphs=conflicts)
    return MergedSection(name, Outcome.BOTH, text_of_pieces(pieces, {}))


@dataclass(frozen=True, slots=True)
class _Rows:
    """A table as rows by key; ``None`` in place of one that cannot be read so (no such headings, a key twice)."""

    headings: tuple[str, ...]
    by_key: dict[Key, tuple[str, ...]]

    def cells(self, key: Key) -> dict[str, str]:
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


def _sides(table: Table, before: str | None, *, own: str, other: str) -> tuple[_Rows, _Rows, _Rows] | None:
    """What both started from, mine and theirs as rows; nothing where they cannot be held against each other so."""
    mine, theirs = _rows(own, table), _rows(other, table)
    if mine is None or theirs is None:
        return None
    base = _Rows(mine.headings, {}) if before is None else _rows(before, table)
    return (base, mine, theirs) if base and base.headings == mine.headings == theirs.headings else None


def _table(table: Table, before: str | None, *, own: str, other: str) -> MergedSection:
    sides = _sides(table, before, own=own, other=other)
    if sides is None:
        return MergedSection(table.path, Outcome.CONFLICT, None)
    base, mine, theirs = sides
    conflicts = tuple(_conflicts(base, mine, theirs=theirs))
    if conflicts:
        return MergedSection(table.path, Outcome.CONFLICT, None, conflicts)
    return MergedSection(table.path, Outcome.BOTH, csv_text([base.headings, *_merged(base, mine, theirs=theirs)]))


def settled(section: str, base: Texts, *, mine: Texts, theirs: Texts, stands: Mapping[Key, Outcome]) -> str | None:
    """The text of a table in conflict once a person has said, row by row, what stands; nothing when no row is left.

    Args:
        section: the table.
        base: the texts that both started from.
        mine: my texts.
        theirs: their texts.
        stands: for each row in conflict whether mine or theirs stands. What only one changed is merged by itself.

    Raises:
        ValueError: the two cannot be held against each other row by row, or a row is not decided.
    """
    own, other = mine.get(section), theirs.get(section)
    sides = None if own is None or other is None else _sides(_TABLES[section], base.get(section), own=own, other=other)
    if sides is None:
        raise ValueError(f"{section} cannot be decided row by row")
    undecided = [each.row for each in _conflicts(sides[0], sides[1], theirs=sides[2]) if each.key not in stands]
    if undecided:
        raise ValueError(f"not decided: {', '.join(undecided)}")
    rows = tuple(_merged(sides[0], sides[1], theirs=sides[2], stands=stands))
    return csv_text([sides[0].headings, *rows]) if rows else None


def settled_narrative(section: str, base: Texts, *, mine: Texts, theirs: Texts, stands: Mapping[str, str]) -> str:
    """The text of a narrative in conflict once a person has said, paragraph by paragraph, what stands.

    Args:
        section: the narrative.
        base: the texts that both started from.
        mine: my texts.
        theirs: their texts.
        stands: for each conflict, by its mark, the text that stands: of one, of both, or another.

    Raises:
        KeyError: a conflict is not decided.
    """
    return text_of_pieces(merged_paragraphs(base.get(section, ""), mine[section], theirs=theirs[section]), stands)


def _conflicts(base: _Rows, mine: _Rows, *, theirs: _Rows) -> Iterator[RowConflict]:
    for key in dict.fromkeys((*base.by_key, *mine.by_key, *theirs.by_key)):
        before, own, other = (rows.by_key.get(key) for rows in (base, mine, theirs))
        if before != own != other != before:
            yield RowConflict(key, base.cells(key), mine.cells(key), theirs.cells(key))


def _merged(
    base: _Rows, mine: _Rows, *, theirs: _Rows, stands: Mapping[Key, Outcome] | None = None
) -> Iterator[tuple[str, ...]]:
    """Rows in my order; what is only in theirs follows the row that it follows there."""
    order = list(mine.by_key)
    after: Key | None = None
    for key in theirs.by_key:
        if key not in mine.by_key:
            order.insert(order.index(after) + 1 if after in order else len(order), key)
        after = key
    for key in order:
        before, own, other = (rows.by_key.get(key) for rows in (base, mine, theirs))
        row = other if own == before or (stands or {}).get(key) is Outcome.THEIRS else own
        if row is not None:
            yield row
