"""Journeys of the real plan of Kent and Medway that comes with Placeplan, set up as the demonstration sets it up.

With ``PLACEPLAN_PICTURES`` naming a folder, pictures of the pages are kept there.
"""

import subprocess
import threading
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.functional.web.browsing import accessible, cell, kept, open_section, picture, stays_here, type_in

from placeplan.web.access.demonstration import DEMONSTRATED
from placeplan.web.access.models import Person
from placeplan.web.demonstration import set_up_demonstration
from placeplan.web.planning import selectors
from placeplan.web.planning.models import Plan
from placeplan.web.publishing.working import work

KENT = "kent-medway-2014"
LINES, SCHEMES, ALLOCATIONS = "finance/lines.csv", "finance/efficiency.csv", "finance/allocations.csv"
Open = Callable[[str], Page]
# What a spreadsheet puts on the clipboard: cells with tabs between them, and an empty last line.
FROM_A_SPREADSHEET = "\r\n".join(
    "\t".join(row)
    for row in [
        ("medicines", "primary-care", "2014-15", "Medicines optimisation", "", "3,056"),
        ("medicines", "primary-care", "2015-16", "Medicines optimisation", "", "1,900"),
        ("custody", "health-and-justice", "2014-15", "Custody health care", "", "815"),
        ("",),
    ]
)


@pytest.fixture
def kent(transactional_db: None) -> Plan:
    """The plan, in a workspace with somebody for each role."""
    set_up_demonstration(say=lambda words: None)
    plan = selectors.plan_named(KENT)
    assert plan is not None
    return plan


@pytest.fixture
def sign_in_as(browser: Browser, live_server: LiveServer, kent: Plan) -> Open:
    """Signs somebody of the demonstration in by keyboard, in a window of their own that may use the clipboard."""

    def signed_in(role: str) -> Page:
        context = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
        context.grant_permissions(["clipboard-read", "clipboard-write"])
        page = context.new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
        page.on("request", lambda request: stays_here(request.url, live_server.url))
        page.goto("/")
        page.get_by_label("Email address").fill(f"{role}@placeplan.example")
        page.get_by_label("Password").fill(DEMONSTRATED.password)
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Plans")).to_be_visible()
        return page

    return signed_in


def _draft(plan: Plan, role: str) -> dict[str, str]:
    person = Person.objects.get(email=f"{role}@placeplan.example")
    draft = selectors.draft_of(person, plan)
    assert draft is not None
    return selectors.texts_of_draft(draft)


def _publish(page: Page, message: str) -> None:
    page.goto(f"/plans/{KENT}/publish/")
    page.get_by_label("What changed").fill(message)
    page.get_by_role("button", name="Publish").click()


def test_a_planner_fixes_a_finding_by_pasting_from_a_spreadsheet_and_sees_it_clear(
    sign_in_as: Open, kent: Plan
) -> None:
    page = sign_in_as("planner")
    page.goto(f"/plans/{KENT}/")
    picture(page, "kent-1-plan")
    open_section(page, LINES, plan=KENT)
    found = page.locator("[data-found]")
    expect(found).to_contain_text("Primary care, 2014-15: the bridge counts on savings of £3,056k")
    picture(page, "kent-2-finding")
    open_section(page, SCHEMES, plan=KENT)
    cell(page, "scheme", 0).click()
    page.evaluate("text => navigator.clipboard.writeText(text)", FROM_A_SPREADSHEET)
    page.keyboard.press("Control+V")
    kept(page)
    expect(page.locator("[data-totals]")).to_contain_text("£3,056k")
    picture(page, "kent-3-pasted")
    accessible(page, "the grid of schemes")
    open_section(page, LINES, plan=KENT)
    expect(found).to_contain_text("Nothing is found here")
    picture(page, "kent-4-clear")
    _publish(page, "The schemes behind the savings")
    expect(page.get_by_text("Published as revision 2.")).to_be_visible()


def test_a_whole_journey_by_keyboard_alone(sign_in_as: Open, kent: Plan) -> None:
    page = sign_in_as("planner")
    page.get_by_role("link", name="Direct commissioning operational plan").first.press("Enter")
    page.get_by_role("link", name="Allocations", exact=True).first.press("Enter")
    expect(page.locator(".jss_worksheet")).to_be_visible()
    wrong = cell(page, "2014-15", 5)
    page.get_by_role("button", name="Next finding").focus()
    for _ in range(40):
        page.keyboard.press("Enter" if page.evaluate("document.activeElement.matches('button')") else "F8")
        if wrong.evaluate("cell => cell === document.activeElement"):
            break
    expect(wrong).to_be_focused()
    expect(page.locator("[data-bar-words]")).to_contain_text("brings forward a surplus of £209k")
    page.keyboard.type("0")
    page.keyboard.press("Enter")
    kept(page)
    expect(page.locator("[data-found]")).not_to_contain_text("brings forward a surplus of £209k")
    page.keyboard.press("Escape")
    page.goto(f"/plans/{KENT}/publish/")
    page.get_by_label("What changed").focus()
    page.keyboard.type("No surplus is brought forward into public health")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Published as revision 2.")).to_be_visible()
    assert (
        "public-health,Deficit carried forward,brought-forward,,0,,"
        in selectors.texts_of_revision(selectors.latest_revision(kent))[ALLOCATIONS]
    )


