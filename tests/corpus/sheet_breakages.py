"""Ways to break the sheets of a workbook, as a person or a spreadsheet does."""

import random
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.worksheet.formula import ArrayFormula

from placeplan.plan import columns as kinds
from placeplan.plan.columns import Column
from placeplan.plan.workbook_layout import FORMAT_PROPERTY, NARRATIVE, PLAN, SCENARIOS
from tests.corpus.broken_plan import Expected
from tests.corpus.draft import of_kind
from tests.corpus.good_workbooks import WORKBOOK, SheetSpot, spots

FIRST_OF_MAY, FIRST_OF_APRIL, APRIL_MORNING = map(
    datetime.fromisoformat, ("2014-05-01", "2014-04-01", "2014-04-01T09:30")
)  # a spreadsheet's days have no time zone


@dataclass(frozen=True, slots=True)
class SheetBreakage:
    """A way to break a workbook: what is done to the open book, and what reading must find."""

    change: Callable[[Workbook], None]
    expects: Expected


ANY: Callable[[Column], bool] = lambda column: True  # noqa: E731 - one of several predicates
NUMERIC = of_kind(kinds.CELLS, kinds.NUMBER, kinds.MEASURED)
WORDY = of_kind(kinds.TEXT, kinds.IDENTIFIER)

CELLS: dict[str, tuple[Callable[[Column], bool], object, str, str]] = {
    "cell-a-formula": (NUMERIC, "=1+1", "General", "formula"),
    "cell-a-formula-in-text": (WORDY, "=CONCATENATE(A1,A2)", "General", "formula"),
    "cell-a-formula-to-another-file": (NUMERIC, "=[1]Sheet1!A1", "General", "formula"),
    "cell-a-reference-error": (NUMERIC, "#REF!", "General", "error"),
    "cell-not-available-error": (NUMERIC, "#N/A", "General", "error"),
    "cell-truth-value": (of_kind(kinds.FLAG, kinds.TEXT), True, "General", "TRUE"),
    "cell-date-for-a-number": (NUMERIC, FIRST_OF_MAY, "dd-mmm", "date"),
    "cell-date-for-text": (WORDY, FIRST_OF_APRIL, "mmm-yy", "date"),
    "cell-time-for-text": (WORDY, time(9, 30), "hh:mm", "time"),
    "cell-day-with-a-time": (of_kind(kinds.DATE, kinds.TEXT), APRIL_MORNING, "dd-mmm hh:mm", "time"),
    "cell-number-with-spaces": (NUMERIC, "1 234", "@", "cannot be read"),
    "cell-number-with-a-hard-space": (NUMERIC, "1\u00a0234", "@", "cannot be read"),
    "cell-number-in-words": (NUMERIC, "about 5", "@", "cannot be read"),
    "cell-number-very-long": (NUMERIC, "9" * 60, "@", "cannot be read"),
    "cell-number-beyond-measure": (NUMERIC, 1e300, "General", "cannot be read"),
    "cell-number-for-an-identifier": (of_kind(kinds.IDENTIFIER), 1.5, "General", ""),
    "cell-blank-but-required": (lambda column: column.required, None, "General", "blank"),
    "cell-unknown-choice": (lambda column: bool(column.kind.choices), "something else", "@", "cannot be read"),
    "cell-unknown-reference": (lambda column: bool(column.refers_to), "nowhere-to-be-found", "@", "nowhere"),
    "cell-too-long": (of_kind(kinds.TEXT), "x" * 32_767, "@", ""),
    "cell-date-as-a-number": (of_kind(kinds.DATE), 41730, "General", "cannot be read"),
}


def _set(spot: SheetSpot, value: object, number_format: str) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        cell: Any = book[spot.sheet].cell(spot.row, spot.column)
        cell.value = value
        cell.number_format = number_format

    return change


def cell_breakage(kind: str, plan: str) -> SheetBreakage | None:
    """One cell of one table holds what it should not."""
    wanted, value, number_format, words = CELLS[kind]
    found = [spot for spot in spots(plan) if wanted(spot.declared)]
    if not found:
        return None
    spot = random.Random(f"{kind}/{plan}").choice(found)
    return SheetBreakage(_set(spot, value, number_format), Expected(f"{WORKBOOK}[{spot.sheet}]", spot.row, words))


