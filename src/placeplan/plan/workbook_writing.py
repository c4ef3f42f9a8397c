"""A plan written as a workbook that a person can fill in. The same plan gives the same bytes."""

import tempfile
from collections.abc import Mapping
from datetime import date, datetime, time
from io import BytesIO
from pathlib import Path

import xlsxwriter

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.figures import Figure
from placeplan.plan.model import TABLES, Plan
from placeplan.plan.workbook_derived import derived_sheets
from placeplan.plan.workbook_documents import header_rows, narrative_rows, scenario_rows
from placeplan.plan.workbook_layout import (
    DERIVED,
    FORMAT,
    FORMAT_PROPERTY,
    LISTS,
    MADE_FROM_PROPERTY,
    NARRATIVE,
    PLAN,
    READ_ME,
    SCENARIOS,
    sheet_of,
)
from placeplan.plan.workbook_read_me import read_me_lines, sheet_lines
from placeplan.plan.workbook_sheets import (
    NARRATIVE_WIDTHS,
    PLAN_WIDTHS,
    SCENARIO_WIDTHS,
    Sheet,
    set_page,
    write_derived,
    write_listed,
    write_lists,
    write_table,
)
from placeplan.plan.workbook_styles import Styles
from placeplan.plan.workbook_text import to_cell

SUFFIX = ".xlsx"
LONGEST_SHEET_NAME = 31
ALSO_ON_SCREEN = 2
READ_ME_WIDTHS = (26, 110)
NO_VERSION = date(2000, 1, 1)  # what a plan without a version log is dated
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def write_workbook(
    plan: Plan, file: Path, *, derived: Mapping[str, Figure] | None = None, overwrite: bool = False
) -> None:
    """Write a plan to a workbook file. It is made beside the file and moved there when it is complete.

    Args:
        plan: the plan.
        file: where to; its name ends in ``.xlsx``.
        derived: computed figures to show on locked sheets.
        overwrite: whether a file that is already there may be replaced.

    Raises:
        InputError: the file is already there, its name has another ending, or it cannot be written.
    """
    place = Location(str(file))
    if file.suffix.lower() != SUFFIX:
        message = f"{file.name} does not end in {SUFFIX}"
        raise InputError([Problem(place, message, "the name of a workbook, such as plan.xlsx")])
    if file.is_dir() or (file.exists() and not overwrite):
        mend = "Name another file, or ask for overwriting."
        raise InputError([Problem(place, f"{file} already exists", "a file that does not exist yet", mend)])
    content = workbook_bytes(plan, derived=derived)
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=file.parent, prefix=".placeplan-") as temporary:
            complete = Path(temporary) / file.name
            complete.write_bytes(content)
            complete.replace(file)
    except OSError as error:
        raise InputError([Problem(place, f"{file} cannot be written: {error.strerror}")]) from error


def workbook_bytes(plan: Plan, *, derived: Mapping[str, Figure] | None = None, made_from: str = "") -> bytes:
    """The bytes of a plan's workbook.

    Args:
        plan: the plan.
        derived: computed figures to show on locked sheets.
        made_from: what names the state of the plan that it was made from, for those who bring it back.
    """
    out = BytesIO()
    with xlsxwriter.Workbook(out, OPTIONS) as book:
        _set_properties(book, plan, made_from=made_from)
        styles = Styles(book)
        _write_read_me(book.add_worksheet(READ_ME), plan, styles=styles)
        write_listed(book.add_worksheet(PLAN), styles, widths=PLAN_WIDTHS, rows=header_rows(plan.header))
        for table in TABLES:
            write_table(book.add_worksheet(sheet_of(table)), plan, table=table, styles=styles)
        write_listed(
            book.add_worksheet(NARRATIVE), styles, widths=NARRATIVE_WIDTHS, rows=narrative_rows(plan.narrative)
        )
        write_listed(book.add_worksheet(SCENARIOS), styles, widths=SCENARIO_WIDTHS, rows=scenario_rows(plan.scenarios))
        write_lists(book.add_worksheet(LISTS), plan)
        for sheet in derived_sheets(plan.header, (derived or {}).values()):
            write_derived(book.add_worksheet(f"{DERIVED}{sheet.family}"[:LONGEST_SHEET_NAME]), sheet, styles=styles)
        book.get_worksheet_by_name(READ_ME).activate()
    return out.getvalue()


def _set_properties(book: xlsxwriter.Workbook, plan: Plan, *, made_from: str) -> None:
    last = max((version.date for version in plan.header.versions), default=NO_VERSION)
    told = {"title": to_cell(plan.header.title), "comments": "A plan to be filled in and read back by Placeplan."}
    book.set_properties({**told, "created": datetime.combine(last, time())})
    book.set_custom_property(FORMAT_PROPERTY, FORMAT, "text")
    if made_from:
        book.set_custom_property(MADE_FROM_PROPERTY, made_from, "text")


def _write_read_me(sheet: Sheet, plan: Plan, *, styles: Styles) -> None:
    sheet.hide_gridlines(ALSO_ON_SCREEN)
    for ordinal, width in enumerate(READ_ME_WIDTHS):
        sheet.set_column(ordinal, ordinal, width)
    sheet.write_string(0, 0, "How to fill in this plan", styles.title)
    row = 2
    for heading, text in read_me_lines(plan.header):
        _write_line(sheet, row, heading=heading, text=text, styles=styles)
        row += 1
    sheet.write_string(row + 1, 0, "Sheets", styles.section)
    sheet.write_blank(row + 1, 1, None, styles.section)
    for offset, (name, text) in enumerate(sheet_lines(), start=row + 2):
        sheet.write_url(offset, 0, f"internal:'{name}'!A1", string=name)
        sheet.write_string(offset, 1, text, styles.prose)
    set_page(sheet, heading_rows=0)


def _write_line(sheet: Sheet, row: int, *, heading: str, text: str, styles: Styles) -> None:
    sheet.write_string(row, 0, heading, styles.strong)
    sheet.write_string(row, 1, to_cell(text), styles.prose)
