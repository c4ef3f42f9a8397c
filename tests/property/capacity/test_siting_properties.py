"""Siting on generated places: orders that cannot matter, further sites that cannot harm, and bounds that hold."""

from math import isnan

import numpy as np
import numpy.typing as npt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.oracle.capacity import siting_by_hand as by_hand

from placeplan.capacity.siting import (
    Siting,
    Status,
    WorstOffTravel,
    fixed_charge,
    maximal_covering,
    mean_travel,
    p_centre,
    p_median,
    set_covering,
)

FloatArray = npt.NDArray[np.float64]
Place = tuple[FloatArray, FloatArray]
POINTS, CANDIDATES = 6, 5


@st.composite
def places(draw: st.DrawFn) -> Place:
    """Minutes with ways that are missing now and then, and people with areas where nobody lives."""
    minutes = st.one_of(st.integers(0, 30).map(float), st.just(float("inf")))
    rows = draw(st.lists(st.lists(minutes, min_size=5, max_size=5), min_size=POINTS, max_size=POINTS))
    people = draw(st.lists(st.integers(0, 40), min_size=POINTS, max_size=POINTS).filter(any))
    return np.array(rows), np.array(people, dtype=float)


def _honest(found: Siting, best: float) -> None:
    """What is proven is true, and what is not proven does not say that it is."""
    if found.status is Status.INFEASIBLE:
        assert found.reasons
        assert best == float("inf")
        return
    if found.sites:
        assert found.bound <= best * (1 + 1e-9) + 1e-6
        assert best <= found.objective * (1 + 1e-9) + 1e-6
    if found.status is Status.OPTIMAL:
        assert found.objective == pytest.approx(best, rel=1e-6, abs=1e-6)


@given(places(), st.integers(1, CANDIDATES), st.sampled_from([0.0, 1e-4, 10.0]))
def test_a_bound_holds_however_short_the_time(place: Place, p: int, seconds: float) -> None:
    cost, demand = place
    _honest(p_median(cost, demand, p, time_limit=seconds), by_hand.least(cost.tolist(), demand.tolist(), p))


@given(places(), st.integers(1, 3), st.sampled_from([0.0, 10.0]), st.floats(10, 120))
def test_a_bound_holds_where_sites_fill_up(place: Place, p: int, seconds: float, capacity: float) -> None:
    cost, demand = place
    full = {"capacities": [capacity] * CANDIDATES, "catchments": [0.0] * CANDIDATES, "charges": [0.0] * CANDIDATES}
    counted = demand > 0
    best = by_hand.least_when_filled(cost[counted].tolist(), demand[counted].tolist(), p, **full)
    _honest(p_median(cost, demand, p, time_limit=seconds, capacities=capacity), best)


@given(places(), st.integers(1, CANDIDATES), st.permutations(range(POINTS)), st.permutations(range(CANDIDATES)))
def test_the_order_of_rows_and_columns_does_not_matter(
    place: Place, p: int, rows: list[int], columns: list[int]
) -> None:
    cost, demand = place
    there, moved = p_median(cost, demand, p), p_median(cost[rows][:, columns], demand[rows], p)
    assert there.status is moved.status
    assert there.objective == pytest.approx(moved.objective, nan_ok=True)


@given(places(), st.integers(1, CANDIDATES - 1), st.floats(0, 30))
def test_a_further_site_harms_nobody(place: Place, p: int, within: float) -> None:
    cost, demand = place
    usual = np.where(np.isfinite(cost), cost, 99.0)
    fewer, more = p_median(usual, demand, p), p_median(usual, demand, p + 1)
    assert more.objective <= fewer.objective
    assert p_centre(usual, p + 1).objective <= p_centre(usual, p).objective
    missed = [maximal_covering(usual, demand, number, within=within).objective for number in (p, p + 1)]
    assert missed[1] <= missed[0]


@given(places())
def test_the_fewest_sites_that_reach_all_leave_nobody_out(place: Place) -> None:
    cost, demand = place
    usual = np.where(np.isfinite(cost), cost, 99.0)
    furthest = p_centre(usual, 2, demand=np.ones(POINTS)).objective
    fewest = set_covering(usual, within=furthest)
    assert len(fewest.sites) <= 2
    assert maximal_covering(usual, demand, len(fewest.sites), within=furthest).objective == 0


@given(places(), st.floats(0, 500))
def test_dearer_sites_are_never_more(place: Place, charge: float) -> None:
    cost, demand = place
    usual = np.where(np.isfinite(cost), cost, 99.0)
    cheap, dear = fixed_charge(usual, demand, charge), fixed_charge(usual, demand, charge * 2 + 1)
    assert cheap.objective <= dear.objective + 1e-6
    travel = [float((usual[np.arange(POINTS), found.assignment] * demand)[demand > 0].sum()) for found in (cheap, dear)]
    assert travel[0] <= travel[1] + 1e-6


@given(places(), st.integers(1, 3), st.floats(0, 60))
def test_a_limit_for_the_worst_off_is_kept_or_told(place: Place, p: int, most: float) -> None:
    cost, demand = place
    usual = np.where(np.isfinite(cost), cost, 99.0)
    worst = WorstOffTravel(share=0.25, most=most)
    found = p_median(usual, demand, p, fairness=[worst])
    if found.status is Status.INFEASIBLE:
        assert found.reasons
        assert isnan(found.gap)
        return
    travel = usual[np.arange(POINTS), found.assignment]
    assert mean_travel(travel, demand, of=worst) <= most + 1e-5
