"""Pages of performance: standings worst first, measures of the public data with the numbers of the command line."""

import re
from html import unescape
from pathlib import Path

import pytest
from django.test import Client
from playwright.sync_api import Page
from pytest_django.fixtures import Settings
from tests.functional.web import people_data
from tests.functional.web.browsing import SignIn, accessible, fits
from tests.functional.web.conftest import Workspace, signed_in
from tests.functional.web.people_data import AREAS, CLUSTER, MEASURE, MEASURE_FILE, YEAR

from placeplan.app.indicators.comparing_units import outliers
from placeplan.app.indicators.control_charts import control_charts
from placeplan.app.indicators.selecting import Selection
from placeplan.web.planning.actions import open_draft, publish_draft, write_section
from placeplan.web.planning.models import Plan

HERE, MEASURES = "/plans/small-place/performance/", "/plans/small-place/performance/measures/"
TRAJECTORIES = """\
indicator,title,unit,2014-15
ae-4-hours,Four hours,,95%
rtt-incomplete,Eighteen weeks,,92%
own-measure,Something of our own,,10%
"""
LATE = [5, 4, 6, 5, 4, 5, 6, 4, 5, 6, 12, 13]
FALLING = "T12"


def observations() -> str:
    """A year of months that fall off at the end, and one measure that is kept."""
    months = [f"{2014 + (month + 3) // 12}-{(month + 3) % 12 + 1:02d}" for month in range(12)]
    rows = [
        f"ae-4-hours,Small Place,{month},{10_000 - 100 * late},10000,,Return"
        for month, late in zip(months, LATE, strict=True)
    ]
    rows.append("rtt-incomplete,Small Place,2014-04,,,93%,Return")
    return "\n".join(("indicator,area,period,numerator,denominator,value,source", *rows, ""))


@pytest.fixture
def watched(workspace: Workspace) -> Workspace:
    """The small plan with trajectories and observations."""
    _watch(workspace, workspace.plan)
    return workspace


def _watch(workspace: Workspace, plan: Plan) -> None:
    planner = workspace.person("planner", name="who watches")
    draft = open_draft(actor=planner, plan=plan)
    for name, text in (
        ("performance/trajectories.csv", TRAJECTORIES),
        ("performance/observations.csv", observations()),
    ):
        write_section(actor=planner, draft=draft, section=name, text=text, replaces="")
    publish_draft(actor=planner, draft=draft, message="What was measured")


@pytest.fixture
def public(tmp_path: Path, settings: Settings) -> Path:
    """A data folder with a made-up file of twelve trusts."""
    folder = people_data.write_performance(tmp_path / "data")
    settings.DATA_FOLDER = str(folder)
    return folder


def performance(workspace: Workspace) -> Client:
    return signed_in(workspace.person("performance"))


def standings_in(page: str) -> list[str]:
    """The rows of the table of standings, as texts."""
    inside = page.split('class="dense standings"')[1].split("</table>")[0].split("<tbody>")[1]
    rows = re.findall(r"<tr>(.*?)</tr>", inside, re.DOTALL)
    return [" ".join(unescape(re.sub(r"<[^>]+>", " ", row)).split()) for row in rows]


def test_what_is_off_its_trajectory_stands_at_the_top(watched: Workspace) -> None:
    page = performance(watched).get(HERE).content.decode()
    assert page.index("PER011") < page.index("Where each indicator stands")
    assert "performance/observations.csv" in page


def test_indicators_stand_worst_first_with_what_it_takes_to_recover(watched: Workspace) -> None:
    page = performance(watched).get(HERE).content.decode()
    rows = standings_in(page)
    assert [row.split()[0] for row in rows] == ["AE-4-HOURS", "OWN-MEASURE", "RTT-INCOMPLETE"]
    worst = rows[0]
    assert "87%" in worst
    assert "2015-03" in worst
    assert "missed 800 short" in worst
    assert "worse for 3 in a row" in worst
    assert "nothing observed" in rows[1]
    assert page.count('class="spark"') == 2
    assert 'class="figure" href="/plans/small-place/figures/' in page


def test_without_public_data_the_page_says_what_would_stand_there(workspace: Workspace, settings: Settings) -> None:
    settings.DATA_FOLDER = ""
    answer = performance(workspace).get(MEASURES, {"measure": MEASURE, "file": MEASURE_FILE})
    assert answer.status_code == 200
    assert "PLACEPLAN_DATA" in answer.content.decode()


