"""The care model in a real browser: sliders moved with the keyboard, kept, and read on every screen."""

import re

import pytest
from playwright.sync_api import Page, expect
from tests.functional.web.browsing import SignIn, accessible, fits, picture
from tests.functional.web.care_workspace import SLUG, with_care_plan
from tests.functional.web.conftest import Workspace

from placeplan.app.plan_texts import read_texts
from placeplan.plan.model import Plan as ReadPlan
from placeplan.web.planning.models import Plan
from placeplan.web.planning.selectors import draft_of, texts_of_draft

PAGE = f"/plans/{SLUG}/care/"
STATUS = "[data-desk] > [role=status]"
SOON = 30_000


@pytest.fixture(autouse=True)
def without_a_data_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


@pytest.fixture
def plan(place: Workspace) -> Plan:
    return with_care_plan(place)


def _said(page: Page, words: str) -> None:
    expect(page.locator(STATUS)).to_contain_text(re.compile(words), timeout=SOON)


def _drafted(place: Workspace, plan: Plan) -> ReadPlan:
    draft = draft_of(place.own.memberships.get(role="planner").person, plan)
    assert draft is not None
    return read_texts(texts_of_draft(draft))


def test_a_clinician_moves_a_slider_with_the_keyboard_and_sees_net_benefit_change(sign_in: SignIn, plan: Plan) -> None:
    page = sign_in("clinician")
    page.goto(PAGE)
    net = page.locator(".answer-of").first
    before = net.inner_text()
    reach = page.get_by_role("group", name="Rapid response", exact=True).get_by_role("slider", name="Reach")
    reach.focus()
    for _ in range(4):
        page.keyboard.press("ArrowLeft")
    _said(page, "less than in the plan")
    assert net.inner_text() != before
    expect(net).to_have_class(re.compile("is-worse"))
    assert reach.get_attribute("aria-valuetext") == "80% of the plan"
    expect(page.get_by_text("4,000 of 10,000 people (40% of each segment)")).to_be_visible()
    expect(page.get_by_role("img", name=re.compile("Waterfall of 2018-19"))).to_be_visible()
    page.keyboard.press("Home")
    expect(page.get_by_text("0 of 10,000 people (0% of each segment)")).to_be_visible(timeout=SOON)
    page.keyboard.press("End")
    _said(page, "more than in the plan")
    expect(page.get_by_role("button", name="Put into my draft")).to_have_count(0)


def test_a_number_is_typed_and_the_address_is_a_link_for_a_colleague(sign_in: SignIn, plan: Plan) -> None:
    page, colleague = sign_in("clinician"), sign_in("finance")
    page.goto(PAGE)
    page.get_by_label("Ramp of Rapid response, months later").fill("6")
    page.keyboard.press("Tab")
    page.get_by_role("radio", name="at marginal cost").check()
    expect(page).to_have_url(re.compile("delay.rapid-response=6.*worth=marginal"), timeout=SOON)
    told = page.locator(STATUS).inner_text()
    colleague.goto(page.get_by_role("link", name="Link to these sliders").get_attribute("href") or "")
    expect(
        colleague.get_by_role("group", name="Rapid response", exact=True).get_by_label("Ramp", exact=True)
    ).to_have_value("6")
    expect(colleague.get_by_role("radio", name="at marginal cost")).to_be_checked()
    assert colleague.locator(".answer-of b").first.inner_text() in told
    assert "delay.rapid-response=6" in page.url


def test_a_number_past_the_end_is_brought_back(sign_in: SignIn, plan: Plan) -> None:
    page = sign_in("clinician")
    page.goto(PAGE)
    typed = page.get_by_label("Reach of Rapid response, % of the plan")
    typed.fill("5000")
    page.keyboard.press("Tab")
    expect(typed).to_have_value("200")
    _said(page, "more than in the plan")


