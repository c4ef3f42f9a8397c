"""Areas of spend form a tree: what does not is one message for each row, with its place."""

import pytest
from tests.oracle.finance.written import Row, written

from placeplan.kernel.errors import InputError
from placeplan.plan.model import Plan
from placeplan.plan.spend_tree import from_the_top


def area(name: str, parent: str = "") -> Row:
    return {"area": name, "parent": parent, "title": name.capitalize(), "2014-15": "10"}


def plan(*rows: Row) -> Plan:
    return written().having("spend_areas", rows).plan()


def test_areas_are_listed_from_the_top_each_before_its_parts() -> None:
    read = plan(area("drugs", "hospital"), area("hospital", "all"), area("gms", "all"), area("all"), area("other"))
    listed = [(depth, each.area) for depth, each in from_the_top(read.spend_areas)]
    assert listed == [(0, "all"), (1, "hospital"), (2, "drugs"), (1, "gms"), (0, "other")]


def test_a_part_of_nothing_that_is_there_is_a_message() -> None:
    with pytest.raises(InputError) as caught:
        plan(area("all"), area("drugs", "hospitl"), area("hospital", "all"))
    [problem] = caught.value.problems
    assert str(problem.location) == "finance/spend_areas.csv:3:2 (parent)"
    assert problem.message == "there is no area of spend called 'hospitl'"
    assert "hospital" in problem.mend


def test_every_area_of_a_circle_is_named_and_no_other() -> None:
    rows = [area("all"), area("a", "c"), area("b", "a"), area("c", "b"), area("below", "a"), area("self", "self")]
    with pytest.raises(InputError) as caught:
        plan(*rows)
    assert [problem.location.line for problem in caught.value.problems] == [3, 4, 5, 7]
    assert caught.value.problems[0].message == "'a' is a part of itself: a in c in b in a"
    assert all(problem.mend and problem.expected for problem in caught.value.problems)
