"""Weighted budgets: shares of a weighted list, to the penny."""

from fractions import Fraction

import pytest

from placeplan.segments.budgets import cost_weights, practice_budgets
from placeplan.segments.practice_variation import Cell

WELL, ILL = ("well",), ("ill",)


def cell(practice: str, group: tuple[str, ...], people: int, spend: int) -> Cell:
    return Cell(practice, group, people, {"spend_pence": spend})


CELLS = [cell("A", WELL, 90, 9_000), cell("A", ILL, 10, 11_000), cell("B", WELL, 80, 8_000), cell("B", ILL, 20, 19_000)]


def test_weights_are_cost_over_the_average() -> None:
    average = Fraction(47_000, 200)
    assert cost_weights(CELLS) == {WELL: 100 / average, ILL: 1_000 / average}


def test_a_budget_is_a_share_of_the_weighted_list() -> None:
    found = practice_budgets(CELLS, total_pence=47_000)
    assert [one.budget_pence for one in found] == [19_000, 28_000]
    assert [one.variance_pence for one in found] == [-1_000, 1_000]
    assert sum(one.weighted_people for one in found) == 200


def test_own_weights_may_be_used() -> None:
    found = practice_budgets(CELLS, total_pence=101, weights={WELL: Fraction(1), ILL: Fraction(1)})
    assert [one.budget_pence for one in found] == [51, 50]


@pytest.mark.parametrize(
    ("weights", "words"),
    [
        ({WELL: Fraction(1)}, "the group 'ill' has no weight of need; expected one of 0 or more"),
        ({WELL: Fraction(1), ILL: Fraction(-1)}, "the group 'ill' has no weight of need"),
        ({WELL: Fraction(0), ILL: Fraction(0)}, "5 cannot be shared out over 0"),
    ],
)
def test_weights_that_cannot_be_used(weights: dict, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        practice_budgets(CELLS, total_pence=5, weights=weights)


def test_spend_of_nothing_gives_no_weights() -> None:
    with pytest.raises(ValueError, match="nothing was spent"):
        cost_weights([cell("A", WELL, 90, 0)])
