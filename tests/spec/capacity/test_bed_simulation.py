"""Simulated wards agree with Erlang where Erlang holds, and go on where it does not."""

import numpy as np
import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.bed_simulation import Estimate, SimulatedWard, estimated, simulate_ward, warm_up_for
from placeplan.capacity.patients import (
    Arrivals,
    ExponentialStay,
    FixedStay,
    LognormalStay,
    ObservedStay,
    Stay,
)
from placeplan.capacity.queueing import erlang_b, erlang_c, mean_wait, occupancy_quantile, utilisation_with_blocking

SURE = 0.999
LOAD, BEDS, MEAN = 8.0, 10, 4.0


def ward(when_full: str = "turn away", *, stay: Stay | None = None, **changed: object) -> SimulatedWard:
    given: dict[str, object] = {
        "days": 3000, "warm_up_days": 10 * MEAN, "replications": 12, "seed": 2017,
    }  # fmt: skip
    beds = changed.pop("beds", BEDS)
    arrivals = changed.pop("arrivals", Arrivals(LOAD / MEAN))
    stay = stay or ExponentialStay(MEAN)
    return simulate_ward(beds, arrivals, stay=stay, when_full=when_full, **(given | changed))  # type: ignore[arg-type]


STAYS = [
    ExponentialStay(MEAN),
    LognormalStay(MEAN, 6.0),
    FixedStay(MEAN),
    ObservedStay(np.array([0.0, 1, 2, 3, 4, 4, 5, 13])),
]


@pytest.mark.parametrize("stay", STAYS, ids=lambda stay: stay.name)
def test_those_turned_away_agree_with_erlang_b_whatever_the_stay(stay: Stay) -> None:
    seen = ward(stay=stay)
    assert stay.mean == MEAN
    assert erlang_b(BEDS, LOAD)[()] in seen.estimate("not_free", confidence=SURE)
    assert utilisation_with_blocking(BEDS, LOAD)[()] in seen.estimate("utilisation", confidence=SURE)
    assert not seen.mean_wait.any()
    assert not seen.queue.any()


def test_those_who_wait_agree_with_erlang_c() -> None:
    seen = ward("queue")
    assert erlang_c(BEDS, LOAD)[()] in seen.estimate("not_free", confidence=SURE)
    assert mean_wait(BEDS, LOAD, mean_stay=MEAN)[()] in seen.estimate("mean_wait", confidence=SURE)
    assert LOAD in seen.estimate("occupied", confidence=SURE)
    # Little's law: people who wait at midnight are arrivals times the mean wait.
    assert seen.queue.mean() == pytest.approx(LOAD / MEAN * seen.mean_wait.mean(), rel=0.05)


def test_a_queue_of_one_bed_with_fixed_stays_waits_half_as_long() -> None:
    # Pollaczek and Khinchine: the wait in M/D/1 is half of that in M/M/1.
    arrivals = Arrivals(0.7 / MEAN)
    seen = ward("queue", beds=1, arrivals=arrivals, stay=FixedStay(MEAN), days=20_000)
    assert mean_wait(1, 0.7, mean_stay=MEAN) / 2 in seen.estimate("mean_wait", confidence=SURE)


def test_midnights_of_a_ward_that_never_fills_are_poisson() -> None:
    seen = ward(beds=60)
    assert not seen.not_free.any()
    share = (seen.census <= occupancy_quantile(LOAD, probability=0.95)).mean()
    assert share == pytest.approx(0.9658, abs=0.005)  # Poisson(8) up to 13
    assert seen.census.mean() == pytest.approx(LOAD, rel=0.02)
    assert seen.census.var() == pytest.approx(LOAD, rel=0.1)


