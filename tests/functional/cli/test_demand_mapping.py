"""A savings target on areas of spend, and what a contract pays, on the command line."""

import json
from pathlib import Path

import pytest

from placeplan.cli.main import main

CLEAN, UNREADABLE = 0, 2
HEADINGS = "area,spend,lever,here,goal"


def run(capsys: pytest.CaptureFixture[str], *arguments: object) -> tuple[int, str, str]:
    """The exit code and what was printed."""
    with pytest.raises(SystemExit) as stopped:
        main(["demand", *(str(argument) for argument in arguments)])
    printed = capsys.readouterr()
    assert "Traceback" not in printed.out + printed.err
    assert "fault of Placeplan" not in printed.err
    return int(stopped.value.code or 0), printed.out, printed.err


def refused(capsys: pytest.CaptureFixture[str], folder: Path, *rows: str) -> str:
    """What is said about a table that cannot be used."""
    path = folder / "spend.csv"
    path.write_text("\n".join([HEADINGS, *rows]) + "\n", encoding="utf-8")
    code, out, err = run(capsys, "mapping", path)
    assert (code, out) == (UNREADABLE, "")
    return err


def test_three_per_cent_of_357_million_is_10_7_million(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "SYNTHETIC: wrote benefits.csv, contract.csv, spend.csv" in run(capsys, "example", tmp_path)[1]
    code, out, _ = run(capsys, "mapping", tmp_path / "spend.csv")
    assert code == CLEAN
    assert "[SYNTHETIC]" in out
    assert "The target is £10,710,000 of £357,000,000." in out
    assert "£137,000,000 can be changed here: the target is 7.8% of it." in out


def test_parts_add_up_for_a_machine(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capsys, "example", tmp_path)
    areas = json.loads(run(capsys, "mapping", tmp_path / "spend.csv", "--format", "json")[1])["areas"]
    for figure in ("spend", "addressable", "realistic", "target", "gap"):
        parts = sum(area[figure] for area in areas if len(area["path"]) == 2)
        assert parts == pytest.approx(areas[0][figure])


def test_every_problem_of_a_table_is_told_at_once(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    said = refused(capsys, tmp_path, "A,10,none,yes,0.1", "B,10,magic,yes,", "C > ,10,price,yes,", "D,-1,price,yes,")
    for line in range(2, 6):
        assert f"spend.csv:{line}" in said
    assert "it has no lever" in said


def test_an_area_is_not_also_the_sum_of_others(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "'A > B' meets another row" in refused(capsys, tmp_path, "A > B,10,price,yes,", "A,10,price,yes,")


def test_a_target_needs_something_to_change(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert "no area of spend has a lever here" in refused(capsys, tmp_path, "A,10,none,yes,")


def test_cap_and_collar_hold_over_the_year_so_far(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capsys, "example", tmp_path)
    asked = ("contract", tmp_path / "contract.csv", "--block", 10, "--cap", 1.05, "--collar", 0.97)
    assert "[SYNTHETIC]" in run(capsys, *asked)[1]
    found = json.loads(run(capsys, *asked, "--format", "json")[1])
    assert [month["paid"] for month in found["months"]] == pytest.approx([1060, 1060, 930])
    assert [month["limited"] for month in found["months"]] == [True, True, False]
    assert (found["borne_by_payer"], found["borne_by_provider"]) == pytest.approx((20, 0))


def test_rates_share_the_risk(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    run(capsys, "example", tmp_path)
    found = json.loads(run(capsys, "contract", tmp_path / "contract.csv", "--above", 0.5, "--format", "json")[1])
    assert (found["borne_by_payer"], found["borne_by_provider"]) == pytest.approx((10, 10))


def test_every_amount_below_0_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    path = tmp_path / "months.csv"
    path.write_text("month,planned,value\n2014-04,-1,5\n2014-05,1,-5\n", encoding="utf-8")
    code, _, err = run(capsys, "contract", path)
    assert code == UNREADABLE
    assert "months.csv:2" in err
    assert "months.csv:3" in err
