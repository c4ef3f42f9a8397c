"""Distributions that a ward draws from."""

from collections.abc import Callable

import numpy as np
import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.patients import Arrivals, ExponentialStay, FixedStay, LognormalStay, ObservedStay


def chance() -> np.random.Generator:
    return np.random.default_rng(7)


def test_a_lognormal_stay_has_the_mean_and_the_deviation_that_were_given() -> None:
    drawn = LognormalStay(5.0, 4.0).drawn(chance(), count=400_000)
    assert drawn.mean() == pytest.approx(5.0, rel=0.01)
    assert drawn.std() == pytest.approx(4.0, rel=0.03)
    assert LognormalStay(5.0, 0.0).drawn(chance(), count=3) == pytest.approx(5.0)


def test_other_stays_have_their_mean() -> None:
    assert ExponentialStay(3.0).drawn(chance(), count=200_000).mean() == pytest.approx(3.0, rel=0.01)
    assert FixedStay(3.0).drawn(chance(), count=2).tolist() == [3.0, 3.0]
    seen = ObservedStay(np.array([0.0, 2.0, 10.0]))
    assert seen.mean == 4.0
    assert set(seen.drawn(chance(), count=100).tolist()) == {0.0, 2.0, 10.0}


def test_arrivals_come_in_order_and_at_their_rate() -> None:
    came = Arrivals(50.0).drawn(chance(), days=1000)
    assert (np.diff(came) >= 0).all()
    assert 0 <= came[0] <= came[-1] <= 1000
    assert len(came) == pytest.approx(50_000, rel=0.02)


def test_the_shape_of_the_week_is_kept_and_the_mean_as_well() -> None:
    arrivals = Arrivals(24.0, by_hour=np.arange(1.0, 25), by_day=np.array([2.0, 1, 1, 1, 1, 1, 0]))
    assert arrivals.hourly.mean() == pytest.approx(24.0)
    came = arrivals.drawn(chance(), days=7 * 600)
    seen = np.bincount((came % 7 * 24).astype(int), minlength=168) / 600 * 24
    assert seen[144:].sum() == 0
    assert seen[:24].sum() == pytest.approx(arrivals.hourly[:24].sum(), rel=0.02)
    assert np.corrcoef(seen, arrivals.hourly)[0, 1] > 0.99


def test_part_of_a_day_is_as_long_as_it_is() -> None:
    came = Arrivals(1000.0, by_hour=np.ones(24)).drawn(chance(), days=10.26)
    assert came.max() <= 10.26
    assert len(came) == pytest.approx(10_260, rel=0.04)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: ExponentialStay(0), "mean: 0 is not above 0"),
        (lambda: ExponentialStay(float("nan")), "not a finite number"),
        (lambda: LognormalStay(2.0, -1), "deviation: -1 is below 0"),
        (lambda: FixedStay(-1), "mean: -1"),
        (lambda: ObservedStay(np.array([])), "at least one of them above 0"),
        (lambda: ObservedStay(np.zeros(3)), "at least one of them above 0"),
        (lambda: ObservedStay(np.array([1.0, -2])), r"stays: -2 is below 0 \(number 2\)"),
        (lambda: Arrivals(0), "per_day: 0 is not above 0"),
        (lambda: Arrivals(1, by_hour=np.ones(7)), "by_hour: expected 24 weights"),
        (lambda: Arrivals(1, by_day=np.zeros(7)), "by_day: expected 7 weights, at least one"),
    ],
)
def test_what_cannot_be_is_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        make()
