"""The sheets of a workbook, drawn one by one: headings, hints, input cells, offered lists, derived values."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from xlsxwriter.utility import xl_range, xl_range_abs

from placeplan.kernel.wording import UNKNOWN
from placeplan.plan.columns import Column
from placeplan.plan.model import TABLES, Plan, Table
from placeplan.plan.workbook_derived import DerivedRow, DerivedSheet, shown
from placeplan.plan.workbook_layout import (
    FIRST_ROW,
    HINTS,
    LISTS,
    MARKER,
    MOST_KEYS,
    NARRATIVE_HEADINGS,
    PLAN_HEADINGS,
    SCENARIO_HEADINGS,
    column_hint,
    sheet_of,
    table_columns,
)
from placeplan.plan.workbook_numbers import TEXT_FORMAT, number_cell
from placeplan.plan.workbook_styles import HEADING_HEIGHT, HINT_HEIGHT, NUMERIC, Styles, width_of
from placeplan.plan.workbook_text import to_cell
from placeplan.plan.writing import texts_of, years_of

SPARE_ROWS = 20
SPARE_LINES = 5
VALIDATED_ROWS = 2_000
MOST_FROZEN = 3
A4 = 9
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255
MEASURE_WIDTH, UNIT_WIDTH, VALUE_WIDTH, FORMULA_WIDTH, FIGURE_WIDTH = 66, 14, 14, 70, 60
PLAN_WIDTHS = dict(zip(PLAN_HEADINGS, (36, 90), strict=True))
NARRATIVE_WIDTHS = dict(zip(NARRATIVE_HEADINGS, (30, 8, 120), strict=True))
_KEY_WIDTHS = (14, 22) * MOST_KEYS
SCENARIO_WIDTHS = dict(zip(SCENARIO_HEADINGS, (20, 34, 40, 28, *_KEY_WIDTHS, 14, 16), strict=True))
Sheet = Any  # XlsxWriter has no types


def write_listed(sheet: Sheet, styles: Styles, *, widths: Mapping[str, int], rows: Iterable[Sequence[str]]) -> None:
    """A sheet of texts: the plan, the narrative or the scenarios. ``widths`` names its headings."""
    text = styles.input(TEXT_FORMAT)
    for ordinal, (heading, width) in enumerate(widths.items()):
        sheet.set_column(ordinal, ordinal, width, styles.input(TEXT_FORMAT, bare=True))
        _write_heading(sheet, ordinal, heading=heading, hint=HINTS[heading], styles=styles)
    number = FIRST_ROW - 1
    for texts in rows:
        for ordinal, given in enumerate(texts):
            _write_text(sheet, (number, ordinal), text=given, form=text)
        number += 1
    _write_spare(sheet, number, forms=[text] * len(widths), count=SPARE_LINES)
    _finish(sheet, columns=len(widths), frozen=1)


def write_table(sheet: Sheet, plan: Plan, *, table: Table, styles: Styles) -> None:
    """The sheet of a table, also of one without rows."""
    rows = plan.rows(table)
    columns = table_columns(table, years_of(table, rows, plan_years=plan.header.years))
    for ordinal, (heading, column) in enumerate(columns):
        sheet.set_column(ordinal, ordinal, width_of(column), styles.blank(column, bare=True))
        _write_heading(
            sheet, ordinal, heading=heading, hint=column_hint(column), styles=styles, number=column.kind in NUMERIC
        )
        _add_list(sheet, ordinal, column=column, plan=plan, last=FIRST_ROW + len(rows) + VALIDATED_ROWS)
    number = FIRST_ROW - 1
    for row in rows:
        for ordinal, (text, (_, column)) in enumerate(zip(texts_of(table, row), columns, strict=True)):
            _write_cell(sheet, (number, ordinal), text=text, column=column, styles=styles)
        number += 1
    _write_spare(sheet, number, forms=[styles.blank(column) for _, column in columns], count=SPARE_ROWS)
    keys = sum(1 for _ in _leading_keys(table))
    _finish(sheet, columns=len(columns), frozen=min(keys, MOST_FROZEN))


def _leading_keys(table: Table) -> Iterator[Column]:
    for column in table.columns:
        if not column.key:
            return
        yield column


def _write_heading(
    sheet: Sheet, ordinal: int, *, heading: str, hint: str, styles: Styles, number: bool = False
) -> None:
    sheet.write_string(0, ordinal, heading, styles.year if number else styles.heading)
    sheet.write_string(1, ordinal, hint, styles.hint)


def _write_cell(sheet: Sheet, cell: tuple[int, int], *, text: str, column: Column, styles: Styles) -> None:
    if column.kind not in NUMERIC:
        _write_text(sheet, cell, text=text, form=styles.input(TEXT_FORMAT))
        return
    number = number_cell(text)
    if number is not None:
        sheet.write_number(*cell, number.value, styles.input(number.number_format))
    else:
        _write_text(
            sheet, cell, text=text, form=styles.input(TEXT_FORMAT, right=True) if text else styles.blank(column)
        )


def _write_text(sheet: Sheet, cell: tuple[int, int], *, text: str, form: Any) -> None:
    if text:
        if sheet.write_string(*cell, to_cell(text), form):
            raise ValueError(f"the text in row {cell[0] + 1} is too long for a worksheet")
    else:
        sheet.write_blank(*cell, None, form)


def _write_spare(sheet: Sheet, first: int, *, forms: Sequence[Any], count: int) -> None:
    """Blank rows that show where to go on."""
    for row in range(first, first + count):
        for ordinal, form in enumerate(forms):
            sheet.write_blank(row, ordinal, None, form)


def _finish(sheet: Sheet, *, columns: int, frozen: int) -> None:
    sheet.set_row(0, HEADING_HEIGHT)
    sheet.set_row(1, HINT_HEIGHT)
    sheet.freeze_panes(FIRST_ROW - 1, frozen)
    sheet.ignore_errors({"number_stored_as_text": xl_range(0, 0, VALIDATED_ROWS, columns - 1)})
    set_page(sheet, heading_rows=FIRST_ROW - 1)


def set_page(sheet: Sheet, *, heading_rows: int) -> None:
    """How the sheet is printed."""
    sheet.set_landscape()
    sheet.set_paper(A4)
    sheet.fit_to_pages(1, 0)
    sheet.set_footer("&L&A&RPage &P of &N")
    if heading_rows:
        sheet.repeat_rows(0, heading_rows - 1)


_REFERRED = {
    "intention": "registers/intentions.csv",
    "outcome": "registers/outcomes.csv",
    "risk": "registers/risks.csv",
    "area of spend": "finance/spend_areas.csv",
    "group": "registers/groups.csv",
}


def _add_list(sheet: Sheet, ordinal: int, *, column: Column, plan: Plan, last: int) -> None:
    """Offer a list where a cell holds one word of a list."""
    many = column.kind.name.endswith("s")
    if column.kind.choices:
        rule = {"source": list(column.kind.choices), "error_type": "stop"}
    elif column.refers_to == "service" and not many:
        rule = {"source": f"={LISTS}!{xl_range_abs(0, 0, len(plan.header.services) - 1, 0)}", "error_type": "warning"}
    elif column.refers_to in _REFERRED and not many:
        listed = next(sheet_of(table) for table in TABLES if table.path == _REFERRED[column.refers_to])
        rule = {"source": f"='{listed}'!{xl_range_abs(FIRST_ROW - 1, 0, VALIDATED_ROWS, 0)}", "error_type": "warning"}
    else:
        return
    told = {
        "error_title": column.name[:LONGEST_TITLE],
        "error_message": f"Expected {column.kind.expected}."[:LONGEST_MESSAGE],
    }
    sheet.data_validation(
        FIRST_ROW - 1, ordinal, last, ordinal, {"validate": "list", "ignore_blank": True, **told, **rule}
    )


def write_lists(sheet: Sheet, plan: Plan) -> None:
    """A hidden sheet with the names of the services, for the lists that cells offer."""
    for row, service in enumerate(plan.header.services):
        sheet.write_string(row, 0, service.id)
    sheet.hide()


def write_derived(sheet: Sheet, content: DerivedSheet, *, styles: Styles) -> None:
    """A locked sheet of derived figures."""
    headings = ("measure", "unit", *content.columns, "how it is computed", "figure")
    sheet.write_string(0, 0, MARKER, styles.small)
    widths = (MEASURE_WIDTH, UNIT_WIDTH, *[VALUE_WIDTH] * len(content.columns), FORMULA_WIDTH, FIGURE_WIDTH)
    for ordinal, (heading, width) in enumerate(zip(headings, widths, strict=True)):
        sheet.set_column(ordinal, ordinal, width)
        sheet.write_string(1, ordinal, heading, styles.year if heading in content.columns else styles.heading)
    row = 2
    for name, rows in content.sections.items():
        sheet.set_row(row, HEADING_HEIGHT)
        for ordinal in range(len(headings)):
            sheet.write_string(row, ordinal, to_cell(name) if not ordinal else "", styles.section)
        row += 1
        for measure in rows:
            _write_measure(sheet, row, measure=measure, columns=content.columns, styles=styles)
            row += 1
    sheet.freeze_panes(2, 1)
    sheet.protect()
    set_page(sheet, heading_rows=2)


def _write_measure(sheet: Sheet, row: int, *, measure: DerivedRow, columns: Sequence[str], styles: Styles) -> None:
    sheet.write_string(row, 0, to_cell(measure.label), styles.word)
    sheet.write_string(row, 1, to_cell(measure.unit), styles.word)
    for ordinal, column in enumerate(columns, start=2):
        value = measure.values.get(column)
        if value is not None:
            number, number_format = shown(value)
            sheet.write_number(row, ordinal, number, styles.derived(number_format))
        else:
            sheet.write_string(row, ordinal, UNKNOWN if column in measure.values else "", styles.unknown)
    sheet.write_string(row, len(columns) + 2, to_cell(measure.formula), styles.small)
    sheet.write_string(row, len(columns) + 3, measure.id, styles.small)
