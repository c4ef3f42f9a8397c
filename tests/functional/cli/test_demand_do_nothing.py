"""Do-nothing demand on the command line, and what bad input is answered with."""

import csv
import json
from pathlib import Path

import pytest

from placeplan.cli.main import main

CLEAN, UNREADABLE = 0, 2
OWN = """adjustments:
  - id: waiting-list
    title: Our waiting list
    how: level
    applied: true
    terms:
      - {points: [elective-admissions], by_year: {'2024': 1.03}}
    reference: Recovery plan
    confidence: confirmed
    review: {reviewed: 2026-11-01, reviewer: A. Planner, review_due: 2027-11-01}
"""


@pytest.fixture(autouse=True)
def _without_a_folder_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main(["demand", *(str(argument) for argument in arguments)])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "fault of Placeplan" not in printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


def test_without_data_an_invented_place_stands_in_and_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "do-nothing", "--place", "west-kent", "--until", "2030")
    assert code == CLEAN
    assert out.startswith("SYNTHETIC: Do nothing, Invented place, 2023 to 2030")
    assert "More people" in out
    assert "Growth beyond population" in out
    assert "UNCONFIRMED" in out
    assert "a place that does not exist" in out


def test_the_same_seed_prints_the_same_answer(capsys: pytest.CaptureFixture[str]) -> None:
    answers = [run(capsys, "do-nothing", "--place", "x", "--until", "2026", "--seed", seed)[1] for seed in (5, 5, 6)]
    assert answers[0] == answers[1]
    assert answers[0] != answers[2]


def test_the_answer_for_a_machine_adds_up(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "do-nothing", "--place", "x", "--until", "2030", "--format", "json")
    found = json.loads(out)
    assert code == CLEAN
    assert found["synthetic"] is True
    assert [one["confidence"] for one in found["adjustments"]] == ["confirmed"] * 2 + ["unconfirmed"] * 2
    for point in found["points"]:
        parts = point["attribution"]
        assert parts["base"] + sum(parts["changes"].values()) + parts["interaction"] == pytest.approx(parts["total"])
        assert point["path"][-1] == pytest.approx(parts["total"])
        assert point["bands"]["0.05"][-1] < point["path"][-1] < point["bands"]["0.95"][-1]


