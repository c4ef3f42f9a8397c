"""Quantiles, funnels, slope indices, trends and peers against counting and adding."""

import math

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st
from tests.oracle.indicators import slow_comparisons as slow
from tests.oracle.indicators import slow_intervals

from placeplan.indicators import methods
from placeplan.indicators.methods import Note

SMALL = st.floats(-50, 50, allow_nan=False).map(lambda one: round(one, 2))


@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from("ab")), max_size=40), st.integers(2, 12), st.booleans())
def test_quantiles(rows: list[tuple[int, str]], number: int, highest_first: bool) -> None:
    values, parents = [float(value) for value, _ in rows], [parent for _, parent in rows]
    found = methods.quantiles(values, parents=parents, number=number, highest_first=highest_first)
    for place, (value, parent) in enumerate(rows):
        family = [one for one, whose in rows if whose == parent]
        wanted = slow.quantile_of(family, family.index(value), number=number, highest_first=highest_first)
        if wanted is None:
            assert found.note[place] == Note.TOO_FEW_AREAS
        else:
            assert found.value[place] == wanted


QUANTILES = st.lists(
    st.tuples(SMALL, st.floats(0, 3, allow_nan=False), st.integers(100, 9_000)), min_size=5, max_size=12
)


@given(QUANTILES)
def test_slope_index(rows: list[tuple[float, float, int]]) -> None:
    values, errors, populations = zip(*rows, strict=True)
    found = methods.slope_index_of_inequality(values, errors, populations, repetitions=20_000, seed=7)
    intercept, slope = slow.slope_index(values, populations)
    assert float(found.value) == pytest.approx(slope, rel=1e-8, abs=1e-8)
    assert float(found.intercept) == pytest.approx(intercept, rel=1e-8, abs=1e-8)
    reach = slow_intervals.z_of(0.95) * math.sqrt(slow.slope_variance(errors, populations))
    assert [found.lower, found.upper] == pytest.approx([slope - reach, slope + reach], abs=0.06 * reach + 1e-9)


@given(QUANTILES)
def test_slope_index_of_logs(rows: list[tuple[float, float, int]]) -> None:
    values = [math.exp(value / 20) for value, _, _ in rows]
    populations = [people for _, _, people in rows]
    found = methods.slope_index_of_inequality(
        values, [0.01] * len(rows), populations, transform="log", repetitions=1_000, seed=7
    )
    intercept, slope = slow.slope_index([math.log(value) for value in values], populations)
    assert float(found.value) == pytest.approx(math.exp(intercept + slope) - math.exp(intercept), rel=1e-8, abs=1e-9)
    assert float(found.relative) == pytest.approx(math.exp(slope), rel=1e-8)


@given(st.lists(st.tuples(st.integers(0, 30), st.integers(31, 400)), min_size=2, max_size=12), st.floats(0, 0.4))
def test_over_dispersion(rows: list[tuple[int, int]], winsorise: float) -> None:
    counts, sizes = zip(*rows, strict=True)
    average = sum(counts) / sum(sizes)
    assume(average > 0)
    errors = [1 / (2 * math.sqrt(size)) for size in sizes]
    scores = [
        (math.asin(math.sqrt(count / size)) - math.asin(math.sqrt(average))) / error
        for count, size, error in zip(counts, sizes, errors)
    ]
    phi = slow.phi_of(scores, winsorise)
    found = methods.funnel_limits(counts, sizes, over_dispersion="additive", winsorise=winsorise)
    assert found.dispersion.phi == pytest.approx(phi)
    tau = slow.tau_squared(phi, errors)
    assert found.dispersion.between == pytest.approx(tau, abs=1e-12)
    widened = [score * error / math.sqrt(error**2 + tau) for score, error in zip(scores, errors)]
    assert found.z.tolist() == pytest.approx(widened, abs=1e-9)
    factor = methods.funnel_limits(counts, sizes, over_dispersion="multiplicative", winsorise=winsorise)
    root = math.sqrt(max(1.0, phi))
    assert factor.z.tolist() == pytest.approx([score / root for score in scores], abs=1e-9)


