"""Terms of a choice: time, gap, and what does not fit."""

import numpy as np
import pytest
from tests.unit.capacity.siting.networks import made_network

from placeplan.capacity.siting import (
    GroupTravel,
    Siting,
    SitingError,
    Status,
    WorstOffTravel,
    fixed_charge,
    frontier,
    maximal_covering,
    mean_travel,
    p_centre,
    p_median,
    set_covering,
    why_chosen,
)

LINE = np.abs(np.subtract.outer(np.arange(6.0), np.arange(6.0)))
ONES = np.ones(6)
TOWN = made_network(60, seed=3)
PEOPLE = np.random.default_rng(3).integers(1, 20, 60).astype(float)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(lambda: p_median(TOWN, PEOPLE, 6, capacities=PEOPLE.sum() / 5, time_limit=0.0), id="room"),
        pytest.param(lambda: fixed_charge(TOWN, PEOPLE, 500.0, time_limit=0.0), id="charges"),
        pytest.param(lambda: maximal_covering(TOWN, PEOPLE, 4, within=40, time_limit=0.0), id="coverage"),
        pytest.param(lambda: p_centre(TOWN, 4, time_limit=0.0), id="centre"),
    ],
)
def test_no_time_is_never_called_optimal_without_a_proof(asked) -> None:  # type: ignore[no-untyped-def]
    found: Siting = asked()
    if found.status is Status.OPTIMAL:
        assert found.bound == found.objective
    else:
        assert found.status is Status.FEASIBLE
        assert found.sites or "time ran out" in found.reasons[0]


def test_a_gap_that_was_allowed_is_named() -> None:
    found = p_median(TOWN, PEOPLE, 6, capacities=PEOPLE.sum() / 4, gap=0.2, time_limit=30.0)
    assert found.status in {Status.WITHIN_GAP, Status.OPTIMAL}
    assert 0 <= found.gap <= 0.2
    assert found.bound <= found.objective


def test_mean_travel_of_the_worst_off_parts_a_point() -> None:
    travel, demand = np.array([10.0, 20.0, 30.0]), np.array([6.0, 3.0, 1.0])
    assert mean_travel(travel, demand, of=WorstOffTravel(share=0.2)) == pytest.approx((30 + 20) / 2)
    assert mean_travel(travel, demand, of=GroupTravel(who=[True, True, False])) == pytest.approx((60 + 60) / 9)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        (
            lambda: p_median(LINE, ONES, 2, capacities=[1.0, 2.0]),
            "capacities: expected one number, or one for each of 6",
        ),
        (lambda: p_median(LINE, ONES, 2, catchments=-1.0), r"catchments\[0\] is -1; expected a number of 0 or more"),
        (lambda: p_median(LINE, ONES, 2, catchments=np.inf), r"catchments\[0\] is inf"),
        (lambda: p_median(LINE, ONES, 2, most_new=1), "most_new: there is no existing estate"),
        (lambda: p_median(LINE, ONES, 2, existing=[0], most_new=-1), "most_new: -1; expected a whole number"),
        (lambda: p_median(LINE, ONES, 2, existing=[9]), "existing: there is no candidate 9"),
        (lambda: p_median(LINE, ONES, 2, time_limit=-1.0), "time_limit: -1.0; expected seconds"),
        (lambda: p_median(LINE, ONES, 2, gap=1.0), "gap: 1.0; expected a share"),
        (lambda: p_median(LINE, ONES, 2, fairness=[GroupTravel(who=[True])]), "the group: 1 points; expected 6"),
        (lambda: GroupTravel(who=[False, False]), "one yes at least"),
        (lambda: WorstOffTravel(share=0.0), "the share is 0.0; expected above 0"),
        (lambda: WorstOffTravel(weight=-1.0), "the weight is -1.0"),
        (lambda: fixed_charge(LINE, ONES, [1.0, np.nan, 1, 1, 1, 1]), r"charges\[1\] is nan"),
        (lambda: set_covering(LINE, within=-1.0), "within: -1.0; expected a number of 0 or more"),
        (lambda: frontier(LINE, ONES, []), "numbers: there are none"),
        (lambda: why_chosen(LINE, ONES, []), "sites: there are none"),
        (lambda: why_chosen(LINE, ONES, [1], assignment=[1, 1]), r"assignment: the shape is \(2,\)"),
    ],
)
def test_what_does_not_fit_is_refused(asked, words: str) -> None:  # type: ignore[no-untyped-def]
    with pytest.raises(SitingError, match=words):
        asked()
