"""Journeys through money in a real browser, and its pages in light and dark, narrow, and by keyboard alone."""

import re

import pytest
from playwright.sync_api import Page, Route, expect
from tests.functional.web.browsing import SignIn, accessible, fits, picture, tab_to
from tests.functional.web.conftest import Workspace

from placeplan.app.demonstration import EXAMPLES
from placeplan.app.plan_texts import texts_of_folder
from placeplan.web.planning import selectors
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.models import Plan

KENT = "kent-medway-2014"
MONEY = f"/plans/{KENT}/money/"
PUBLIC_HEALTH = "?service=public-health&year=2014-15"
PAGES = {
    "money": PUBLIC_HEALTH,
    "money-requirement": f"requirement/{PUBLIC_HEALTH}",
    "money-requirement-wrong": f"requirement/{PUBLIC_HEALTH}&solve=1&wish=rate&value=x&split=choice&share-new-1=5",
    "money-requirement-met": "requirement/?service=primary-care&year=2014-15&solve=1",
    "money-scenarios": f"scenarios/{PUBLIC_HEALTH}",
    "money-claims": "claims/",
    "money-claims-none": "claims/?count=1",
    "money-sensitivity": f"sensitivity/{PUBLIC_HEALTH}",
    "money-sensitivity-wrong": f"sensitivity/{PUBLIC_HEALTH}&by=x",
}


@pytest.fixture
def kent(place: Workspace) -> Plan:
    """The bundled plan of Kent and Medway, in the workspace."""
    texts = texts_of_folder(EXAMPLES / KENT)
    return bring_in_plan(actor=None, organisation=place.own, texts=texts, message="As printed")


def answer(page: Page) -> "object":
    return page.locator("[data-answer]")


