"""What a scheme explains of the variance of cost, on cases that can be worked out by hand."""

import pytest

from placeplan.segments.variance_explained import CostSums, Explained, Sums, compared, explained, halves_of

SEED = 1


def sums(*values: int) -> Sums:
    return Sums(len(values), sum(values), sum(value * value for value in values))


def test_a_scheme_by_hand() -> None:
    found = explained({"A": {("well",): sums(1, 3), ("ill",): sums(9, 11)}}, seed=SEED)
    assert (found.people, found.groups) == (4, 2)
    # about the mean of 6: 25 + 9 + 9 + 25 = 68; about the means of 2 and 10: 4
    assert found.share == pytest.approx(1 - 4 / 68)
    assert found.adjusted == pytest.approx(1 - (4 / 68) * 3 / 2)
    assert found.cross_validated is None


def test_groups_of_one_person_each_explain_all_and_nothing() -> None:
    found = explained({"A": {("a",): sums(1), ("b",): sums(5)}}, seed=SEED)
    assert (found.share, found.adjusted) == (1.0, None)


def test_a_group_that_the_other_half_has_not_is_foretold_by_the_mean() -> None:
    by_practice = {"A": {("well",): sums(0, 2)}, "B": {("ill",): sums(10, 12)}}
    assert explained(by_practice, seed=SEED).cross_validated == pytest.approx(0)


def test_groups_that_repeat_in_the_other_half_foretell_it() -> None:
    one = {("well",): sums(0, 2), ("ill",): sums(10, 12)}
    found = explained({"A": one, "B": one}, seed=SEED)
    assert found.cross_validated == pytest.approx(found.share)


@pytest.mark.parametrize("by_practice", [{}, {"A": {}}, {"A": {("well",): Sums()}}])
def test_nobody_has_no_variance(by_practice: dict) -> None:
    assert explained(by_practice, seed=SEED) == Explained(0, 0, None, None, None)


def test_where_nothing_varies_nothing_is_explained() -> None:
    found = explained({"A": {("well",): sums(5, 5)}, "B": {("ill",): sums(5, 5)}}, seed=SEED)
    assert (found.share, found.adjusted, found.cross_validated) == (None, None, None)


def test_the_same_seed_gives_the_same_halves() -> None:
    names = [f"G{number:05d}" for number in range(101)]
    first, second = halves_of(names, seed=SEED)
    assert (len(first), len(second)) == (50, 51)
    assert sorted([*first, *second]) == names
    assert halves_of(reversed(names), seed=SEED) == (first, second)
    assert halves_of(names, seed=SEED + 1) != (first, second)


def test_the_scheme_that_foretells_best_stands_first() -> None:
    groups = {("well",): sums(0, 2), ("ill",): sums(10, 12)}
    mixed = {("one",): sums(0, 12), ("two",): sums(2, 10)}
    good, poor = (dict.fromkeys("AB", each) for each in (groups, mixed))
    schemes = {"none": CostSums({}, {}), "poor": CostSums(poor, poor), "good": CostSums(good, good)}
    assert [one.scheme for one in compared(schemes, seed=SEED)] == ["good", "poor", "none"]
