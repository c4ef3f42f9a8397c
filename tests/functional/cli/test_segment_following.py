"""A forecast of segments and the risk lists of a practice, on the command line."""

import json
import stat
from pathlib import Path

import pytest
from tests.functional.cli.test_segments import CLEAN, UNREADABLE, rows_of, run

from placeplan.cli.main import main

PRACTICE = "SYN-P00002"
WHO = ("--who", "A. Nurse", "--role", "practice-clinician", "--purpose", "risk-stratification")


@pytest.fixture(scope="module")
def people(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("followed") / "people"
    with pytest.raises(SystemExit) as stopped:
        main(
            ["segments", "synthesise", "--place", "west-kent", "--people", "3000", "--years", "2", "--out", str(folder)]
        )
    assert not stopped.value.code
    return folder


def forecast(capsys: pytest.CaptureFixture[str], people: Path, out: Path, *more: str) -> tuple[int, str, str]:
    asked = ("--scheme", "kent-2017", "--year", "2016-17", "--ahead", "3", "--out", out / "forecast.csv")
    return run(capsys, "segments", "forecast", people, *asked, *more)


def test_a_forecast_has_every_year_and_its_segments_add_up(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = forecast(capsys, people, tmp_path, "--disclosure", "none", "--reason", "Nobody in it exists")
    assert code == CLEAN
    assert "Each year after 2016-17 is taken to be like 2016-17." in out
    assert " died, " in out
    rows = rows_of(tmp_path / "forecast.csv")
    assert list(dict.fromkeys(row["year"] for row in rows)) == ["2016-17", "2017-18", "2018-19", "2019-20"]
    for year in ("2016-17", "2019-20"):
        own = {row["segment"]: int(row["people"]) for row in rows if row["year"] == year}
        assert own.pop("all") == pytest.approx(sum(own.values()), abs=len(own) / 2)
    assert {row["status"] for row in rows} == {"synthetic"}


def test_what_is_withheld_at_the_start_is_withheld_in_every_year(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert forecast(capsys, people, tmp_path)[0] == CLEAN
    rows = rows_of(tmp_path / "forecast.csv")
    hidden = {row["segment"] for row in rows if row["year"] == "2016-17" and not row["people"]}
    assert len(hidden) >= 2
    assert all(not row["people"] for row in rows if row["segment"] in hidden)
    assert all(int(row["people"]) % 5 == 0 for row in rows if row["people"])


def test_a_forecast_needs_the_year_before(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    asked = ("--scheme", "kent-2017", "--year", "1920-21", "--out", tmp_path / "forecast.csv")
    code, _, err = run(capsys, "segments", "forecast", people, *asked)
    assert code == UNREADABLE
    assert "nobody is on a list" in err
    assert not (tmp_path / "forecast.csv").exists()


def listed(
    capsys: pytest.CaptureFixture[str], people: Path, out: Path, *more: str, practice: str = PRACTICE
) -> tuple[int, str, str]:
    asked = ("--scheme", "kent-2017", "--year", "2016-17", "--practice", practice, "--log", out / "looks.jsonl")
    return run(capsys, "segments", "risk-lists", people, *asked, "--out", out / "lists", *WHO, *more)


def test_a_practice_lists_its_own_people_by_pseudonym_and_the_look_is_noted(
    people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code, out, _ = listed(capsys, people, tmp_path, "--works-for", PRACTICE)
    assert code == CLEAN
    adults, dearest = (rows_of(tmp_path / "lists" / f"{name}.csv") for name in ("adults-at-risk", "highest-cost"))
    assert f"adults-at-risk: {len(adults)} people" in out
    assert {row["practice"] for row in (*adults, *dearest)} == {PRACTICE}
    assert [int(row["rank"]) for row in adults] == list(range(1, len(adults) + 1))
    assert len(dearest) == 100
    assert stat.S_IMODE((tmp_path / "lists").stat().st_mode) == 0o700
    noted = json.loads((tmp_path / "looks.jsonl").read_text(encoding="utf-8"))["says"]
    assert noted["rows"]["highest-cost"] == 100


def test_another_practice_sees_nothing(people: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    code, _, err = listed(capsys, people, tmp_path, "--works-for", "SYN-P00001")
    assert code == UNREADABLE
    assert f"only who works for the practice {PRACTICE} may see-practice-rows there" in err
    code, _, err = listed(capsys, people, tmp_path, "--works-for", "G00000", practice="G00000")
    assert code == UNREADABLE
    assert "nobody is on the list of a practice 'G00000'" in err
    assert not (tmp_path / "lists").exists()
