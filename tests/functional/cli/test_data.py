"""``placeplan data`` as a planner runs it."""

from pathlib import Path

import pytest
from tests.functional.cli.test_commands import CLEAN, FINDINGS, UNREADABLE, run

WIDTH = 100
BEDS = "org_code,date,do_not_meet_criteria_to_reside,discharged_by_1700,discharged_between_1701_2359,discharged_total\n"


@pytest.fixture(autouse=True)
def _no_folder_in_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


def folder_with(rows: str, folder: Path) -> Path:
    (folder / "discharge_daily_trust_2025.csv").write_text(BEDS + rows, encoding="utf-8")
    return folder


def test_describe_lists_every_data_set_within_the_width_of_a_terminal(tmp_path: Path) -> None:
    done = run("data", "describe", cwd=tmp_path)
    assert done.returncode == CLEAN
    assert "  ae-monthly-trust: A&E attendances" in done.stdout
    assert "NHS England; Open Government Licence v3.0" in done.stdout
    assert "[SYNTHETIC]" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= WIDTH


def test_describe_says_all_of_one_data_set(tmp_path: Path) -> None:
    done = run("data", "describe", "discharge-daily-trust", cwd=tmp_path)
    assert done.returncode == CLEAN
    assert "a row for each: org_code, date" in done.stdout
    assert "measures:       no-criteria-to-reside" in done.stdout
    assert "  discharged_total (count, patients): Discharged on the day." in done.stdout


def test_describe_helps_with_a_slip_in_an_identifier(tmp_path: Path) -> None:
    done = run("data", "describe", "discharge-daily-trusts", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "Did you mean discharge-daily-trust" in done.stderr


def test_check_of_a_clean_folder(tmp_path: Path) -> None:
    done = run("data", "check", "--data", folder_with("RPA,2025-04-01,5,1,2,3\n", tmp_path), cwd=tmp_path)
    assert done.returncode == CLEAN, done.stdout + done.stderr
    assert "discharge-daily-trust                                1         6  clean" in done.stdout
    assert "Known and not there:" in done.stdout
    assert done.stderr == ""


def test_check_finds_rows_with_problems(tmp_path: Path) -> None:
    done = run("data", "check", "--data", folder_with("RPA,2025-04-31,5,1,2,3\n", tmp_path), cwd=tmp_path)
    assert done.returncode == FINDINGS
    assert "discharge_daily_trust_2025.csv:2:2 (date): '2025-04-31' cannot be read here." in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= WIDTH


def test_check_finds_files_that_cannot_be_read_and_files_that_fit_nothing(tmp_path: Path) -> None:
    folder_with("RPA\n", tmp_path)
    (tmp_path / "strange.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    done = run("data", "check", "--data", tmp_path, cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "CANNOT BE READ" in done.stdout
    assert "Files that fit no data set: 1.\n  strange.csv" in done.stdout


def test_check_takes_the_folder_of_the_environment(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PLACEPLAN_DATA", str(folder_with("RPA,2025-04-01,5,1,2,3\n", tmp_path)))
    assert run("data", "check", cwd=tmp_path).returncode == CLEAN


def test_check_without_a_folder_says_how_to_give_one(tmp_path: Path) -> None:
    done = run("data", "check", cwd=tmp_path)
    assert done.returncode == UNREADABLE
    assert "Give one with --data DIR, or set PLACEPLAN_DATA" in done.stderr


def test_check_of_the_open_data(shared_data: Path, tmp_path: Path) -> None:
    done = run("data", "check", "--data", shared_data, cwd=tmp_path)
    assert done.returncode == FINDINGS  # three files hold rows that share their key, as published
    assert done.stdout.count(" problems\n") == 3
    assert max(map(len, done.stdout.splitlines())) <= WIDTH
