"""Lists, forms, texts and decisions in a real browser: by keyboard, light and dark, on a narrow screen."""

import re
from urllib.parse import urlencode

import pytest
from playwright.sync_api import Page, Route, expect
from tests.functional.web.browsing import LINES, SignIn, accessible, fits, kept, picture
from tests.functional.web.conftest import SMALL_PLAN, Workspace

from placeplan.web.planning import actions, selectors

ABOUT, RISKS = "narrative/01-about.md", "registers/risks.csv"
RISK_TEXT = """\
risk,area,title,mitigation,likelihood,impact,target_score,owner,review,source
winter,Beds,A hard winter,,3,4,,,,
staff,People,Nurses leave,Pay them,2,5,6,Director of nursing,2014-09-30,
"""
KEY = urlencode([("key", "winter")])
PAGES = (
    f"rows/{RISKS}",
    f"rows/{RISKS}?q=nobody",
    f"row/{RISKS}",
    f"row/{RISKS}?{KEY}",
    f"row/{LINES}?{urlencode([('key', 'community'), ('key', ''), ('key', 'Growth')])}",
    f"sections/{ABOUT}",
    f"undo/{RISKS}",
    "accept/?code=RSK001&subject=winter",
    f"discussion/?section={RISKS}&{KEY}",
    "bring-up-to-date/",
    "workbook/",
)


@pytest.fixture
def page(sign_in: SignIn, place: Workspace) -> Page:
    """A planner who has risks and a changed text in a draft; somebody else published another text since."""
    opened = sign_in("planner")
    planner = place.own.memberships.get(role="planner").person
    _write(place, planner, {RISKS: RISK_TEXT, ABOUT: "# About\n\nMine.\n"})
    finance = place.person("finance")
    _write(place, finance, {ABOUT: "# About\n\nTheirs.\n"})
    draft = selectors.draft_of(finance, place.plan)
    assert draft is not None
    actions.publish_draft(actor=finance, draft=draft, message="Another text")
    return opened


def _write(place: Workspace, person: object, texts: dict[str, str]) -> None:
    draft = actions.open_draft(actor=person, plan=place.plan)  # type: ignore[arg-type]  # a fixture, read as any object
    for section, text in texts.items():
        replaces = selectors.checksums_of_draft(draft).get(section, "")
        actions.write_section(actor=draft.person, draft=draft, section=section, text=text, replaces=replaces)


def test_pages_of_editing_are_accessible_and_fit_a_narrow_screen(page: Page) -> None:
    for number, rest in enumerate(PAGES):
        answer = page.goto(f"/plans/small-place/{rest}")
        assert answer is not None
        assert answer.status in (200, 409), rest
        accessible(page, rest)
        fits(page, rest)
        picture(page, f"editing-{number:02}")


def test_a_risk_is_added_by_keyboard_with_its_mistakes_said_at_their_fields(page: Page, place: Workspace) -> None:
    page.goto(f"/plans/small-place/rows/{RISKS}")
    page.get_by_role("button", name="Add a risk").or_(page.get_by_role("link", name="Add a risk")).press("Enter")
    page.get_by_label("Short name").focus()
    page.keyboard.type("It Systems")
    page.keyboard.press("Tab")
    page.keyboard.type("Computers")
    page.keyboard.press("Tab")
    page.keyboard.type("They fail")
    page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.get_by_role("button", name="Save", exact=True).press("Enter")
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("Short name: 'It Systems' cannot be read.")
    accessible(page, "a form with an error")
    picture(page, "form-with-an-error")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_label("Short name")).to_be_focused()
    expect(page.get_by_label("Short name")).to_have_accessible_description(re.compile("cannot be read"))
    page.keyboard.press("Control+A")
    page.keyboard.type("it-systems")
    page.get_by_role("button", name="Save and add another").press("Enter")
    expect(page.get_by_text("Kept in your draft.")).to_be_visible()
    assert "it-systems,Computers,They fail,,1," in place.drafted(RISKS)


def test_a_figure_is_put_into_a_text_by_keyboard_and_shown_as_the_document_will(page: Page, place: Workspace) -> None:
    page.goto(f"/plans/small-place/sections/{ABOUT}")
    page.get_by_label("Text in Markdown").press("Control+End")
    page.keyboard.type("We plan to spend ")
    page.keyboard.press("Alt+f")
    expect(page.get_by_role("dialog")).to_be_visible()
    page.keyboard.type("planned spend 2015-16")
    expect(page.get_by_role("option").first).to_contain_text("finance.community.2015-16.total")
    accessible(page, "the list of figures")
    picture(page, "figures-to-put-in")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_label("Text in Markdown")).to_be_focused()
    page.keyboard.type(".")
    kept(page)
    assert place.drafted(ABOUT).endswith("We plan to spend {{ finance.community.2015-16.total }}.")
    expect(page.locator("[data-preview]")).to_contain_text("We plan to spend £1,040.4k.")


def test_what_is_typed_while_the_last_words_are_on_their_way_is_not_called_kept(page: Page, place: Workspace) -> None:
    on_their_way: list[Route] = []
    page.route(f"**/write/{ABOUT}", lambda route: on_their_way.append(route), times=1)
    page.goto(f"/plans/small-place/sections/{ABOUT}")
    text = page.get_by_label("Text in Markdown")
    text.press("Control+End")
    with page.expect_request(f"**/write/{ABOUT}"):
        page.keyboard.type("One")
    page.keyboard.type(" and two")
    on_their_way[0].continue_()
    kept(page)
    assert place.drafted(ABOUT).endswith("One and two")


def test_a_number_that_is_chosen_is_tied_to_a_figure_and_its_contradiction_is_said(page: Page) -> None:
    page.goto(f"/plans/small-place/sections/{ABOUT}")
    page.get_by_label("Text in Markdown").fill("# About\n\nWe spend £5m")
    page.keyboard.press("Control+End")
    for _ in range(3):
        page.keyboard.press("Shift+ArrowLeft")
    page.get_by_role("button", name="Put in a figure").click()
    page.keyboard.type("community.2014-15.total planned")
    expect(page.get_by_role("option")).to_have_count(1)
    page.get_by_role("option").click()
    tied = "[£5m](figure:finance.community.2014-15.total)"
    expect(page.get_by_label("Text in Markdown")).to_have_value(f"# About\n\nWe spend {tied}")
    kept(page)
    expect(page.locator("[data-found]")).to_contain_text("TXT001")
    page.get_by_role("button", name="Go to line 3").first.click()
    expect(page.get_by_label("Text in Markdown")).to_be_focused()


def test_a_decision_is_made_by_keyboard(page: Page, place: Workspace) -> None:
    page.goto("/plans/small-place/bring-up-to-date/")
    page.get_by_label("Theirs stands").focus()
    page.keyboard.press("Space")
    page.get_by_role("button", name="Bring my draft up to date").press("Enter")
    expect(page.get_by_text("Your draft now stands on the latest revision.")).to_be_visible()
    assert place.drafted(ABOUT) == "# About\n\nTheirs.\n"
    assert place.drafted(RISKS) == RISK_TEXT


def test_what_was_changed_is_seen_and_undone(page: Page, place: Workspace) -> None:
    page.goto(f"/plans/small-place/sections/{ABOUT}")
    page.get_by_role("link", name="What you changed here, and undoing it").click()
    expect(page.get_by_role("cell", name="Mine.")).to_be_visible()
    page.get_by_role("button", name="Undo these changes").click()
    expect(page.get_by_text(f"{ABOUT} is as it was in revision 1.")).to_be_visible()
    assert place.drafted(ABOUT) == SMALL_PLAN[ABOUT]
