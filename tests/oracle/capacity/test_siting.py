"""Siting against every choice tried."""

from math import isinf

import numpy as np
import pytest
from tests.oracle.capacity import siting_by_hand as by_hand

from placeplan.capacity.siting import (
    GroupTravel,
    Status,
    WorstOffTravel,
    fixed_charge,
    maximal_covering,
    mean_travel,
    p_centre,
    p_median,
    set_covering,
)

SEEDS = range(12)


def _place(seed: int, *, points: int = 8, candidates: int = 6) -> tuple[np.ndarray, np.ndarray]:
    generator = np.random.default_rng(seed)
    cost = generator.integers(1, 30, (points, candidates)).astype(float)
    if seed % 3 == 0:
        cost[generator.random(cost.shape) < 0.25] = np.inf
    return cost, generator.integers(0, 9, points).astype(float) + (seed % 2) * 0.5


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("p", [1, 2, 3, 5])
def test_the_p_median(seed: int, p: int) -> None:
    cost, demand = _place(seed)
    expected, found = by_hand.least(cost.tolist(), demand.tolist(), p), p_median(cost, demand, p)
    if isinf(expected):
        assert found.status is Status.INFEASIBLE
        return
    assert found.status is Status.OPTIMAL
    assert found.objective == pytest.approx(expected, rel=1e-9)


@pytest.mark.parametrize("seed", SEEDS)
def test_existing_sites_first(seed: int) -> None:
    cost, demand = _place(seed + 1 - (seed + 1) % 3 + 1)
    there = {0, 4}
    expected = by_hand.least(cost.tolist(), demand.tolist(), 3, allowed=lambda c: len(set(c) - there) <= 1)
    assert p_median(cost, demand, 3, existing=sorted(there)).objective == pytest.approx(expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_capacities_and_catchments(seed: int) -> None:
    cost, demand = _place(seed, points=6, candidates=4)
    generator = np.random.default_rng(seed)
    capacities, catchments = generator.integers(8, 25, 4).astype(float), generator.integers(0, 12, 4).astype(float)
    usual = np.where(np.isfinite(cost), cost, 50.0)
    expected = by_hand.least_when_filled(
        usual.tolist(),
        demand.tolist(),
        2,
        capacities=capacities.tolist(),
        catchments=catchments.tolist(),
        charges=[0.0] * 4,
    )
    found = p_median(usual, demand, 2, capacities=capacities, catchments=catchments)
    if isinf(expected):
        assert found.status is Status.INFEASIBLE
        assert found.reasons
        return
    assert (found.status, found.objective) == (Status.OPTIMAL, pytest.approx(expected))


@pytest.mark.parametrize("seed", SEEDS)
def test_charges(seed: int) -> None:
    cost, demand = _place(seed * 3 + 1, points=5, candidates=4)
    charges = np.random.default_rng(seed).integers(5, 60, 4).astype(float)
    full = {"capacities": [20.0] * 4, "catchments": [0.0] * 4, "charges": charges.tolist()}
    expected = by_hand.least_when_filled(cost.tolist(), demand.tolist(), None, **full)
    found = fixed_charge(cost, demand, charges, capacities=20.0, single_source=True)
    assert isinf(expected) == (found.status is Status.INFEASIBLE)
    if not isinf(expected):
        assert found.objective == pytest.approx(expected)
    shared = fixed_charge(cost, demand, charges, capacities=20.0)
    assert isinf(expected) or shared.objective <= expected + 1e-6


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("within", [4.0, 9.0, 15.0])
def test_coverage(seed: int, within: float) -> None:
    cost, demand = _place(seed)
    for p in (1, 3):
        expected = by_hand.not_covered(cost.tolist(), demand.tolist(), p, within=within)
        found = maximal_covering(cost, demand, p, within=within)
        assert (found.status, found.objective) == (Status.OPTIMAL, pytest.approx(expected))
    fewest, sites = by_hand.fewest(cost.tolist(), within=within), set_covering(cost, within=within)
    assert (fewest is None) == (sites.status is Status.INFEASIBLE)
    if fewest is not None:
        assert len(sites.sites) == fewest == sites.objective


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("p", [1, 2, 4])
def test_the_centre(seed: int, p: int) -> None:
    cost, _ = _place(seed)
    expected, found = by_hand.furthest(cost.tolist(), p), p_centre(cost, p)
    assert isinf(expected) == (found.status is Status.INFEASIBLE)
    if not isinf(expected):
        assert (found.objective, found.bound) == (expected, expected)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_worst_off_count_in_the_objective_and_under_a_limit(seed: int) -> None:
    cost, demand = _place(seed * 3 + 1)

    def tail(choice: tuple[int, ...]) -> float:
        return by_hand.tail_mean(cost[:, list(choice)].min(axis=1).tolist(), demand.tolist(), 0.3)

    everyone = by_hand.choices(6, 2)
    expected = min(
        by_hand.to_the_nearest(cost.tolist(), demand.tolist(), c) + 2 * demand.sum() * tail(c) for c in everyone
    )
    found = p_median(cost, demand, 2, fairness=[WorstOffTravel(share=0.3, weight=2.0)])
    assert (found.status, found.objective) == (Status.OPTIMAL, pytest.approx(expected))
    limit = float(np.median([tail(c) for c in by_hand.choices(6, 2)]))
    under = by_hand.least(cost.tolist(), demand.tolist(), 2, allowed=lambda c: tail(c) <= limit + 1e-9)
    kept = p_median(cost, demand, 2, fairness=[WorstOffTravel(share=0.3, most=limit)])
    assert kept.objective == pytest.approx(under)
    travel = cost[np.arange(8), kept.assignment]
    assert mean_travel(travel, demand, of=WorstOffTravel(share=0.3)) <= limit + 1e-6


@pytest.mark.parametrize("seed", SEEDS)
def test_a_group_counts_in_the_objective_and_under_a_limit(seed: int) -> None:
    cost, demand = _place(seed * 3 + 1)
    who = np.arange(8) < 3
    demand[0] += 1

    def mean(choice: tuple[int, ...]) -> float:
        return float(np.average(cost[:3, list(choice)].min(axis=1), weights=demand[:3]))

    counted = np.where(who, 3.0, 1.0) * demand
    expected = by_hand.least(cost.tolist(), counted.tolist(), 2)
    assert p_median(cost, demand, 2, fairness=[GroupTravel(who=who, weight=2.0)]).objective == pytest.approx(expected)
    limit = float(np.median([mean(c) for c in by_hand.choices(6, 2)]))
    under = by_hand.least(cost.tolist(), demand.tolist(), 2, allowed=lambda c: mean(c) <= limit + 1e-9)
    kept = p_median(cost, demand, 2, fairness=[GroupTravel(who=who, most=limit + 1e-9)])
    assert kept.objective == pytest.approx(under)