def test_a_finance_lead_solves_the_savings_requirement(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    page.goto(MONEY)
    page.get_by_label("Service", exact=True).select_option("Public health")
    page.get_by_role("button", name="Show").click()
    expect(page.get_by_role("row", name=re.compile("^Surplus")).get_by_text("missed")).to_be_visible()
    page.get_by_role("link", name="What must be saved to meet them").click()
    expect(answer(page)).to_have_text("£2,700k")
    page.get_by_label("Investment, in per cent").fill("10")
    expect(page.locator(".answer").get_by_text("£3,000k gross, with an investment of £300k")).to_be_visible()
    page.get_by_label("For the rules: plan contingency").uncheck()
    expect(answer(page)).to_have_text("£2,443k")
    page.get_by_label("For the rules: plan contingency").check()
    page.get_by_label("Title of the new scheme").fill("Screening in fewer places")
    expect(page.get_by_role("row", name=re.compile("^Screening in fewer places scheme"))).to_be_visible()
    page.get_by_role("button", name="Put it into my draft").click()
    expect(page.get_by_text("The saving is in your draft.")).to_be_visible()
    expect(page.get_by_text("no saving is needed")).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Surplus")).get_by_text("met", exact=True)).to_be_visible()
    expect(page.get_by_role("row", name=re.compile("^Contingency")).get_by_text("met", exact=True)).to_be_visible()
    picture(page, "money-requirement-in-draft")
    page.goto(f"/plans/{KENT}/publish/")
    page.get_by_label("What changed").fill("Public health balances")
    page.get_by_role("button", name="Publish").click()
    texts = selectors.texts_of_revision(selectors.latest_revision(kent))
    assert (
        "screening-in-fewer-places,public-health,2014-15,Screening in fewer places,,3000,300,"
        in (texts["finance/efficiency.csv"])
    )


def test_a_claim_is_counted_for_a_moment_and_kept_by_keyboard(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    page.goto(f"{MONEY}claims/")
    counted = page.locator("#claims-counted-table")
    expect(counted.get_by_text("Health and justice, 2014-15: in-year position")).to_be_visible()
    page.get_by_label("Services in immigration removal centres").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Enter")
    expect(counted.get_by_text("Health and justice, 2014-15: in-year position")).to_have_count(0)
    expect(counted.get_by_text("Public health, 2015-16: cumulative position")).to_be_visible()
    page.get_by_label("Title").focus()
    page.keyboard.type("The drugs are paid for")
    page.keyboard.press("Enter")
    expect(page.get_by_text("“The drugs are paid for” is in your draft.")).to_be_visible()
    expect(page.get_by_role("checkbox", name="The drugs are paid for")).to_be_checked()


def test_an_answer_that_comes_late_leaves_the_focus_where_it_is(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    page.goto(f"{MONEY}requirement/{PUBLIC_HEALTH}")
    late: list[Route] = []
    page.get_by_label("Investment, in per cent").focus()
    with page.expect_request("**/requirement/?*investment=10*"):
        page.route("**/requirement/?*investment=10*", lambda route: late.append(route))
        page.keyboard.type("10")
    tab_to(page, "Put it into my draft")
    late[0].continue_()
    expect(page.locator(".answer").get_by_text("£3,000k gross")).to_be_visible()
    expect(page.get_by_role("button", name="Put it into my draft")).to_be_focused()
    assert len(late) == 1, "leaving the field asks for nothing more"


def test_the_requirement_is_solved_by_keyboard_alone(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    page.goto(f"{MONEY}requirement/{PUBLIC_HEALTH}")
    page.get_by_label("Position to reach").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Tab")
    page.keyboard.type("1000")
    expect(answer(page)).to_have_text("£3,443k")
    tab_to(page, "Put it into my draft")
    page.keyboard.press("Enter")
    expect(page.get_by_text("The saving is in your draft.")).to_be_visible()


def test_the_requirement_is_solved_without_scripts(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    bare = page.context.browser.new_context(  # type: ignore[union-attr]  # a page that is open has a browser
        base_url=page.url.partition("/plans")[0], storage_state=page.context.storage_state(), java_script_enabled=False
    ).new_page()
    bare.goto(f"{MONEY}requirement/{PUBLIC_HEALTH}")
    bare.get_by_label("Investment, in per cent").fill("10")
    bare.get_by_role("button", name="Work it out").click()
    expect(bare.get_by_text("£3,000k gross, with an investment of £300k")).to_be_visible()
    bare.get_by_role("button", name="Put it into my draft").click()
    expect(bare.get_by_text("The saving is in your draft.")).to_be_visible()


def test_what_is_wrong_is_said_while_somebody_types(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    page.goto(f"{MONEY}requirement/{PUBLIC_HEALTH}")
    page.get_by_label("Investment, in per cent").fill("a bit")
    expect(page.get_by_role("link", name=re.compile("enter a number such as 1.5"))).to_be_visible()
    expect(page.get_by_role("status")).to_contain_text("enter a number such as 1.5")
    page.get_by_label("Investment, in per cent").fill("")
    expect(answer(page)).to_have_text("£2,700k")
    expect(page.get_by_role("status")).to_have_text("£2,700k net, saved in 2014-15, that goes on")


def test_a_scenario_is_made_and_compared(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    page.goto(f"{MONEY}scenarios/{PUBLIC_HEALTH}")
    page.get_by_label("Title").fill("Prices rise more")
    page.get_by_label("Assumption 1").select_option(label="Inflation uplifts (price inflation), 2014-15: 908")
    page.get_by_label("is to be").first.fill("1,000")
    page.get_by_role("button", name="Make it in my draft").click()
    expect(page.get_by_text("“Prices rise more” is in your draft.")).to_be_visible()
    row = page.locator("#scenario-bridge-2014-15").get_by_role("row", name=re.compile("^Cumulative position -"))
    expect(row).to_contain_text("-92")


def test_pages_of_money_are_accessible_and_fit_a_narrow_screen(sign_in: SignIn, kent: Plan) -> None:
    page = sign_in("finance")
    for name, rest in PAGES.items():
        page.goto(f"{MONEY}{rest}")
        accessible(page, name)
        picture(page, name)
        fits(page, name)


def test_a_wrong_rate_is_said_accessibly(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("finance")
    page.goto("/plans/small-place/money/requirement/?solve=1&wish=rate&value=x")
    accessible(page, "a wrong rate")
