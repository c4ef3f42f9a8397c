"""The PDF and the Word document, opened as a reader's tools open them."""

import shutil
import subprocess
from io import BytesIO
from pathlib import Path
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from tests.unit.reports.small_plan import small_results

from placeplan.reports.assembling import document_of
from placeplan.reports.build import render
from placeplan.reports.document import Chart, Table, parts_of
from placeplan.reports.types import PlanResults


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> PlanResults:
    return small_results(tmp_path_factory.mktemp("small"))


@pytest.fixture(scope="module")
def paper(results: PlanResults, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("paper") / "small.pdf"
    path.write_bytes(render(results, ["pdf"])["small-2014.pdf"])
    return path


@pytest.fixture(scope="module")
def word(results: PlanResults) -> Any:
    return docx.Document(BytesIO(render(results, ["docx"])["small-2014.docx"]))


def tool(name: str, *arguments: str) -> str:
    assert shutil.which(name), f"{name} is missing: make test installs poppler-utils"
    return subprocess.run([name, *arguments], capture_output=True, text=True, check=True).stdout


def tables_of(results: PlanResults) -> list[Table]:
    parts = list(parts_of(document_of(results).sections))
    data = {id(part.data) for part in parts if isinstance(part, Chart)}
    return [part for part in parts if isinstance(part, Table) and id(part) not in data]


def test_the_pdf_has_its_text_and_says_that_it_is_synthetic(paper: Path) -> None:
    text = tool("pdftotext", "-layout", str(paper), "-")
    for words in (
        "Small plan <for tests>",
        "Summary against targets",
        "1,010.4",
        "Patient transport",
        "What the checks say",
    ):
        assert words in text
    assert text.count("Synthetic: every figure is made up") >= 5


def test_the_pdf_is_tagged_and_has_a_title(paper: Path) -> None:
    told = tool("pdfinfo", str(paper))
    assert "Tagged:          yes" in told
    assert "Small plan" in told


def test_the_pdf_is_a4_and_every_font_is_inside(paper: Path) -> None:
    assert "A4" in tool("pdfinfo", str(paper))
    rows = tool("pdffonts", str(paper)).splitlines()[2:]
    assert rows
    assert all(row.split()[-5] == "yes" for row in rows)


def test_word_has_every_table_with_a_head_that_repeats(word: Any, results: PlanResults) -> None:
    tables = tables_of(results)
    assert len(word.tables) == len(tables)
    for made, table in zip(word.tables, tables, strict=True):
        assert [cell.text for cell in made.rows[0].cells] == [column.heading for column in table.columns]
        assert made.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_word_has_headings_captions_and_words_for_pictures(word: Any, results: PlanResults) -> None:
    styles = [paragraph.style.name for paragraph in word.paragraphs]
    assert styles.count("Heading 1") == len(document_of(results).sections)
    charts = [part for part in parts_of(document_of(results).sections) if isinstance(part, Chart)]
    assert styles.count("Caption") == len(word.tables) + len(charts)
    told = [shape._inline.docPr.get("descr") for shape in word.inline_shapes]
    assert told == [chart.says for chart in charts]


def test_word_links_lead_to_derivations(word: Any) -> None:
    body = word.element.body
    names = {mark.get(qn("w:name")) for mark in body.iter(qn("w:bookmarkStart"))}
    links = {link.get(qn("w:anchor")) for link in body.iter(qn("w:hyperlink"))}
    assert links
    assert links <= names


def test_word_carries_the_day_of_the_plan(word: Any) -> None:
    assert word.core_properties.created.isoformat().startswith("2014-04-04")
    assert word.core_properties.author == "Smallshire CCG"
