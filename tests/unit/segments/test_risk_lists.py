"""The rules of risk lists: what comes with Placeplan, and what is refused."""

from pathlib import Path

import pytest

from placeplan.app.segments.definitions import FOLDER
from placeplan.app.segments.following_rules import read_risk_rules, risk_rules_from
from placeplan.kernel.errors import InputError

TEXT = (FOLDER / "risk.yaml").read_text(encoding="utf-8")


def test_the_rules_say_that_they_are_our_own_and_unconfirmed() -> None:
    rules = read_risk_rules()
    assert "no national rule was found" in rules.reference
    assert {rules.confidence, rules.adults.confidence, rules.children.confidence, rules.dearest.confidence} == {
        "unconfirmed"
    }
    assert (float(rules.adults.share), rules.dearest.people) == (0.02, 100)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("housebound: 3", "house-bound: 3", "no flag is called 'house-bound'"),
        ("dementia: 6, ", "", "the segment 'dementia' of 'kent-2017' has no points"),
        ("dementia: 6,", "dementia: 6, gout: 1,", "'kent-2017' has no segment 'gout'"),
        ("{at_least: 24, points: 2}", "{at_least: 24, points: 0}", "the steps of events must rise, and so must"),
        ("{at_least: 24, points: 2}", "{at_least: 6, points: 2}", "the steps of events must rise"),
        ("share: 0.02", "share: 2", "share"),
        ("from_age: 18", "from_age: -1", "from_age"),
        ("mild: 2", "slight: 2", "found 'slight'. Expected one of: 'fit', 'mild'"),
    ],
)
def test_rules_that_cannot_be_used(tmp_path: Path, old: str, new: str, words: str) -> None:
    assert old in TEXT
    path = tmp_path / "risk.yaml"
    path.write_text(TEXT.replace(old, new), encoding="utf-8")
    with pytest.raises(InputError, match=words):
        risk_rules_from(path)
