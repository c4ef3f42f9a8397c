"""Where travel of the worst-off counts, a choice is there at once, and is never worse than what exchanges can do."""

import numpy as np
import pytest

from placeplan.capacity.siting import Status, WorstOffTravel, p_median


@pytest.mark.parametrize("seed", range(4))
def test_no_time_gives_a_choice_with_an_open_gap(seed: int) -> None:
    draw = np.random.default_rng(seed)
    cost, demand = draw.integers(1, 60, (60, 20)).astype(float), draw.integers(1, 30, 60).astype(float)
    worst = [WorstOffTravel(share=0.2, weight=2.0)]
    at_once = p_median(cost, demand, 4, fairness=worst, time_limit=0.0)
    in_time = p_median(cost, demand, 4, fairness=worst, time_limit=60.0)
    assert len(at_once.sites) == 4
    assert at_once.bound <= in_time.objective + 1e-6
    assert in_time.objective <= at_once.objective + 1e-6
    assert in_time.status is Status.OPTIMAL


def test_forced_and_forbidden_sites_stay_so() -> None:
    draw = np.random.default_rng(9)
    cost, demand = draw.integers(1, 60, (40, 12)).astype(float), np.ones(40)
    worst = [WorstOffTravel(share=0.2, weight=2.0)]
    found = p_median(cost, demand, 3, fairness=worst, forced=[0], forbidden=[1, 2], time_limit=0.0)
    assert 0 in found.sites
    assert not {1, 2} & set(found.sites)
