"""Chapters of a plan: every section of the document is in one of them, under its own anchor."""

from datetime import date

import pytest
from tests.unit.app.bundled import EXAMPLES, NAMES

from placeplan.app.checking import check_path
from placeplan.app.plan_chapters import CHAPTERS, chapter_of, chapter_with
from placeplan.reports.assembling import SECTIONS, document_of
from placeplan.reports.document import Section, parts_of, quoted_in

TODAY = date(2026, 11, 1)


def test_every_section_of_the_document_is_in_one_chapter() -> None:
    in_chapters = [section for sections in CHAPTERS.values() for section in sections.values()]
    assert sorted(map(str, in_chapters)) == sorted(map(str, SECTIONS))


def contents(section: Section) -> tuple[object, ...]:
    """What stands in a section: its kinds of parts and the figures that it quotes."""
    return section.title, [type(part).__name__ for part in parts_of(section)], quoted_in(section)


@pytest.mark.parametrize("name", NAMES)
def test_chapters_hold_what_the_document_holds(name: str) -> None:
    results = check_path(EXAMPLES / name, today=TODAY)
    shown = {part.id: contents(part) for chapter in CHAPTERS for part in chapter_of(results, chapter).sections}
    document = {part.id: contents(part) for part in document_of(results).sections}
    assert shown == {anchor: document[anchor] for anchor in shown}
    assert set(document) - set(shown) <= {"sources", "derivations"}
    for chapter, sections in CHAPTERS.items():
        assert all(chapter_with(anchor) == chapter for anchor in sections)
        inner = (each.id for part in chapter_of(results, chapter).sections for each in part.sections)
        assert all(chapter_with(anchor) in {chapter, None} for anchor in inner)


def test_an_anchor_of_no_section_is_in_no_chapter() -> None:
    assert chapter_with("moneybags") is None
    assert chapter_with("money-community") == "money"
