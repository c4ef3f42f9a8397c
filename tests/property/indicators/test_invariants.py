"""What holds for every method whatever the numbers: limits surround, counts push up, scales carry, notes explain."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from placeplan.indicators import methods
from placeplan.indicators.methods import Note

ANYTHING = st.floats(allow_nan=True, allow_infinity=True)
COUNTS = st.integers(0, 10**9)
LEVELS = st.sampled_from([0.5, 0.9, 0.95, 0.998])
PAIRS = st.integers(1, 10**9).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
STARTS = (0, 1, 5, 75)


def settled(found: methods.Estimate) -> None:
    """NaN stands only beside a note, and limits surround their value."""
    broken = np.isnan(found.value) | np.isnan(found.lower) | np.isnan(found.upper)
    np.testing.assert_array_equal(broken, found.note != Note.NONE)
    good = ~broken
    assert (found.lower[good] <= found.value[good]).all()
    assert (found.value[good] <= found.upper[good]).all()


@given(arrays.arrays(float, (2, 6), elements=ANYTHING), LEVELS)
def test_anything_at_all_gives_values_or_notes(pair: np.ndarray, confidence: float) -> None:
    settled(methods.proportion(*pair, confidence=confidence))
    settled(methods.rate(*pair, confidence=confidence))
    settled(methods.mean(pair, confidence=confidence))
    settled(methods.trend(pair, confidence=confidence))
    settled(methods.trend_of_counts(*pair, confidence=confidence))
    settled(methods.directly_standardised_rate(*pair, [1] * 6, confidence=confidence))


@given(arrays.arrays(float, (3, 7), elements=ANYTHING))
def test_anything_at_all_in_tables_and_charts(three: np.ndarray) -> None:
    values, errors, people = three
    found = methods.slope_index_of_inequality(values, errors, people, repetitions=1_000, seed=1)
    assert np.isnan(found.value) == (found.note != Note.NONE)
    assert np.isnan(found.relative) == (found.relative_note != Note.NONE)
    table = methods.life_expectancy(values[:4], people[:4], band_starts=STARTS)
    np.testing.assert_array_equal(np.isnan(table.value), table.note != Note.NONE)
    chart = methods.xmr(three, improvement="up", target=0)
    without = np.isnan(chart.value) | np.isnan(chart.observed)
    np.testing.assert_array_equal(without, chart.note != Note.NONE)
    assert not chart.special_cause[without].any()
    funnel = methods.funnel_limits(values, people, statistic="rate", over_dispersion="additive")
    np.testing.assert_array_equal(np.isnan(funnel.value), funnel.note != Note.NONE)
    ranked = methods.quantiles(values, number=2)
    np.testing.assert_array_equal(np.isnan(ranked.value), ranked.note != Note.NONE)


@given(PAIRS, LEVELS)
def test_proportions_stay_between_none_and_all(pair: tuple[int, int], confidence: float) -> None:
    found = methods.proportion(*pair, confidence=confidence)
    settled(found)
    assert found.lower >= 0
    assert found.upper <= 1
    mirrored = methods.proportion(pair[1] - pair[0], pair[1], confidence=confidence)
    assert float(found.lower) == pytest.approx(1 - float(mirrored.upper), abs=1e-12)


@given(st.integers(1, 10**6), LEVELS)
def test_proportions_at_the_edges(population: int, confidence: float) -> None:
    found = methods.proportion([0, population], population, confidence=confidence)
    assert found.value.tolist() == [0, 1]
    assert found.lower[0] == 0
    assert found.upper[1] == 1
    assert 0 < found.upper[0] < 1
    assert 0 < found.lower[1] < 1


@given(st.integers(2, 10**4), LEVELS)
def test_a_proportion_rises_with_its_count(population: int, confidence: float) -> None:
    found = methods.proportion(np.arange(min(population, 60) + 1), population, confidence=confidence)
    for line in (found.value, found.lower, found.upper):
        assert (np.diff(line) > 0).all()


@given(st.integers(1, 10**7), st.floats(1e-3, 1e6), LEVELS)
def test_a_rate_rises_with_its_count_and_scales(population: int, multiplier: float, confidence: float) -> None:
    counts = np.arange(40)
    found = methods.rate(counts, population, multiplier=multiplier, confidence=confidence)
    settled(found)
    for line in (found.value, found.lower, found.upper):
        assert (np.diff(line) >= 0).all()
    plain = methods.rate(counts, population, multiplier=1, confidence=confidence)
    np.testing.assert_allclose(found.upper, plain.upper * multiplier)


@given(PAIRS)
def test_more_confidence_is_wider(pair: tuple[int, int]) -> None:
    for method in (methods.proportion, methods.rate):
        narrow, wide = method(*pair, confidence=0.9), method(*pair, confidence=0.99)
        assert wide.lower <= narrow.lower
        assert narrow.upper <= wide.upper


@given(PAIRS)
def test_types_of_numbers_make_no_difference(pair: tuple[int, int]) -> None:
    count, population = pair
    as_floats = methods.rate(np.array([float(count)]), np.array([float(population)]))
    for kind in (np.int32, np.int64, np.uint64):
        found = methods.rate(np.array([count], dtype=kind), np.array([population], dtype=kind))
        assert found.upper[0] == as_floats.upper[0]
    # One number and a row of several go through other instructions of the processor: the last bit may differ.
    for found in (methods.rate([count, None], [population, 1]).upper[0], methods.rate(count, population).upper):
        np.testing.assert_allclose(found, as_floats.upper[0], rtol=1e-15)


@st.composite
def banded(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray]:
    counts = draw(arrays.arrays(int, (3, 4), elements=st.integers(0, 400)))
    return counts, draw(arrays.arrays(int, (3, 4), elements=st.integers(1_000, 90_000)))


@given(banded(), st.integers(2, 50))
def test_a_standard_population_counts_only_by_its_shares(area: tuple[np.ndarray, np.ndarray], factor: int) -> None:
    counts, people = area
    once = methods.directly_standardised_rate(counts, people, [1, 2, 3, 4])
    settled(once)
    again = methods.directly_standardised_rate(counts, people, np.array([1, 2, 3, 4]) * factor)
    np.testing.assert_allclose(once.upper, again.upper)


@given(banded())
def test_one_bad_area_never_hides_a_good_one(area: tuple[np.ndarray, np.ndarray]) -> None:
    counts, people = (array.astype(float) for array in area)
    spoiled = counts.copy()
    spoiled[1, 2] = np.nan
    calls = [
        lambda deaths: methods.directly_standardised_rate(deaths, people, [1, 1, 1, 1]),
        lambda deaths: methods.life_expectancy(deaths, people, band_starts=STARTS),
        lambda deaths: methods.years_of_life_lost(deaths, people, band_starts=STARTS),
    ]
    for call in calls:
        whole, part = call(counts), call(spoiled)
        np.testing.assert_array_equal(whole.value[[0, 2]], part.value[[0, 2]])
        assert np.isnan(part.value[1]).all()


@given(banded())
def test_more_deaths_shorten_life(area: tuple[np.ndarray, np.ndarray]) -> None:
    deaths, people = area
    deaths[:, -1] += 1
    before = methods.life_expectancy(deaths, people, band_starts=STARTS)
    after = methods.life_expectancy(deaths + np.array([5, 0, 0, 0]), people, band_starts=STARTS)
    good = ~np.isnan(before.value[:, 0]) & ~np.isnan(after.value[:, 0])
    assert (after.value[good, 0] < before.value[good, 0]).all()
    np.testing.assert_allclose(before.value[:, 1:], after.value[:, 1:])


VALUES = arrays.arrays(float, (4, 6), elements=st.integers(1, 500).map(float))


@given(VALUES, st.integers(1, 90))
def test_slope_index_scales_and_turns_round(values: np.ndarray, factor: int) -> None:
    errors, people = np.full((4, 6), 2.0), np.arange(1, 7) * 100.0
    plain = methods.slope_index_of_inequality(values, errors, people, repetitions=1_000, seed=3)
    turned = methods.slope_index_of_inequality(
        values, errors, people, repetitions=1_000, seed=3, multiplier=-float(factor)
    )
    np.testing.assert_allclose(turned.value, plain.value * -factor)
    np.testing.assert_allclose(turned.lower, plain.upper * -factor)
    np.testing.assert_allclose(turned.relative, 1 / plain.relative)
    np.testing.assert_allclose(turned.relative_upper, 1 / plain.relative_lower)


@given(VALUES)
def test_slope_limits_do_not_depend_on_the_other_areas(values: np.ndarray) -> None:
    errors, people = np.full((4, 6), 2.0), np.arange(1, 7) * 100.0
    together = methods.slope_index_of_inequality(values, errors, people, repetitions=1_000, seed=3)
    alone = methods.slope_index_of_inequality(values[2], errors[2], people, repetitions=1_000, seed=3)
    assert float(together.lower[2]) == pytest.approx(float(alone.lower), rel=1e-9, abs=1e-9)
    other = methods.slope_index_of_inequality(values[2], errors[2], people, repetitions=1_000, seed=4)
    assert other.value == alone.value
    assert other.lower != alone.lower


SERIES = st.lists(st.integers(0, 30), min_size=8, max_size=30)


@given(SERIES, st.integers(1, 9), st.integers(-50, 50))
def test_charts_do_not_depend_on_unit_or_zero(series: list[int], factor: int, shift: int) -> None:
    plain = methods.xmr(series, improvement="up")
    moved = methods.xmr(np.array(series) * factor + shift, improvement="up")
    np.testing.assert_array_equal(plain.special_cause, moved.special_cause)
    np.testing.assert_allclose(moved.upper, plain.upper * factor + shift, atol=1e-9)


@given(SERIES)
def test_a_chart_upside_down_has_the_mirrored_verdicts(series: list[int]) -> None:
    plain = methods.xmr(series, improvement="up", target=15)
    mirrored = methods.xmr([-one for one in series], improvement="down", target=-15)
    np.testing.assert_array_equal(plain.special_cause, mirrored.special_cause)
    np.testing.assert_array_equal(plain.direction, -mirrored.direction)
    assert plain.assurance == mirrored.assurance
    swapped = {2: 3, 3: 2, 4: 5, 5: 4}
    assert swapped.get(int(plain.variation), int(plain.variation)) == mirrored.variation


@given(st.lists(st.tuples(st.integers(0, 90), st.integers(90, 900)), min_size=1, max_size=20))
def test_funnels_narrow_with_size_and_surround_the_average(rows: list[tuple[int, int]]) -> None:
    counts, sizes = (np.array(column, dtype=float) for column in zip(*rows, strict=True))
    assume(counts.sum() > 0)
    for statistic in methods.Statistic:
        for spread in methods.OverDispersion:
            found = methods.funnel_limits(counts, sizes, statistic=statistic, over_dispersion=spread)
            order = np.argsort(sizes, kind="stable")
            for lines in ((found.lower, found.upper), (found.lower_outer, found.upper_outer)):
                assert (lines[0] <= found.baseline + 1e-9).all()
                assert (lines[1] >= found.baseline - 1e-9).all()
                assert (np.diff((lines[1] - lines[0])[order]) <= 1e-9 * found.multiplier).all() or spread == "none"
            assert (np.abs(found.significance) <= 2).all()


@given(st.lists(st.integers(1, 99), min_size=1, max_size=30), st.integers(2, 9))
def test_equal_weights_are_worth_their_number(weights: list[int], factor: int) -> None:
    size = methods.effective_sample_size(weights)
    assert 1 - 1e-12 <= size.value <= len(weights) + 1e-9
    assert float(methods.effective_sample_size([one * factor for one in weights]).value) == pytest.approx(
        float(size.value)
    )
    same = methods.effective_sample_size([factor] * len(weights))
    assert float(same.value) == pytest.approx(len(weights))
