"""The printed numbers of a plan by their place, and a plan with one of them changed."""

from dataclasses import replace
from typing import Any

from placeplan.kernel.figures import CellReference
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.cells import Amount, Cell, Rate
from placeplan.plan.model import TABLES, Plan, Table

CellKey = tuple[str, int, str]


def key_of(reference: CellReference) -> CellKey:
    """File, line and heading of a cell."""
    return reference.place.file, reference.place.line, reference.heading


class NumberCells:
    """Finds the printed number that stands in a cell of a plan, and changes it in a copy."""

    def __init__(self, plan: Plan) -> None:
        self._plan = plan
        self._rows: dict[tuple[str, int], tuple[Table, int]] = {
            (row.place.file, row.place.line): (table, index)
            for table in TABLES
            for index, row in enumerate(plan.rows(table))
        }

    def row(self, key: CellKey) -> Any:
        """The row that a cell stands in, or nothing."""
        found = self._rows.get(key[:2])
        return None if found is None else self._plan.rows(found[0])[found[1]]

    def number(self, key: CellKey) -> PrintedNumber | None:
        """The number in a cell; nothing when it holds none."""
        row = self.row(key)
        value = None if row is None else _content(self._rows[key[:2]][0], row, heading=key[2])
        if isinstance(value, Amount):
            return value.number
        if isinstance(value, Rate):
            return value.percent
        return value if isinstance(value, PrintedNumber) else None

    def with_number(self, key: CellKey, number: PrintedNumber) -> Plan:
        """The plan with another number in a cell."""
        table, index = self._rows[key[:2]]
        rows = self._plan.rows(table)
        row = rows[index]
        year_column = _year_column(table, key[2])
        changed: Any
        if year_column:
            cell: Cell = Rate(number) if number.percent else Amount(number)
            changed = {year_column: {**getattr(row, year_column), FinancialYear.parse(key[2]): cell}}
        else:
            changed = {key[2]: number}
        changes: dict[str, Any] = {table.attribute: (*rows[:index], replace(row, **changed), *rows[index + 1 :])}
        return replace(self._plan, **changes)


def _content(table: Table, row: Any, *, heading: str) -> Any:
    year_column = _year_column(table, heading)
    if year_column:
        return getattr(row, year_column).get(FinancialYear.parse(heading))
    return getattr(row, heading, None)


def _year_column(table: Table, heading: str) -> str:
    """Name of the field that holds the year columns, when the heading is a year; else nothing."""
    if not heading[:1].isdigit():
        return ""
    return next((column.name for column in table.columns if column.by_year), "")
