"""Lines of assurance by round: a list for every round, and what each adds, takes away or words otherwise."""

import pytest
from pydantic import ValidationError

from placeplan.app.register_definitions import read_checklist
from placeplan.assurance.registry import CHECKS
from placeplan.registers.assurance_lines import Checklist
from placeplan.rounds.reader import list_rounds

GOVERNED = {
    "reference": "Made up",
    "confidence": "unconfirmed",
    "review": {"reviewed": "2026-01-01", "reviewer": "A", "review_due": "2027-01-01"},
}


def _line(name: str, group: str = "Money") -> dict[str, object]:
    return {"id": name, "group": group, "question": f"Is {name} well?", "needs": [], "checks": []}


def _list(**changes: object) -> Checklist:
    rounds = [{"round": "2014-15", **GOVERNED, **changes}]
    base = [_line("balance"), _line("risks", "Risk")]
    return Checklist.model_validate({**GOVERNED, "lines": base, "rounds": rounds})


def test_a_round_adds_behind_its_group_takes_away_and_words_otherwise() -> None:
    found = _list(add=[_line("goals", "Strategy"), _line("savings")], words={"risks": "Are risks owned?"})
    assert [(line.id, line.question) for line in found.lines_for("2014-15")] == [
        ("balance", "Is balance well?"),
        ("savings", "Is savings well?"),
        ("risks", "Are risks owned?"),
        ("goals", "Is goals well?"),
    ]
    assert [line.id for line in found.lines_for("2016-17")] == ["balance", "risks"], (
        "another asks what every round does"
    )
    assert [line.id for line in _list(without=["balance"]).lines_for("2014-15")] == ["risks"]


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"without": ["beds"]}, "the list of every round has no line beds"),
        ({"words": {"beds": "Are there beds?"}}, "the list of every round has no line beds"),
        ({"add": [_line("risks")]}, "two of its lines are called risks"),
        ({"without": ["risks"], "words": {"risks": "Why?"}}, "risks is taken away and worded"),
    ],
)
def test_a_round_that_changes_what_is_not_there_is_refused(changes: dict[str, object], told: str) -> None:
    with pytest.raises(ValidationError, match=told):
        _list(**changes)


def test_what_comes_with_placeplan_names_rounds_and_checks_that_there_are() -> None:
    checklist = read_checklist()
    assert {each.round for each in checklist.rounds} <= set(list_rounds())
    codes = [check.code for check in CHECKS]
    for name in list_rounds():
        lines = checklist.lines_for(name)
        assert len({line.id for line in lines}) == len(lines)
        for line in lines:
            assert all(any(code.startswith(start) for code in codes) for start in line.checks), line.id
    asked = {name: {line.id for line in checklist.lines_for(name)} for name in list_rounds()}
    assert "goals" in asked["2014-15"]
    assert "goals" not in asked["2016-17"]
