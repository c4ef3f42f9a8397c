"""The methods give the values that their publications print, to the digits given."""

import numpy as np
import pytest

from placeplan.indicators import methods

BANDS = (0, 1, *range(5, 95, 5))
# The first example of the published life table.
DEATHS = [17, 9, 4, 8, 20, 15, 24, 33, 50, 71, 100, 163, 263, 304, 536, 872, 1390, 1605, 1936, 1937]
PEOPLE = [
    7060, 35059, 46974, 48489, 43219, 38561, 46009, 57208, 61435, 55601,
    50209, 56416, 46411, 39820, 37978, 37039, 33288, 23306, 11936, 11936,
]  # fmt: skip
# The first area of the published slope index: life expectancy by decile.
DECILE_PEOPLE = [7291, 7997, 6105, 7666, 5790, 6934, 5918, 5974, 7147, 7534]
DECILE_YEARS = [75.9, 78.3, 83.8, 83.6, 80.5, 81.1, 81.7, 84.2, 80.6, 86.3]
DECILE_ERRORS = [1.64, 1.58, 1.51, 1.78, 1.7, 1.56, 1.37, 1.4, 2.43, 1.57]
# The series of the vignette on screening moving ranges.
SCREENING = [1, 2, 1, 2, 10, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1, 2, 1]


def test_proportion() -> None:
    found = methods.proportion([10, 0], [100, 10])
    assert found.value.tolist() == [0.1, 0]
    assert found.lower.round(5).tolist() == [0.05523, 0]
    assert found.upper.round(5).tolist() == [0.17437, 0.27753]


def test_rate() -> None:
    found = methods.rate([10, 100], 1, multiplier=1)
    assert found.lower.round(3).tolist() == [4.787, 81.362]
    assert found.upper.round(3).tolist() == [18.391, 121.628]


@pytest.mark.parametrize(
    ("count", "lower", "upper"), [(0, 0.0, 3.689), (1, 0.025, 5.572), (5, 1.623, 11.668), (9, 4.115, 17.085)]
)
def test_rate_is_exact_below_ten_events(count: int, lower: float, upper: float) -> None:
    found = methods.rate(count, 1, multiplier=1)
    assert float(found.lower) == pytest.approx(lower, abs=5e-4)
    assert float(found.upper) == pytest.approx(upper, abs=5e-4)


def test_directly_standardised_rate() -> None:
    found = methods.directly_standardised_rate([2, 5, 20, 60], [5000, 6000, 4000, 1500], [30, 35, 25, 10])
    assert [round(float(one), 2) for one in (found.value, found.lower, found.upper)] == [566.17, 453.38, 698.47]


def test_life_expectancy() -> None:
    found = methods.life_expectancy(DEATHS, PEOPLE, band_starts=BANDS)
    at_birth = [round(float(line[0]), 2) for line in (found.value, found.lower, found.upper)]
    assert at_birth == [80.17, 79.88, 80.46]
    assert round(float(found.value[BANDS.index(65)]), 2) == 18.77


def test_slope_index_of_inequality() -> None:
    found = methods.slope_index_of_inequality(DECILE_YEARS, DECILE_ERRORS, DECILE_PEOPLE, seed=2017)
    assert round(float(found.value), 2) == 7.00
    assert round(float(found.intercept), 2) == 78.03
    assert round(float(found.relative), 4) == 1.0897
    assert found.lower < found.value < found.upper
    assert found.relative_lower < found.relative < found.relative_upper


def test_rank_of_a_quantile_is_the_middle_of_its_share() -> None:
    people = [12, 10, 30, 28, 20]
    values = [0.06, 0.17, 0.37, 0.66, 0.90]
    found = methods.slope_index_of_inequality(values, [0.0] * 5, people, repetitions=1_000, seed=1)
    assert float(found.value) == pytest.approx(1)
    assert float(found.intercept) == pytest.approx(0, abs=1e-12)


@pytest.mark.parametrize(("screen", "lower", "upper"), [(True, -0.716, 4.604), (False, -3.063, 6.952)])
def test_xmr(screen: bool, lower: float, upper: float) -> None:
    found = methods.xmr(SCREENING, improvement="up", screen_moving_ranges=screen)
    assert set(found.mean.round(3)) == {1.944}
    assert set(found.lower.round(3)) == {lower}
    assert set(found.upper.round(3)) == {upper}


def test_methods_are_named() -> None:
    assert methods.proportion(1, 2).method == "Wilson score"
    assert methods.xmr(SCREENING, improvement="up", screen_moving_ranges=True).method == "XmR, moving ranges screened"


def test_results_cannot_be_written_to() -> None:
    found = methods.proportion([1, 2], [3, 4])
    with pytest.raises(ValueError, match="read-only"):
        found.value[0] = 9


def test_what_was_given_is_not_touched() -> None:
    counts = np.array([1.0, 2.0])
    methods.rate(counts, counts + 5)
    counts[0] = 7
    assert counts.tolist() == [7, 2]
