"""Fast intervals against the slow, obvious ones."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.indicators import slow_intervals as slow

from placeplan.indicators import methods
from placeplan.indicators.methods.poisson_funnel import high_count, low_count

LEVELS = st.sampled_from([0.8, 0.95, 0.998])
CLOSE = {"rel": 1e-9, "abs": 1e-11}


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))), LEVELS)
def test_proportion(pair: tuple[int, int], confidence: float) -> None:
    found = methods.proportion(*pair, confidence=confidence)
    assert found.value == pair[0] / pair[1]
    assert (float(found.lower), float(found.upper)) == pytest.approx(slow.wilson(*pair, confidence), **CLOSE)


@given(st.integers(0, 60), st.integers(1, 10**6), LEVELS)
def test_rate(count: int, population: int, confidence: float) -> None:
    found = methods.rate(count, population, confidence=confidence)
    limits = [limit / population * 100_000 for limit in slow.count_limits(count, confidence)]
    assert float(found.value) == pytest.approx(count / population * 100_000)
    assert [float(found.lower), float(found.upper)] == pytest.approx(limits, rel=1e-8, abs=1e-9)


BANDS = st.integers(1, 8)


@given(
    BANDS.flatmap(
        lambda n: st.lists(
            st.tuples(*[st.integers(0, 40), st.integers(40, 9_000), st.integers(1, 9)]), min_size=n, max_size=n
        )
    ),
    LEVELS,
)
def test_directly_standardised_rate(rows: list[tuple[int, int, int]], confidence: float) -> None:
    counts, populations, weights = zip(*rows, strict=True)
    found = methods.directly_standardised_rate(counts, populations, weights, multiplier=1, confidence=confidence)
    if sum(counts) < 10:
        assert found.why == "fewer than 10 events"
        assert np.isnan([found.value, found.lower, found.upper]).all()
        return
    expected = slow.dsr(counts, populations, weights, confidence)
    assert [float(found.value), float(found.lower), float(found.upper)] == pytest.approx(expected, rel=1e-9)


@given(
    st.lists(
        st.tuples(st.integers(0, 40), st.integers(1, 900), st.integers(1, 40), st.integers(50, 900)),
        min_size=1,
        max_size=8,
    )
)
def test_indirectly_standardised(rows: list[tuple[int, int, int, int]]) -> None:
    counts, populations, cases, base = zip(*rows, strict=True)
    reference = {"reference_counts": cases, "reference_populations": base}
    ratio = methods.indirectly_standardised_ratio(counts, populations, **reference)
    rate = methods.indirectly_standardised_rate(counts, populations, **reference)
    events, expected = sum(counts), slow.expected_events(populations, cases, base)
    wanted = [one / expected for one in (events, *slow.count_limits(events, 0.95))]
    assert [float(ratio.value), float(ratio.lower), float(ratio.upper)] == pytest.approx(wanted, rel=1e-8, abs=1e-10)
    crude = sum(cases) / sum(base) * 100_000
    assert float(rate.value) == pytest.approx(wanted[0] * crude)
    assert float(rate.upper) == pytest.approx(wanted[2] * crude, rel=1e-8)


@given(st.lists(st.integers(-50, 50), min_size=2, max_size=12), LEVELS)
def test_mean(values: list[int], confidence: float) -> None:
    found = methods.mean([*values, np.nan], confidence=confidence)
    expected = slow.mean_limits(values, confidence)
    assert [float(found.value), float(found.lower), float(found.upper)] == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert found.observations == len(values)


@given(st.integers(1, 200), st.sampled_from([0.95, 0.998]))
def test_poisson_funnel_undoes_the_exact_limits(count: int, confidence: float) -> None:
    tail = (1 - confidence) / 2
    lower, upper = slow.exact_poisson(count, confidence)
    assert low_count(np.array([upper]), tail)[0] == pytest.approx(count, rel=1e-6)
    assert high_count(np.array([lower]), tail)[0] == pytest.approx(count, rel=1e-6)


def test_repeated_events_with_one_each_are_the_plain_rate() -> None:
    counts, populations, weights = [4, 9, 30], [900, 800, 400], [5, 3, 2]
    plain = methods.directly_standardised_rate(counts, populations, weights)
    once = methods.directly_standardised_rate_of_repeated_events(
        [counts, [0, 0, 0]], populations, weights=weights, events_each=[1, 2]
    )
    for name in ("value", "lower", "upper"):
        assert float(getattr(once, name)) == pytest.approx(float(getattr(plain, name)))


def test_repeated_events_widen_the_interval_by_their_squares() -> None:
    populations, weights = [900.0, 800.0], [5.0, 3.0]
    people = [[10, 20], [5, 2], [1, 4]]
    found = methods.directly_standardised_rate_of_repeated_events(
        people, populations, weights=weights, events_each=[1, 2, 3], multiplier=1
    )
    rate = variance = total = 0.0
    for times, row in zip((1, 2, 3), people):
        for persons, population, weight in zip(row, populations, weights):
            rate += weight / 8 * times * persons / population
            variance += (weight / 8 / population) ** 2 * times**2 * persons
            total += times * persons
    low, high = slow.byar(total, 0.95)
    scale = (variance / total) ** 0.5
    assert [float(found.value), float(found.lower), float(found.upper)] == pytest.approx(
        [rate, rate + scale * (low - total), rate + scale * (high - total)]
    )
