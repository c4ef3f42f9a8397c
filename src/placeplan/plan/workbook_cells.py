"""One cell of a worksheet as the text that it stands for, or what is wrong with it."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter

from placeplan.kernel.errors import Location, Problem
from placeplan.plan.columns import DATE, MONTH, Kind
from placeplan.plan.workbook_numbers import printed
from placeplan.plan.workbook_text import from_cell

LONGEST_SHOWN = 40
_FORMULA, _ERROR = "f", "e"


@dataclass(frozen=True, slots=True)
class CellRefusal:
    """What is wrong with a cell that does not stand for a text."""

    message: str
    expected: str = ""
    mend: str = ""

    def problem(self, place: Location, address: str) -> Problem:
        """The problem at its place; the message starts with the cell's address."""
        return Problem(place, f"{address}: {self.message}", self.expected, self.mend)


def address_of(row: int, column: int) -> str:
    """How a spreadsheet names a cell: ``C7``."""
    return f"{get_column_letter(column)}{row}"


def text_of_cell(cell: Cell | MergedCell, kind: Kind | None = None) -> str | CellRefusal:
    """The text of a cell; a refusal when it holds a formula, an error, a truth value, or a date where none belongs.

    Args:
        cell: as openpyxl read it, formulas kept.
        kind: what the column holds, where that is known; a date is only read where a date or a month belongs.
    """
    value = cell.value
    if value is None:
        return ""
    if cell.data_type == _FORMULA:
        return CellRefusal(
            f"this cell holds a formula, {_shown(value)}", "a value", "Copy the cell and paste its value over it."
        )
    if cell.data_type == _ERROR:
        return CellRefusal(
            f"this cell holds the error {value}", "a value", "Correct it, or clear the cell: blank means not known."
        )
    if isinstance(value, bool):
        return CellRefusal(f"this cell holds {str(value).upper()}", "text", "Write yes or no.")
    if isinstance(value, int | float):
        return printed(value, cell.number_format)
    if isinstance(value, date | time | timedelta):
        return _date_text(value, kind)
    return from_cell(str(value))


def _shown(value: object) -> str:
    text = str(getattr(value, "text", value))
    return text if len(text) <= LONGEST_SHOWN else f"{text[:LONGEST_SHOWN]}…"


def _date_text(value: date | time | timedelta, kind: Kind | None) -> str | CellRefusal:
    if isinstance(value, datetime) and value.time() == time.min:
        day = value.date()
        if kind is DATE:
            return day.isoformat()
        if kind is MONTH and day.day == 1:
            return f"{day:%Y-%m}"
        message = f"the spreadsheet has turned this cell into the date {day.isoformat()}"
    else:
        message = f"the spreadsheet has turned this cell into the time {value}"
    expected = kind.expected if kind else "text"
    return CellRefusal(message, expected, "Format the cell as text and type it again.")
