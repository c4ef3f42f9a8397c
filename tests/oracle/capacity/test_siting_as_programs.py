"""Siting where there are too many choices to try, against textbook programs; and on a real place beside Placeplan."""

import csv
import os
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest
from tests.oracle.capacity import siting_as_programs as as_program

from placeplan.capacity.siting import (
    Status,
    fixed_charge,
    frontier,
    maximal_covering,
    p_centre,
    p_median,
)

FloatArray = npt.NDArray[np.float64]
DATA = "PLACEPLAN_DATA"
SAN_FRANCISCO_POINTS, SAN_FRANCISCO_SITES = 205, 16


def _place(seed: int, *, points: int = 40, candidates: int = 14) -> tuple[FloatArray, FloatArray]:
    """Points and candidates on a plane, metres apart in whole numbers; people in whole numbers."""
    draw = np.random.default_rng(seed)
    here, there = draw.uniform(0, 100, (points, 1, 2)), draw.uniform(0, 100, (1, candidates, 2))
    return np.rint(10 * np.linalg.norm(here - there, axis=2)), draw.integers(1, 50, points).astype(float)


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("p", [1, 3, 7])
def test_the_p_median_of_a_plane(seed: int, p: int) -> None:
    cost, demand = _place(seed)
    found = p_median(cost, demand, p)
    assert (found.status, found.objective) == (
        Status.OPTIMAL,
        pytest.approx(as_program.p_median(cost, demand, p), rel=1e-9),
    )


@pytest.mark.parametrize("seed", range(3))
def test_sites_that_fill_up_and_sites_that_need_people(seed: int) -> None:
    cost, demand = _place(seed, points=18, candidates=7)
    capacities, catchments = [demand.sum() / 3.4] * 7, [demand.sum() / 6] * 7
    full = {"capacities": capacities, "catchments": catchments}
    found = p_median(cost, demand, 4, capacities=capacities, catchments=catchments)
    assert found.objective == pytest.approx(as_program.p_median(cost, demand, 4, **full), rel=1e-6)
    shared = p_median(cost, demand, 4, capacities=capacities, catchments=catchments, single_source=False)
    assert shared.objective == pytest.approx(as_program.p_median(cost, demand, 4, single=False, **full), rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
def test_charges_decide_how_many(seed: int) -> None:
    cost, demand = _place(seed, points=25, candidates=9)
    charges = np.random.default_rng(seed).integers(20_000, 60_000, 9).astype(float)
    found = fixed_charge(cost, demand, charges)
    assert found.objective == pytest.approx(as_program.p_median(cost, demand, 0, charges=charges.tolist()), rel=1e-6)


@pytest.mark.parametrize("seed", range(3))
@pytest.mark.parametrize("p", [2, 5])
def test_the_centre_and_the_coverage_of_a_plane(seed: int, p: int) -> None:
    cost, demand = _place(seed, points=24, candidates=10)
    assert p_centre(cost, p).objective == pytest.approx(as_program.p_centre(cost, p), rel=1e-6)
    missed = maximal_covering(cost, demand, p, within=200.0).objective
    assert missed == pytest.approx(as_program.not_covered(cost, demand, p, within=200.0), abs=1e-6)


def _san_francisco() -> tuple[FloatArray, FloatArray]:
    """The demand of tracts and their ways over the network to 16 stores, from the folder that a variable names."""
    folder = Path(os.environ.get(DATA, "")) / "facility"
    with (folder / "sf_network_distance.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    tracts, stores = (sorted({row[heading] for row in rows}) for heading in ("DestinationName", "name"))
    cost, demand = np.full((len(tracts), len(stores)), np.inf), np.zeros(len(tracts))
    for row in rows:
        tract = tracts.index(row["DestinationName"])
        cost[tract, stores.index(row["name"])] = float(row["distance"])
        demand[tract] = float(row["demand"])
    return cost, demand


@pytest.mark.skipif(not os.environ.get(DATA), reason=f"{DATA} names no folder of public data")
def test_stores_of_san_francisco() -> None:
    cost, demand = _san_francisco()
    assert cost.shape == (SAN_FRANCISCO_POINTS, SAN_FRANCISCO_SITES)
    every = frontier(cost, demand, range(1, SAN_FRANCISCO_SITES + 1))
    assert all(one.siting.status is Status.OPTIMAL for one in every)
    for number in (1, 4, 9):
        expected = as_program.p_median(cost, demand, number, single=False)
        assert every[number - 1].siting.objective == pytest.approx(expected, rel=1e-6)
