"""Spread of spend over people from bins."""

from fractions import Fraction

import pytest

from placeplan.segments.concentration import SpendBin, concentration_of, width_of


@pytest.mark.parametrize(
    ("pence", "width"), [(0, 1), (999, 1), (1_000, 10), (9_999, 10), (12_345, 100), (10**9, 10**7)]
)
def test_amounts_share_a_bin_when_their_first_three_digits_are_alike(pence: int, width: int) -> None:
    assert width_of(pence) == width


def test_equal_spend_has_no_concentration() -> None:
    found = concentration_of([(100, 7, 700)])
    assert found.gini == (0, 0)
    assert found.share_of_dearest(Fraction(1, 7)) == pytest.approx((1 / 7, 1 / 7))


def test_one_person_with_everything() -> None:
    found = concentration_of([(0, 9, 0), (500, 1, 500)])
    assert found.points == ((0, 0), (Fraction(9, 10), 0), (1, 1))
    assert found.gini == (0.9, 0.9)
    assert found.share_of_dearest(Fraction(1, 10)) == (1, 1)


def test_within_a_bin_the_answer_is_bounded() -> None:
    found = concentration_of([(1_000, 2, 2_009)])  # 1,000 and 1,009, or 1,004 and 1,005, or anything between
    low, high = found.gini
    assert low == 0
    assert high == pytest.approx(9 / (2 * 2_009))
    assert found.share_of_dearest(Fraction(1, 2)) == pytest.approx((1 / 2, 1_009 / 2_009))


def test_nothing_spent_has_no_curve() -> None:
    for found in (concentration_of([]), concentration_of([(0, 5, 0)])):
        assert found.points == ()
        assert found.gini is None
        assert found.share_of_dearest(Fraction(1, 2)) is None


@pytest.mark.parametrize("share", [Fraction(-1, 2), Fraction(3, 2)])
def test_a_share_of_people_is_between_none_and_all(share: Fraction) -> None:
    with pytest.raises(ValueError, match="expected 0 to 1"):
        concentration_of([(1, 1, 1)]).share_of_dearest(share)


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([(500, 1, 500), (0, 1, 0)], "must be in order"),
        ([(1_000, 2, 1_999)], "2 people with 1,999 pence are not in the bin from 1,000"),
        ([(1_000, 2, 2_019)], "are not in the bin"),
    ],
)
def test_bins_that_cannot_be(rows: list, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        concentration_of(rows)


def test_a_bin_is_what_it_says() -> None:
    assert concentration_of([(0, 1, 0)]).bins == (SpendBin(0, 1, 0),)
