"""States of pages that a planner's good day never shows: errors, nothing there, conflicts, refusals, each role's pages.

All of them in one browser and one workspace, by day and in the dark, on a narrow screen too: what breaks a rule of
WCAG 2.2 AA, or is too wide, is told all at once.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import partial

import pytest
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils.text import slugify
from playwright.sync_api import Browser, Page, Route
from pytest_django.live_server_helper import LiveServer
from tests.functional.web.accounts import set_up, sign_in
from tests.functional.web.browsing import NARROW, accessible, picture, stays_here
from tests.functional.web.conftest import SMALL_PLAN, Workspace, signed_in
from tests.functional.web.test_look import addresses, bring_in_real_plans

from placeplan.app.workspace_rights import read_rights
from placeplan.web import faults
from placeplan.web.access.models import Person
from placeplan.web.entries import Entry
from placeplan.web.exchanging.actions import send_plan
from placeplan.web.meetings import board_actions
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.models import Draft

LINES, ABOUT, RISKS = "finance/lines.csv", "narrative/01-about.md", "registers/risks.csv"
PLAN = "/plans/small-place/"
WIDE = 1280
PAPER = 718  # what margins leave of a sheet of A4, in the pixels of a style sheet
# Sends a form to an address as the page itself would, with the token of the page.
SEND = """([address, fields]) => {
    const form = document.createElement("form");
    form.method = "post";
    form.action = address;
    const token = document.querySelector("[name=csrfmiddlewaretoken]");
    for (const [name, value] of Object.entries({ ...fields, ...(token && { [token.name]: token.value }) })) {
        const input = document.createElement("input");
        input.name = name;
        input.value = value;
        form.append(input);
    }
    document.body.append(form);
    form.submit();
}"""


@dataclass
class Looker:
    """Goes to pages and notes what is wrong with how they look."""

    browser: Browser
    site: str
    wrong: list[str] = field(default_factory=list)
    seen: int = 0

    def page_of(self, client: Client | None = None) -> Page:
        """A window, in which somebody is signed in where a client says who."""
        context = self.browser.new_context(base_url=self.site, viewport={"width": WIDE, "height": 900})
        if client is not None:
            cookie = client.cookies["sessionid"].value
            context.add_cookies([{"name": "sessionid", "value": cookie, "url": self.site}])
        page = context.new_page()
        page.on("pageerror", lambda error: self.wrong.append(f"{page.url} failed: {error}"))
        page.on("request", lambda request: stays_here(request.url, self.site))
        return page

    def look(self, page: Page, name: str, *, says: str = "") -> None:
        """Hold what a page shows to the rules, and to a narrow screen."""
        self.seen += 1
        if says not in page.content():
            self.wrong.append(f"{name} does not say {says!r}")
        picture(page, slugify(name.replace("/", " "))[:80])
        try:
            accessible(page, name)
        except AssertionError as error:
            self.wrong.append(str(error))
        self.fits(page, name, width=NARROW)

    def fits(self, page: Page, name: str, *, width: int) -> None:
        """Note what is wider than a screen, or a sheet of paper."""
        page.set_viewport_size({"width": width, "height": 740})
        wide = page.evaluate("document.documentElement.scrollWidth")
        if wide > width:
            self.wrong.append(f"{name} is {wide} wide where there is room for {width}")
        page.set_viewport_size({"width": WIDE, "height": 900})

    def go(self, page: Page, address: str, *, status: int = 200, says: str = "") -> None:
        """Go to a page and look at it."""
        answer = page.goto(address)
        if answer is None or answer.status != status:
            self.wrong.append(f"{address} answers {answer and answer.status}, not {status}")
        self.look(page, address, says=says)

    def send(self, page: Page, address: str, fields: dict[str, str], *, says: str) -> None:
        """Send a form that is refused, and look at the page that says so."""
        with page.expect_navigation():
            page.evaluate(SEND, [address, fields])
        self.look(page, f"{address} with {fields}", says=says)


@pytest.fixture
def looker(browser: Browser, live_server: LiveServer) -> Iterator[Looker]:
    """Somebody who looks, and tells everything that is wrong at the end."""
    found = Looker(browser, live_server.url)
    yield found
    for context in browser.contexts:
        context.close()
    assert not found.wrong, "\n\n".join(found.wrong)
    assert found.seen


def _write(person: Person, place: Workspace, *, section: str, text: str) -> Draft:
    draft = actions.open_draft(actor=person, plan=place.plan)
    replaces = selectors.checksums_of_draft(draft).get(section, "")
    actions.write_section(actor=person, draft=draft, section=section, text=text, replaces=replaces)
    return draft


def _client(place: Workspace, role: str, *, of: str = "own", name: str = "") -> Client:
    return signed_in(place.person(role, of=getattr(place, of), name=name))


def test_pages_before_somebody_is_in(looker: Looker, place: Workspace) -> None:
    page = looker.page_of()
    looker.go(page, "/sign-in/?next=/places/", says="Sign in")
    for _ in range(5):
        Client().post("/sign-in/", {"email": "nobody@place.example", "password": "wrong"})
    page.get_by_label("Email address").fill("nobody@place.example")
    page.get_by_label("Password").fill("wrong")
    page.get_by_role("button", name="Sign in").click()
    looker.look(page, "signing in too often", says="Too many attempts")
    looker.go(page, "/password/nothing/", status=401, says="This link was used")
    planner = place.person("planner")
    client = sign_in(planner).client
    own = looker.page_of(client)
    looker.go(own, "/account/second-factor/", says="second factor")
    looker.send(own, "/account/second-factor/", {"code": "000000"}, says="not right")
    set_up(client)
    own = looker.page_of(client)
    looker.go(own, "/account/", says="Codes for recovery")
    looker.send(own, "/account/recovery-codes/", {"password": "wrong"}, says="Nothing was changed")
    looker.send(own, "/account/password/", {"old": "x", "new": "short", "again": "other"}, says="Nothing was changed")
    waiting = looker.page_of(sign_in(planner).client)
    looker.go(waiting, "/sign-in/code/", says="code")
    looker.send(waiting, "/sign-in/code/", {"code": "000000"}, says="not right")


def test_pages_of_a_plan_in_which_there_is_next_to_nothing(looker: Looker, place: Workspace) -> None:
    page = looker.page_of(_client(place, "planner"))
    for address in addresses("small-place"):
        answer = page.request.get(address)
        if answer.ok and "text/html" in answer.headers["content-type"] and "<html" in answer.text():
            looker.go(page, address)


def test_forms_that_are_refused(looker: Looker, place: Workspace) -> None:
    planner = place.person("planner")
    _write(planner, place, section=ABOUT, text="# About\n\nA place.\n")
    page = looker.page_of(signed_in(planner))
    page.goto(PLAN)
    for address, fields, says in (
        (f"{PLAN}row/{RISKS}", {"risk": "NOT A NAME", "likelihood": "9"}, "Error"),
        (f"{PLAN}publish/", {"message": ""}, "Say in a few words"),
        (f"{PLAN}discussion/", {"kind": "comment", "about": "x", "words": ""}, "Say something"),
        (f"{PLAN}workbook/", {}, "no file came"),
        ("/bring-in/", {"organisation": "small-place"}, "no file came"),
        (f"{PLAN}care/draft", {"segments": ""}, "segments"),
        (f"{PLAN}money/scenarios/new", {"title": ""}, "Give the scenario a title"),
        ("/tokens/", {"name": ""}, "Say in at most"),
    ):
        looker.send(page, address, fields, says=says)
        page.goto(PLAN)
    for address, says in (
        (f"{PLAN}money/requirement/?solve=yes&wish=rate&value=lots&investment=200", "enter a number"),
        (f"{PLAN}money/sensitivity/?by=0", "Enter how much"),
        (f"{PLAN}people/?now=soon&invented=yes", "is no year"),
    ):
        page.goto(address)
        looker.look(page, address, says=says)
    _write(planner, place, section=LINES, text="nonsense")
    for address in ("", "money/", "commitments/", "traceability/", "assurance/", f"sections/{LINES}", "on-a-page/"):
        page.goto(f"{PLAN}{address}")
        looker.look(page, f"{address or 'the plan'} of a draft that cannot be read")


def test_what_two_people_changed(looker: Looker, place: Workspace) -> None:
    planner, finance = place.person("planner"), place.person("finance")
    for section, old, mine, theirs in (
        (LINES, "2.0%,2.0%", "2.5%,2.5%", "3.0%,3.0%"),
        (ABOUT, "A small place.", "A little place.", "A tiny place."),
        ("plan.yaml", "Plan of a small", "Plan of a little", "Plan of a tiny"),
    ):
        draft = _write(finance, place, section=section, text=SMALL_PLAN[section].replace(old, mine))
        other = _write(planner, place, section=section, text=SMALL_PLAN[section].replace(old, theirs))
    actions.publish_draft(actor=planner, draft=other, message="Theirs")
    page = looker.page_of(signed_in(finance))
    looker.go(page, f"{PLAN}bring-up-to-date/", status=409, says="A tiny place.")
    page.get_by_role("button", name="Bring my draft up to date").click()
    looker.look(page, "conflicts that are not decided", says="Say which stands")
    sent = {**SMALL_PLAN, ABOUT: SMALL_PLAN[ABOUT].replace("A small place.", "A place in a file.")}
    assert send_plan(actor=finance, draft=draft, sent=sent, base=SMALL_PLAN, file="plan.xlsx") is None
    looker.go(page, f"{PLAN}workbook/decide/", says="A place in a file.")


def test_refusals_and_faults(looker: Looker, place: Workspace) -> None:
    page = looker.page_of(_client(place, "clinician"))
    looker.go(page, f"{PLAN}sharing/", status=403, says="You may not share this plan")
    looker.go(page, "/plans/nowhere/", status=404, says="There is no such page")
    looker.go(page, f"{PLAN}?q=%00", status=400, says="cannot be read")
    page.goto("/places/")
    page.evaluate(
        "for (const each of document.querySelectorAll('[name=csrfmiddlewaretoken]')) each.value = 'x'.repeat(64)"
    )
    page.get_by_role("button", name="Sign out").click()
    looker.look(page, "a page that is too old")
    # The pages of faults, as the site makes them, served in the place of one that does not fail.
    for gone in (True, False):
        body = _fault(gone=gone)
        page.route("**/places/", partial(_answer, body=body))
        page.goto("/places/")
        looker.look(page, "a fault", says="does not answer at the moment" if gone else "Something went wrong")
        page.unroute("**/places/")


def _answer(route: Route, *, body: bytes) -> None:
    route.fulfill(body=body, content_type="text/html")


def _fault(*, gone: bool) -> bytes:
    from django.db import OperationalError

    try:
        raise OperationalError if gone else ZeroDivisionError
    except (OperationalError, ZeroDivisionError):
        return faults.fault(RequestFactory().get("/")).content


def test_what_each_role_comes_to(looker: Looker, place: Workspace) -> None:
    plan = "/plans/small-place/"
    first = {"regional-assurer": ("region", ["/places/?plan=small-place", f"{plan}assurance/", f"{plan}discussion/"])}
    own = {
        "administrator": ["/people/"],
        "auditor": ["/record/?verify=yes", f"{plan}history/"],
        "board-member": [f"{plan}signing/"],
        "clinician": [f"{plan}sections/{LINES}", f"{plan}row/{RISKS}"],
        "performance": [f"{plan}performance/"],
        "analyst": [f"{plan}people/segments/"],
    }
    for role in (each.id for each in read_rights().roles):
        of, pages = first.get(role, ("own", own.get(role, [])))
        page = looker.page_of(_client(place, role, of=of))
        for address in ("/", *pages):
            page.goto(address)
            looker.look(page, f"{address} as {role}")


def test_a_board_that_meets_and_a_plan_that_is_signed(looker: Looker, place: Workspace) -> None:
    secretary = place.person("board-secretary")
    planner = place.person("planner")
    fields = {"name": "Wellbeing board", "quorum": "2", "starts": "2026-01-01"}
    board = board_actions.add_board(actor=secretary, plan=place.plan, entry=Entry(fields))
    meeting = board_actions.call_meeting(actor=secretary, board=board, entry=Entry({"held": "2026-03-16"}))
    page = looker.page_of(signed_in(secretary))
    start = f"{PLAN}meetings/"
    for address in (start, f"{start}boards/{board.pk}/", f"{start}{meeting.pk}/", f"{start}{meeting.pk}/minutes/"):
        looker.go(page, address)
    looker.send(page, f"{start}boards", {"name": "", "quorum": "none"}, says="Name: say it in words")
    looker.send(page, f"{start}boards/{board.pk}/change", {"do": "call", "held": "soon"}, says="give a day")
    looker.send(page, f"{start}{meeting.pk}/change", {"do": "decide", "verb": "sung"}, says="choose one of the list")
    putting = looker.page_of(signed_in(planner))
    putting.goto(f"{PLAN}signing/")
    with putting.expect_navigation():
        putting.evaluate(SEND, [f"{PLAN}signing/submit", {}])
    looker.look(putting, "a plan that is put forward", says="put forward")
    looker.go(putting, f"{PLAN}signing/submissions/1/")
    member = looker.page_of(_client(place, "board-member"))
    member.goto(f"{PLAN}signing/")
    looker.send(member, f"{PLAN}signing/sign", {"body": "Finance committee", "verdict": "sung"}, says="Choose what")
    assurer = looker.page_of(_client(place, "regional-assurer", of="region"))
    assurer.goto(f"{PLAN}assurance/")
    looker.send(assurer, f"{PLAN}assurance/judge", {"line": "risks", "reason": ""}, says="choose one of the list")
    assert meeting.held == date(2026, 3, 16)


def test_pages_fit_on_paper_and_leave_out_what_only_a_screen_can_do(looker: Looker, place: Workspace) -> None:
    bring_in_real_plans(place)
    page = looker.page_of(_client(place, "planner"))
    page.emulate_media(media="print")
    for name in ("planning:plan", "money:money", "meetings:boards", "timeline:history"):
        page.goto(reverse(name, args=["kent-medway-2014"]))
        looker.fits(page, f"{name} on paper", width=PAPER)
        looker.seen += 1
        shown = page.evaluate(
            "[...document.querySelectorAll('nav, form, .nhsuk-button')].filter(e => e.checkVisibility()).length"
        )
        if shown:
            looker.wrong.append(f"{name} prints {shown} things that only a screen can do")
        assert page.pdf(format="A4").startswith(b"%PDF")
