"""A plan read from a workbook. Formulas are not computed, macros and links to other files are not followed."""

import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from placeplan.documents.yaml_reading import YamlDocument
from placeplan.kernel.errors import InputError, Location, Place, Problem
from placeplan.plan.assembly import Parts, assemble
from placeplan.plan.columns import CELLS, DATE, Kind
from placeplan.plan.grid import MOST_PROBLEMS, Grid
from placeplan.plan.model import TABLES, Plan, Table
from placeplan.plan.workbook_cells import CellRefusal, address_of, text_of_cell
from placeplan.plan.workbook_documents import Row, header_document, narrative_of, scenario_documents
from placeplan.plan.workbook_layout import (
    DATE_KEYS,
    DERIVED,
    FORMAT,
    FORMAT_PROPERTY,
    HEADING_ROW,
    HINTS,
    LISTS,
    MADE_FROM_PROPERTY,
    MARKER,
    NARRATIVE,
    NARRATIVE_HEADINGS,
    NOTES,
    PLAN,
    PLAN_HEADINGS,
    READ_ME,
    READ_SHEETS,
    SCENARIO_HEADINGS,
    SCENARIOS,
    column_hint,
    located,
    sheet_of,
)
from placeplan.plan.workbook_package import check_package, content_of

MOST_CELLS = 3_000_000
MOST_COLUMNS = 256
KindOf = Callable[[int, Sequence[str]], Kind | None]
"""What a cell should hold, from its column (from 0) and the texts to its left."""


def read_workbook(file: Path) -> Plan:
    """Read the plan in a workbook file.

    Raises:
        InputError: with every problem of every sheet, or the one reason why the file cannot be opened as a workbook.
    """
    return plan_of_workbook(content_of(file), file.name)


def plan_of_workbook(content: bytes, name: str) -> Plan:
    """Read the plan in the bytes of a workbook.

    Args:
        content: the bytes.
        name: name of the file, for locations.

    Raises:
        InputError: as :func:`read_workbook`.
    """
    check_package(content, name)
    return assemble(_parts(_opened(content, name), name))


def made_from(content: bytes, name: str) -> str:
    """What names the state of the plan that a workbook was made from; empty when it does not say.

    Raises:
        InputError: the workbook cannot be opened.
    """
    check_package(content, name)
    properties: Any = getattr(_opened(content, name), "custom_doc_props", ())
    return next((str(each.value) for each in properties if each.name == MADE_FROM_PROPERTY), "")


def _opened(content: bytes, name: str) -> Workbook:
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            return load_workbook(BytesIO(content), keep_links=False, keep_vba=False)
    except Exception as error:
        message = f"this workbook is damaged ({type(error).__name__}: {str(error)[:200]})"
        mend = "Open it in the spreadsheet and save it again."
        raise InputError([Problem(Location(name), message, "an Excel workbook (.xlsx)", mend)]) from error


@dataclass(frozen=True, slots=True)
class _Sheet:
    """One worksheet while it is read: how it is named in locations, and where its problems go."""

    worksheet: Worksheet
    file: str
    problems: list[Problem]


def _parts(book: Workbook, name: str) -> Parts:
    problems = [*_format_problems(book, name), *_sheet_problems(book, name)]
    sheets = {
        title: _Sheet(book[title], located(name, title), problems)
        for title in READ_SHEETS
        if _is_worksheet(book, title)
    }
    sheets = {title: sheet for title, sheet in sheets.items() if not _shape_problems(sheet)}
    grids = {
        table.path: grid for table in TABLES if (sheet := sheets.get(sheet_of(table))) and (grid := _grid(sheet, table))
    }
    scenarios = scenario_documents(located(name, SCENARIOS), _listed(sheets.get(SCENARIOS), SCENARIO_HEADINGS))
    narrative = narrative_of(
        located(name, NARRATIVE), _listed(sheets.get(NARRATIVE), NARRATIVE_HEADINGS), problems=problems
    )
    return Parts(
        header=_header(sheets.get(PLAN)),
        grids=grids,
        narrative=narrative,
        scenarios=scenarios,
        problems=tuple(_shortened(problems, name)),
    )


