"""The rows of a section one by one: listed, taken out, put in, and what is wrong with one."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from placeplan.app.plan_texts import Texts, read_texts
from placeplan.app.section_grids import SectionGrid, grid_of, text_of_grid
from placeplan.kernel.errors import InputError, Problem
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.model import Table
from placeplan.plan.row_names import row_name, row_words

Key = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class ShownRow:
    """A row of a table as texts, by heading.

    Attributes:
        key: the texts of its key.
        words: the key as a person reads it.
        name: what it is called in the whole plan.
        line: the line on which it begins.
        cells: its texts, by heading.
    """

    key: Key
    words: str
    name: str
    line: int
    cells: Mapping[str, str]


def shown_rows(table: Table, grid: SectionGrid) -> tuple[ShownRow, ...]:
    """The rows of a grid."""
    headings = [column.heading for column in grid.columns]
    rows = (dict(zip(headings, cells, strict=True)) for cells in grid.rows)
    return tuple(_row(table, cells, line=line) for cells, line in zip(rows, grid.lines, strict=True))


def _row(table: Table, cells: Mapping[str, str], *, line: int) -> ShownRow:
    key = key_of(table, cells)
    return ShownRow(key, row_words(key) or f"row on line {line}", row_name(table.path, key), line, cells)


def key_of(table: Table, cells: Mapping[str, str]) -> Key:
    """The key of a row from its texts."""
    return tuple(cells.get(name, "").strip() for name in table.key)


def row_of_key(table: Table, grid: SectionGrid, *, key: Sequence[str]) -> ShownRow | None:
    """The row with a key: the first, where a draft has two of them."""
    return next((row for row in shown_rows(table, grid) if row.key == tuple(key)), None)


def with_row(table: Table, grid: SectionGrid, *, cells: Mapping[str, str], instead_of: Key | None) -> str | None:
    """The text of a table with a row put in: in the place of one, or at the end.

    Columns that the file leaves out are added to it where the row fills them.
    """
    headings = _headings(table, grid, cells=cells)
    rows = [dict(row.cells) for row in shown_rows(table, grid)]
    at = next((place for place, row in enumerate(rows) if key_of(table, row) == instead_of), None)
    if at is None:
        rows.append(dict(cells))
    else:
        rows[at] = {**rows[at], **cells}
    return text_of_grid(headings, ([row.get(heading, "") for heading in headings] for row in rows))


def _headings(table: Table, grid: SectionGrid, *, cells: Mapping[str, str]) -> list[str]:
    there = [column.heading for column in grid.columns]
    wanted = {name for name, text in cells.items() if text.strip()} - set(there)
    if not wanted:
        return there
    years = [heading for heading in there if heading[:1].isdigit()]
    every = table.headings([FinancialYear.parse(year) for year in years])
    return [heading for heading in every if heading in wanted or heading in there]


def without_row(table: Table, grid: SectionGrid, *, key: Key) -> str | None:
    """The text of a table without a row; nothing when it was the last."""
    rows = list(shown_rows(table, grid))
    gone = next((row for row in rows if row.key == key), None)
    headings = [column.heading for column in grid.columns]
    return text_of_grid(headings, ([*row.cells.values()] for row in rows if row is not gone))


def row_problems(texts: Texts, table: Table, *, key: Key, years: Sequence[FinancialYear]) -> tuple[Problem, ...]:
    """What cannot be read in one row of a table, among all that cannot be read in the plan."""
    grid = grid_of(table, texts.get(table.path), years=years)
    row = row_of_key(table, grid, key=key)
    try:
        read_texts(texts)
    except InputError as error:
        here = [each for each in error.problems if each.location.file == table.path]
        lines = {each.line for each in shown_rows(table, grid) if each.key == key}  # a key that stands twice is two
        return tuple(each for each in here if row and each.location.line in lines)
    return ()
