"""The p-median: the best sites, how well they are proven, and why there are none."""

import subprocess
import sys

import numpy as np
import pytest
from tests.unit.capacity.siting.networks import PMED1_OPTIMUM, PMED1_P, made_network, pmed1

from placeplan.capacity.siting import SitingError, Status, p_median

LINE = np.abs(np.arange(9)[:, np.newaxis] - np.arange(9)[np.newaxis, :]).astype(float)
EVERYBODY = np.ones(9)


def test_the_standard_instance_has_its_published_optimum() -> None:
    found = p_median(pmed1(), np.ones(100), PMED1_P)
    assert (found.objective, found.bound, found.status) == (PMED1_OPTIMUM, PMED1_OPTIMUM, Status.OPTIMAL)


@pytest.mark.parametrize("p", [5, 10, 20, 33])
def test_networks_like_the_standard_ones_are_proven(p: int) -> None:
    found = p_median(made_network(100, seed=1), np.ones(100), p)
    assert (found.status, found.gap, len(found.sites)) == (Status.OPTIMAL, 0.0, p)


def test_three_sites_on_a_line_stand_in_the_middle_of_thirds() -> None:
    found = p_median(LINE, EVERYBODY, 3)
    assert (found.sites, found.objective) == ((1, 4, 7), 6.0)
    assert found.assignment.tolist() == [1, 1, 1, 4, 4, 4, 7, 7, 7]


def test_demand_pulls_a_site() -> None:
    assert p_median(LINE, [1, 1, 1, 1, 1, 1, 1, 1, 20], 1).sites == (8,)


def test_as_many_sites_as_points_cost_nothing() -> None:
    found = p_median(LINE, EVERYBODY, 9)
    assert (found.objective, found.gap, found.status) == (0.0, 0.0, Status.OPTIMAL)


def test_forced_and_forbidden_sites_are_kept_to() -> None:
    found = p_median(LINE, EVERYBODY, 2, forced=[0], forbidden=[5, 6])
    assert 0 in found.sites
    assert not {5, 6} & set(found.sites)
    assert found.status is Status.OPTIMAL


def test_without_time_a_choice_is_not_called_optimal_unless_it_is_proven() -> None:
    found = [p_median(made_network(100, seed=seed), np.ones(100), 5, time_limit=0.0) for seed in range(6)]
    assert {each.status for each in found} == {Status.OPTIMAL, Status.FEASIBLE}
    for each in found:
        assert (each.status is Status.OPTIMAL) == (each.gap == 0)
        assert each.bound <= each.objective


def test_a_gap_that_is_allowed_is_said() -> None:
    found = p_median(made_network(100, seed=7), np.ones(100), 5, gap=0.05)
    assert found.status in {Status.WITHIN_GAP, Status.OPTIMAL}
    assert found.gap <= 0.05


def test_a_site_that_nobody_can_reach_serves_nobody() -> None:
    cost = LINE.copy()
    cost[:, 4] = np.inf
    found = p_median(cost, EVERYBODY, 2)
    assert 4 not in found.sites
    assert np.isfinite(found.objective)


def test_a_network_in_two_parts_needs_a_site_in_each() -> None:
    cost = LINE.copy()
    cost[:4, 4:] = cost[4:, :4] = np.inf
    assert p_median(cost, EVERYBODY, 2).status is Status.OPTIMAL
    one = p_median(cost, EVERYBODY, 1)
    assert one.status is Status.INFEASIBLE
    assert one.sites == ()
    assert "1 site" in one.reasons[0]


def test_a_point_without_demand_needs_no_way() -> None:
    cost, demand = LINE.copy(), EVERYBODY.copy()
    cost[0, :], demand[0] = np.inf, 0.0
    found = p_median(cost, demand, 2)
    assert found.status is Status.OPTIMAL
    assert found.assignment[0] == -1