def test_tables_and_pictures_are_written(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "do-nothing", "--place", "x", "--until", "2026", "--out", tmp_path / "out")
    assert code == CLEAN
    assert "files to" in out
    written = {file.name for file in (tmp_path / "out").iterdir()}
    kinds = ("fan", "waterfall", "tornado")
    assert {f"ae-attendances-{kind}.svg" for kind in kinds} | {"path.csv", "growth.csv", "index.html"} <= written
    with (tmp_path / "out" / "growth.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert len(rows) == 3 * 7 * 4
    assert {row["status"] for row in rows} == {"synthetic"}
    last = [row for row in rows if row["year"] == "2026"]
    assert all(float(row["quantile_5%"]) < float(row["total"]) < float(row["quantile_95%"]) for row in last)
    assert "Synthetic" in (tmp_path / "out" / "ae-attendances-fan.svg").read_text(encoding="utf-8")


def test_a_tornado_names_what_drives_a_point(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    folder = tmp_path / "out"
    code, out, _ = run(
        capsys, "tornado", "--place", "x", "--point", "ae-attendances", "--until", "2033", "--out", folder
    )
    assert code == CLEAN
    assert "Synthetic" in (folder / "ae-attendances-tornado.svg").read_text(encoding="utf-8")
    assert "Growth beyond population: A&E attendances" in out
    assert "of the variance" in out
    code, out, _ = run(capsys, "tornado", "--place", "x", "--until", "2033", "--format", "json")
    found = json.loads(out)
    assert [swing["factor"] for swing in found["swings"]] == [
        "non-demographic-growth/non-elective-admissions", "health-status",
    ]  # fmt: skip


def test_the_projection_can_be_uncertain_too(capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("tornado", "--place", "x", "--until", "2033", "--variants")
    code, out, _ = run(capsys, *asked)
    assert code == CLEAN
    assert "Other projections of population" in out
    assert "(Low population to High population)" in out


def test_own_adjustments_take_part(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN, encoding="utf-8")
    code, out, _ = run(capsys, "do-nothing", "--place", "x", "--until", "2026", "--adjustments", file)
    assert code == CLEAN
    assert "Our waiting list" in out
    code, out, _ = run(
        capsys,
        "do-nothing",
        "--place",
        "x",
        "--until",
        "2026",
        "--adjustments",
        file,
        "--by",
        "group",
        "--format",
        "json",
    )
    changes = {point["id"]: point["attribution"]["changes"]["waiting-list"] for point in json.loads(out)["points"]}
    assert changes["daycase_n"] > 0
    assert changes["walkin"] == 0


@pytest.mark.parametrize(
    ("arguments", "answer"),
    [
        (("do-nothing", "--place", "x", "--until", "2099"), "Expected a year from 2024 to 2043"),
        (("do-nothing", "--place", "x", "--until", "soon"), "'soon' is no last year that can be reached"),
        (("tornado", "--place", "x", "--point", "beds"), "'beds' is not known. Expected one of ae-attendances"),
        (("do-nothing", "--place", "x", "--adjustments", "none.yaml"), "the file cannot be opened"),
        (("do-nothing", "--place", "x", "--runs", "2"), "--runs"),
        (("do-nothing", "--place", "x", "--seed", "-1"), "--seed"),
        (("do-nothing",), "--place"),
        (("backcast", "--place", "kent-and-medway"), "no data folder was given"),
    ],
)
def test_bad_input_is_answered_with_what_was_expected(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...], answer: str
) -> None:
    code, _, err = run(capsys, *arguments)
    assert code == UNREADABLE
    assert answer in err


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (("by_year: {'2024': 1.03}", "by_year: {'2024': -1}"), "the factor of 2024 is -1; expected 0 or more"),
        (("by_year: {'2024': 1.03}", "by_year: {'2023': 1.1}"), "the base year 2023 is given a factor"),
        (("by_year: {'2024': 1.03}", "by_year: {'2050': 1.1}"), "the year '2050' is not known"),
        (("elective-admissions", "elective-beds"), "the point of delivery 'elective-beds' is not known"),
        (("applied: true", "applied: perhaps"), "own.yaml:5"),
        (("how: level", "how: magic"), "own.yaml:4"),
    ],
)
def test_adjustments_that_do_not_fit_are_named(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, change: tuple[str, str], answer: str
) -> None:
    file = tmp_path / "own.yaml"
    file.write_text(OWN.replace(*change), encoding="utf-8")
    code, _, err = run(capsys, "do-nothing", "--place", "x", "--adjustments", file)
    assert code == UNREADABLE
    assert "own.yaml" in err
    assert answer in err


def test_a_place_is_read_from_a_data_folder(capsys: pytest.CaptureFixture[str], shared_data: Path) -> None:
    code, out, _ = run(capsys, "do-nothing", "--place", "thanet", "--data", shared_data, "--until", "2030")
    assert code == CLEAN
    assert out.startswith("UNCONFIRMED ADJUSTMENTS: Do nothing, Thanet, 2023 to 2030")
    code, _, err = run(capsys, "do-nothing", "--place", "kent-and-medwy", "--data", shared_data)
    assert code == UNREADABLE
    assert "Did you mean kent-and-medway" in err
    code, _, err = run(capsys, "do-nothing", "--place", "thanet", "--data", shared_data, "--until", "2044")
    assert code == UNREADABLE
    assert "Expected a year from 2024 to 2043" in err


def test_a_folder_without_the_files_says_which_are_missing(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "do-nothing", "--place", "thanet", "--data", tmp_path)
    assert code == UNREADABLE
    for name in ("hospital-activity-rates-by-age-sex", "mid-year-estimates-sya", "projection-principal-sya"):
        assert name in err


def test_a_backcast_shows_its_error(capsys: pytest.CaptureFixture[str], shared_data: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    code, said, _ = run(capsys, "backcast", "--place", "kent-and-medway", "--data", shared_data, "--out", out)
    assert code == CLEAN
    assert "A&E attendances at major departments" in said
    assert "MAPE" in said
    assert (out / "ae-major-2016-backcast.svg").is_file()
    code, said, _ = run(capsys, "backcast", "--place", "kent-and-medway", "--data", shared_data, "--format", "json")
    series = {one["id"]: one for one in json.loads(said)["series"]}
    errors = {name: method["mape"] for name, method in series["ae-major-2016"]["methods"].items()}
    assert errors["every adjustment"] < errors["no growth"]
    assert series["ae-2022"]["left_out"]
    code, _, err = run(capsys, "backcast", "--place", "west-kent", "--data", shared_data)
    assert code == UNREADABLE
    assert "there is no counted series of 'west-kent'" in err
