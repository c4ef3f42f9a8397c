"""Pictures of what was measured in the plan document: when they are drawn, and what they say."""

import subprocess
import sys
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Sequence
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from tests.unit.reports.small_plan import FILES, bundled_results

from placeplan.app.checking import check_path
from placeplan.reports.build import FORMATS, render
from placeplan.reports.charts import RankedAreas
from placeplan.reports.document import Chart, Table, parts_of
from placeplan.reports.drawing import png, svg
from placeplan.reports.sections.observations import observations
from placeplan.reports.types import PlanResults

OBSERVATIONS = "performance/observations.csv"
MONTHS = tuple(f"{year}-{month:02d}" for year in (2012, 2013) for month in range(1, 13))
NAMES = ("Ashford", "Dover", "Medway", "Swale", "Thanet")


def results_with(folder: Path, rows: Sequence[str]) -> PlanResults:
    """The small plan with these observations and no others."""
    head = FILES[OBSERVATIONS].splitlines()[0]
    for name, text in (FILES | {OBSERVATIONS: "\n".join((head, *rows)) + "\n"}).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return check_path(folder, today=date(2014, 4, 4))


def charts(results: PlanResults) -> tuple[Chart, ...]:
    return tuple(part for part in parts_of(observations(results)) if isinstance(part, Chart))


def areas(*names: str, value: str = "8{}", period: str = "2013-14", more: str = "") -> list[str]:
    return [
        f"life,Life expectancy,{name},{period},,,{value.format(n)},years,{more},Table" for n, name in enumerate(names)
    ]


def months(count: int, *, indicator: str = "own-thing", unit: str = "cases") -> list[str]:
    return [
        f"{indicator},A thing,Thanet,{month},,,{100 + place % 5},{unit},,Page {1 + place // 12}"
        for place, month in enumerate(MONTHS[:count])
    ]


def test_five_areas_in_one_period_are_drawn_in_order(tmp_path: Path) -> None:
    (chart,) = charts(results_with(tmp_path, areas(*NAMES)))
    assert isinstance(chart.picture, RankedAreas)
    assert [area.name for area in chart.picture.areas] == list(reversed(NAMES))
    assert chart.title == "Life expectancy, 2013-14: areas in order of value"
    assert "without intervals" in chart.note
    assert "does not start at zero" in chart.note
    assert chart.says.startswith("Dot chart of Life expectancy, 2013-14, for 5 areas from 84 (Thanet) to 80 (Ashford).")
    assert len(chart.data.rows) == 5


def test_four_areas_two_periods_and_parts_of_areas_make_no_picture(tmp_path: Path) -> None:
    assert not charts(results_with(tmp_path, areas(*NAMES[:4])))
    assert not charts(results_with(tmp_path, [*areas(*NAMES[:3]), *areas(*NAMES[3:], period="2014-15")]))
    parts = ('"Dover, lowest practice"', '"Dover, highest practice"')
    assert not charts(results_with(tmp_path, areas("Ashford", "Dover", "Medway", *parts)))


def test_a_projection_is_not_drawn_among_what_was_measured(tmp_path: Path) -> None:
    assert not charts(results_with(tmp_path, areas(*NAMES, more="projection")))


def test_a_blank_period_is_said(tmp_path: Path) -> None:
    (chart,) = charts(results_with(tmp_path, areas(*NAMES, period="")))
    assert "The period is not printed." in chart.note


def test_intervals_come_from_printed_counts(tmp_path: Path) -> None:
    rows = [f"seen,Seen,{name},2013-14,{n + 4},{(n + 4) * 2},,per cent,,Table" for n, name in enumerate(NAMES)]
    rows.append("seen,Seen,Hastings,2013-14,,,50%,per cent,estimate,Table")
    (chart,) = charts(results_with(tmp_path, rows))
    assert isinstance(chart.picture, RankedAreas)
    by_name = {area.name: area for area in chart.picture.areas}
    ashford = by_name["Ashford"]
    assert (ashford.lower, ashford.upper) == (pytest.approx(21.52, abs=0.01), pytest.approx(78.48, abs=0.01))
    assert by_name["Hastings"].lower is None
    assert "no printed counts" in chart.note
    assert "Estimate: Hastings." in chart.note
    assert [column.heading for column in chart.data.columns] == ["Area", "Per cent", "Lower limit", "Upper limit"]


def test_rates_have_intervals_in_their_unit(tmp_path: Path) -> None:
    rows = [f"rate,Deaths,{name},2013-14,{n + 20},10000,,per 1000,,Table" for n, name in enumerate(NAMES)]
    (chart,) = charts(results_with(tmp_path, rows))
    assert isinstance(chart.picture, RankedAreas)
    lowest = chart.picture.areas[-1]
    assert lowest.value == 2.0
    assert lowest.lower is not None
    assert 1.0 < lowest.lower < 2.0


