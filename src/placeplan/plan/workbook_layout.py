"""How a plan lies in a workbook: names of the sheets, their headings, and the line of hints under them."""

from collections.abc import Iterable
from datetime import date

from pydantic import BaseModel

from placeplan.kernel.periods import FinancialYear
from placeplan.plan import header
from placeplan.plan.columns import Column
from placeplan.plan.model import TABLES, Table

READ_ME, PLAN, NARRATIVE, SCENARIOS, LISTS = "read me", "plan", "narrative", "scenarios", "lists"
DERIVED = "derived "
NOTES = "notes"
MARKER = "Derived by Placeplan. Nothing on this sheet is read back."
FORMAT_PROPERTY = "placeplan workbook format"
MADE_FROM_PROPERTY = "placeplan made from"
FORMAT = "1"  # text: a spreadsheet writes the number 1 back as 1.0

HEADING_ROW, HINT_ROW, FIRST_ROW = 1, 2, 3
PLAN_HEADINGS = ("path", "value")
NARRATIVE_HEADINGS = ("file", "line", "text")
MOST_KEYS = max(len(table.key) for table in TABLES)
KEY_HEADINGS = tuple(heading for number in range(1, MOST_KEYS + 1) for heading in (f"key {number}", f"is {number}"))
SCENARIO_HEADINGS = ("scenario", "title", "description", "table", *KEY_HEADINGS, "column", "value")

HINTS = {
    "path": "What is filled in; services.0 is the first service",
    "file": "The text file, such as narrative/summary.md",
    "line": "For your eyes; rows are read from top to bottom",
    "text": "One line of the text",
    "scenario": "Short name of the scenario, on every row",
    "title": "Title, once for each scenario",
    "description": "Description, once for each scenario",
    "table": "Table of the cell that is set, such as finance/lines.csv",
    "column": "Column or year of the cell that is set",
    "value": "The value",
    **{f"key {number}": "A column that names the row" for number in range(1, MOST_KEYS + 1)},
    **{f"is {number}": "What stands in that column" for number in range(1, MOST_KEYS + 1)},
}


def sheet_of(table: Table) -> str:
    """Name of a table's sheet: ``finance lines`` for ``finance/lines.csv``."""
    return table.path.removesuffix(".csv").replace("/", " ")


SHEET_OF_TABLE = {table.path: sheet_of(table) for table in TABLES}
READ_SHEETS = (PLAN, *SHEET_OF_TABLE.values(), NARRATIVE, SCENARIOS)


def located(workbook: str, sheet: str) -> str:
    """How a sheet is named in a location: ``plan.xlsx[finance lines]``."""
    return f"{workbook}[{sheet}]"


def column_hint(column: Column) -> str:
    """What the grey line under the headings says of a column."""
    return f"{column.title} (required)" if column.required else column.title


def table_columns(table: Table, years: Iterable[FinancialYear]) -> tuple[tuple[str, Column], ...]:
    """Heading and declaration of each column of a table's sheet."""
    years = tuple(years)
    pairs: list[tuple[str, Column]] = []
    for column in table.columns:
        pairs.extend((str(year), column) for year in years) if column.by_year else pairs.append((column.name, column))
    return tuple(pairs)


def _date_keys(models: Iterable[type[BaseModel]]) -> frozenset[str]:
    kinds = (date, date | None)
    return frozenset(
        name for model in models for name, field in model.model_fields.items() if field.annotation in kinds
    )


DATE_KEYS = _date_keys((header.PlanHeader, header.Partner, header.Version))
