"""The gap if nothing is done on the command line."""

import json
from pathlib import Path

import pytest
from tests.functional.cli.test_demand_do_nothing import run

CLEAN, UNREADABLE = 0, 2
GAP = """title: A made-up place
unit: £m
years: [2016-17, 2017-18, 2018-19]
cost: 1000
resources: 990
demand_growth: [0.03, 0.03]
cost_inflation: [0.02, 0.02]
funding_growth: [0.01, 0.01]
solutions:
  Local care: [0, 5, 20]
stated: kent-and-medway-2020-21
reference: made up
confidence: unconfirmed
"""


def written(folder: Path, text: str = GAP) -> Path:
    file = folder / "gap.yaml"
    file.write_text(text, encoding="utf-8")
    return file


def test_stated_gaps_are_listed_with_what_their_shares_come_to(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = run(capsys, "gap")
    assert code == CLEAN
    assert "Kent and Medway, 2020-21: 486 £m as stated" in out
    assert "1,000 £m as stated; 3.14% of england-2020-21 comes to 942" in out


def test_the_gap_of_a_place_by_its_drivers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, out, _ = run(capsys, "gap", written(tmp_path), "--out", tmp_path / "out")
    assert code == CLEAN
    assert out.startswith("UNCONFIRMED: A made-up place, £m")
    assert "gap       93.9" in out
    assert "Stated: 486 £m in 2020-21" in out
    assert (tmp_path / "out" / "what-opens-the-gap-of-2018-19.svg").is_file()
    assert (tmp_path / "out" / "what-closes-the-gap-of-2018-19.svg").is_file()


def test_the_gap_for_a_machine_adds_up(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    found = json.loads(run(capsys, "gap", written(tmp_path), "--format", "json")[1])
    for place in range(3):
        parts = sum(own[place] for own in found["drivers"].values()) + found["interaction"][place]
        assert found["gap"][place] == pytest.approx(found["gap"][0] + parts)
        assert found["left"][place] == pytest.approx(found["gap"][place] + found["solutions"]["Local care"][place])
    assert found["stated"] == 486


@pytest.mark.parametrize(
    ("change", "answer"),
    [
        (
            ("[0.03, 0.03]", "[0.03]"),
            "demand-growth: 1 rates for 3 years; expected one for each year after the base year",
        ),
        (("[0.02, 0.02]", "[0.02, -2]"), "a yearly rate of -2; expected -1 (-100%) or more"),
        (("cost: 1000", "cost: -1"), "gap: cost of -1; expected 0 or more"),
        (("[0, 5, 20]", "[0, 5]"), "solution 'Local care': expected one number for each of 3 years"),
        (("kent-and-medway-2020-21", "kent-2021"), "gap.yaml:11"),
        (("cost: 1000", "cots: 1000"), "Did you mean 'cost'"),
        (("2018-19]", "2018-18]"), "gap.yaml:3"),
        (("2017-18, 2018-19", "2018-19, 2017-18"), "'2017-18' stands after '2018-19'"),
    ],
)
def test_files_that_cannot_be_read(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, change: tuple[str, str], answer: str
) -> None:
    code, _, err = run(capsys, "gap", written(tmp_path, GAP.replace(*change)))
    assert code == UNREADABLE
    assert answer in err


def test_a_missing_file_is_named(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    code, _, err = run(capsys, "gap", tmp_path / "none.yaml")
    assert code == UNREADABLE
    assert "none.yaml: the file cannot be opened" in err
