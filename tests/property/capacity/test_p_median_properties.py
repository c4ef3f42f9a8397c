"""The p-median against every choice there is, and what holds of any of them."""

from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from placeplan.capacity.siting import Status, p_median

COSTS = st.one_of(st.integers(0, 30).map(float), st.floats(0, 100, allow_nan=False), st.just(float("inf")))


@st.composite
def problems(draw: st.DrawFn) -> tuple[np.ndarray, np.ndarray, int]:
    points, sites = draw(st.integers(1, 7)), draw(st.integers(1, 7))
    cost = np.array([[draw(COSTS) for _ in range(sites)] for _ in range(points)])
    demand = np.array([draw(st.sampled_from([0.0, 1.0, 2.0, 7.5])) for _ in range(points)])
    return cost, demand, draw(st.integers(1, sites))


def _every_choice(cost: np.ndarray, demand: np.ndarray, p: int) -> float:
    """The least cost over all choices, one after another."""
    best = np.inf
    for choice in combinations(range(cost.shape[1]), p):
        total = 0.0
        for point, wanted in enumerate(demand):
            if wanted:
                total += wanted * min(cost[point][site] for site in choice)
        best = min(best, total)
    return best


@given(problems())
def test_the_choice_is_the_best_of_all(problem: tuple[np.ndarray, np.ndarray, int]) -> None:
    cost, demand, p = problem
    wanted = _every_choice(cost, demand, p)
    found = p_median(cost, demand, p)
    if np.isinf(wanted):
        assert found.status is Status.INFEASIBLE
        assert found.reasons
        return
    assert found.status is Status.OPTIMAL
    assert np.isclose(found.objective, wanted, rtol=1e-9, atol=1e-9)
    assert found.bound <= found.objective
    assert len(found.sites) == p


@given(problems())
def test_one_more_site_never_costs_more(problem: tuple[np.ndarray, np.ndarray, int]) -> None:
    cost, demand, p = problem
    if p == cost.shape[1]:
        return
    fewer, more = p_median(cost, demand, p), p_median(cost, demand, p + 1)
    if fewer.status is Status.OPTIMAL:
        assert more.objective <= fewer.objective + 1e-9


@given(problems())
def test_each_point_goes_to_the_nearest_chosen_site(problem: tuple[np.ndarray, np.ndarray, int]) -> None:
    cost, demand, p = problem
    found = p_median(cost, demand, p)
    for point, site in enumerate(found.assignment):
        nearest = min((cost[point][each] for each in found.sites), default=np.inf)
        assert (site == -1) == bool(np.isinf(nearest))
        if site != -1:
            assert cost[point][site] == nearest
