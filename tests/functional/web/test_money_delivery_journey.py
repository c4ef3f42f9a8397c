"""A month of savings is reported in a real browser, by keyboard alone, and read in light and dark."""

import pytest
from playwright.sync_api import expect
from tests.functional.web.browsing import SignIn, accessible, fits, picture
from tests.functional.web.conftest import Workspace

from placeplan.app.demonstration import EXAMPLES
from placeplan.app.plan_texts import texts_of_folder
from placeplan.web.planning import selectors
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.models import Plan

SWALE = "swale-2016"
DELIVERY = f"/plans/{SWALE}/money/delivery/"
SCHEMES = ("urgent-care", "medicines-optimisation", "planned-care", "integrated", "continuing-care", "primary-care")


@pytest.fixture
def swale(place: Workspace) -> Plan:
    """The bundled plan of Swale, in the workspace."""
    texts = texts_of_folder(EXAMPLES / SWALE)
    return bring_in_plan(actor=None, organisation=place.own, texts=texts, message="As printed")


def test_a_finance_lead_reports_a_month_by_keyboard_and_publishes_it(sign_in: SignIn, swale: Plan) -> None:
    page = sign_in("finance")
    page.goto(DELIVERY)
    page.locator("#gross--urgent-care").focus()
    for scheme in (*SCHEMES, "other"):
        assert page.evaluate("document.activeElement.id") == f"gross--{scheme}"
        page.keyboard.type("sixty" if scheme == "urgent-care" else "12.5")
        for _ in range(5):
            page.keyboard.press("Tab")
    page.keyboard.press("Enter")  # on the button, after the last note
    expect(page.get_by_role("alert")).to_contain_text("“sixty” cannot be read")
    accessible(page, "money-delivery-wrong")
    page.get_by_role("link", name="“sixty” cannot be read").press("Enter")
    assert page.evaluate("document.activeElement.id") == "gross--urgent-care"
    page.keyboard.press("Control+A")
    page.keyboard.type("60.0")
    page.keyboard.press("Enter")
    expect(page.get_by_text("April 2016 is in your draft: schemes reported: 7.")).to_be_visible()
    summary = page.locator("#delivery-summary-2016-17").get_by_role("row", name="Swale CCG")
    expect(summary).to_contain_text("135")
    accessible(page, "money-delivery")
    picture(page, "money-delivery")
    fits(page, "money-delivery")
    page.goto(f"/plans/{SWALE}/publish/")
    page.get_by_label("What changed").fill("April is reported")
    page.get_by_role("button", name="Publish").click()
    texts = selectors.texts_of_revision(selectors.latest_revision(swale))
    assert texts["finance/savings_delivered.csv"].splitlines()[1] == "urgent-care,swale,2016-04,60.0,,,,,"