def _is_worksheet(book: Workbook, title: str) -> bool:
    return title in book.sheetnames and isinstance(book[title], Worksheet)


def _shortened(problems: list[Problem], name: str) -> list[Problem]:
    if len(problems) <= MOST_PROBLEMS:
        return problems
    more = len(problems) - MOST_PROBLEMS
    return [*problems[:MOST_PROBLEMS], Problem(Location(name), f"{more:,} more problems are not listed")]


def _format_problems(book: Workbook, name: str) -> Iterator[Problem]:
    properties: Any = getattr(book, "custom_doc_props", ())  # openpyxl's type stubs do not know it
    for given in properties:
        if given.name == FORMAT_PROPERTY and str(given.value) != FORMAT:
            mend = "Use the version of Placeplan that wrote it, or export it again."
            yield Problem(Location(name), f"this workbook has the format {given.value}", f"format {FORMAT}", mend)


def _sheet_problems(book: Workbook, name: str) -> Iterator[Problem]:
    """Sheets that are missing, that are not known, or that were derived and no longer say so."""
    missing = [title for title in READ_SHEETS if not _is_worksheet(book, title)]
    for title in book.sheetnames:
        if title in READ_SHEETS or title in (READ_ME, LISTS) or title.startswith(NOTES):
            continue
        place = Location(located(name, title))
        if title.startswith(DERIVED):
            if not _is_worksheet(book, title) or book[title]["A1"].value != MARKER:
                mend = "Delete the sheet; it is written afresh on the next export."
                yield Problem(
                    place, "this derived sheet has been changed: cell A1 no longer says that it is derived", mend=mend
                )
        else:
            close = get_close_matches(title.lower(), missing, n=1)
            mend = (
                f"Did you mean {close[0]!r}?"
                if close
                else f"Delete it, or start its name with {NOTES!r} to keep notes of your own."
            )
            yield Problem(place, "this sheet is not part of a plan", "the sheets of an exported workbook", mend)
    for title in missing:
        mend = "Copy the sheet from a workbook that Placeplan exported; a table without rows keeps its headings."
        yield Problem(Location(located(name, title)), "this sheet is missing", f"a sheet called {title!r}", mend)


def _shape_problems(sheet: _Sheet) -> bool:
    """Note merged cells and a range that is too large; whether there was any."""
    worksheet, before = sheet.worksheet, len(sheet.problems)
    rows, columns = worksheet.max_row or 0, worksheet.max_column or 0
    if columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        message = f"this sheet reaches to cell {address_of(rows, columns)}"
        mend = "Delete the rows below and the columns beside the table, also where they look empty."
        sheet.problems.append(
            Problem(Location(sheet.file), message, f"at most {MOST_CELLS:,} cells in {MOST_COLUMNS} columns", mend)
        )
    for merged in sorted(worksheet.merged_cells.ranges, key=lambda merged: (merged.min_row, merged.min_col)):
        place = Location(sheet.file, merged.min_row, "", merged.min_col)
        sheet.problems.append(
            Problem(
                place,
                f"the cells {merged.coord} are merged",
                "one value in each cell",
                "Unmerge them and fill in each.",
            )
        )
    return len(sheet.problems) > before


def _grid(sheet: _Sheet, table: Table) -> Grid | None:
    """The texts of a table's sheet; nothing when its headings cannot be read."""
    headings = _headings(sheet)
    if headings is None:
        return None
    columns = {column.name: column for column in table.columns if not column.by_year}
    by_year = next((column for column in table.columns if column.by_year), None)
    of_heading = [columns.get(heading, by_year) for heading in headings]
    hints = [column_hint(column) if column else "" for column in of_heading]
    kinds = [column.kind if column else CELLS for column in of_heading]
    records = list(
        _records(
            sheet, headings, hints=hints, kind_of=lambda position, _: kinds[position] if position < len(kinds) else None
        )
    )
    return Grid(sheet.file, HEADING_ROW, headings, records)


