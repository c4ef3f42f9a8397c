"""Pages of people: the numbers of the command line, who may look how far, and that nothing withheld can be had."""

import re
import shutil
from html import unescape
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from django.test import Client
from pytest_django.fixtures import Settings
from tests.functional.web import people_data
from tests.functional.web.conftest import Workspace, signed_in
from tests.functional.web.people_data import CLUSTER, DRILL, YEAR, YEAR_BEFORE
from tests.unit.app.population.public_files import PRINCIPAL_FILE, changed, write_public_files

from placeplan.app.data_folder import data_folder
from placeplan.app.population.growing import growth_document
from placeplan.app.population.places import PlaceRequest, place_population
from placeplan.app.segments.served_runs import served_runs
from placeplan.web.auditing.models import Event

PEOPLE = "/plans/small-place/people/"
SEGMENTS, CLUSTERS, PRACTICES = (f"{PEOPLE}{name}/" for name in ("segments", "clusters", "practices"))
WITHHELD = {"*", "[c]"}
FloatArray = npt.NDArray[np.float64]


@pytest.fixture(scope="module")
def made_runs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run of made-up people, made once; nobody changes it."""
    return people_data.written_run(tmp_path_factory.mktemp("runs"))


@pytest.fixture
def runs(made_runs: Path, tmp_path: Path, settings: Settings) -> Path:
    """The folder of the runs of the small plan, which a test may spoil."""
    folder = Path(shutil.copytree(made_runs, tmp_path / "runs"))
    settings.SEGMENT_RUNS = str(folder)
    return folder / "small-place"


@pytest.fixture(scope="module")
def made_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Public files with made-up numbers."""
    return write_public_files(tmp_path_factory.mktemp("public") / "data")


def tables_of(client: Client, address: str) -> dict[str, list[list[str]]]:
    """The tables of a page by their identifiers, as texts."""
    page = client.get(address).content.decode()
    found = {}
    for name, inside in re.findall(r'<table id="([^"]+)">(.*?)</table>', page, re.DOTALL):
        rows = re.findall(r"<tr[^>]*>(.*?)</tr>", inside, re.DOTALL)
        found[name] = [
            [
                unescape(re.sub(r"<[^>]+>", "", cell)).strip()
                for cell in re.findall(r"<t[hd].*?</t[hd]>", row, re.DOTALL)
            ]
            for row in rows
        ]
    return found


def analyst(workspace: Workspace) -> Client:
    return signed_in(workspace.person("analyst"))


def test_without_folders_the_pages_say_what_would_stand_there(workspace: Workspace, settings: Settings) -> None:
    settings.DATA_FOLDER = settings.SEGMENT_RUNS = ""
    client = analyst(workspace)
    for address, words in ((PEOPLE, "PLACEPLAN_DATA"), (SEGMENTS, "PLACEPLAN_SEGMENT_RUNS")):
        answer = client.get(address)
        assert answer.status_code == 200
        assert words in answer.content.decode()
        assert "<table" not in answer.content.decode()


def test_made_up_people_are_shown_only_when_asked_and_marked_in_every_table(
    workspace: Workspace, settings: Settings
) -> None:
    settings.DATA_FOLDER = ""
    page = analyst(workspace).get(PEOPLE, {"invented": "yes", "place": "west-kent"}).content.decode()
    captions = re.findall(r"<caption.*?</caption>", page, re.DOTALL)
    assert captions
    assert all("Synthetic" in caption for caption in captions)


def test_people_are_those_of_the_command_line(workspace: Workspace, made_files: Path, settings: Settings) -> None:
    settings.DATA_FOLDER = str(made_files)
    shown = tables_of(analyst(workspace), f"{PEOPLE}?place=west-kent&now=2017&then=2030")
    place = place_population(PlaceRequest("west-kent"), data_folder(made_files))
    expected = growth_document(place, first=2017, last=2030)
    rows = {row[0]: row[1:] for row in shown["population-growth"][1:]}
    for change in expected["changes"]:
        name = change["band"][:1].upper() + change["band"][1:]
        assert rows[name][:3] == [f"{change['before']:,.0f}", f"{change['after']:,.0f}", f"{change['people']:+,.0f}"]
    assert {"population-districts", "population-variants", "population-cohorts-table"} <= set(shown)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"place": "atlantis"}, "no place called"),
        ({"place": "west-kent", "now": "1066"}, "1066 is not among the years"),
        ({"place": "west-kent", "now": "soon"}, "is no year"),
        ({"place": "west-kent", "now": "2030", "then": "2020"}, "is not after"),
        ({"place": "west-kent", "variant": "hopeful"}, "hopeful"),
        ({"place": "<script>alert(1)</script>"}, "no place called"),
    ],
)
def test_what_is_not_there_is_said_once_and_plainly(
    workspace: Workspace, made_files: Path, settings: Settings, asked: dict[str, str], words: str
) -> None:
    settings.DATA_FOLDER = str(made_files)
    answer = analyst(workspace).get(PEOPLE, asked)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert "<script>alert" not in answer.content.decode()


