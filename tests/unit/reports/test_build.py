import subprocess
import sys
from pathlib import Path

import pytest
from tests.unit.reports.small_plan import small_results

from placeplan.reports.build import FORMATS, findings_html, render
from placeplan.reports.types import PlanResults


@pytest.fixture(scope="module")
def results(tmp_path_factory: pytest.TempPathFactory) -> PlanResults:
    return small_results(tmp_path_factory.mktemp("small"))


def test_names_of_the_files(results: PlanResults) -> None:
    assert list(render(results, FORMATS)) == ["index.html", "small-2014.pdf", "small-2014.docx"]


@pytest.mark.parametrize("form", FORMATS)
def test_the_same_plan_gives_the_same_bytes(form: str, results: PlanResults, tmp_path: Path) -> None:
    again = small_results(tmp_path)
    assert render(results, [form]) == render(again, [form])


def test_findings_alone_are_the_same_each_time(results: PlanResults) -> None:
    page = findings_html(results)
    assert page == findings_html(results)
    assert b"What the checks say" in page
    assert b"Plan on a page" not in page


def test_an_unknown_format_is_refused(results: PlanResults) -> None:
    with pytest.raises(ValueError, match="'odt' is not one of html, pdf, docx"):
        render(results, ["odt"])


def test_text_of_a_plan_cannot_become_markup(results: PlanResults) -> None:
    page = render(results, ["html"])["index.html"].decode()
    assert "Small plan &lt;for tests&gt; &amp; &#34;quotes&#34;" in page
    assert "<b>or so</b>" not in page
    assert "javascript:" not in page.replace("[bad one](javascript:alert(1))", "")


def test_starting_loads_nothing_heavy() -> None:
    code = "import sys, placeplan.reports.build; print(*sorted({name.split('.')[0] for name in sys.modules}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"vl_convert", "typst", "docx", "lxml", "jinja2"} & set(done.stdout.split())
