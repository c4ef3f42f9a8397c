"""``placeplan demand benefits``: what came of each benefit, and what is claimed twice."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from placeplan.app.care.benefit_register import register_answer
from placeplan.app.care.intervention_mapping import write_contracting_example
from placeplan.cli.demand import demand
from placeplan.kernel.errors import InputError


@pytest.fixture
def register(tmp_path: Path) -> Path:
    write_contracting_example(tmp_path)
    return tmp_path / "benefits.csv"


def _changed(register: Path, *changes: tuple[str, str]) -> Path:
    text = register.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new, 1)
    register.write_text(text, encoding="utf-8")
    return register


def test_actual_stands_against_plan_and_what_would_have_been(register: Path) -> None:
    done = CliRunner().invoke(demand, ["benefits", str(register), "--format", "json"])
    assert done.exit_code == 0
    found = json.loads(done.output)["benefits"][0]
    assert (found["counterfactual"], found["actual"], found["planned"]) == (12_200, 12_050, 300)
    assert (found["realised"], found["shortfall"]) == (150, 150)
    assert found["by_intervention"] == pytest.approx({"care-planning": 90, "rapid-response": 60})


def test_what_is_not_known_yet_is_not_zero(register: Path) -> None:
    done = CliRunner().invoke(demand, ["benefits", str(register)])
    assert "not known" in done.output
    assert "2 of 4 years of benefits are known; 2 of them fall short of plan." in done.output
    assert "[SYNTHETIC]" in done.output


def test_a_saving_that_two_claim_is_named_with_its_owners(register: Path) -> None:
    done = CliRunner().invoke(demand, ["benefits", str(register)])
    assert (
        "fewer-admissions (Programme director) and frail-at-home (Frailty lead) both claim emergency admissions in "
        "older-complex: one saving would count twice."
    ) in done.output


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("multidisciplinary-teams 1,", "multidisciplinary-teams 0.8,", "add up to 0.8; expected 1"),
        ("multidisciplinary-teams 1,", "multidisciplinary teams,", "'multidisciplinary teams' cannot be read"),
        (",12000,2018-19", ",13000,2018-19", "'13,000' differs from the row above"),
        (",2018-19,200,", ",2018-19,-200,", "-200 is below 0"),
        (",lower,non-elective-bed-days", ",smaller,non-elective-bed-days", "Expected one of lower, higher"),
    ],
)
def test_what_does_not_fit_is_said_at_its_cell(register: Path, old: str, new: str, words: str) -> None:
    with pytest.raises(InputError) as caught:
        register_answer(_changed(register, (old, new)))
    assert words in str(caught.value)
    assert all(problem.location.line for problem in caught.value.problems)


def test_all_problems_are_said_at_once(register: Path) -> None:
    broken = _changed(register, ("multidisciplinary-teams 1,", "nobody,"), (",2018-19,200,", ",2018-19,-200,"))
    with pytest.raises(InputError) as caught:
        register_answer(broken)
    assert {problem.location.field for problem in caught.value.problems} == {"shares", "planned"}
