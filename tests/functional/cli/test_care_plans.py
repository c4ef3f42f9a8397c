"""``placeplan demand plan`` and ``calibrate`` on the bundled plan: what is seen without building the document."""

import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import placeplan
from placeplan.cli.main import main

PLAN = Path(placeplan.__file__).parent / "examples" / "west-kent-2017"
Run = Callable[..., str]
WITHOUT = PLAN.parent / "swale-2016"


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str]) -> Run:
    def told(*arguments: str, code: int = 0) -> str:
        with pytest.raises(SystemExit) as stopped:
            main(["demand", *arguments])
        printed = capsys.readouterr()
        assert int(stopped.value.code or 0) == code, printed.err
        assert "Traceback" not in printed.out + printed.err
        return printed.out if code == 0 else printed.out + printed.err

    return told


def test_the_chain_is_told_from_activity_to_staff(run: Run) -> None:
    told = run("plan", str(PLAN))
    assert told.startswith("SYNTHETIC ACTIVITY: CALIBRATED EFFECTS: Local care plan, West Kent, 2020-21")
    for words in (
        "£47,752k",
        "£10,630k",
        "£37,122k",
        "Runs that save what is claimed",
        "Community bed days",
        "not known",
    ):
        assert words in told


def test_a_year_and_a_scenario_are_chosen(run: Run) -> None:
    assert "£19,406k" in run("plan", str(PLAN), "--year", "2018-19")
    assert "£19,406k" not in run("plan", str(PLAN), "--year", "2018-19", "--scenario", "without-expert-opinion")


def test_json_holds_the_figures_of_the_year(run: Run) -> None:
    answer = json.loads(run("plan", str(PLAN), "--format", "json"))
    assert round(answer["figures"]["demand.total.2020-21.saving"]) == 47752
    assert answer["figures"]["capacity.staff.therapist.in-post"] is None
    assert not any("2017-18" in name for name in answer["figures"])


def test_pictures_are_written_with_a_page(run: Run, tmp_path: Path) -> None:
    run("plan", str(PLAN), "--out", str(tmp_path / "out"))
    names = {path.name for path in (tmp_path / "out").iterdir()}
    assert {"index.html", "savings-by-intervention.svg", "saving-claimed-and-supported.svg"} <= names
    assert "Synthetic activity" in (tmp_path / "out" / "what-drives-the-saving.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((str(WITHOUT),), "the plan has no care model"),
        ((str(PLAN), "--year", "2030-31"), "'2030-31' is no year of the plan"),
        ((str(PLAN), "--scenario", "none-such"), "there is no scenario called 'none-such'"),
    ],
)
def test_what_cannot_be_is_one_message(run: Run, arguments: tuple[str, ...], words: str) -> None:
    assert words in run("plan", *arguments, code=2)


def test_a_calibration_is_told_and_written_into_a_copy_of_the_plan(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(PLAN, copy)
    effects = copy / "care" / "effects.csv"
    effects.write_text(re.sub(r"(first|second|third|remainder),[\d.]+%", r"\1,1%", effects.read_text(encoding="utf-8")))
    told = run("calibrate", str(copy), "--out", str(copy))
    assert "effects would have to be stronger than the greatest that evidence allows" in told
    for name in ("effects.csv", "costs.csv", "activity.csv"):
        assert (copy / "care" / name).read_bytes() == (PLAN / "care" / name).read_bytes()


def test_a_statement_that_cannot_be_met_is_one_message(run: Run, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(PLAN, copy)
    stated = copy / "finance" / "stated.csv"
    text = stated.read_text(encoding="utf-8")
    stated.write_text(
        text.replace('elective-admissions.2020-21.saving,"7,938"', 'elective-admissions.2020-21.saving,"38"')
    )
    assert "expected effects that do not fall" in run("calibrate", str(copy), code=2)


def test_a_data_folder_needs_a_place(run: Run, tmp_path: Path) -> None:
    assert "a data folder is given and no place" in run("calibrate", str(PLAN), "--data", str(tmp_path), code=2)


def test_a_real_place_gives_its_small_areas_and_networks(run: Run, shared_data: Path, tmp_path: Path) -> None:
    told = run("calibrate", str(PLAN), "--data", str(shared_data), "--place", "west-kent", "--out", str(tmp_path))
    assert "278 small areas with 485,774 people" in told
    assert "networks" in told
    activity = (tmp_path / "care" / "activity.csv").read_text(encoding="utf-8")
    assert "estimate" in activity
    assert "tunbridge-wells-pcn" in (tmp_path / "care" / "clusters.csv").read_text(encoding="utf-8")
    copy = tmp_path / "plan"
    shutil.copytree(PLAN, copy)
    shutil.copytree(tmp_path / "care", copy / "care", dirs_exist_ok=True)
    assert "£47,752k" in run("plan", str(copy))