def test_a_planner_puts_sliders_into_the_draft_and_sees_what_is_found(
    sign_in: SignIn, place: Workspace, plan: Plan
) -> None:
    page = sign_in("planner")
    page.goto(PAGE)
    page.get_by_role("group", name="Discharge and reablement").get_by_role("slider", name="Effect").focus()
    for _ in range(6):
        page.keyboard.press("ArrowRight")
    _said(page, "more than in the plan")
    told = page.locator(STATUS).inner_text().partition(", ")[0]
    page.get_by_role("button", name="Put into my draft").click()
    expect(page.get_by_text("Written into your draft: care/effects.csv.")).to_be_visible()
    assert page.locator(".answer-of b").first.inner_text() in told
    expect(page.locator("[data-findings]").get_by_text("above").first).to_be_visible()
    assert str(_drafted(place, plan).care_effects[-1].share) == "19.5%"


def test_a_planner_keeps_a_scenario(sign_in: SignIn, place: Workspace, plan: Plan) -> None:
    page = sign_in("planner")
    page.goto(PAGE)
    page.get_by_role("group", name="Rapid response", exact=True).get_by_role("slider", name="Ramp").focus()
    page.keyboard.press("ArrowRight")
    _said(page, "less than in the plan")
    page.get_by_label("Title of the scenario").fill("Three months late")
    page.get_by_role("button", name="Keep as a scenario").click()
    expect(page.get_by_text("Kept as a scenario in your draft: scenarios/three-months-late.yaml.")).to_be_visible()
    assert [each.title for each in _drafted(place, plan).scenarios] == ["Three months late"]


def test_all_sliders_go_back_to_the_plan(sign_in: SignIn, plan: Plan) -> None:
    page = sign_in("clinician")
    page.goto(f"{PAGE}?reach.rapid-response=20&delay.reablement=12")
    page.get_by_role("link", name="All as in the plan").click()
    _said(page, "as in the plan")
    expect(page.locator(".slider.is-moved")).to_have_count(0)


def test_without_a_script_the_form_does_the_same(sign_in: SignIn, plan: Plan) -> None:
    page = sign_in("clinician")
    page.route("**/care.js", lambda route: route.abort())
    page.goto(PAGE)
    page.get_by_role("group", name="Rapid response", exact=True).get_by_role("slider", name="Reach").focus()
    page.keyboard.press("Home")
    page.get_by_role("button", name="Work it out").click()
    expect(page.get_by_text("0 of 10,000 people (0% of each segment)")).to_be_visible()
    expect(page.locator(".answer-of").first).to_have_class(re.compile("is-worse"))


def test_more_hubs_are_asked_for_with_the_keyboard(sign_in: SignIn, plan: Plan) -> None:
    page = sign_in("clinician")
    page.goto(f"{PAGE}hubs/")
    page.get_by_role("slider", name="Hubs").focus()
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("heading", name="5 hubs and whom they serve")).to_be_visible(timeout=SOON)
    expect(page.locator("[data-hubs] > [role=status]")).to_contain_text("5 hubs:")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    expect(page).to_have_url(re.compile("deprived=yes"), timeout=SOON)
    page.reload()
    expect(page.get_by_role("slider", name="Hubs")).to_have_value("5")
    expect(page.get_by_label("Travel of the most deprived fifth counts more")).to_be_checked()


PAGES = {
    "care": PAGE,
    "care-moved": f"{PAGE}?reach.rapid-response=60&delay.reablement=12&worth=marginal",
    "care-refused": f"{PAGE}?reach.rapid-response=999",
    "care-hubs": f"{PAGE}hubs/?number=3",
    "care-begin": "/plans/small-place/care/",
    "care-no-hubs": "/plans/small-place/care/hubs/",
}


def test_every_page_is_accessible_and_fits_a_narrow_screen(sign_in: SignIn, plan: Plan) -> None:
    page = sign_in("planner")
    for name, address in PAGES.items():
        page.goto(address)
        page.locator(".desk details").evaluate_all("all => all.forEach((each) => (each.open = true))")
        accessible(page, name)
        fits(page, name)
        picture(page, name)


def test_the_page_can_be_read_at_twice_its_size(sign_in: SignIn, plan: Plan) -> None:
    page = sign_in("planner")
    page.set_viewport_size({"width": 640, "height": 450})
    page.goto(PAGE)
    assert page.evaluate("document.documentElement.scrollWidth") <= 640
    slider = page.get_by_role("slider").first
    slider.focus()
    box, head = slider.bounding_box(), page.locator(".desk-head").bounding_box()
    assert box is not None
    assert head is not None
    assert box["y"] >= head["y"] + head["height"], "what has the focus is not under the head that stays"
