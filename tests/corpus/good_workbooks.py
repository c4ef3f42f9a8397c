"""Good workbooks, to be broken: one of each bundled plan, as it is exported."""

from dataclasses import dataclass
from decimal import Decimal
from functools import cache

from openpyxl.utils import get_column_letter

from placeplan.kernel.figures import Figure, Figures
from placeplan.plan.columns import Column
from placeplan.plan.folder import read_plan
from placeplan.plan.model import TABLES, Plan
from placeplan.plan.workbook_layout import FIRST_ROW, sheet_of, table_columns
from placeplan.plan.workbook_writing import workbook_bytes
from placeplan.plan.writing import years_of
from tests.corpus.draft import EXAMPLES

WORKBOOK = "plan.xlsx"


@cache
def good_plan(name: str) -> Plan:
    """A bundled plan."""
    return read_plan(EXAMPLES / name)


@cache
def good_workbook(name: str) -> bytes:
    """The workbook of a bundled plan, with one derived figure."""
    plan = good_plan(name)
    service = plan.header.services[0].id
    figure = Figure(f"finance.{service}.2014-15.total", "Planned spend, 2014-15", Decimal(1), "GBP thousand", "given")
    return workbook_bytes(plan, derived=Figures([figure]))


@dataclass(frozen=True, slots=True)
class SheetSpot:
    """One cell of the sheet of one table; row and column from 1."""

    sheet: str
    row: int
    column: int
    declared: Column

    @property
    def address(self) -> str:
        """How a spreadsheet names the cell."""
        return f"{get_column_letter(self.column)}{self.row}"


def spots(name: str) -> list[SheetSpot]:
    """The cells of the first row of every table that has rows."""
    plan = good_plan(name)
    found = []
    for table in TABLES:
        rows = plan.rows(table)
        columns = table_columns(table, years_of(table, rows, plan_years=plan.header.years))
        for position, (_, column) in enumerate(columns, start=1):
            found.extend(
                SheetSpot(sheet_of(table), FIRST_ROW + number, position, column) for number in range(min(len(rows), 3))
            )
    return found
