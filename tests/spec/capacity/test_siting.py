"""Where to put sites: nine villages on a road, a mile apart, with a hundred people in each."""

import numpy as np
import pytest

from placeplan.capacity.siting import (
    GroupTravel,
    Siting,
    Status,
    WorstOffTravel,
    fixed_charge,
    frontier,
    maximal_covering,
    p_centre,
    p_median,
    set_covering,
    why_chosen,
)

ROAD = np.abs(np.subtract.outer(np.arange(9.0), np.arange(9.0)))
PEOPLE = np.full(9, 100.0)
CUT = np.where(np.add.outer(np.arange(9) < 4, np.arange(9) < 4) == 1, np.inf, ROAD)
FIRST_TWO = np.arange(9) < 2


def _in_figures(found: Siting) -> tuple[tuple[int, ...], float, Status]:
    return found.sites, round(found.objective, 6), found.status


@pytest.mark.parametrize(
    ("found", "sites", "objective"),
    [
        pytest.param(lambda: p_median(ROAD, PEOPLE, 1), (4,), 2000.0, id="one site stands in the middle"),
        pytest.param(lambda: p_median(ROAD, PEOPLE, 3), (1, 4, 7), 600.0, id="three stand in the middle of thirds"),
        pytest.param(lambda: p_median(ROAD, PEOPLE, 1, forced=[0]), (0,), 3600.0, id="a forced site is in"),
        pytest.param(lambda: p_centre(ROAD, 3), (1, 4, 7), 1.0, id="nobody is more than a mile away"),
        pytest.param(lambda: set_covering(ROAD, within=1.0), (1, 4, 7), 3.0, id="three sites reach all within a mile"),
        pytest.param(lambda: fixed_charge(ROAD, PEOPLE, 5000.0), (4,), 7000.0, id="dear sites: one"),
        pytest.param(lambda: fixed_charge(ROAD, PEOPLE, 0.0), tuple(range(9)), 0.0, id="free sites: all"),
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 2, existing=[0, 8]), (0, 8), 1600.0, id="existing sites come first"
        ),
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 1, fairness=[GroupTravel(who=FIRST_TWO, most=0.5)]),
            (1,),
            2900.0,
            id="the first two villages may travel half a mile",
        ),
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 1, fairness=[WorstOffTravel(share=1 / 9, most=4.0)]),
            (4,),
            2000.0,
            id="the ninth that travels furthest may travel four miles",
        ),
    ],
)
def test_best_sites(found, sites: tuple[int, ...], objective: float) -> None:  # type: ignore[no-untyped-def]
    assert _in_figures(found()) == (sites, objective, Status.OPTIMAL)


def test_two_sites_leave_300_people_more_than_a_mile_away() -> None:
    assert maximal_covering(ROAD, PEOPLE, 2, within=1.0).objective == 300.0


def test_each_site_has_room_for_300_people() -> None:
    found = p_median(ROAD, PEOPLE, 3, capacities=300.0)
    assert np.bincount(found.assignment)[list(found.sites)].tolist() == [3, 3, 3]


def test_a_site_that_needs_500_people_takes_them_from_further_away() -> None:
    found = p_median(ROAD, PEOPLE, 2, catchments=[500.0, *[0.0] * 8], forced=[0])
    assert (found.assignment == 0).sum() == 5


def test_a_village_may_be_parted_where_that_is_allowed() -> None:
    found = p_median(ROAD, PEOPLE, 2, capacities=450.0, single_source=False)
    assert found.shares is not None
    assert (found.shares.T @ PEOPLE)[list(found.sites)] == pytest.approx([450.0, 450.0])


def test_every_further_site_saves_less() -> None:
    found = frontier(ROAD, PEOPLE, range(1, 10))
    saved = -np.diff([one.siting.objective for one in found])
    assert [one.number for one in found] == list(range(1, 10))
    assert (np.diff(saved) <= 0).all()


def test_why_a_site_is_in() -> None:
    first, _, _ = why_chosen(ROAD, PEOPLE, (1, 4, 7))
    assert (first.served, first.points.tolist(), first.lost) == (300.0, [0, 1, 2], 700.0)
    assert (first.instead, first.lost_instead) == (0, 100.0)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 2, capacities=400.0),
            "capacity is short by 100: the largest 2 sites hold 800 of 900",
            id="room",
        ),
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 2, catchments=500.0),
            "minimum catchments of the smallest 2 sites add up to 1,000, above the demand of 900",
            id="catchments",
        ),
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 1, forced=[1, 2]), "2 candidates are forced and 1 can be chosen", id="forced"
        ),
        pytest.param(
            lambda: p_median(CUT, PEOPLE, 2, forbidden=range(4)),
            "no allowed candidate can be reached from point 0, 1, 2, 3",
            id="disconnected",
        ),
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 1, existing=[0], forced=[5]),
            "1 forced candidates are new sites and 0 can be new: existing sites come first",
            id="estate",
        ),
        pytest.param(
            lambda: p_median(ROAD, PEOPLE, 1, fairness=[GroupTravel(who=FIRST_TWO, most=0.2, name="two villages")]),
            "no choice of 1 site meets it: without limits on travel there would be one",
            id="limit",
        ),
    ],
)
def test_what_makes_it_impossible(found, reason: str) -> None:  # type: ignore[no-untyped-def]
    result = found()
    assert result.status is Status.INFEASIBLE
    assert result.reasons[0] == reason
    assert result.sites == ()
