"""Journeys of planners in a real browser: each is what somebody does, from signing in to what they see."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect
from tests.functional.web.browsing import SignIn, accessible, cell, fits, kept, open_section, type_in
from tests.functional.web.conftest import Workspace

from placeplan.web.chapters.views import TITLES
from placeplan.web.planning import selectors

LINES, ABOUT = "finance/lines.csv", "narrative/01-about.md"


def test_a_planner_types_a_wrong_number_sees_why_and_mends_it(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("planner")
    open_section(page, LINES)
    type_in(page, "2014-15", row=0, text="about a thousand")
    kept(page)
    expect(page.locator("[data-found]")).to_contain_text("about a thousand")
    expect(cell(page, "2014-15", 0)).to_have_class(re.compile("has-error"))
    type_in(page, "2014-15", row=0, text="1,010")
    expect(page.locator("[data-found]")).not_to_contain_text("about a thousand", timeout=10_000)
    page.goto("/plans/small-place/publish/")
    page.get_by_label("What changed").fill("A better outturn")
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_text("Published as revision 2.")).to_be_visible()
    assert '"1,010"' in selectors.texts_of_revision(selectors.latest_revision(place.plan))[LINES]


def test_cells_are_pasted_from_a_spreadsheet(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("planner")
    open_section(page, LINES)
    cell(page, "2014-15", 0).click()
    page.evaluate(
        """() => {
            const data = new DataTransfer();
            data.setData("text/plain", "1,020\\t\\n2.5%\\t2.5%");
            document.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true }));
        }"""
    )
    kept(page)
    text = place.drafted(LINES)
    assert '"1,020"' in text
    assert "2.5%,2.5%" in text


def test_a_second_window_does_not_write_over_the_first(sign_in: SignIn, place: Workspace) -> None:
    first = sign_in("planner")
    open_section(first, LINES)
    second = first.context.new_page()
    open_section(second, LINES)
    type_in(first, "2014-15", row=0, text="1,001")
    kept(first)
    type_in(second, "2014-15", row=0, text="1,002")
    expect(second.get_by_role("heading", name="Changed in another window")).to_be_visible(timeout=10_000)
    second.get_by_role("button", name="Keep what is in this window").click()
    kept(second)
    assert '"1,002"' in place.drafted(LINES)


def test_what_two_windows_wrote_in_different_paragraphs_is_kept_together(sign_in: SignIn, place: Workspace) -> None:
    first = sign_in("planner")
    second = first.context.new_page()
    for window in (first, second):
        window.goto(f"/plans/small-place/sections/{ABOUT}")
    first.get_by_label("Text in Markdown").press("Control+End")
    first.keyboard.type("It grows.")
    kept(first)
    second.get_by_label("Text in Markdown").press("Control+Home")
    second.keyboard.press("End")
    second.keyboard.type(" this place")
    expect(second.get_by_role("heading", name="Changed in another window")).to_be_visible(timeout=10_000)
    second.get_by_role("button", name="Keep both").click()
    kept(second)
    assert place.drafted(ABOUT) == "# About this place\n\nA small place.\nIt grows.\n"


def test_what_two_people_changed_is_offered_and_not_lost(sign_in: SignIn, place: Workspace) -> None:
    planner, finance = sign_in("planner"), sign_in("finance")
    for page, rate in ((planner, "3.0%"), (finance, "2.5%")):
        open_section(page, LINES)
        type_in(page, "2014-15", row=1, text=rate)
        kept(page)
    for page in (planner, finance):
        page.goto("/plans/small-place/publish/")
        page.get_by_label("What changed").fill("Growth")
        page.get_by_role("button", name="Publish").click()
    expect(planner.get_by_text("Published as revision 2.")).to_be_visible()
    expect(finance.get_by_role("heading", name="Changed by two people")).to_be_visible()
    expect(finance.get_by_role("cell", name="3.0%")).to_be_visible()
    finance.get_by_label("Mine stands").check()
    finance.get_by_role("button", name="Bring my draft up to date").click()
    expect(finance.get_by_text("Your draft now stands on the latest revision.")).to_be_visible()


def test_a_board_signs_in_its_order_and_a_late_change_reopens(sign_in: SignIn, place: Workspace) -> None:
    planner, member = sign_in("planner"), sign_in("board-member")
    planner.goto("/plans/small-place/signing/")
    planner.get_by_role("button", name="Put revision 1 forward").click()
    for body in ("Finance committee", "Governing body"):
        member.goto("/plans/small-place/signing/")
        member.get_by_label("For", exact=True).select_option(body)
        member.get_by_label("Approved", exact=True).check()
        member.get_by_role("button", name="Sign", exact=True).click()
    expect(member.get_by_text("Signed by every body")).to_be_visible()
    open_section(planner, LINES)
    type_in(planner, "2014-15", row=0, text="1,001")
    kept(planner)
    planner.goto("/plans/small-place/publish/")
    planner.get_by_label("What changed").fill("Late")
    planner.get_by_role("button", name="Publish").click()
    planner.goto("/plans/small-place/signing/")
    expect(planner.get_by_text("changed since: finance/lines.csv").first).to_be_visible()


def test_a_regional_assurer_raises_a_query_that_the_planner_answers(sign_in: SignIn, place: Workspace) -> None:
    assurer, planner = sign_in("regional-assurer", of="region"), sign_in("planner")
    assurer.goto("/plans/small-place/discussion/?about=finance.community.2014-15.total-resources")
    assurer.get_by_label("What", exact=True).fill("What does growth rest on?")
    assurer.get_by_role("button", name="Raise an assurance query").click()
    planner.goto("/plans/small-place/discussion/")
    planner.get_by_label("Answer to").fill("On projections.")
    planner.get_by_role("button", name="Answer").click()
    assurer.reload()
    expect(assurer.get_by_text("On projections.")).to_be_visible()
    assurer.get_by_role("button", name="Close").click()
    expect(assurer.get_by_text("Closed by")).to_be_visible()


CHAPTERS = tuple(f"{name}/" for name in TITLES)
PAGES = (
    "",
    *CHAPTERS,
    "figures/",
    "history/",
    "discussion/",
    "signing/",
    "documents/",
    "sections/plan.yaml",
    f"sections/{LINES}",
)


def test_pages_of_a_small_plan_are_accessible_and_fit_a_narrow_screen(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("planner")
    for rest in PAGES:
        page.goto(f"/plans/small-place/{rest}")
        accessible(page, rest)
        fits(page, rest)


@pytest.mark.parametrize(
    ("role", "of", "address"),
    [
        ("planner", "own", "/bring-in/"),
        ("planner", "own", "/plans/small-place/workbook/"),
        ("planner", "own", "/plans/small-place/sharing/"),
        ("planner", "own", "/tokens/"),
        ("administrator", "own", "/people/"),
        ("auditor", "own", "/record/"),
        ("regional-assurer", "region", "/places/?plan=small-place&plan=small-place"),
    ],
)
def test_pages_of_organisations_are_accessible_and_fit(
    sign_in: Callable[..., Page], role: str, of: str, address: str
) -> None:
    page = sign_in(role, of=of)
    page.goto(address)
    accessible(page, address)
    fits(page, address)