def _headings(sheet: _Sheet) -> tuple[str, ...] | None:
    first = next(sheet.worksheet.iter_rows(max_row=HEADING_ROW), ())
    found = [text_of_cell(cell) for cell in first]
    headings = []
    for ordinal, text in enumerate(found, start=1):
        if isinstance(text, CellRefusal):
            sheet.problems.append(
                text.problem(Location(sheet.file, HEADING_ROW, "", ordinal), address_of(HEADING_ROW, ordinal))
            )
            return None
        headings.append(text.strip())
    while headings and not headings[-1]:
        headings.pop()
    if not headings:
        mend = "Copy the headings from a workbook that Placeplan exported."
        sheet.problems.append(
            Problem(Location(sheet.file, HEADING_ROW), "this sheet has no headings", "headings in its first row", mend)
        )
        return None
    return tuple(headings)


def _records(
    sheet: _Sheet, headings: tuple[str, ...], *, hints: list[str], kind_of: KindOf
) -> Iterator[tuple[int, list[str]]]:
    """Row number and texts of the rows that hold anything; a row with a cell that cannot be read is left out."""
    width = len(headings)
    for number, cells in enumerate(sheet.worksheet.iter_rows(min_row=HEADING_ROW + 1), start=HEADING_ROW + 1):
        texts: list[str] = []
        before = len(sheet.problems)
        for position, cell in enumerate(cells):
            text = text_of_cell(cell, kind_of(position, texts))
            if isinstance(text, CellRefusal):
                heading = headings[position] if position < width else ""
                place = Place(sheet.file, number, headings).at(heading)
                sheet.problems.append(text.problem(place, address_of(number, position + 1)))
                text = ""
            texts.append(text)
        while len(texts) > width and not texts[-1].strip():
            texts.pop()
        if len(sheet.problems) == before and any(text.strip() for text in texts) and texts != hints:
            yield number, texts + [""] * (width - len(texts))


def _listed(sheet: _Sheet | None, wanted: tuple[str, ...], *, kind_of: KindOf = lambda *_: None) -> list[Row]:
    """The rows of a sheet whose headings are fixed."""
    if sheet is None:
        return []
    headings = _headings(sheet)
    if headings is None:
        return []
    if headings != wanted:
        place = Location(sheet.file, HEADING_ROW)
        sheet.problems.append(
            Problem(place, f"the headings are {', '.join(headings)[:200]}", f"the headings {', '.join(wanted)}")
        )
        return []
    hints = [HINTS[heading] for heading in wanted]
    rows: list[Row] = []
    for number, texts in _records(sheet, wanted, hints=hints, kind_of=kind_of):
        if len(texts) > len(wanted):
            place = Location(sheet.file, number, "", len(texts))
            sheet.problems.append(
                Problem(
                    place, f"{address_of(number, len(texts))}: there is no heading above this cell", mend="Clear it."
                )
            )
        else:
            rows.append((number, texts))
    return rows


def _header(sheet: _Sheet | None) -> YamlDocument | None:
    if sheet is None:
        return None
    before = len(sheet.problems)
    rows = _listed(sheet, PLAN_HEADINGS, kind_of=_plan_kind)
    if not rows and len(sheet.problems) == before:
        sheet.problems.append(
            Problem(
                Location(sheet.file, HEADING_ROW), "nothing is filled in here", "the path and the value of each entry"
            )
        )
    return header_document(sheet.file, rows, problems=sheet.problems) if rows else None


def _plan_kind(position: int, texts: Sequence[str]) -> Kind | None:
    return DATE if position and texts[0].strip().rpartition(".")[2] in DATE_KEYS else None