def test_a_count_above_its_population_has_no_interval(tmp_path: Path) -> None:
    rows = [f"seen,Seen,{name},2013-14,{n + 4},3,,per cent,,Table" for n, name in enumerate(NAMES)]
    (chart,) = charts(results_with(tmp_path, rows))
    assert isinstance(chart.picture, RankedAreas)
    assert all(area.lower is None for area in chart.picture.areas)


def test_more_areas_than_have_a_row_each_are_left_to_the_table(tmp_path: Path) -> None:
    names = [f"Practice {number}" for number in range(61)]
    assert not charts(results_with(tmp_path, areas(*names, value="1{:02d}")))


def test_twelve_months_in_a_row_are_a_control_chart(tmp_path: Path) -> None:
    (chart,) = charts(results_with(tmp_path, months(12)))
    assert chart.title == "A thing: Thanet: control chart"
    assert "no definition of this indicator" in chart.note
    assert "Source: Page 1." in chart.note
    assert "common cause" in chart.says
    assert len(chart.data.rows) == 12
    assert not charts(results_with(tmp_path, months(11)))


def test_a_series_with_gaps_is_drawn_when_twelve_follow_one_another(tmp_path: Path) -> None:
    rows = months(24)
    assert not charts(results_with(tmp_path, [*rows[:11], *rows[12:23]]))
    (chart,) = charts(results_with(tmp_path, [*rows[:3], *rows[5:]]))
    assert len(chart.data.rows) == 24


def test_the_definition_gives_title_unit_and_target(tmp_path: Path) -> None:
    (chart,) = charts(results_with(tmp_path, months(14, indicator="ae-4-hours", unit="per cent")))
    assert chart.title == "Accident and emergency, seen and left within four hours: Thanet: control chart"
    assert "target of 95.0%" in chart.says
    assert "no definition" not in chart.note


def test_years_are_no_control_chart(tmp_path: Path) -> None:
    rows = [f"life,Life expectancy,Thanet,{year},,,80,years,,Table" for year in range(1990, 2010)]
    assert not charts(results_with(tmp_path, rows))


def test_pictures_stand_in_every_output(tmp_path: Path) -> None:
    results = results_with(tmp_path, [*months(14), *areas(*NAMES)])
    files = render(results, ("html", "pdf", "docx"))
    assert files == render(results, ("html", "pdf", "docx"))
    page = files["index.html"].decode()
    for chart in charts(results):
        assert f'<figure class="chart" id="{chart.id}">' in page
        assert svg(chart.picture).replace("<svg ", '<svg aria-hidden="true" focusable="false" ', 1) in page
    with zipfile.ZipFile(BytesIO(files["small-2014.docx"])) as archive:
        words = archive.read("word/document.xml").decode()
    assert all(chart.says in words for chart in charts(results))


def test_a_statistical_picture_has_no_words_that_the_document_sets_beside_it(tmp_path: Path) -> None:
    (chart,) = charts(results_with(tmp_path, months(14)))
    root = ET.fromstring(svg(chart.picture))
    shown = [text.text or "" for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Common cause" in shown
    assert not any(chart.title.startswith(words) for words in shown if len(words) > 12)
    assert not any("Source" in words for words in shown)
    assert root.find("{http://www.w3.org/2000/svg}desc") is None


def test_a_plan_without_long_series_does_not_start_the_engine() -> None:
    code = (
        "import sys\nfrom tests.unit.reports.small_plan import bundled_results\n"
        "from placeplan.reports.build import render\n"
        "render(bundled_results('kent-medway-2014'), ['html'])\nprint(*sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert not {"vl_convert", "polars", "numpy", "scipy"} & set(done.stdout.split())


def test_printed_slope_indices_are_shown_as_printed() -> None:
    found = {chart.id: chart for chart in charts(bundled_results("kent-medway-2014"))}
    chart = found["ranking-slope-index-of-inequality-slope-index-of-inequality-in-life-expectancy"]
    assert isinstance(chart.picture, RankedAreas)
    assert [area.label for area in chart.picture.areas][:2] == ["7.1", "5.8"]
    assert all(area.lower is None for area in chart.picture.areas)
    assert isinstance(chart.data, Table)


@pytest.mark.parametrize("form", FORMATS)
def test_a_sign_that_xml_cannot_hold_does_not_stop_a_document(form: str, tmp_path: Path) -> None:
    """The reader refuses a null character and takes the others, so every output must."""
    rows = [row.replace("Life", "Li\x07fe").replace("A thing", "A \x1b thing") for row in (*areas(*NAMES), *months(12))]
    results = results_with(tmp_path, [row.replace("Thanet", "Tha\x01net") for row in rows])
    assert len(charts(results)) == 2
    (content,) = render(results, [form]).values()
    assert content
    if form == "html":
        assert not set(content) & {1, 7, 27}


def test_a_control_character_does_not_end_the_process() -> None:
    assert (
        png('<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"><text>a\x07b</text></svg>')[:4] == b"\x89PNG"
    )
