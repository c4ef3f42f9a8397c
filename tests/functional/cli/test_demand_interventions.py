"""Interventions on the command line: the library in words, savings from small tables, and what answers bad input."""

import csv
import json
import re
from itertools import product
from pathlib import Path

import pytest

from placeplan.app.care.intervention_library import FOLDER
from placeplan.cli.main import main

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
POINTS = ("ae-attendances", "non-elective-admissions", "non-elective-bed-days", "outpatient-first")
SEGMENTS = ("dementia", "four-or-more-conditions")
AREAS = ("Maidstone", "Weald")
YEARS = ("2017-18", "2018-19", "2019-20", "2020-21")
CHOSEN = """\
intervention,segment,reach,start
rapid-response,dementia,0.4,2018-19
rapid-response,four-or-more-conditions,0.3,2018-19
multidisciplinary-teams,dementia,0.5,
"""


def write(path: Path, headings: str, rows: list[tuple[object, ...]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file).writerows([headings.split(","), *rows])


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with activity, people and chosen interventions, in which commands run."""
    activity = [(*cell, 9000, "synthetic") for cell in product(POINTS, SEGMENTS, AREAS, YEARS)]
    people = [(*cell, 4000, "synthetic") for cell in product(SEGMENTS, AREAS, YEARS)]
    write(tmp_path / "activity.csv", "point,segment,area,year,activity,status", activity)
    write(tmp_path / "people.csv", "segment,area,year,people,status", people)
    (tmp_path / "chosen.csv").write_text(CHOSEN, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def run(*arguments: str, expected: int = CLEAN) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["demand", *arguments])
    assert ended.value.code == expected


def savings(*more: str, expected: int = CLEAN) -> None:
    run("savings", "activity.csv", "people.csv", "--chosen", "chosen.csv", *more, expected=expected)


def test_the_library_is_listed_with_what_is_unconfirmed(capsys: pytest.CaptureFixture[str]) -> None:
    run("interventions", "list")
    lines = capsys.readouterr().out.splitlines()
    assert len(lines) == 8
    assert lines[5] == " 6  rapid-response                  Rapid response  [UNCONFIRMED]"


def test_an_intervention_is_shown_with_its_evidence(capsys: pytest.CaptureFixture[str]) -> None:
    run("interventions", "show", "discharge-and-reablement")
    words = " ".join(capsys.readouterr().out.split())
    assert words.startswith("discharge-and-reablement: Discharge planning and reablement [UNCONFIRMED]")
    assert "Non-elective bed days: 9.0% (2% to 16%), by shorter stays. Evidence: moderate" in words
    assert "Stays 0.91 days shorter" in words
    assert "£450,000 a year for each team for 120,000 people" in words


def test_an_intervention_that_does_not_exist_gets_the_nearest_one(capsys: pytest.CaptureFixture[str]) -> None:
    run("interventions", "show", "rapid-respons", expected=UNREADABLE)
    assert "Did you mean 'rapid-response'?" in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_the_example_tables_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    run("interventions", "example", "tables")
    assert "SYNTHETIC: wrote activity.csv, chosen.csv, people.csv to tables" in capsys.readouterr().out
    run("savings", "tables/activity.csv", "tables/people.csv")
    assert "[SYNTHETIC]" in capsys.readouterr().out


@pytest.mark.usefixtures("folder")
def test_savings_are_said_three_ways_with_their_marks(capsys: pytest.CaptureFixture[str]) -> None:
    savings()
    words = capsys.readouterr().out
    assert "[SYNTHETIC] [UNCONFIRMED EFFECTS, COSTS AND PRICES]" in words
    for line in ("Saved at tariff", "Saved at marginal cost", "Stranded cost", "Double running", "Net present value"):
        assert line in words
    assert "Together, beyond each alone" in words
    assert "Care planning" not in words


@pytest.mark.usefixtures("folder")
def test_for_machines_own_parts_and_interaction_add_up(capsys: pytest.CaptureFixture[str]) -> None:
    savings("--format", "json")
    found = json.loads(capsys.readouterr().out)
    assert set(found["at_tariff"]["own"]) == {"rapid-response", "multidisciplinary-teams"}
    for worth in ("at_tariff", "at_marginal_cost"):
        parts = [*found[worth]["own"].values(), found[worth]["interaction"]]
        for year, total in enumerate(found[worth]["total"]):
            assert sum(part[year] for part in parts) == pytest.approx(total, abs=1e-6)
    assert found["activity"]["ae-attendances"]["2017-18"]["before"] == 36000
    assert found["overlaps"][0]["claimed_by_both"] > 0


def test_waterfalls_are_drawn_where_something_is_taken(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    savings("--out", "drawn")
    assert "open drawn/index.html" in capsys.readouterr().out
    drawn = sorted(path.name for path in (folder / "drawn").glob("*.svg"))
    assert drawn == [f"{point}-interventions.svg" for point in POINTS[:3]]


@pytest.mark.usefixtures("folder")
def test_the_whole_library_needs_all_its_segments_and_points(capsys: pytest.CaptureFixture[str]) -> None:
    run("savings", "activity.csv", "people.csv", expected=UNREADABLE)
    words = capsys.readouterr().err
    assert "the segment 'physical-disability' does not exist here; expected one of: dementia" in words
    assert "the point of delivery 'elective-admissions' does not exist here" in words


def test_claims_that_add_up_to_more_than_there_is_are_a_finding(
    folder: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    own = folder / "own"
    own.mkdir()
    for name in ("rapid-response", "multidisciplinary-teams"):
        text = (FOLDER / "interventions" / f"{name}.yaml").read_text(encoding="utf-8")
        (own / f"{name}.yaml").write_text(re.sub(r"pert: \[.*?\]", "fixed: 1", text), encoding="utf-8")
    rows = "rapid-response,dementia,0.7,\nmultidisciplinary-teams,dementia,0.6,\n"
    (folder / "chosen.csv").write_text(f"intervention,segment,reach,start\n{rows}", encoding="utf-8")
    savings("--library", "own", expected=FINDINGS)
    words = capsys.readouterr().out
    assert "! ae-attendances, dementia, Maidstone, 2020-21: claims add up to 130% (rapid-response 70%," in words
    assert "8 more cells" not in words


def test_a_library_without_interventions_is_told(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (folder / "own").mkdir()
    savings("--library", "own", expected=UNREADABLE)
    assert "own: there is no intervention here. Expected a YAML file for each." in capsys.readouterr().err


@pytest.mark.usefixtures("folder")
def test_prices_of_your_own_are_used(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    bundled = (FOLDER / "unit_prices.yaml").read_text(encoding="utf-8")
    (folder / "prices.yaml").write_text(bundled.replace("tariff: 148", "tariff: 0"), encoding="utf-8")
    totals = []
    for more in ((), ("--prices", "prices.yaml")):
        savings("--format", "json", *more)
        totals.append(json.loads(capsys.readouterr().out)["at_tariff"]["total"][-1])
    assert totals[1] < totals[0]


AE, FIRST = "ae-attendances,dementia,Weald,2018-19,", "outpatient-first,dementia,Weald,2018-19,9000,synthetic\r\n"
BAD = [
    ("activity.csv", AE, AE.replace("attendances", "attendance"), "Did you mean 'ae-attendances'?"),
    ("activity.csv", FIRST, "", "there is no row for outpatient-first, dementia, Weald, 2018-19"),
    ("activity.csv", f"{AE}9000", f"{AE}-9000", "activity.csv:"),
    ("activity.csv", AE, AE.replace("2018-19", "2017-18"), "stands here twice"),
    ("people.csv", "dementia,Weald,2018-19", "dementia,Atlantis,2018-19", "'Atlantis' is not known here"),
    ("people.csv", "dementia,Weald,2018-19,4000", "dementia,Weald,2018-19,many", "people.csv:"),
    ("chosen.csv", "multidisciplinary-teams", "multidisciplinary-team", "Did you mean 'multidisciplinary-teams'?"),
    ("chosen.csv", "dementia,0.4", "dementia,1.4", "chosen.csv"),
    ("chosen.csv", "0.4,2018-19", "0.4,2030-31", "'2030-31' is not known here"),
    ("chosen.csv", "intervention,segment", "intervention,segmet", "segmet"),
]


@pytest.mark.parametrize(("file", "old", "new", "wanted"), BAD)
def test_bad_tables_are_told_with_their_place(
    folder: Path, capsys: pytest.CaptureFixture[str], file: str, old: str, new: str, wanted: str
) -> None:
    text = (folder / file).read_bytes().decode()
    assert old in text
    (folder / file).write_bytes(text.replace(old, new, 1).encode())
    savings(expected=UNREADABLE)
    told = capsys.readouterr().err
    assert wanted in told
    assert "Traceback" not in told
