"""People of a place on the command line: show, project, growth and cohorts, and what bad input is answered with."""

import json
import shutil
from pathlib import Path

import pytest
from tests.unit.app.population.public_files import ESTIMATES_FILE, PRINCIPAL_FILE, changed, write_public_files

import placeplan
from placeplan.cli.main import main

CLEAN, UNREADABLE = 0, 2
PLAN = Path(placeplan.__file__).parent / "examples" / "west-kent-2017"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main(["population", *(str(argument) for argument in arguments)])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "fault of Placeplan" not in printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_public_files(tmp_path_factory.mktemp("public") / "data")


@pytest.fixture(autouse=True)
def no_folder_of_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


def test_people_are_shown_by_age_and_drawn(capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path) -> None:
    out = tmp_path / "pictures"
    code, text, _ = run(
        capsys, "show", "--place", "west-kent", "--data", made, "--out", out, "--now", 2017, "--then", 2030
    )
    assert code == CLEAN
    assert text.startswith("West Kent: people in the middle of the year (principal after 2023)")
    assert "Wrote 3 files" in text
    assert sorted(file.name for file in out.iterdir()) == [
        f"pyramid-west-kent-2017-2030.{kind}" for kind in ("csv", "svg", "txt")
    ]


def test_the_environment_names_a_folder_too(
    capsys: pytest.CaptureFixture[str], made: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PLACEPLAN_DATA", str(made))
    _, text, _ = run(capsys, "show", "--place", "Sevenoaks")
    assert "SYNTHETIC" not in text


@pytest.mark.parametrize(
    "arguments",
    [
        ("show",),
        ("project", "--from", "2017", "--to", "2027"),
        ("growth", "--from", "2017", "--to", "2027"),
        ("cohorts", "--year", "2017"),
    ],
)
def test_invented_people_say_so_in_words_and_in_data(
    capsys: pytest.CaptureFixture[str], arguments: tuple[str, ...]
) -> None:
    code, text, _ = run(capsys, *arguments, "--place", "west-kent")
    assert code == CLEAN
    assert "SYNTHETIC: no data folder was given" in text
    code, text, _ = run(capsys, *arguments, "--place", "west-kent", "--format", "json")
    assert json.loads(text)["synthetic"] is True


@pytest.mark.parametrize("years", [("2030", "2017"), ("2017", "2030", "2017")])
def test_years_are_shown_in_their_order_and_once(capsys: pytest.CaptureFixture[str], years: tuple[str, ...]) -> None:
    asked = [word for year in years for word in ("--year", year)]
    code, text, _ = run(capsys, "show", "--place", "west-kent", *asked, "--format", "json")
    assert (code, json.loads(text)["years"]) == (CLEAN, [2017, 2030])
    code, text, _ = run(capsys, "cohorts", "--place", "west-kent", *asked, "--format", "json")
    assert (code, [row["year"] for row in json.loads(text)["programmes"][0]["years"]]) == (CLEAN, [2017, 2030])


def test_the_path_with_variants_and_new_lists(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    arguments = ("--place", "west-kent", "--data", made, "--from", 2017, "--to", 2030, "--new-list-over", 8000)
    _, text, _ = run(capsys, "project", *arguments, "--variants")
    assert "2024 projected" in text
    assert "High migration" in text
    assert "Tunbridge Wells: growth passes a new list of 8,000 people" in text


def test_variants_need_the_public_files(capsys: pytest.CaptureFixture[str]) -> None:
    code, _, error = run(capsys, "project", "--place", "west-kent", "--from", 2017, "--to", 2030, "--variants")
    assert code == UNREADABLE
    assert "give them with --data DIR" in error


def test_growth_beside_what_the_plan_prints(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    arguments = ("--place", "west-kent", "--data", made, "--from", 2017, "--to", 2030, "--plan", PLAN)
    _, text, _ = run(capsys, "growth", *arguments)
    assert "exact: West Kent, 2015 to 2035: 562,040 less 476,497 is 85,543" in text
    assert "Registered 484,460 (31 December 2016)" in text
    _, text, _ = run(capsys, "growth", *arguments, "--format", "json")
    assert [one["verdict"] for one in json.loads(text)["printed"]] == ["exact", "within rounding", "within rounding"]


def test_cohorts_at_another_uptake(capsys: pytest.CaptureFixture[str], made: Path) -> None:
    arguments = ("--place", "west-kent", "--data", made, "--year", 2017, "--programme", "bowel-screening")
    _, text, _ = run(capsys, "cohorts", *arguments, "--uptake", 58)
    assert "Bowel cancer screening  [UNCONFIRMED]" in text
    assert "at the uptake asked for" in text


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("show", "--place", "wessex"), "place: there is no place called 'wessex'"),
        (("show", "--place", "west-kent", "--year", "1850"), "year: 1850 is not among the years of this population"),
        (("show", "--place", "west-kent", "--band", "old"), "band: 'old' is no band of ages"),
        (("show", "--place", "west-kent", "--variant", "Hi migration"), "Did you mean 'High migration'?"),
        (("growth", "--place", "west-kent", "--from", "2030", "--to", "2017"), "2017 is not after 2030"),
        (("project", "--place", "west-kent", "--from", "2017", "--to", "2077"), "no growth from 2017 to 2077"),
        (("cohorts", "--place", "west-kent", "--programme", "bowels"), "there is no programme called 'bowels'"),
        (("cohorts", "--place", "west-kent", "--year", "1850"), "years: 1850 is not in this table"),
        (("cohorts", "--place", "west-kent", "--variant", "v6"), "lies inside the band"),
        (("cohorts", "--place", "west-kent", "--uptake", "140"), "140"),
        (("growth", "--place", "west-kent", "--from", "2017", "--to", "2027", "--plan", "nowhere"), "nowhere"),
        (
            ("project", "--place", "west-kent", "--from", "2017", "--to", "2027", "--new-list-over", "nan"),
            "new list: list size: nan; expected a number of people above 0",
        ),
    ],
)
def test_bad_input_is_one_clear_message(
    capsys: pytest.CaptureFixture[str], made: Path, arguments: tuple[str, ...], message: str
) -> None:
    code, out, error = run(capsys, *arguments, "--data", made)
    assert code == UNREADABLE
    assert out == ""
    assert message in error