def test_an_uneven_week_is_seen_in_the_ward_as_the_differential_equation_says() -> None:
    """Of an unlimited ward with exponential stays the mean m follows m' = rate - m / stay."""
    arrivals = Arrivals(LOAD, by_day=np.array([1, 1, 1, 1, 1, 0.2, 0.2]))
    seen = ward(beds=80, arrivals=arrivals, stay=ExponentialStay(1.0), days=7 * 400, warm_up_days=14)
    steps = 20
    mean, by_midnight = LOAD, {}
    for step in range(7 * 10 * 24 * steps):
        hour, within = divmod(step, steps)
        if within == 0 and hour % 24 == 0:
            by_midnight[(hour // 24) % 7] = mean
        mean += (arrivals.hourly[hour % 168] - mean) / (24 * steps)
    expected = [by_midnight[day] for day in range(7)]
    assert seen.census.reshape(12, -1, 7).mean(axis=(0, 1)) == pytest.approx(expected, rel=0.03)
    assert max(expected) > 2 * min(expected)


def test_the_same_seed_gives_the_same_answer_and_another_another() -> None:
    one, same, other = ward(days=50), ward(days=50), ward(days=50, seed=2018)
    assert one.not_free.tolist() == same.not_free.tolist()
    assert one.not_free.tolist() != other.not_free.tolist()


def test_wards_of_different_size_see_the_same_patients() -> None:
    small, large = ward(days=200), ward(days=200, beds=BEDS + 1)
    assert small.patients.tolist() == large.patients.tolist()
    assert (small.not_free >= large.not_free).all()


def test_a_warm_up_leaves_out_the_empty_start() -> None:
    cold, warm = ward(days=4, warm_up_days=0), ward(days=4)
    assert cold.occupied.mean() < 0.7 * warm.occupied.mean()
    assert cold.census[:, 0].tolist() == [0] * 12


def test_a_ward_that_is_nearly_full_takes_long_to_forget_that_it_was_empty() -> None:
    stay = ExponentialStay(MEAN)

    def days(load: float, when_full: str) -> float:
        return warm_up_for(BEDS, Arrivals(load / MEAN), stay=stay, when_full=when_full)

    assert days(9.9, "turn away") == days(5.0, "queue") == 10 * MEAN
    assert days(9.9, "queue") > 10 * days(9.5, "queue") > 10 * MEAN
    with pytest.raises(CapacityInputError, match="unstable"):
        days(10, "queue")


def test_the_warm_up_is_enough_for_a_busy_queue() -> None:
    busy, stay = Arrivals(9.3 / MEAN), ExponentialStay(MEAN)
    warm_up = warm_up_for(BEDS, busy, stay=stay, when_full="queue")
    seen = ward("queue", arrivals=busy, stay=stay, warm_up_days=warm_up, days=40_000, replications=20)
    assert mean_wait(BEDS, 9.3, mean_stay=MEAN)[()] in seen.estimate("mean_wait", confidence=SURE)


def test_an_interval_is_students() -> None:
    # t for 3 degrees of freedom at 95% is 3.182; deviation of 1, 2, 3, 4 is 1.291.
    found = estimated(np.array([1.0, 2, 3, 4]))
    assert (found.mean, found.upper) == (2.5, pytest.approx(2.5 + 3.182446 * 1.290994 / 2))
    assert 2.5 in found
    assert 9 not in found
    assert "much" not in found
    assert str(Estimate(0.11, 0.1, 0.12, 0.95)) == "0.110 (95% confidence 0.100 to 0.120)"


@pytest.mark.parametrize(
    ("changed", "words"),
    [
        ({"beds": 0}, "beds: 0 is below 1"),
        ({"beds": 1.5}, "beds: 1.5 is not a whole number"),
        ({"beds": [1, 2]}, "beds: expected a single number, found 2"),
        ({"replications": 1}, "replications: 1 is below 2"),
        ({"days": 0}, "days: 0 is not above 0"),
        ({"warm_up_days": -1}, "warm_up_days: -1 is below 0"),
        ({"when_full": "shrug"}, 'expected "turn away" or "queue"; found \'shrug\''),
        ({"days": 1e9}, "expected 20,000,000 or fewer"),
        ({"days": 0.01}, "nobody came in a replication"),
        ({"seed": -1}, "seed: -1 is below 0"),
        ({"when_full": "queue", "beds": 8}, "8.00 erlangs fill all of 8 beds.*unstable"),
    ],
)
def test_what_cannot_be_is_refused(changed: dict[str, object], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        ward(str(changed.pop("when_full", "turn away")), **changed)


def test_what_cannot_be_asked_is_refused() -> None:
    seen = ward(days=20)
    with pytest.raises(CapacityInputError, match="expected one of not_free, mean_wait"):
        seen.estimate("census")
    with pytest.raises(CapacityInputError, match="confidence"):
        seen.estimate("not_free", confidence=95)
    with pytest.raises(CapacityInputError, match="expected 2 replications or more"):
        estimated(np.array([1.0]))
