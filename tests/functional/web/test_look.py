"""How pages look and weigh, on real plans: narrow, wide, enlarged, by day and in the dark, and by keyboard alone.

Every page of a plan is found from the table of rights, so that a new one is held to the same without being named here.
"""

import gzip
import os
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.urls import reverse
from django.utils.text import slugify
from playwright.sync_api import Page, expect
from tests.functional.web.browsing import SignIn, accessible, picture, tab_to
from tests.functional.web.conftest import PASSWORD, Workspace, signed_in
from tests.functional.web.test_rights_of_pages import NEEDS_A_DRAFT, PAGES

from placeplan.app.plan_chapters import CHAPTERS
from placeplan.app.plan_texts import bundled_plans, texts_of_folder
from placeplan.web.planning.actions import bring_in_plan

HEAVIEST_FIRST_PAGE = 100_000  # bytes of styles and scripts, compressed
NARROW, ENLARGED, USUAL, WIDE = 360, 640, 1280, 2560  # 640 is a screen of 1280 at 200%
REAL_PLANS = ("kent-medway-2014", "west-kent-2017")
# The pages of the care model have tests of their own; all others of the second plan are looked at with PROFILE=wide.
LOOKED_AT = REAL_PLANS if os.environ.get("HYPOTHESIS_PROFILE") == "wide" else REAL_PLANS[:1]
_ASSET = re.compile(r'(?:href|src)="/static/([^"]+\.(?:css|js))"')


def bring_in_real_plans(place: Workspace) -> None:
    for folder in bundled_plans():
        if folder.name in REAL_PLANS:
            bring_in_plan(actor=None, organisation=place.own, texts=texts_of_folder(folder), message="First")


def addresses(slug: str) -> Iterator[str]:
    """Every page of a plan that is asked for and needs nothing of the small plan of the other tests."""
    for name, (method, rest, _, _) in PAGES.items():
        if method == "get" and name not in NEEDS_A_DRAFT and not any(str(part).startswith("finance.") for part in rest):
            yield reverse(name, args=[slug, *rest])


def pages_of(page: Page, slug: str) -> list[str]:
    """The addresses that answer with a page, and not with a file or an answer for a script."""
    asked = {address: page.request.get(address) for address in addresses(slug)}
    return [
        address
        for address, answer in asked.items()
        if answer.ok and "text/html" in answer.headers["content-type"] and "<html" in answer.text()
    ]


@pytest.mark.parametrize("slug", LOOKED_AT)
def test_every_page_is_accessible_and_fits_narrow_enlarged_and_wide_screens(
    sign_in: SignIn, place: Workspace, slug: str
) -> None:
    bring_in_real_plans(place)
    page = sign_in("planner")
    shown = pages_of(page, slug)
    assert {f"/plans/{slug}/{name}/" for name in CHAPTERS} <= set(shown)
    wrong = []
    for address in shown:
        page.goto(address)
        picture(page, slugify(address.replace("/", " ")))
        accessible(page, address)
        for width in (NARROW, ENLARGED, WIDE):
            page.set_viewport_size({"width": width, "height": 900})
            wide = page.evaluate("document.documentElement.scrollWidth")
            if wide > width:
                wrong.append(f"{address} is {wide} wide on a screen of {width}")
        page.set_viewport_size({"width": USUAL, "height": 900})
    assert not wrong


def test_the_first_pages_are_light(workspace: Workspace) -> None:
    client = signed_in(workspace.person("planner"))
    for address in (
        reverse("access:sign-in"),
        reverse("planning:plans"),
        reverse("planning:plan", args=["small-place"]),
    ):
        names = _ASSET.findall(client.get(address).content.decode())
        assert names or address == reverse("access:sign-in")
        weight = sum(len(gzip.compress(_static(name))) for name in names)
        assert weight < HEAVIEST_FIRST_PAGE, f"{address} weighs {weight:,} bytes"


def _static(name: str) -> bytes:
    path = finders.find(name)
    assert isinstance(path, str)
    return Path(path).read_bytes()


def test_a_planner_goes_from_signing_in_to_publishing_by_keyboard_alone(sign_in: SignIn, place: Workspace) -> None:
    page = sign_in("planner")
    page.get_by_role("button", name="Sign out").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()
    tab_to(page, "Email address")
    page.keyboard.type("planner-of-small-place@place.example")
    page.keyboard.press("Tab")
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Plans")).to_be_visible()
    _follow(page, "Plan of a small place")
    expect(page.get_by_role("heading", name="Plan of a small place", level=1)).to_be_visible()
    _follow(page, "About")
    tab_to(page, "Text in Markdown")
    page.keyboard.press("Control+End")
    page.keyboard.type(" It grows.")
    expect(page.get_by_role("status").first).to_have_text(re.compile("Kept in your draft"), timeout=10_000)
    page.goto("/plans/small-place/")
    _follow(page, "Publish your draft")
    tab_to(page, "What changed")
    page.keyboard.type("Growth in words")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Published as revision 2.")).to_be_visible()


def _follow(page: Page, name: str) -> None:
    tab_to(page, name)
    before = page.url
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: address != before)
