"""Siting from small tables on the command line: questions of the hub model, options, premises; and clean JSON."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from placeplan import capacity
from placeplan.cli.main import main

CLEAN, FINDINGS, UNREADABLE = 0, 1, 2
EXAMPLES = Path(capacity.__file__).parent / "definitions" / "examples"
OPTIONS, LIMITS, PREMISES = (str(EXAMPLES / f"{name}.csv") for name in ("options", "hub-limits", "premises"))


@pytest.fixture(autouse=True)
def _no_folder(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("PLACEPLAN_DATA", raising=False)


def _run(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, str, str]:
    with pytest.raises(SystemExit) as ended:
        main(["siting", *words])
    said = capsys.readouterr()
    return int(ended.value.code or 0), said.out, said.err


def test_the_five_questions(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "questions", LIMITS, "--place", "west-kent")
    assert code == CLEAN
    assert "West Kent (invented): how many hubs, and which [SYNTHETIC]" in out
    assert "How many hubs can be safely staffed?" in out
    assert "existing hospitals first" in out


def test_options_and_what_must_not_be_missed(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "appraise", OPTIONS, "--do-minimum", "do minimum")
    assert code == FINDINGS
    assert "[SYNTHETIC]" in out
    assert "Discounted at 3.5% from year 1" in out
    assert "! Options last 30 to 60 years" in out


def test_options_for_machines(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = _run(capsys, "appraise", OPTIONS, "--format", "json")
    document = json.loads(out)
    assert [one["rank"] for one in document["options"]] == [1, 2, 3]
    assert document["discount_rates"][0] == {"from_year": 1, "to_year": 30, "percent": 3.5}


def test_premises_in_order(capsys: pytest.CaptureFixture[str]) -> None:
    code, out, _ = _run(capsys, "premises", PREMISES)
    assert code == CLEAN
    assert out.index("North of the town") < out.index("Garden village")


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["appraise", OPTIONS, "--do-minimum", "do-minimum"], "Did you mean 'do minimum'?"),
        (["appraise", "nowhere.csv"], "nowhere.csv"),
        (["premises", OPTIONS], "options.csv:1"),
        (["questions", LIMITS, "--place", "west-kentt"], "there is no place called 'west-kentt'"),
    ],
)
def test_bad_input_gets_clear_messages(capsys: pytest.CaptureFixture[str], words: list[str], said: str) -> None:
    code, _, err = _run(capsys, *words)
    assert code == UNREADABLE
    assert said in err
    assert "Traceback" not in err


def test_json_is_json_where_the_solver_was_called() -> None:
    """In a process of its own: the solver would print its header once in each."""
    words = ["siting", "hubs", "--place", "west-kent", "--numbers", "3", "--existing-first", "--format", "json"]
    told = subprocess.run(
        [sys.executable, "-c", "from placeplan.cli.main import main; main()", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(told.stdout)["choices"][0]["method"] == "HiGHS, assignment"
