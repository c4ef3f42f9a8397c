"""What tests in a real browser do to a grid, a form and a page, in the words of the person who does it."""

import os
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, expect

SignIn = Callable[..., Page]
LINES = "finance/lines.csv"
RULES = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"]
RULES_OF_COLOUR = ["color-contrast", "link-in-text-block"]  # of the same, those that the dark can break
ONLY_WHAT_IS_WRONG = {"resultTypes": ["violations"], "preload": False}  # what is right is not told of each element
NARROW = 360
PICTURES = "PLACEPLAN_PICTURES"


def stays_here(address: str, site: str) -> None:
    """No request leaves the host."""
    assert address.startswith((site, "data:")), f"a request leaves the host: {address}"


def open_section(page: Page, section: str, *, plan: str = "small-place") -> None:
    """Open a table as a grid."""
    page.goto(f"/plans/{plan}/sections/{section}")
    expect(page.locator(".jss_worksheet")).to_be_visible()


def cell(page: Page, column: str, row: int) -> Locator:
    """The cell of a column in a row, counted from 0."""
    place = page.locator(".jss_worksheet > thead > tr > td").all_inner_texts().index(column) - 1
    return page.locator(f'.jss_worksheet > tbody > tr > td[data-x="{place}"][data-y="{row}"]')


def type_in(page: Page, column: str, *, row: int, text: str) -> None:
    """Write over a cell."""
    cell(page, column, row).dblclick()
    page.keyboard.press("Control+A")
    page.keyboard.type(text)
    page.keyboard.press("Enter")


def kept(page: Page) -> None:
    """Wait until everything that was typed is in the draft."""
    expect(page.get_by_role("status")).to_have_text(re.compile("Kept in your draft"), timeout=10_000)


def accessible(page: Page, name: str) -> None:
    """No rule of WCAG 2.2 AA that can be checked by a program is broken, by day and in the dark."""
    _breaks_none(page, {"runOnly": RULES}, name)
    page.emulate_media(color_scheme="dark")
    _breaks_none(page, {"runOnly": {"type": "rule", "values": RULES_OF_COLOUR}}, f"{name}, in the dark")
    page.emulate_media(color_scheme="light")


def _breaks_none(page: Page, options: dict[str, object], name: str) -> None:
    found = Axe().run(page, options={**options, **ONLY_WHAT_IS_WRONG})
    assert found.violations_count == 0, f"{name}: {found.generate_report()}"


def fits(page: Page, name: str) -> None:
    """The page does not scroll sideways on a narrow screen."""
    before = page.viewport_size
    page.set_viewport_size({"width": NARROW, "height": 740})
    wide = page.evaluate("document.documentElement.scrollWidth")
    assert wide <= NARROW, f"{name} is {wide} wide"
    if before:
        page.set_viewport_size(before)


def picture(page: Page, name: str) -> None:
    """Keep a picture of the page, where the environment names a folder for pictures."""
    folder = os.environ.get(PICTURES)
    if folder:
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


def tab_to(page: Page, name: str) -> None:
    """Press Tab until what is focused has a name; what has the focus must be seen."""
    for _ in range(150):
        page.keyboard.press("Tab")
        if name in page.evaluate(_NAME_OF_FOCUSED):
            assert page.evaluate("document.activeElement.checkVisibility({ visibilityProperty: true })")
            return
    pytest.fail(f"{name!r} cannot be reached by keyboard")


_NAME_OF_FOCUSED = """() => {
    const at = document.activeElement;
    const labels = [...(at.labels || [])].map((label) => label.innerText);
    return [at.innerText, at.getAttribute("aria-label"), ...labels].filter(Boolean).join(" ");
}"""
