"""Scaled figures add up to the whole, and each shows its factor."""

from fractions import Fraction

import pytest

from placeplan.segments.scaling import Coverage, scaled, shared_out


def test_largest_remainders_get_what_is_left_over() -> None:
    assert shared_out([1, 1, 1], 10) == [4, 3, 3]
    assert shared_out([54, 30, 16], 1_000) == [540, 300, 160]
    assert shared_out([2, 1], 2) == [1, 1]


def test_nothing_cannot_be_scaled_to_something() -> None:
    with pytest.raises(ValueError, match="cannot be shared out"):
        shared_out([0, 0], 5)
    with pytest.raises(ValueError, match="cannot be scaled"):
        Coverage(0, 5, "accounts")
    with pytest.raises(ValueError, match="nothing was linked of 'outpatient'"):
        scaled([1], ["primary-care"], wholes={"outpatient": (5, "accounts")})


def test_each_group_has_its_own_whole_and_shows_its_factor() -> None:
    wholes = {"a": (100, "registered lists")}
    found = scaled([27, 27, 5], ["a", "a", "b"], wholes=wholes)
    assert found.figures == (50, 50, 5)
    assert [one.factor for one in found.coverages] == [Fraction(100, 54), Fraction(100, 54), Fraction(1)]
    assert found.coverages[0].share == Fraction(54, 100)
    assert found.coverages[2].source == "not scaled"