def test_a_conflicting_edit_of_a_second_person_is_offered_and_not_lost(sign_in_as: Open, kent: Plan) -> None:
    planner, finance = sign_in_as("planner"), sign_in_as("finance")
    for page, outturn in ((planner, "343,000"), (finance, "343,500")):
        open_section(page, LINES, plan=KENT)
        type_in(page, "2014-15", row=0, text=outturn)
        kept(page)
    type_in(finance, "2014-15", row=7, text="21,500")
    kept(finance)
    _publish(planner, "Outturn of primary care")
    expect(planner.get_by_text("Published as revision 2.")).to_be_visible()
    _publish(finance, "Outturns as the ledger has them")
    expect(finance.get_by_role("heading", name="Changed by two people")).to_be_visible()
    expect(finance.get_by_role("cell", name="343,000")).to_be_visible()
    expect(finance.get_by_role("cell", name="343,500")).to_be_visible()
    expect(finance.get_by_role("cell", name="21,500")).to_have_count(0)
    accessible(finance, "a conflict")
    picture(finance, "kent-5-conflict")
    finance.get_by_label("Theirs stands").check()
    finance.get_by_role("button", name="Bring my draft up to date").click()
    _publish(finance, "Outturn of secondary dental")
    expect(finance.get_by_text("Published as revision 3.")).to_be_visible()
    lines = selectors.texts_of_revision(selectors.latest_revision(kent))[LINES]
    assert '"343,000"' in lines
    assert '"21,500"' in lines


def test_the_published_document_has_the_new_number_and_says_who_published_it(
    sign_in_as: Open, kent: Plan, tmp_path: Path
) -> None:
    page = sign_in_as("finance")
    open_section(page, LINES, plan=KENT)
    type_in(page, "2014-15", row=0, text="344,222")
    kept(page)
    expect(page.locator("[data-totals]")).to_contain_text("£349,035k")
    expect(page.locator("[data-totals]")).to_contain_text("+£1,000k")
    _publish(page, "A later outturn of primary care")
    page.goto(f"/plans/{KENT}/documents/")
    page.get_by_role("row", name="PDF").get_by_role("button").click()
    work(stop=threading.Event(), until_empty=True)
    page.reload()
    picture(page, "kent-6-documents")
    with page.expect_download() as waiting:
        page.get_by_role("row", name="PDF").get_by_role("link").click()
    file = tmp_path / "plan.pdf"
    waiting.value.save_as(file)
    done = subprocess.run(["pdftotext", "-layout", str(file), "-"], capture_output=True, text=True, check=True)
    assert "349,035" in done.stdout
    assert "A later outturn of primary care" in done.stdout
    assert "Felix Finance" in done.stdout


def test_a_workbook_goes_out_is_changed_and_is_merged_with_what_was_typed_since(
    sign_in_as: Open, kent: Plan, tmp_path: Path
) -> None:
    page = sign_in_as("planner")
    page.goto(f"/plans/{KENT}/workbook/")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Take out the workbook").click()
    file = tmp_path / "plan.xlsx"
    waiting.value.save_as(file)
    open_section(page, LINES, plan=KENT)
    type_in(page, "2014-15", row=7, text="21,500")
    kept(page)
    book = load_workbook(file)
    for row in book["finance lines"].iter_rows():
        for each in row:
            if each.value == 343222:
                each.value = 344222
    book.save(file)
    page.goto(f"/plans/{KENT}/workbook/")
    page.get_by_label("Workbook, or archive of the folder").set_input_files(file)
    page.get_by_role("button", name="Put it into your draft").click()
    expect(page.get_by_text("Merged into your draft. Sections changed: 1.")).to_be_visible()
    expect(page.get_by_role("cell", name="344222", exact=True)).to_be_visible()
    expect(page.get_by_role("cell", name="21,500", exact=True)).to_be_visible()
    picture(page, "kent-7-difference")
    lines = _draft(kent, "planner")[LINES]
    assert "outturn,,,344222," in lines
    assert 'outturn,,,"21,500",' in lines