def test_a_file_that_cannot_be_read_is_named(
    workspace: Workspace, made_files: Path, tmp_path: Path, settings: Settings
) -> None:
    spoilt = Path(shutil.copytree(made_files, tmp_path / "data"))
    changed(spoilt / PRINCIPAL_FILE, line=2, column="2030", to="many")
    settings.DATA_FOLDER = str(spoilt)
    answer = analyst(workspace).get(PEOPLE, {"place": "west-kent"})
    assert answer.status_code == 422
    assert PRINCIPAL_FILE in answer.content.decode()
    settings.DATA_FOLDER = str(tmp_path / "nowhere")
    assert "cannot be used" in analyst_again(workspace).get(PEOPLE).content.decode()


def analyst_again(workspace: Workspace) -> Client:
    return signed_in(workspace.person("analyst", name="another analyst"))


def test_the_matrix_is_that_of_the_run(workspace: Workspace, runs: Path) -> None:
    shown = tables_of(analyst(workspace), f"{SEGMENTS}?year={YEAR}")[f"matrix-people-{YEAR}-data"]
    written = [row for row in people_data.rows_of(runs / "first" / "segment-age-band.csv") if row["period"] == YEAR]
    everybody = next(row for row in written if (row["segment"], row["age_band"]) == ("all", "all"))
    assert shown[-1][-1] == f"{int(everybody['people']):,}"
    hidden = sum(row["people"] == "" for row in written)
    assert hidden
    assert sum(cell in WITHHELD for row in shown for cell in row) == hidden


@pytest.mark.parametrize(
    ("role", "of", "status"),
    [
        ("analyst", "own", 200),
        ("clinician", "own", 200),
        ("performance", "own", 200),
        ("analyst", "partner", 403),
        ("planner", "own", 403),
        ("board-member", "own", 403),
        ("regional-assurer", "region", 403),
        ("analyst", "stranger", 404),
    ],
)
def test_practices_are_for_analysts_and_clinicians_of_the_place(
    workspace: Workspace, runs: Path, role: str, of: str, status: int
) -> None:
    client = signed_in(workspace.person(role, of=getattr(workspace, of)))
    answer = client.get(PRACTICES, {"cluster": CLUSTER})
    assert answer.status_code == status
    assert ("SYN-P00001" in answer.content.decode()) is (status == 200)
    if status == 403:
        clusters = client.get(CLUSTERS).content.decode()
        assert CLUSTER in clusters
        assert "SYN-P" not in clusters
        assert "people/practices/" not in clusters


def test_every_look_below_the_place_is_in_the_record(workspace: Workspace, runs: Path) -> None:
    client = analyst(workspace)
    client.get(SEGMENTS)
    assert not Event.objects.filter(verb__startswith="see-").exists()
    client.get(CLUSTERS, {"measure": "spend"})
    client.get(PRACTICES, {"cluster": CLUSTER, "year": YEAR_BEFORE})
    signed_in(workspace.person("planner")).get(PRACTICES)
    looks = [(event.verb, event.refused, event.detail) for event in Event.objects.filter(verb__startswith="see-")]
    assert [(verb, refused) for verb, refused, _ in looks] == [
        ("see-clusters", False),
        ("see-practices", False),
        ("see-practices", True),
    ]
    assert looks[1][2] == {"run": "first", "year": YEAR_BEFORE, "measure": "people", "cluster": CLUSTER}