def test_a_measure_is_found_by_words(workspace: Workspace, public: Path) -> None:
    client = performance(workspace)
    assert "1 found" in client.get(MEASURES, {"q": "EMERGENCY four"}).content.decode()
    assert "0 found" in client.get(MEASURES, {"q": "dentists"}).content.decode()


def test_a_measure_has_the_numbers_of_the_command_line(workspace: Workspace, public: Path) -> None:
    asked = {"measure": MEASURE, "file": MEASURE_FILE, "area": FALLING}
    page = unescape(performance(workspace).get(MEASURES, asked).content.decode())
    chart = control_charts(public / MEASURE_FILE, MEASURE, selection=Selection(areas=(FALLING,)))
    verdict = chart.table.row(0, named=True)
    assert f"{verdict['latest']:.1f}" in page
    assert verdict["variation"] in page
    compared = outliers(public / MEASURE_FILE, MEASURE)
    assert compared.says[0] in page
    red = compared.tables["outliers"].filter(compared.tables["outliers"]["flag"] == "red outlier")["area_name"]
    assert list(red) == [AREAS[FALLING]]
    table = page.split('id="measure-outliers"')[1].split("</table>")[0]
    assert AREAS[FALLING] in table
    for anchor in ("measure-trajectory", "measure-control", "measure-across"):
        assert f'<section id="{anchor}"' in page
    assert page.count("The numbers of this chart") == page.count('class="drawing"')


def test_the_plan_stands_beside_what_happened(watched: Workspace, public: Path) -> None:
    file = public / MEASURE_FILE
    file.write_text(file.read_text(encoding="utf-8").replace("T01,Made-up trust 1,", "SP,Small Place,"), "utf-8")
    page = performance(watched).get(MEASURES, {"measure": MEASURE, "file": MEASURE_FILE, "area": "SP"}).content.decode()
    assert "no planned values" not in page
    assert "Planned" in page


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"measure": "no-such"}, "no measure"),
        ({"file": "../secret-key"}, "is no file of the data folder"),
        ({"file": "/etc/passwd"}, "is no file of the data folder"),
        ({"area": "Atlantis"}, "is no area of this measure"),
        ({"period": "1066-01", "area": "Atlantis"}, "is no period of this measure"),
    ],
)
def test_what_is_not_there_is_said_plainly(
    workspace: Workspace, public: Path, asked: dict[str, str], words: str
) -> None:
    given = {"measure": MEASURE, "file": MEASURE_FILE} | asked
    answer = performance(workspace).get(MEASURES, given)
    assert answer.status_code == 422
    assert words in unescape(answer.content.decode())


def test_a_file_that_became_unreadable_is_said(workspace: Workspace, public: Path) -> None:
    (public / MEASURE_FILE).write_bytes(b"\xff\xfe\x00measure,area\n")
    answer = performance(workspace).get(MEASURES, {"measure": MEASURE, "file": MEASURE_FILE})
    assert answer.status_code == 422


def test_pages_are_accessible_fit_and_are_used_by_keyboard(
    sign_in: SignIn, place: Workspace, tmp_path: Path, settings: Settings
) -> None:
    _watch(place, place.plan)
    settings.DATA_FOLDER = str(people_data.write_performance(tmp_path / "data"))
    settings.SEGMENT_RUNS = str(people_data.written_run(tmp_path / "runs"))
    page = sign_in("analyst")
    chosen = f"?measure={MEASURE}&file={MEASURE_FILE}&area={FALLING}"
    addresses = (
        "performance/",
        f"performance/measures/{chosen}",
        "performance/measures/?measure=no-such&file=x",
        "people/?place=atlantis",
        "people/segments/",
        "people/clusters/?measure=per-head",
        f"people/practices/?cluster={CLUSTER}",
        "people/segments/?year=1066",
    )
    for address in addresses:
        page.goto(f"/plans/small-place/{address}")
        accessible(page, address)
        fits(page, address)
    settings.DATA_FOLDER = ""
    page.goto("/plans/small-place/people/?invented=yes&place=west-kent")
    accessible(page, "invented people")
    fits(page, "invented people")
    _drill_by_keyboard(page)


def _drill_by_keyboard(page: Page) -> None:
    """From the place to a practice without a mouse."""
    page.goto("/plans/small-place/people/segments/")
    page.get_by_label("Show", exact=True).focus()
    page.keyboard.type("Spend, ")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**measure=spend")
    page.get_by_role("link", name="Clusters").focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/clusters/**")
    page.get_by_role("link", name=CLUSTER).focus()
    page.keyboard.press("Enter")
    page.wait_for_url("**/practices/**")
    assert page.get_by_role("heading", name=f"Practices of {CLUSTER}, {YEAR}").is_visible()
