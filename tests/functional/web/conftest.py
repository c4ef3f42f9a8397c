"""A workspace with one organisation that plans, one that it shares with, one that oversees, and a small plan."""

from dataclasses import dataclass

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.functional.web.browsing import SignIn, stays_here

from placeplan.web.access.actions import set_up_organisation, set_up_person, set_up_role
from placeplan.web.access.models import Organisation, Person
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.models import Plan
from placeplan.web.planning.selectors import draft_of, texts_of_draft

PASSWORD = "correct horse battery"
SMALL_PLAN = {
    "plan.yaml": """\
format: 1
id: small-place
title: Plan of a small place
place: Small Place
organisation: {name: NHS Small Place, type: ccg}
round: 2014-15
years: [2014-15, 2015-16]
money: GBP thousand
services:
  - {id: community, name: Community services}
partners:
  - {name: Finance committee}
  - {name: Governing body}
""",
    "finance/lines.csv": """\
service,provider,line,step,recurrent,starts,2014-15,2015-16,reason,source
community,,Last year,outturn,,,"1,000",,,
community,,Growth,demographic-growth,,,2.0%,2.0%,,
""",
    "finance/allocations.csv": """\
service,line,kind,recurrent,2014-15,2015-16,source
community,Allocation,notified,,"1,030","1,050",
""",
    "narrative/01-about.md": "# About\n\nA small place.\n",
}


@dataclass(frozen=True)
class Workspace:
    """What every test of the workspace starts from."""

    own: Organisation
    partner: Organisation
    region: Organisation
    stranger: Organisation
    plan: Plan

    def person(self, role: str, *, of: Organisation | None = None, name: str = "") -> Person:
        """Somebody with a role; of the organisation that plans unless another is named."""
        organisation = of or self.own
        name = name or f"{role} of {organisation.slug}"
        person = set_up_person(email=f"{name.replace(' ', '-')}@place.example", name=name, password=PASSWORD)
        set_up_role(person=person, organisation=organisation, role=role)
        return person

    def drafted(self, section: str, *, role: str = "planner") -> str:
        """The text of a section in the draft of the own person with a role."""
        draft = draft_of(self.own.memberships.get(role=role).person, self.plan)
        assert draft is not None
        return texts_of_draft(draft)[section]


@pytest.fixture
def workspace(db: None) -> Workspace:
    """The workspace."""
    return made_workspace()


def made_workspace() -> Workspace:
    """Make the workspace in the database of the test."""
    region = set_up_organisation(slug="region", name="The region")
    own = set_up_organisation(slug="small-place", name="NHS Small Place", overseen_by=region)
    partner = set_up_organisation(slug="council", name="The council")
    stranger = set_up_organisation(slug="elsewhere", name="NHS Elsewhere")
    plan = bring_in_plan(actor=None, organisation=own, texts=SMALL_PLAN, message="First")
    plan.partners.add(partner)
    return Workspace(own, partner, region, stranger, plan)


def signed_in(person: Person) -> Client:
    """A browser in which somebody is signed in."""
    client = Client()
    client.force_login(person)
    return client


@pytest.fixture
def place(transactional_db: None) -> Workspace:
    """A workspace whose people may sign in."""
    return made_workspace()


@pytest.fixture
def sign_in(browser: Browser, live_server: LiveServer, place: Workspace) -> SignIn:
    """Signs somebody in, in a window of their own, and fails on whatever the browser complains of."""

    def signed_in(role: str, *, of: str = "own") -> Page:
        person = place.person(role, of=getattr(place, of))
        page = browser.new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900}).new_page()
        page.on("pageerror", lambda error: pytest.fail(f"the page failed: {error}"))
        page.on("request", lambda request: stays_here(request.url, live_server.url))
        page.goto("/")
        page.get_by_label("Email address").fill(person.email)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("heading", name="Plans")).to_be_visible()
        return page

    return signed_in