def test_every_bad_cell_of_a_file_is_located(capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "data"))
    changed(folder / ESTIMATES_FILE, line=5, column="2019", to="-3")
    changed(folder / ESTIMATES_FILE, line=9, column="age", to="old")
    code, _, error = run(capsys, "show", "--place", "west-kent", "--data", folder)
    assert code == UNREADABLE
    assert f"{ESTIMATES_FILE}:5:10 (2019): '-3' cannot be read here" in error
    assert f"{ESTIMATES_FILE}:9:5 (age): 'old' cannot be read here" in error


def test_a_projection_that_leaves_a_year_out_is_refused(
    capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path
) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "data"))
    path = folder / PRINCIPAL_FILE
    path.write_text(path.read_text(encoding="utf-8").replace(",2024,", ",1990,", 1), encoding="utf-8")
    code, _, error = run(capsys, "show", "--place", "west-kent", "--data", folder)
    assert code == UNREADABLE
    assert "years: 2024 is missing between the estimates and the projection" in error


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], made: Path, tmp_path: Path) -> None:
    folder = Path(shutil.copytree(made, tmp_path / "data"))
    (folder / PRINCIPAL_FILE).unlink()
    code, _, error = run(capsys, "show", "--place", "west-kent", "--data", folder)
    assert code == UNREADABLE
    assert (
        "'projection-principal-sya' (Principal population projection by single year of age) is not in this folder"
        in error
    )
