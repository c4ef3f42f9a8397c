"""Whatever is typed into a cell or a table, reading answers with a value or a located problem."""

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st
from tests.property.plan.valid_plans import characters, printed_numbers

from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.plan.cells import Amount, Link, Rate, Word, parse_cell
from placeplan.plan.grid import Grid, read_rows
from placeplan.plan.model import TABLES
from placeplan.plan.workbook_numbers import number_cell, printed
from placeplan.plan.workbook_text import from_cell, to_cell

numberish = st.text("0123456789.,-+()%£\u2212 ", max_size=12)
anything = st.one_of(numberish, st.text(max_size=50), printed_numbers(), printed_numbers(percent=True))
YEARS = (FinancialYear(2014), FinancialYear(2015))
SPACES = " \t\n\r\f\v"
MOST_CHARACTERS, MOST_DIGITS = 40, 20


def slowly_parsed(text: str) -> tuple[Decimal, Decimal, bool] | None:
    """Value, resolution and whether it is a percentage, read character by character."""
    digits = sum(character in "0123456789" for character in text)
    if len(text) > MOST_CHARACTERS or digits > MOST_DIGITS:
        return None
    rest = text
    brackets = rest.startswith("(")
    if brackets != rest.endswith(")"):
        return None
    rest = rest[1:-1].strip(SPACES) if brackets else rest
    percent = rest.endswith("%")
    rest = rest[:-1].rstrip(SPACES) if percent else rest
    minuses, rest = slowly_signed(rest)
    if minuses is None or minuses + brackets > 1:
        return None
    whole, point, fraction = rest.partition(".")
    if point and not (fraction and set(fraction) <= set("0123456789")):
        return None
    first, *groups = whole.split(",")
    if not whole or not set(whole) <= set("0123456789,") or not first:
        return None
    if groups and (len(first) > 3 or any(len(group) != 3 for group in groups)):
        return None
    value = Decimal(whole.replace(",", "") + (f".{fraction}" if fraction else ""))
    return -value if minuses or brackets else value, Decimal(1).scaleb(-len(fraction)), percent


def slowly_signed(text: str) -> tuple[int | None, str]:
    """How many minus signs stand before the number, and the number: sign, pound sign, minus, in this order."""
    minuses = 0
    if text[:1] in tuple("-+\u2212"):
        minuses += text[0] != "+"
        text = text[1:].lstrip(SPACES)
    if text.startswith("£"):
        text = text[1:].lstrip(SPACES)
    if text[:1] in tuple("-\u2212"):
        minuses += 1
        text = text[1:]
    return (minuses, text) if minuses <= 1 else (None, text)


@given(text=anything)
def test_printed_numbers_are_read_as_slowly_by_hand(text: str) -> None:
    text = text.strip()
    read = parse_printed(text)
    slow = slowly_parsed(text)
    assert (None if read is None else (read.value, read.resolution, read.percent)) == slow


@given(text=st.one_of(anything, st.sampled_from([*Word, "@finance.a", "-@finance.a.b"])))
def test_a_cell_is_read_or_refused_and_printed_as_it_stood(text: str) -> None:
    cell = parse_cell(text)
    assert cell is None or isinstance(cell, Amount | Rate | Link | Word)
    if cell is not None:
        assert str(cell) == (text.lower() if isinstance(cell, Word) else text)


@given(table=st.sampled_from(TABLES), data=st.data())
def test_a_grid_of_any_texts_gives_rows_or_located_problems(table: object, data: st.DataObject) -> None:
    table = data.draw(st.sampled_from(TABLES))
    headings = table.headings(YEARS)
    rows = data.draw(st.lists(st.lists(anything, min_size=len(headings) - 1, max_size=len(headings) + 1), max_size=3))
    read, problems = read_rows(table, Grid(table.path, 1, headings, list(enumerate(rows, start=2))), plan_years=YEARS)
    assert len(read) == len(rows) or problems
    assert all(problem.location.file == table.path and problem.location.line for problem in problems)


@given(headings=st.lists(st.one_of(st.text(max_size=8), st.sampled_from(["service", "line", "2014-15", "2015-16"]))))
def test_any_headings_are_taken_or_refused(headings: list[str]) -> None:
    for table in TABLES:
        _, problems = read_rows(table, Grid(table.path, 1, tuple(headings), []), plan_years=YEARS)
        assert all(problem.location.line == 1 for problem in problems)


@given(text=anything)
def test_a_number_in_a_worksheet_reads_back_as_it_was_printed(text: str) -> None:
    cell = number_cell(text)
    if cell is not None:
        assert printed(cell.value, cell.number_format) == text


@given(value=st.floats(allow_nan=False, allow_infinity=False), shape=st.text('#0,.%;()_-*$ "[]£', max_size=14))
def test_any_number_and_format_give_a_text(value: float, shape: str) -> None:
    text = printed(value, shape)
    assert re.search(r"\d", text)
    read = parse_printed(text)
    assert read is None or isinstance(read, PrintedNumber)


@given(text=st.text(characters))
def test_the_escape_of_a_worksheet_is_undone(text: str) -> None:
    assert from_cell(to_cell(text)) == text
