"""Pictures in a browser: words inside the sheet and apart from one another, a page that everybody can use."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page
from tests.unit.reports.pictures.examples import HOSTILE, KINDS

from placeplan.reports.pictures.writing import write_gallery

LONG_NAME = HOSTILE[1]
# Every text of a drawing with its box; a halo and its text are one.
TEXTS = """() => [...document.querySelectorAll('.sheet svg')].map(svg => {
  const sheet = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')]
    .filter(text => text.textContent.trim() && text.getAttribute('opacity') !== '0')
    .map(text => { const box = text.getBoundingClientRect();
      return [text.textContent, box.left - sheet.left, box.top - sheet.top, box.right - sheet.left,
        box.bottom - sheet.top, sheet.width, sheet.height]; });
})"""


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Addresses of a page with plain names and one with long names."""
    names = {"plain": "Weald", "long": LONG_NAME}
    folders = {key: tmp_path_factory.mktemp(key) for key in names}
    return {
        key: write_gallery([make(name) for make in KINDS.values()], folders[key], title="Pictures").as_uri()
        for key, name in names.items()
    }


@pytest.fixture(params=["plain", "long"])
def page(request: pytest.FixtureRequest, browser: Browser, gallery: dict[str, str]) -> Iterator[Page]:
    opened = browser.new_page(viewport={"width": 1200, "height": 900})
    opened.goto(gallery[request.param])
    yield opened
    opened.close()


def test_no_word_leaves_its_sheet(page: Page) -> None:
    for texts in page.evaluate(TEXTS):
        for words, left, top, right, bottom, width, height in texts:
            assert min(left, top) >= -1, words
            assert right <= width + 1, words
            assert bottom <= height + 1, words


def test_words_do_not_cover_one_another(page: Page) -> None:
    for number, texts in enumerate(page.evaluate(TEXTS)):
        boxes = {
            (words, round(left), round(top)): (left, top, right, bottom)
            for words, left, top, right, bottom, *_ in texts
        }
        covered = [(one, other) for one in boxes for other in boxes if one < other and _meet(boxes[one], boxes[other])]
        assert not covered, (number, covered)


def _meet(one: tuple[float, ...], other: tuple[float, ...]) -> bool:
    """Whether two boxes overlap by more than the room around letters."""
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return wide > 3 and tall > 4


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_accessibility_violation(scheme: Any, browser: Browser, gallery: dict[str, str]) -> None:
    page = browser.new_page(color_scheme=scheme)
    page.goto(gallery["plain"])
    found = Axe().run(page)
    page.close()
    assert found.violations_count == 0, found.generate_report()


@pytest.mark.parametrize("name", ["plain", "long"])
def test_narrow_screen_does_not_scroll_sideways(name: str, browser: Browser, gallery: dict[str, str]) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(gallery[name])
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide <= 390


def test_page_asks_for_nothing(browser: Browser, gallery: dict[str, str]) -> None:
    page = browser.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(Path(request.url).name))
    page.goto(gallery["plain"])
    page.wait_for_load_state("networkidle")
    page.close()
    assert asked == ["index.html"]