def table_breakages(plan: str) -> dict[str, SheetBreakage]:
    """Ways to break the sheet of one table."""
    every = spots(plan)
    chooser = random.Random(plan)
    spot = chooser.choice(every)
    name, row = spot.sheet, spot.row
    file = f"{WORKBOOK}[{name}]"

    def on_sheet(change: Callable[[Any], object], line: int, words: str) -> SheetBreakage:
        return SheetBreakage(lambda book: void(change(book[name])), Expected(file, line, words))

    def double(sheet: Any) -> None:
        sheet.append([cell.value for cell in sheet[3]])

    def array(sheet: Any) -> None:
        sheet[spot.address] = ArrayFormula(spot.address, "=SUM(A1:A2)")

    return {
        "merged-cells": on_sheet(lambda sheet: sheet.merge_cells(f"A{row}:B{row + 1}"), row, "merged"),
        "merged-headings": on_sheet(lambda sheet: sheet.merge_cells("A1:B1"), 1, "merged"),
        "array-formula": on_sheet(array, row, "formula"),
        "row-inserted-above-headings": on_sheet(lambda sheet: sheet.insert_rows(1), 1, "headings"),
        "headings-deleted": on_sheet(lambda sheet: sheet.delete_rows(1, 2), 1, ""),
        "column-deleted": on_sheet(lambda sheet: sheet.delete_cols(1), 1, "missing"),
        "column-inserted": on_sheet(lambda sheet: sheet.insert_cols(2), 1, "no heading"),
        "heading-misspelt": on_sheet(lambda sheet: put(sheet, "A1", "Servise"), 1, "not a column"),
        "heading-a-formula": on_sheet(lambda sheet: put(sheet, "B1", "=A1"), 1, "formula"),
        "heading-a-date": on_sheet(lambda sheet: put(sheet, "B1", datetime.fromisoformat("2011-12-01")), 1, "date"),
        "note-beside-the-table": on_sheet(lambda sheet: put(sheet, f"AZ{row}", "ask finance"), row, "cells"),
        "cell-at-the-end-of-the-sheet": on_sheet(lambda sheet: put(sheet, "XFD1048576", "lost"), 0, "reaches"),
        "formats-to-the-end-of-the-sheet": on_sheet(lambda sheet: embolden(sheet, "XFD1048576"), 0, "reaches"),
        "row-twice": on_sheet(double, 0, "twice"),
        "sheet-cleared": on_sheet(lambda sheet: sheet.delete_rows(1, 2_000), 1, "no headings"),
        "sheet-renamed": SheetBreakage(
            lambda book: retitle(book, name, f"{name}s"), Expected(f"{WORKBOOK}[{name}s]", words=name)
        ),
        "sheet-deleted": SheetBreakage(lambda book: book.remove(book[name]), Expected(file, words="missing")),
    }