def test_nothing_withheld_can_be_had_by_subtracting_what_pages_show(workspace: Workspace, runs: Path) -> None:
    """Every table of every level, year and measure: in each sum at least two parts are withheld, or none."""
    client = analyst(workspace)
    clusters = served_runs(runs).years[0].clusters
    looked = 0
    for year in (YEAR, YEAR_BEFORE):
        for measure in ("people", "spend", "events", "bed-days", "per-head"):
            asked = f"?year={year}&measure={measure}"
            addresses = [f"{SEGMENTS}{asked}", f"{CLUSTERS}{asked}", f"{PRACTICES}{asked}"]
            addresses += [f"{PRACTICES}{asked}&cluster={cluster}" for cluster in clusters]
            for address in addresses:
                for name, rows in tables_of(client, address).items():
                    if name.startswith(("matrix-", "cluster-", "practice-")):
                        looked += _sums_withhold_two(rows, name)
    assert looked


def _sums_withhold_two(rows: list[list[str]], name: str) -> int:
    """Hold every row and column with its total: how many had a withheld number."""
    body = [row[1:] for row in rows[1:]]
    lines = [*body, *(list(column) for column in zip(*body, strict=True))]
    found = 0
    for line in lines:
        inner, total = line[:-1], line[-1]
        hidden = sum(cell in WITHHELD for cell in inner)
        found += bool(hidden)
        assert hidden != 1 or total in WITHHELD, f"{name}: one number withheld beside its total in {line}"
    return found


def test_a_withheld_number_is_nowhere_in_the_page(workspace: Workspace, runs: Path) -> None:
    written = people_data.rows_of(runs / "first" / f"{DRILL}.csv")
    hidden = {(row["segment"], row["cluster"], row["practice"]) for row in written if row["people"] == ""}
    assert hidden
    table = tables_of(analyst(workspace), f"{PRACTICES}?year={YEAR}&measure=spend")["practice-spend"]
    shown = sum(cell in WITHHELD for row in table for cell in row)
    assert shown == sum(row["people"] == "" and row["cluster"] == "all" for row in written if row["period"] == YEAR)


@pytest.mark.parametrize("year", [YEAR, YEAR_BEFORE])
def test_no_withheld_spend_can_be_solved_from_all_tables_together(runs: Path, year: str) -> None:
    """Not even a reader who has the exact sum behind every number shown: no withheld one is in their span."""
    below = [row for row in people_data.rows_of(runs / "first" / f"{DRILL}.csv") if row["period"] == year]
    ages = [row for row in people_data.rows_of(runs / "first" / "segment-age-band.csv") if row["period"] == year]
    tables = ((below, ("segment", "cluster", "practice")), (ages, ("segment", "age_band")))
    leaves = [(names, row) for rows, names in tables for row in rows if "all" not in _labels(row, names)]
    leaves = [(names, row) for names, row in leaves if row["people"] != "0"]
    known, hidden = [], []
    for rows, names in tables:
        for row in rows:
            (known if row["people"] else hidden).append(_sum_of(row, names, leaves=leaves))
    for segment in {row["segment"] for row in ages}:
        parts = [_sum_of(_whole(segment, names), names, leaves=leaves) for _, names in tables]
        known.append(parts[0] - parts[1])
    _, sizes, directions = np.linalg.svd(np.array(known), full_matrices=False)
    span = directions[sizes > 1e-9]
    assert hidden
    for row in hidden:
        assert np.linalg.norm(row - span.T @ (span @ row)) > 1e-6


def _labels(row: dict[str, str], names: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(row[name] for name in names)


def _whole(segment: str, names: tuple[str, ...]) -> dict[str, str]:
    return dict.fromkeys(names, "all") | {"segment": segment}


def _sum_of(
    row: dict[str, str], names: tuple[str, ...], *, leaves: list[tuple[tuple[str, ...], dict[str, str]]]
) -> FloatArray:
    """Which cells that are no sums a number of a table is the sum of."""
    asked = [(name, row[name]) for name in names if row[name] != "all"]
    return np.array([float(names == of and all(leaf[name] == label for name, label in asked)) for of, leaf in leaves])


@pytest.mark.parametrize("address", [SEGMENTS, CLUSTERS, PRACTICES])
@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"year": "1999-00"}, "There is no run for"),
        ({"measure": "names"}, "nothing that can be shown"),
        ({"year": "../../etc", "measure": "'"}, "There is no run for"),
    ],
)
def test_a_year_or_measure_that_is_not_there_is_said(
    workspace: Workspace, runs: Path, address: str, asked: dict[str, str], words: str
) -> None:
    answer = analyst(workspace).get(address, asked)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_a_cluster_that_is_not_there_shows_nothing(workspace: Workspace, runs: Path) -> None:
    answer = analyst(workspace).get(PRACTICES, {"cluster": "Nowhere"})
    assert answer.status_code == 422
    assert "SYN-P" not in answer.content.decode()


