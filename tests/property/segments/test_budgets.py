"""Budgets add up to the penny whatever the lists, and follow need."""

from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from placeplan.segments.budgets import practice_budgets
from placeplan.segments.practice_variation import Cell

GROUPS = [("well",), ("ill",), ("very-ill",)]
CELLS = st.lists(
    st.builds(
        lambda practice, group, people, spend: Cell(practice, group, people, {"spend_pence": spend if people else 0}),
        st.sampled_from("ABCDEFG"),
        st.sampled_from(GROUPS),
        st.integers(0, 10_000),
        st.integers(0, 10**9),
    ),
    min_size=1,
    max_size=20,
)
WEIGHTS = st.lists(st.fractions(0, 50, max_denominator=997), min_size=3, max_size=3)


@given(cells=CELLS, total=st.integers(0, 10**12))
def test_budgets_add_up_to_the_total(cells: list[Cell], total: int) -> None:
    assume(any(cell.counted["spend_pence"] for cell in cells))
    found = practice_budgets(cells, total_pence=total)
    assert sum(one.budget_pence for one in found) == total
    assert (
        sum(one.people for one in found)
        == sum(cell.people for cell in cells)
        == sum(one.weighted_people for one in found)
    )


@given(cells=CELLS, weights=WEIGHTS, total=st.integers(0, 10**9))
def test_a_budget_is_within_a_penny_of_its_share(cells: list[Cell], weights: list[Fraction], total: int) -> None:
    used = dict(zip(GROUPS, weights, strict=True))
    whole = sum(cell.people * used[cell.group] for cell in cells)
    assume(whole)
    for one in practice_budgets(cells, total_pence=total, weights=used):
        share = sum(cell.people * used[cell.group] for cell in cells if cell.practice == one.practice) / whole
        assert abs(one.budget_pence - total * share) < 1


@given(cells=CELLS, weights=WEIGHTS, total=st.integers(0, 10**9))
def test_twice_the_total_is_twice_each_budget_but_for_pennies(
    cells: list[Cell], weights: list[Fraction], total: int
) -> None:
    used = dict(zip(GROUPS, weights, strict=True))
    assume(sum(cell.people * used[cell.group] for cell in cells))
    once = practice_budgets(cells, total_pence=total, weights=used)
    twice = practice_budgets(cells, total_pence=2 * total, weights=used)
    assert all(abs(b.budget_pence - 2 * a.budget_pence) <= 2 for a, b in zip(once, twice, strict=True))