def book_breakages(_plan: str) -> dict[str, SheetBreakage]:
    """Ways to break the plan, narrative and scenarios sheets, the derived sheets and the book."""

    def adds(sheet: str, values: list[Any], words: str, *, line: int = 0) -> SheetBreakage:
        return SheetBreakage(lambda book: book[sheet].append(values), Expected(f"{WORKBOOK}[{sheet}]", line, words))

    def on_plan(path: str, value: Any, words: str) -> SheetBreakage:
        return SheetBreakage(lambda book: plan_value(book, path, value), Expected(f"{WORKBOOK}[{PLAN}]", words=words))

    return {
        "plan-sheet-deleted": SheetBreakage(
            lambda book: book.remove(book[PLAN]), Expected(f"{WORKBOOK}[{PLAN}]", words="missing")
        ),
        "plan-sheet-empty": SheetBreakage(
            lambda book: void(book[PLAN].delete_rows(3, 500)), Expected(f"{WORKBOOK}[{PLAN}]", words="nothing")
        ),
        "plan-headings-gone": SheetBreakage(
            lambda book: void(book[PLAN].delete_rows(1, 2)), Expected(f"{WORKBOOK}[{PLAN}]", 1)
        ),
        "plan-path-twice": adds(PLAN, ["title", "Another title"], "twice"),
        "plan-path-under-a-value": adds(PLAN, ["title.first", "Another title"], "already gives"),
        "plan-value-over-a-branch": adds(PLAN, ["organisation", "An organisation"], "twice"),
        "plan-path-malformed": adds(PLAN, ["services..id", "x"], "not a path"),
        "plan-path-missing": adds(PLAN, [None, "a value without a path"], "not a path"),
        "plan-path-very-deep": adds(PLAN, [".".join("abcdefghijklmnop"), "x"], "not a path"),
        "plan-list-with-a-gap": adds(PLAN, ["services.77.id", "x"], "numbered"),
        "plan-unknown-key": adds(PLAN, ["colour", "blue"], "not known"),
        "plan-note-beside": adds(PLAN, ["place", "", "a note"], "no heading"),
        "plan-year-a-date": on_plan("years.0", datetime.fromisoformat("2011-12-01"), "date"),
        "plan-year-of-two-years": on_plan("years.0", "2014-16", "not a financial year"),
        "plan-value-a-formula": on_plan("title", "=A1", "formula"),
        "plan-value-cleared": on_plan("title", None, "title"),
        "plan-unknown-unit": on_plan("money", "EUR", ""),
        "narrative-path-trick": adds(NARRATIVE, ["narrative/../../outside.md", 1, "text"], "not a text"),
        "narrative-absolute": adds(NARRATIVE, ["/etc/outside.md", 1, "text"], "not a text"),
        "narrative-without-a-folder": adds(NARRATIVE, ["summary.md", 1, "text"], "not a text"),
        "narrative-a-formula": adds(NARRATIVE, ["narrative/summary.md", 1, "=A1"], "formula"),
        "scenario-unknown-table": adds(SCENARIOS, ["what-if", "What if", None, "finance/none.csv", "line", "x"], ""),
        "scenario-missing-row": adds(SCENARIOS, scenario("finance/lines.csv", "line", "No such line"), "no rows"),
        "scenario-without-a-key": adds(SCENARIOS, scenario("finance/lines.csv", "", ""), ""),
        "scenario-unnamed": adds(SCENARIOS, [None, *scenario("finance/lines.csv", "line", "QIPP")[1:]], ""),
        "sheet-unknown": SheetBreakage(
            lambda book: void(book.create_sheet("finance line")),
            Expected(f"{WORKBOOK}[finance line]", words="not part"),
        ),
        "sheet-a-chart": SheetBreakage(lambda book: void(book.create_chartsheet("picture")), Expected(WORKBOOK)),
        "derived-marker-gone": SheetBreakage(
            lambda book: put(book["derived finance"], "A1", "mine"),
            Expected(f"{WORKBOOK}[derived finance]", words="derived"),
        ),
        "newer-format": SheetBreakage(newer_format, Expected(WORKBOOK, words="format")),
    }


def scenario(table: str, key: str, text: str) -> list[Any]:
    """A row of the scenarios sheet."""
    return ["what-if", "What if", None, table, key or None, text or None, *[None] * 6, "2014-15", "1"]


def plan_value(book: Workbook, path: str, value: Any) -> None:
    """Write a value beside a path of the plan sheet."""
    for row in book[PLAN].iter_rows(min_row=3):
        if row[0].value == path:
            row[1].value = value
            row[1].number_format = "dd-mmm-yy" if isinstance(value, datetime) else "General"


def newer_format(book: Workbook) -> None:
    """Say that a later Placeplan wrote the book."""
    next(given for given in book.custom_doc_props.props if given.name == FORMAT_PROPERTY).value = "99"


def put(sheet: Any, address: str, value: object) -> None:
    """Write a value."""
    sheet[address] = value


def embolden(sheet: Any, address: str) -> None:
    """Give a blank cell a format."""
    sheet[address].number_format = "0.00"


def retitle(book: Workbook, old: str, new: str) -> None:
    """Rename a sheet."""
    book[old].title = new


def void(_: object) -> None:
    """Nothing, whatever was given."""
