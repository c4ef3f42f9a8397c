"""Erlang's probabilities as they stand in published tables, and what the functions answer to what cannot be."""

import numpy as np
import numpy.typing as npt
import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.queueing import (
    beds_for_blocking,
    beds_for_waiting,
    erlang_b,
    erlang_c,
    mean_wait,
    occupancy_quantile,
    occupancy_quantile_normal,
    utilisation_with_blocking,
    utilisation_with_queue,
    wait_longer_than,
)


@pytest.mark.parametrize(
    ("servers", "load", "probability"),
    # Tables of Erlang-B as engineers of telephone exchanges use them: the load that so many lines carry at a loss of
    # one in a hundred, and in ten.
    [
        (1, 0.0101, 0.01),
        (2, 0.153, 0.01),
        (5, 1.361, 0.01),
        (10, 4.461, 0.01),
        (20, 12.03, 0.01),
        (50, 37.90, 0.01),
        (100, 84.06, 0.01),
        (1, 0.111, 0.1),
        (5, 2.881, 0.1),
        (10, 7.511, 0.1),
        (20, 17.61, 0.1),
    ],
)
def test_erlang_b_agrees_with_published_tables(servers: int, load: float, probability: float) -> None:
    assert erlang_b(servers, load) == pytest.approx(probability, rel=5e-3)


@pytest.mark.parametrize(
    ("servers", "load", "blocked", "waiting"),
    [
        # Worked by hand: one server blocks a / (1 + a) and makes wait a; two, a^2 / (2 + 2a + a^2) and a^2 / (2 + a).
        (1, 0.5, 1 / 3, 0.5),
        (2, 1.0, 1 / 5, 1 / 3),
        (2, 1.5, 2.25 / 7.25, 2.25 / 3.5),
        (3, 2.0, 8 / 38, 4 / 9),
    ],
)
def test_small_wards_by_hand(servers: int, load: float, blocked: float, waiting: float) -> None:
    assert erlang_b(servers, load) == pytest.approx(blocked, rel=1e-12)
    assert erlang_c(servers, load) == pytest.approx(waiting, rel=1e-12)


def test_one_server_waits_by_the_closed_form() -> None:
    load, stay = np.array([0.1, 0.5, 0.9]), 4.0
    assert mean_wait(1, load, mean_stay=stay) == pytest.approx(stay * load / (1 - load))
    assert wait_longer_than(1, load, wait=2.0, mean_stay=stay) == pytest.approx(load * np.exp(-(1 - load) / 2))
    assert wait_longer_than(1, load, wait=0, mean_stay=stay) == pytest.approx(load)


def test_those_who_are_let_in_fill_the_beds() -> None:
    assert utilisation_with_blocking(2, 1.0) == pytest.approx(0.4)
    assert utilisation_with_queue(4, 3.0) == pytest.approx(0.75)


def test_five_thousand_servers_are_no_more_trouble_than_five() -> None:
    # With as many servers as erlangs Erlang-B tends to sqrt(2 / (pi c)).
    assert erlang_b(5000, 5000) == pytest.approx(np.sqrt(2 / (np.pi * 5000)), rel=0.02)
    assert erlang_b(5000, 1e-9) == 0
    assert erlang_b(5000, 1e9) == pytest.approx(1, abs=1e-5)
    assert 0 < erlang_c(5000, 4999.9) < 1
    assert erlang_c(5000, 4999.9) > 0.99


def test_no_load_needs_no_beds_and_no_servers_let_nobody_in() -> None:
    assert beds_for_blocking(0, probability=0.05) == 0
    assert beds_for_waiting(0, probability=0.05) == 0
    assert erlang_b(0, 3) == 1
    assert erlang_b(4, 0) == 0
    assert erlang_c(4, 0) == 0
    assert occupancy_quantile(0, probability=0.99) == 0


def test_arrays_are_stretched_to_one_shape() -> None:
    table = erlang_b([[1], [2], [5]], [0.5, 1.0])
    assert table.shape == (3, 2)
    assert table[2, 1] == erlang_b(5, 1.0)


def test_occupancy_of_an_unlimited_ward_is_poisson() -> None:
    # Poisson with mean 3: 0.0498, 0.1991, 0.4232, 0.6472, 0.8153, 0.9161, 0.9665.
    assert occupancy_quantile(3, probability=[0.04, 0.42, 0.43, 0.9, 0.95]).tolist() == [0, 2, 3, 5, 6]
    assert occupancy_quantile_normal(68, probability=0.95) == pytest.approx(81.56, abs=0.01)
    assert abs(int(occupancy_quantile(68, probability=0.95)) - 81.56) < 2


@pytest.mark.parametrize(
    ("servers", "load", "words"),
    [
        (2.5, 1, "2.5 is not a whole number"),
        (-1, 1, "-1 is below 0"),
        (2, -0.1, "-0.1 is below 0"),
        (2, float("nan"), "nan is not a finite number"),
        (2, float("inf"), "inf is not a finite number"),
        (2, "three", "expected numbers"),
        (2, [1, [2]], "rows of one length"),
        ([1, 2], [1, 2, 3], r"servers \(2,\), offered_load \(3,\)"),
        (2, [1, -2, -3], r"-2 is below 0 \(number 2, and 1 more\)"),
        (True, 1, "expected numbers, found bool"),
        (2_000_000, 1, "more than 1,000,000"),
    ],
)
def test_what_cannot_be_is_refused(servers: npt.ArrayLike, load: npt.ArrayLike, words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        erlang_b(servers, load)


@pytest.mark.parametrize("load", [5, 5.1, [3, 5]])
def test_an_unstable_queue_says_so(load: npt.ArrayLike) -> None:
    for ask in (erlang_c, utilisation_with_queue):
        with pytest.raises(CapacityInputError, match="unstable"):
            ask(5, load)


@pytest.mark.parametrize("probability", [0, 1, -0.1, 5, float("nan")])
def test_a_probability_lies_between_0_and_1(probability: float) -> None:
    for ask in (beds_for_blocking, beds_for_waiting, occupancy_quantile):
        with pytest.raises(CapacityInputError, match="probability"):
            ask(3, probability=probability)


def test_a_queue_needs_a_bed_and_a_stay() -> None:
    with pytest.raises(CapacityInputError, match="servers: 0 is below 1"):
        erlang_c(0, 0)
    with pytest.raises(CapacityInputError, match="mean_stay: 0 is not above 0"):
        mean_wait(2, 1, mean_stay=0)


def test_a_load_beyond_a_million_beds_is_refused() -> None:
    with pytest.raises(CapacityInputError, match="more than 1,000,000 erlangs"):
        beds_for_blocking(2e6, probability=0.1)
    with pytest.raises(CapacityInputError, match="beds would be needed"):
        beds_for_waiting(1e6, probability=0.001)
