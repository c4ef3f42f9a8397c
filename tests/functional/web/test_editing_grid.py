"""The grid of a table in a real browser: with a spreadsheet's keys alone, and with words for every finding."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.functional.web.browsing import LINES, SignIn, accessible, cell, fits, kept, open_section, picture, type_in
from tests.functional.web.conftest import Workspace


@pytest.fixture
def grid(sign_in: SignIn) -> Page:
    """The grid of the bridge lines before a planner, with the first amount chosen and leave to use the clipboard."""
    page = sign_in("planner")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_section(page, LINES)
    cell(page, "2014-15", 0).click()
    return page


def _copy(page: Page, text: str) -> None:
    page.evaluate("text => navigator.clipboard.writeText(text)", text)


def test_a_range_of_a_spreadsheet_is_pasted_with_the_keyboard(grid: Page, place: Workspace) -> None:
    _copy(grid, "1,020\t\r\n2.5%\t-@finance.community.2014-15.total\r\n")
    grid.keyboard.press("Control+V")
    kept(grid)
    assert 'Last year,outturn,,,"1,020",,,' in place.drafted(LINES)
    assert "Growth,demographic-growth,,,2.5%,-@finance.community.2014-15.total,," in place.drafted(LINES)
    assert len(place.drafted(LINES).splitlines()) == 3, "the last line of the clipboard is empty and makes no row"


def test_more_rows_than_there_are_make_rows_and_no_column(grid: Page, place: Workspace) -> None:
    rows = [f"community\t\tLine {number}\tinvestment\t\t\t{number}\t{number}\t\ttyped\ttoo wide" for number in range(4)]
    cell(grid, "service", 1).click()
    _copy(grid, "\n".join(rows))
    grid.keyboard.press("Control+V")
    kept(grid)
    assert len(place.drafted(LINES).splitlines()) == 6
    assert "too wide" not in place.drafted(LINES)
    assert "community,,Line 3,investment,,,3,3,,typed" in place.drafted(LINES)


def test_filling_down_undo_and_redo(grid: Page, place: Workspace) -> None:
    cell(grid, "source", 0).click()
    grid.keyboard.type("Ledger")
    grid.keyboard.press("Enter")
    grid.keyboard.press("ArrowUp")
    grid.keyboard.press("Shift+ArrowDown")
    grid.keyboard.press("Control+d")
    kept(grid)
    assert place.drafted(LINES).count("Ledger") == 2
    grid.keyboard.press("Control+z")
    expect(cell(grid, "source", 1)).to_have_text("")
    grid.keyboard.press("Control+y")
    expect(cell(grid, "source", 1)).to_have_text("Ledger")
    grid.keyboard.press("Control+z")
    expect(grid.get_by_role("status")).to_have_text(re.compile("Not kept yet"))
    kept(grid)
    assert place.drafted(LINES).count("Ledger") == 1


def test_rows_are_added_and_deleted_and_their_findings_stay_with_them(grid: Page, place: Workspace) -> None:
    type_in(grid, "2014-15", row=1, text="much")
    kept(grid)
    cell(grid, "service", 0).click()
    grid.keyboard.press("Alt+Insert")
    expect(cell(grid, "2014-15", 2)).to_have_text("much")
    grid.keyboard.type("community")
    grid.keyboard.press("Tab")
    expect(grid.get_by_role("status")).to_have_text(re.compile("Not kept yet"))
    kept(grid)
    expect(cell(grid, "2014-15", 2)).to_have_class(re.compile("has-error"))
    expect(cell(grid, "2014-15", 1)).not_to_have_class(re.compile("has-error"))
    cell(grid, "service", 1).click()
    grid.keyboard.press("Alt+Delete")
    expect(cell(grid, "2014-15", 1)).to_have_text("much")
    expect(grid.get_by_role("status")).to_have_text(re.compile("Not kept yet"))
    kept(grid)
    assert len(place.drafted(LINES).splitlines()) == 3


def test_a_finding_is_read_at_its_cell_and_reached_by_a_key(grid: Page) -> None:
    type_in(grid, "2015-16", row=1, text="some per cent")
    kept(grid)
    cell(grid, "service", 0).click()
    grid.keyboard.press("F8")
    wrong = cell(grid, "2015-16", 1)
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(wrong).to_have_accessible_description(re.compile("'some per cent' cannot be read"))
    grid.get_by_role("button", name="Go to line 3").first.click()
    expect(wrong).to_be_focused()
    accessible(grid, "a grid with an error")
    picture(grid, "grid-with-an-error")


def test_nobody_is_caught_in_the_grid(grid: Page) -> None:
    grid.keyboard.press("Escape")
    grid.keyboard.press("Tab")
    expect(grid.get_by_role("link", name="This row as a form")).to_be_focused()
    grid.keyboard.press("Shift+Tab")
    expect(cell(grid, "2014-15", 0)).to_be_focused()
    grid.keyboard.press("ArrowDown")
    expect(cell(grid, "2014-15", 1)).to_be_focused()


def test_the_tools_do_what_the_keys_do(grid: Page, place: Workspace) -> None:
    grid.get_by_role("button", name="Add row below").press("Enter")
    expect(grid.locator(".jss_worksheet > tbody > tr")).to_have_count(3)
    expect(cell(grid, "service", 1)).to_be_focused()
    grid.get_by_role("button", name="Undo").press("Space")
    expect(grid.locator(".jss_worksheet > tbody > tr")).to_have_count(2)
    kept(grid)


def test_totals_move_while_somebody_types_and_lead_to_their_derivation(grid: Page) -> None:
    totals = grid.locator("[data-totals]")
    expect(totals).to_contain_text("£1,020k")
    type_in(grid, "2014-15", row=0, text="1,100")
    kept(grid)
    expect(totals.get_by_role("link", name="£1,122k").first).to_be_visible()
    expect(totals).to_contain_text("+£102k")
    picture(grid, "grid-with-totals")
    totals.get_by_role("link", name="£1,122k").first.click()
    expect(grid.get_by_role("heading", name=re.compile("planned spend, 2014-15"))).to_be_visible()


def test_a_day_of_a_spreadsheet_is_read_as_england_writes_it(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("planner")
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    open_section(page, "registers/contracts.csv")
    cell(page, "contract", 0).click()
    _copy(page, "surgery\tA surgery\tDr A\tPMS\tTown\t\t01/04/2015\t\t\t\t\t\tregister")
    page.keyboard.press("Control+V")
    kept(page)
    assert "surgery,A surgery,Dr A,PMS,Town,,2015-04-01,,,,,,register" in place.drafted("registers/contracts.csv")


def test_a_choice_is_made_by_the_keyboard(grid: Page, place: Workspace) -> None:
    cell(grid, "recurrent", 0).click()
    grid.keyboard.press("F2")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("ArrowDown")
    grid.keyboard.press("Enter")
    kept(grid)
    assert re.search(r"Last year,outturn,(yes|no),", place.drafted(LINES))


def test_a_grid_works_on_a_narrow_screen(grid: Page, place: Workspace) -> None:
    fits(grid, "a grid")
    grid.set_viewport_size({"width": 360, "height": 740})
    type_in(grid, "2014-15", row=0, text="1,050")
    kept(grid)
    assert '"1,050"' in place.drafted(LINES)
    picture(grid, "grid-narrow")


def test_who_may_only_read_can_change_nothing(sign_in: SignIn) -> None:
    page = sign_in("clinician")
    open_section(page, LINES)
    expect(page.get_by_role("toolbar")).to_have_count(0)
    cell(page, "2014-15", 0).dblclick()
    page.keyboard.type("9")
    expect(cell(page, "2014-15", 0)).to_have_text("1,000")
