"""The HTML document in a browser: nothing leaves it, everybody can use it, numbers open."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.functional.web.browsing import ONLY_WHAT_IS_WRONG, RULES_OF_COLOUR
from tests.unit.reports.small_plan import bundled_results, small_results

from placeplan.reports.build import findings_html, render

# Hundreds of derivations of one shape take axe a minute; those of the small plan stand for them.
LONG = ("kent-medway-2014",)
NAMES = ("small", "kent-medway-2014", "findings")


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of the pages under test."""
    folder = tmp_path_factory.mktemp("pages")
    small = small_results(tmp_path_factory.mktemp("small"))
    contents = {
        "small": render(small, ["html"])["index.html"],
        "kent-medway-2014": render(bundled_results("kent-medway-2014"), ["html"])["index.html"],
        "findings": findings_html(small),
    }
    for name, content in contents.items():
        (folder / f"{name}.html").write_bytes(content)
    return {name: (folder / f"{name}.html").as_uri() for name in contents}


@pytest.fixture
def small_page(browser: Browser, pages: dict[str, str]) -> Iterator[Page]:
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto(pages["small"])
    yield page
    page.close()


@pytest.mark.parametrize("name", NAMES)
def test_no_accessibility_violation(name: str, browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages[name])
    context = {"exclude": [[".derivations"]] if name in LONG else []}
    by_day = Axe().run(page, context=context, options=ONLY_WHAT_IS_WRONG)
    page.emulate_media(color_scheme="dark")
    colours = {"runOnly": {"type": "rule", "values": RULES_OF_COLOUR}}
    in_the_dark = Axe().run(page, context=context, options={**colours, **ONLY_WHAT_IS_WRONG})
    page.close()
    for found in (by_day, in_the_dark):
        assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", NAMES)
def test_no_request_and_no_error(name: str, browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(pages[name])
    page.wait_for_load_state("networkidle")
    page.close()
    assert asked == [pages[name]]
    assert errors == []


@pytest.mark.parametrize("width", [390, 768, 1280])
@pytest.mark.parametrize("name", NAMES)
def test_nothing_overflows(name: str, width: int, browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page(viewport={"width": width, "height": 800})
    page.goto(pages[name])
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.close()


def test_a_figure_opens_by_keyboard_and_closes_again(small_page: Page) -> None:
    figure = small_page.locator("#bridge-care tr.total a.figure").first
    figure.focus()
    small_page.keyboard.press("Enter")
    dialog = small_page.get_by_role("dialog")
    assert "Care & cure, planned spend, 2014-15" in dialog.inner_text()
    dialog.locator("a.figure").first.focus()
    small_page.keyboard.press("Enter")
    assert "Care & cure, recurrent baseline, 2014-15" in dialog.locator("h3").inner_text()
    assert not small_page.url.endswith("baseline")
    dialog.get_by_role("button", name="Back").press("Enter")
    assert "planned spend" in dialog.locator("h3").inner_text()
    small_page.keyboard.press("Escape")
    assert not dialog.is_visible()
    assert figure.evaluate("element => element === document.activeElement")


def test_the_open_dialog_is_accessible(small_page: Page) -> None:
    small_page.locator("#bridge-care a.figure").first.click()
    found = Axe().run(small_page)
    assert found.violations_count == 0, found.generate_report()


def test_a_derivation_leads_down_to_a_cell(small_page: Page) -> None:
    small_page.locator("#bridge-care tr.total a.figure").first.click()
    dialog = small_page.get_by_role("dialog")
    dialog.locator("a.figure", has_text="finance.care.2014-15.efficiency-scheme").click()
    assert "finance/lines.csv:5:5 (2014-15)" in dialog.inner_text()


def test_every_link_inside_leads_somewhere(browser: Browser, pages: dict[str, str]) -> None:
    page = browser.new_page()
    page.goto(pages["kent-medway-2014"])
    lost = page.evaluate(
        "[...document.querySelectorAll('a[href^=\"#\"]')].map(a => decodeURIComponent(a.hash.slice(1)))"
        ".filter(id => !document.getElementById(id))"
    )
    page.close()
    assert lost == []


def test_without_javascript_a_figure_leads_to_its_derivation(browser: Browser, pages: dict[str, str]) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["small"])
    page.locator("#bridge-care tr.total a.figure").first.click()
    assert page.url.endswith("#figure-finance.care.2014-15.total")
    assert page.locator("#figure-finance\\.care\\.2014-15\\.total").is_visible()
    assert not page.get_by_role("dialog").is_visible()
    context.close()


def test_keyboard_users_can_skip_to_the_plan(small_page: Page) -> None:
    small_page.keyboard.press("Tab")
    assert small_page.evaluate("document.activeElement.textContent") == "Skip to the plan"
    small_page.keyboard.press("Enter")
    assert small_page.evaluate("document.activeElement.id") == "main"


def test_it_prints(small_page: Page, tmp_path: Path) -> None:
    paper = small_page.pdf(prefer_css_page_size=True)
    assert paper.startswith(b"%PDF")
    small_page.emulate_media(media="print")
    assert not small_page.get_by_role("navigation").is_visible()
