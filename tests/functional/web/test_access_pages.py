"""Pages of signing in, accounts and people in a browser: by keyboard, to WCAG 2.2 AA, narrow, light and dark."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.fixtures import Settings
from pytest_django.live_server_helper import LiveServer
from tests.functional.web.accounts import LINK, code_of
from tests.functional.web.browsing import accessible, fits, picture
from tests.functional.web.conftest import PASSWORD, Workspace, made_workspace

from placeplan.web.access.models import Membership, Person
from placeplan.web.programs.actions import make_token

Open = Callable[[Person | None], Page]


@pytest.fixture
def place(transactional_db: None) -> Workspace:
    """The workspace."""
    return made_workspace()


@pytest.fixture
def window(browser: Browser, live_server: LiveServer) -> Open:
    """Opens a window of its own, in which somebody signs in, or nobody."""

    def opened(person: Person | None = None) -> Page:
        page = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
        page.on("console", lambda said: None if said.type != "error" else _only_status(said.text))
        page.goto("/sign-in/")
        if person is not None:
            page.get_by_label("Email address").fill(person.email)
            page.get_by_label("Password").fill(PASSWORD)
            page.get_by_role("button", name="Sign in", exact=True).click()
            expect(page.get_by_role("heading", name="Sign in")).to_have_count(0)
        return page

    return opened


def _only_status(words: str) -> None:
    assert "the server responded with a status of" in words, f"the browser complains: {words}"


def _looked_at(page: Page, name: str) -> None:
    """Held to WCAG 2.2 AA and to a narrow screen."""
    accessible(page, name)
    fits(page, name)
    picture(page, name)


def test_a_second_factor_is_set_up_and_used_by_keyboard_alone(window: Open, place: Workspace) -> None:
    page = window(place.person("planner"))
    page.goto("/account/")
    _looked_at(page, "account")
    page.get_by_role("button", name="Set it up").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Set up a second factor")).to_be_visible()
    _looked_at(page, "second-factor")
    assert page.get_by_role("img", name="QR code").evaluate("image => image.complete && image.naturalWidth > 100")
    secret = page.locator(".code.secret").inner_text().replace(" ", "")
    page.get_by_label("Code", exact=True).focus()
    page.keyboard.type("000000")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The code is not right")
    page.get_by_label("Code", exact=True).focus()
    page.keyboard.type(code_of(secret, ahead=-1))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Your second factor is on")).to_be_visible()
    _looked_at(page, "recovery-codes")
    page.get_by_role("button", name="I have kept them").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/account/")
    _looked_at(page, "account-with-second-factor")
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Email address").focus()
    page.keyboard.type("planner-of-small-place@place.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Enter the code of your app")).to_be_visible()
    _looked_at(page, "code")
    page.get_by_label("Code", exact=True).focus()
    page.keyboard.type(code_of(secret))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Plans")).to_be_visible()


def test_an_administrator_adds_somebody_who_chooses_a_password(window: Open, place: Workspace) -> None:
    place.person("planner")
    page = window(place.person("administrator"))
    page.goto("/people/")
    page.get_by_label("Email address").fill("nina@place.example")
    page.get_by_label("Name").fill("Nina New")
    page.get_by_role("button", name="Give the role").click()
    _looked_at(page, "people-with-link")
    link = LINK.search(page.content())
    assert link is not None
    page.get_by_role("link", name="Nina New").click()
    expect(page.get_by_role("heading", name="Nina New")).to_be_visible()
    _looked_at(page, "person")
    other = window(None)
    other.goto(link[1])
    _looked_at(other, "choose-password")
    other.get_by_label("New password").fill("short")
    other.get_by_label("The same again").fill("shorter")
    other.get_by_role("button", name="Choose it").click()
    expect(other.get_by_role("alert")).to_contain_text("not the same")
    _looked_at(other, "choose-password-refused")
    for label in ("New password", "The same again"):
        other.get_by_label(label).fill("seven purple wardrobes")
    other.get_by_role("button", name="Choose it").click()
    expect(other).to_have_url(re.compile(r"/sign-in/$"))
    other.goto(link[1])
    _looked_at(other, "link-spent")


def test_signing_in_with_both_ways_and_what_is_refused(window: Open, place: Workspace, settings: Settings) -> None:
    settings.SINGLE_SIGN_ON = {"name": "NHSmail", "provider_id": "organisation"}
    page = window(None)
    _looked_at(page, "sign-in")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("not right")
    _looked_at(page, "sign-in-refused")
    page.goto("/sign-in/single/organisation/back/?state=x")
    _looked_at(page, "not-let-in")
    page = window(place.person("clinician"))
    page.goto("/people/")
    _looked_at(page, "refused")


def test_tokens_of_somebody_with_two_roles(window: Open, place: Workspace) -> None:
    person = place.person("planner")
    Membership.objects.create(person=person, organisation=place.partner, role="clinician")
    first = Membership.objects.filter(person=person).first()
    assert first is not None
    make_token(actor=person, membership=first, name="Nightly reading of figures for the dashboard")
    page = window(person)
    page.goto("/tokens/")
    _looked_at(page, "tokens")
    page.get_by_label("What it is for").fill("Warehouse")
    page.get_by_label("Publish a revision of this plan").uncheck()
    page.get_by_label("How long it lasts").select_option("365 days")
    page.get_by_role("button", name="Make the token").click()
    expect(page.get_by_role("status")).to_contain_text("it is not shown again")
    _looked_at(page, "token-made")


def test_sharing_and_taking_it_back(window: Open, place: Workspace) -> None:
    page = window(place.person("planner"))
    page.goto("/plans/small-place/sharing/")
    _looked_at(page, "sharing")
    page.get_by_role("button", name="Stop sharing with The council").click()
    expect(page.get_by_text("The council works on this plan no more.")).to_be_visible()
