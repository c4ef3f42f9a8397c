"""A table of the plan as a grid that a person edits, and back. Cells are texts, as the file holds them."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.columns import Column
from placeplan.plan.csv_records import numbered_records
from placeplan.plan.model import TABLES, Table
from placeplan.plan.writing import csv_text

_LINE_END = re.compile(r"\r\n|\r|\n")
_TABLES = {table.path: table for table in TABLES}


@dataclass(frozen=True, slots=True)
class GridColumn:
    """A column: its heading, what stands in it, the words that it may hold where they are a closed list.

    ``kind`` and ``expected`` say what a cell may hold; both are empty for a column that the table does not know.
    """

    heading: str
    title: str
    choices: tuple[str, ...]
    required: bool
    by_year: bool
    key: bool = False
    kind: str = ""
    expected: str = ""


@dataclass(frozen=True, slots=True)
class SectionGrid:
    """A table as a grid. Each row is as wide as there are columns; ``lines`` says on which line it begins."""

    title: str
    columns: tuple[GridColumn, ...]
    rows: tuple[tuple[str, ...], ...]
    lines: tuple[int, ...]


def table_of(section: str) -> Table | None:
    """The table that a section holds; nothing for ``plan.yaml`` and texts."""
    return _TABLES.get(section)


def grid_of(table: Table, text: str | None, *, years: Sequence[FinancialYear]) -> SectionGrid:
    """The grid of a table; without a text its headings alone, for the years of the plan.

    Raises:
        InputError: the text is no comma-separated table, or a row is wider than its headings.
    """
    if text is None or not text.strip():
        headings = table.headings(years)
        return SectionGrid(table.title, _columns(table, headings), (), ())
    records = list(numbered_records(table.path, text))
    headings = tuple(records[0][1])
    wide = [each for each in records[1:] if len(each[1]) > len(headings)]
    if wide:
        raise InputError(
            [
                Problem(Location(table.path, at), f"this row has {len(row)} cells", f"at most {len(headings)}")
                for at, row in wide
            ]
        )
    rows = tuple(tuple(row) + ("",) * (len(headings) - len(row)) for _, row in records[1:])
    return SectionGrid(table.title, _columns(table, headings), rows, tuple(at for at, _ in records[1:]))


def text_of_grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str | None:
    """The text of a grid: rows that are blank all through are left out; without any row there is no such table."""
    kept = [row for row in rows if _filled(row)]
    if not kept:
        return None
    return csv_text([headings, *kept])


def lines_of_grid(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> list[int]:
    """The line on which each row of a grid begins in its text; 0 for a row that is blank all through."""
    line = 1 + _lines(headings)
    lines: list[int] = []
    for row in rows:
        lines.append(line if _filled(row) else 0)
        line += _lines(row) if _filled(row) else 0
    return lines


def _filled(row: Sequence[str]) -> bool:
    return bool("".join(row).strip())


def _lines(row: Sequence[str]) -> int:
    """How many lines a row takes: a text of several lines stands in one cell."""
    return 1 + sum(len(_LINE_END.findall(cell)) for cell in row)


def _columns(table: Table, headings: Iterable[str]) -> tuple[GridColumn, ...]:
    by_name = {column.name: column for column in table.columns}
    by_year = next((column for column in table.columns if column.by_year), None)
    return tuple(_column(heading, by_name.get(heading) or by_year) for heading in headings)


def _column(heading: str, column: Column | None) -> GridColumn:
    if column is None:
        return GridColumn(heading, heading, (), required=False, by_year=False)
    return GridColumn(
        heading,
        column.title,
        column.kind.choices,
        required=column.required,
        by_year=column.by_year,
        key=column.key,
        kind=column.kind.name,
        expected=column.kind.expected,
    )
