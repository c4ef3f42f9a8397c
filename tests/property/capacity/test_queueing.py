"""Queues: the quick way equals the printed sums, and enough is enough."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import poisson
from tests.oracle.capacity.queues_by_sums import blocking, fewest, waiting

from placeplan.capacity.queueing import (
    beds_for_blocking,
    beds_for_waiting,
    erlang_b,
    erlang_c,
    mean_wait,
    occupancy_quantile,
)

LOADS = st.fractions(0, 60, max_denominator=1000)
SERVERS = st.integers(1, 80)
PROBABILITIES = st.fractions(Fraction(1, 1000), Fraction(999, 1000), max_denominator=1000)
CLOSE = 1e-9


@given(servers=SERVERS, load=LOADS)
def test_probabilities_equal_the_printed_sums(servers: int, load: Fraction) -> None:
    assert float(erlang_b(servers, float(load))) == pytest.approx(float(blocking(servers, load)), rel=CLOSE)
    if load < servers:
        assert float(erlang_c(servers, float(load))) == pytest.approx(float(waiting(servers, load)), rel=CLOSE)


@given(load=LOADS, probability=PROBABILITIES)
def test_the_fewest_beds_are_those_found_one_after_another(load: Fraction, probability: Fraction) -> None:
    # A hair above the target, since a target that is met exactly may be missed by the last digit of a float.
    target = float(probability) + 1e-7
    nearby = Fraction(target)
    assert int(beds_for_blocking(float(load), probability=target)) == fewest(load, nearby, queued=False)
    assert int(beds_for_waiting(float(load), probability=target)) == fewest(load, nearby, queued=True)


@given(servers=SERVERS, load=st.floats(0, 100))
def test_a_bed_more_never_blocks_more(servers: int, load: float) -> None:
    assert erlang_b(servers + 1, load) <= erlang_b(servers, load)


@given(servers=SERVERS, load=st.floats(0.01, 70), stay=st.floats(0.1, 50))
def test_people_who_wait_are_the_queue(servers: int, load: float, stay: float) -> None:
    if load >= servers * 0.999:
        return
    # Little's law: the mean number waiting is arrivals times the mean wait.
    queue = float(erlang_c(servers, load)) * load / (servers - load)
    assert load / stay * float(mean_wait(servers, load, mean_stay=stay)) == pytest.approx(queue, rel=CLOSE)


@given(load=st.floats(0, 5000), probability=st.floats(0.001, 0.999))
def test_an_unlimited_ward_needs_no_fewer_beds_for_more_certainty(load: float, probability: float) -> None:
    lower, higher = occupancy_quantile(load, probability=[probability, (1 + probability) / 2])
    assert lower <= higher


@given(load=st.floats(0, 3000), probability=st.floats(1e-9, 1 - 1e-9))
def test_an_unlimited_ward_has_just_the_beds_that_are_enough(load: float, probability: float) -> None:
    beds = int(occupancy_quantile(load, probability=probability))
    assert poisson.cdf(beds, load) >= probability * (1 - CLOSE)
    assert beds == 0 or poisson.cdf(beds - 1, load) < probability * (1 + CLOSE)
