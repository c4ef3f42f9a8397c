"""Rows of a saving put into the texts of a plan. What stands there is kept as it was typed."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from placeplan.app.section_grids import SectionGrid, grid_of, text_of_grid
from placeplan.finance.saving_rows import SavingRows
from placeplan.plan.model import TABLES, Plan, Table
from placeplan.plan.writing import texts_of

Texts = Mapping[str, str]
LINES, SCHEMES = "finance/lines.csv", "finance/efficiency.csv"
_TABLES = {table.path: table for table in TABLES}


def put_into(texts: Texts, plan: Plan, *, rows: SavingRows) -> dict[str, str]:
    """The sections that change, with their new texts.

    Args:
        texts: the texts of the plan.
        plan: the plan that they hold.
        rows: what is put in.
    """
    wanted = ((SCHEMES, rows.raised, rows.schemes), (LINES, rows.raised_lines, rows.lines))
    return {
        section: _with_rows(texts.get(section), plan, table=_TABLES[section], changed=changed, added=added)
        for section, changed, added in wanted
        if changed or added
    }


def _with_rows(text: str | None, plan: Plan, *, table: Table, changed: Iterable[Any], added: Iterable[Any]) -> str:
    grid = grid_of(table, text, years=plan.header.years)
    cells = [_cells(table, row, plan=plan) for row in added]
    headings = _headings(grid, cells)
    rows = [dict(zip(headings, row, strict=False)) for row in grid.rows]
    by_key = {tuple(row.get(name, "").strip() for name in table.key): row for row in rows}
    for each in changed:
        own = _cells(table, each, plan=plan)
        stood = by_key[table.key_of(each)]
        changes = {name: cell for name, cell in own.items() if _differs(cell, stood.get(name, ""))}
        stood.update(changes)
        headings = (*headings, *(name for name in changes if name not in headings))
    written = text_of_grid(headings, [[row.get(name, "") for name in headings] for row in (*rows, *cells)])
    return written or ""


def _cells(table: Table, row: Any, *, plan: Plan) -> dict[str, str]:
    return dict(zip(table.headings(plan.header.years), texts_of(table, row), strict=True))


def _differs(cell: str, stood: str) -> bool:
    """Whether a cell says something else than what stands there, however that was typed."""
    return cell != stood.strip() and not (cell.isascii() and cell.replace(",", "") == stood.strip().replace(",", ""))


def _headings(grid: SectionGrid, cells: Sequence[Mapping[str, str]]) -> tuple[str, ...]:
    """The headings that stand there, and those of optional columns that a new row needs."""
    there = tuple(column.heading.strip() for column in grid.columns)
    needed = {name: None for row in cells for name, cell in row.items() if cell and name not in there}
    return (*there, *needed)