@pytest.mark.parametrize(
    ("options", "words"),
    [
        ({"forced": [1, 2, 3]}, "3 candidates are forced and 2 can be chosen"),
        ({"forced": [1], "forbidden": [1]}, "candidates 1 are both forced and forbidden"),
        ({"forbidden": list(range(8))}, "1 candidates are allowed and 2 must be chosen"),
    ],
)
def test_what_makes_it_impossible_is_said(options: dict[str, list[int]], words: str) -> None:
    found = p_median(LINE, EVERYBODY, 2, **options)
    assert (found.status, np.isnan(found.objective)) == (Status.INFEASIBLE, True)
    assert words in found.reasons


@pytest.mark.parametrize(
    ("cost", "demand", "p", "words"),
    [
        ([[1.0, -2.0]], [1.0], 1, r"cost\[0, 1\] is -2; expected a number of 0 or more, or infinity"),
        ([[1.0, float("nan")]], [1.0], 1, r"cost\[0, 1\] is nan"),
        ([[1.0, 2.0]], [float("inf")], 1, r"demand\[0\] is inf; expected a number of 0 or more"),
        ([[1.0, 2.0]], [1.0, 2.0], 1, r"demand: the shape is \(2,\); expected one number for each of 1 points"),
        ([1.0, 2.0], [1.0], 1, r"cost: the shape is \(2,\); expected demand points by candidate sites"),
        ([[1.0, 2.0]], [1.0], 3, r"p: 3; expected a whole number of sites from 1 to 2"),
        ([[1.0, 2.0]], [1.0], 0, r"p: 0; expected"),
        ([[1.0, 2.0]], [1.0], 1.5, r"p: 1\.5; expected"),
        ([["near", "far"]], [1.0], 1, r"cost: expected numbers"),
        ([[1.0], [2.0, 3.0]], [1.0, 1.0], 1, r"cost: expected numbers in rows of one length"),
    ],
)
def test_what_does_not_fit_is_refused(cost: object, demand: object, p: object, words: str) -> None:
    with pytest.raises(SitingError, match=words):
        p_median(cost, demand, p)  # type: ignore[arg-type]


def test_a_column_that_is_not_there_is_refused() -> None:
    with pytest.raises(SitingError, match="forced: there is no candidate 9; expected 0 to 8"):
        p_median(LINE, EVERYBODY, 2, forced=[9])


def test_the_result_stays_as_it_is() -> None:
    found = p_median(LINE, EVERYBODY, 2)
    with pytest.raises(ValueError, match="read-only"):
        found.assignment[0] = 3


def test_the_solver_prints_nothing() -> None:
    """Its header comes once in a process, so that this has one of its own."""
    filled = "from placeplan.capacity.siting import p_median; p_median([[0, 1], [1, 0]], [1, 1], 2, capacities=1.0)"
    told = subprocess.run([sys.executable, "-c", filled], capture_output=True, text=True, check=True)
    assert (told.stdout, told.stderr) == ("", "")


def test_what_only_a_search_can_show_is_named_too() -> None:
    """Counting finds room for everybody; but nobody reaches the second site, so that the first is too small."""
    cost = [[0.0, np.inf], [0.0, np.inf]]
    found = p_median(cost, [1.0, 27.0], 2, capacities=27.0)
    assert found.status is Status.INFEASIBLE
    assert found.reasons == ("no choice of 2 sites meets it: without capacities there would be one",)


@pytest.mark.parametrize("p", ["three", 2.5, float("nan"), None, True, 0, 10])
def test_a_number_of_sites_that_is_none(p: object) -> None:
    with pytest.raises(SitingError, match="expected a whole number of sites from 1 to 9"):
        p_median(LINE, np.ones(9), p)


@pytest.mark.parametrize("column", ["one", 1.5, None, -1, 9])
def test_a_column_that_is_none(column: object) -> None:
    with pytest.raises(SitingError, match=r"forced: there is no candidate .*; expected 0 to 8"):
        p_median(LINE, np.ones(9), 2, forced=[column])


def test_numbers_of_numpy_are_numbers() -> None:
    assert p_median(LINE, np.ones(9), np.int64(1), forced=np.array([3])).sites == (3,)
