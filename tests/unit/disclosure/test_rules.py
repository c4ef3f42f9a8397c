"""Rules of disclosure control are dated data."""

from datetime import date
from pathlib import Path

import pytest
from pydantic import ValidationError

from placeplan.app.disclosure_rules import FOLDER, read_rules, read_rules_in, rule_named
from placeplan.kernel.errors import InputError


def test_the_hospital_rule_since_2018_withholds_one_to_seven_and_rounds_to_five() -> None:
    rule = rule_named("hes-2018")
    assert rule.in_words() == (
        "Counts from 1 to 7 are shown as *, zero is shown, other counts are rounded to the nearest 5."
    )
    assert rule.in_force(date(2018, 9, 1))
    assert not rule.in_force(date(2018, 8, 31))
    assert not rule.confirmed


def test_the_rule_before_asks_for_secondary_suppression() -> None:
    rule = rule_named("hes-before-2018")
    assert rule.small == (1, 5)
    assert rule.secondary_suppression
    assert not rule.in_force(date(2018, 9, 1))


def test_every_rule_says_where_it_comes_from() -> None:
    for rule in read_rules().rules:
        assert rule.reference
        assert rule.path == f"disclosure/{rule.id}"


def test_an_unknown_rule_names_those_that_there_are() -> None:
    with pytest.raises(InputError, match="one of hes-2018, hes-before-2018, none"):
        rule_named("hes")


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"highest": None}, "together or not at all"),
        ({"lowest": 2}, "must be 1, or 0"),
        ({"least_possible": 8}, "fewer values"),
        ({"rounded_to": 20}, "rounded to zero"),
        ({"percentages_from_rounded": False}, "would give them away"),
    ],
)
def test_rules_that_contradict_themselves_are_refused(change: dict[str, object], said: str) -> None:
    rule = rule_named("hes-2018")
    with pytest.raises(ValidationError, match=said):
        type(rule).model_validate({**rule.model_dump(), **change})


def test_a_rule_in_a_file_of_another_name_is_refused(tmp_path: Path) -> None:
    text = (FOLDER / "none.yaml").read_text(encoding="utf-8")
    (tmp_path / "every.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match="'none' stands in a file called every"):
        read_rules_in(tmp_path)