def test_a_table_that_was_changed_is_not_shown(workspace: Workspace, runs: Path) -> None:
    file = runs / "first" / f"{DRILL}.csv"
    file.write_text(file.read_text(encoding="utf-8").replace("secondary suppressed", "shown"), encoding="utf-8")
    page = analyst(workspace).get(SEGMENTS).content.decode()
    assert "Runs that are not shown" in page
    assert "was changed after the run wrote it" in page
    assert "<table" not in page


def test_a_table_that_the_rule_did_nothing_to_is_not_shown(workspace: Workspace, runs: Path) -> None:
    rows = people_data.rows_of(runs / "first" / "segment-age-band.csv")
    for row in rows:
        row["disclosure"] = "shown"
    rows[0]["people"] = "3"
    people_data.rewritten(runs / "first", "segment-age-band", rows)
    assert not served_runs(runs).years
    people_data.told(runs / "first", lambda document: document["disclosure"].update(rule="none"))
    assert "the rule" in analyst(workspace).get(SEGMENTS).content.decode()
    assert not served_runs(runs).years


@pytest.mark.parametrize("spoil", ["{", "[]", '{"scheme": 1}', '{"scheme": {"id": "x"}, "dataset": {"title": 1}}', ""])
def test_a_mangled_run_is_left_out_and_says_so(workspace: Workspace, runs: Path, spoil: str) -> None:
    (runs / "first" / "provenance.json").write_text(spoil, encoding="utf-8")
    answer = analyst(workspace).get(CLUSTERS)
    assert answer.status_code == 200
    assert "Runs that are not shown" in answer.content.decode()


def test_columns_that_are_missing_leave_a_run_out(workspace: Workspace, runs: Path) -> None:
    rows = [{"period": YEAR, "people": "9"}]
    people_data.rewritten(runs / "first", "segment-age-band", rows)
    assert "Runs that are not shown" in analyst(workspace).get(SEGMENTS).content.decode()


def test_of_two_runs_for_a_year_one_is_shown(workspace: Workspace, runs: Path) -> None:
    before = tables_of(analyst(workspace), SEGMENTS)
    shutil.copytree(runs / "first", runs / "second")
    page = analyst_again(workspace).get(SEGMENTS).content.decode()
    assert "could be subtracted from one another" in page
    assert tables_of(analyst_again_once_more(workspace), SEGMENTS) == before


def analyst_again_once_more(workspace: Workspace) -> Client:
    return signed_in(workspace.person("analyst", name="a third analyst"))


def test_practices_of_a_table_of_their_own_are_not_shown_beside_clusters(runs: Path) -> None:
    """A cluster is the sum of its practices: two tables made apart would give a withheld practice away."""
    rows = people_data.rows_of(runs / "first" / f"{DRILL}.csv")
    by_cluster = [row for row in rows if row["practice"] == "all"]
    by_practice = [row for row in rows if row["cluster"] == "all"]
    for name, kept, lost in (("segment-cluster", by_cluster, "practice"), ("segment-practice", by_practice, "cluster")):
        people_data.rewritten(runs / "first", name, [{k: v for k, v in row.items() if k != lost} for row in kept])
    tables = ["segment,age_band", "segment,practice", "segment,cluster"]
    people_data.told(runs / "first", lambda document: document.update(tables=tables))
    shown = served_runs(runs).years[0]
    assert shown.has_clusters
    assert not shown.has_practices
    assert any("would give small numbers away" in note for note in shown.notes)


def test_the_runs_of_one_plan_are_not_those_of_another(workspace: Workspace, runs: Path) -> None:
    runs.rename(runs.with_name("another-place"))
    assert "No run of segments here yet" in analyst(workspace).get(SEGMENTS).content.decode()