@given(st.integers(1, 99), st.integers(5, 5_000))
def test_proportion_funnel(percent: int, population: int) -> None:
    found = methods.funnel_limits([1], [population], baseline=percent / 100)
    inner = slow.proportion_funnel(percent / 100, population, 0.95)
    outer = slow.proportion_funnel(percent / 100, population, 0.998)
    assert [found.lower[0], found.upper[0]] == pytest.approx(inner, abs=1e-9)
    assert [found.lower_outer[0], found.upper_outer[0]] == pytest.approx(outer, abs=1e-9)


@given(st.lists(st.tuples(st.integers(0, 60), st.integers(1, 60)), min_size=1, max_size=9))
def test_ratio_significance(rows: list[tuple[int, int]]) -> None:
    observed, expected = zip(*rows, strict=True)
    found = methods.funnel_limits(observed, expected, statistic="ratio")
    for code, events, wanted in zip(found.significance, observed, expected):
        inner, outer = (slow_intervals.count_limits(events, level) for level in (0.95, 0.998))
        high = (inner[0] > wanted) + (outer[0] > wanted)
        low = (inner[1] < wanted) + (outer[1] < wanted)
        assert code == high - low


@given(st.lists(SMALL, min_size=3, max_size=10))
def test_trend(values: list[float]) -> None:
    found = methods.trend([*values, np.nan])
    intercept, slope = slow.weighted_line(range(len(values)), values, [1.0] * len(values))
    left = sum((value - intercept - slope * time) ** 2 for time, value in enumerate(values))
    spread = sum((time - (len(values) - 1) / 2) ** 2 for time in range(len(values)))
    reach = slow_intervals.student_point(0.95, len(values) - 2) * math.sqrt(left / (len(values) - 2) / spread)
    assert [float(found.value), float(found.intercept)] == pytest.approx([slope, intercept], abs=1e-8)
    assert [float(found.lower), float(found.upper)] == pytest.approx([slope - reach, slope + reach], rel=1e-5, abs=1e-6)


@given(st.lists(st.tuples(st.integers(0, 40), st.integers(41, 400)), min_size=2, max_size=8))
def test_trend_of_counts(rows: list[tuple[int, int]]) -> None:
    counts, populations = zip(*rows, strict=True)
    assume(sum(counts))
    found = methods.trend_of_counts(counts, populations)
    statistic = slow.chi_square_for_trend(counts, populations, range(len(counts)))
    assert float(found.p) == pytest.approx(math.erfc(math.sqrt(statistic / 2)), abs=1e-9)


@given(
    st.lists(st.tuples(st.integers(0, 50), st.integers(50, 900), st.sampled_from("ab")), min_size=1, max_size=12),
    st.booleans(),
)
def test_peers(rows: list[tuple[int, int, str]], up: bool) -> None:
    counts, populations, groups = zip(*rows, strict=True)
    found = methods.compare_with_peers(
        counts,
        populations,
        peers=methods.peers_in_groups(groups),
        improvement="up" if up else "down",
        multiplier=1,
        unit_cost=250,
    )
    for place, (count, population, group) in enumerate(rows):
        others = [c / n for k, (c, n, g) in enumerate(rows) if g == group and k != place]
        if not others:
            assert found.note[place] == Note.NO_PEERS
            continue
        best = slow.best_half(others, higher_is_better=up)
        events = (best * population - count) * (1 if up else -1)
        assert found.peers[place] == pytest.approx(sum(others) / len(others))
        assert found.events_to_best_half[place] == pytest.approx(events, abs=1e-9)
        assert found.pounds_to_best_half is not None
        assert found.pounds_to_best_half[place] == pytest.approx(250 * events, abs=1e-6)


@given(st.lists(st.integers(0, 9), min_size=1, max_size=12))
def test_effective_sample_size(weights: list[int]) -> None:
    found = methods.effective_sample_size(weights)
    if not any(weights):
        assert found.note == Note.NO_WEIGHT
        return
    assert float(found.value) == pytest.approx(sum(weights) ** 2 / sum(weight**2 for weight in weights))
