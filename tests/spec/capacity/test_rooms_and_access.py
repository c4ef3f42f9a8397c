"""Rooms from sessions, space that is not used, and access weighted by lists."""

from collections.abc import Callable

import pytest

from placeplan.capacity.access import coverage, coverage_bounds, minutes_per_thousand
from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.premises import PremisesProposal, premises_in_order
from placeplan.capacity.rooms import Opening, room_table, rooms_needed, rooms_to_release, sessions_needed

OPENING = Opening(sessions_a_week=10, weeks_a_year=50, session_minutes=240)


def test_rooms_by_hand() -> None:
    # 48,000 contacts of 15 minutes are 3,000 sessions; a room has 500 a year, 400 at a utilisation of 80%.
    assert sessions_needed(48_000, minutes=15, opening=OPENING) == 3000
    assert rooms_needed(3000, utilisation=0.8, opening=OPENING) == 7.5


def test_rooms_by_type() -> None:
    found = room_table(
        ["consulting", "treatment", "group"],
        contacts=[48_000, 16_000, 100],
        minutes=[15, 30, 120],
        there=[7, 6, 0],
        utilisation=0.8,
        opening=OPENING,
    )
    assert found.needed == pytest.approx([7.5, 5, 0.125])
    assert found.needed_whole.tolist() == [8, 5, 1]
    assert found.gap.tolist() == [-1, 1, -1]
    assert found.used == pytest.approx([6 / 7, 2 / 3, 0])


def test_space_that_is_34_per_cent_used() -> None:
    """Sevenoaks Hospital (West Kent Local Care Plan 2017, section 7.4.1), against a target of 85%."""
    assert rooms_to_release(100, used=0.34, target=0.85) == pytest.approx(60)
    assert rooms_to_release(100, used=0.9, target=0.8) == pytest.approx(-12.5)


def test_access_is_weighted_by_lists() -> None:
    found = coverage([[0, 1], [1, 1], [0, 0.5]], lists=[10_000, 5_000, 5_000])
    assert found.of_practices == pytest.approx([1 / 3, 2.5 / 3])
    assert found.of_people == pytest.approx([0.25, 0.875])
    assert found.people.tolist() == [5_000, 17_500]
    assert coverage([1, 0], lists=[3, 1]).of_people == pytest.approx(0.75)


def test_54_of_60_practices_are_not_90_per_cent_of_people() -> None:
    """West Kent Local Care Plan 2017, section 7.1: lists of 2,056 to 19,739 add up to 484,460."""
    found = coverage_bounds(covered=54, practices=60, people=484_460, smallest=2056, largest=19_739)
    assert found.of_practices == 0.9
    assert found.least == pytest.approx(1 - 6 * 19_739 / 484_460)
    assert found.most == pytest.approx(1 - 6 * 2056 / 484_460)
    assert (round(found.least, 3), round(found.most, 3)) == (0.756, 0.975)


def test_bounds_also_heed_the_practices_that_are_covered() -> None:
    found = coverage_bounds(covered=1, practices=2, people=30, smallest=10, largest=20)
    assert (found.least, found.most) == (pytest.approx(1 / 3), pytest.approx(2 / 3))


def test_minutes_for_each_thousand() -> None:
    assert minutes_per_thousand(1500, people=50_000) == 30


@pytest.mark.parametrize(
    ("ask", "words"),
    [
        (lambda: rooms_needed(1, utilisation=0, opening=OPENING), "utilisation: 0"),
        (lambda: rooms_needed(1, utilisation=1.1, opening=OPENING), "utilisation: 1.1"),
        (lambda: sessions_needed(-1, minutes=1, opening=OPENING), "contacts: -1"),
        (lambda: Opening(sessions_a_week=0, weeks_a_year=50, session_minutes=240), "sessions_a_week: 0"),
        (lambda: rooms_to_release(1, used=34, target=0.85), "34 is not a share"),
        (lambda: coverage([1, 2], lists=[1, 1]), "offered: 2 is not a share"),
        (lambda: coverage([1], lists=[1, 1]), "as many practices in both"),
        (lambda: coverage([1, 0], lists=[0, 0]), "nobody is registered"),
        (lambda: coverage_bounds(covered=3, practices=2, people=3, smallest=1, largest=2), "3 practices of 2"),
        (lambda: coverage_bounds(covered=1, practices=2, people=30, smallest=1, largest=2), "cannot add up to 30"),
    ],
)
def test_what_cannot_be_is_refused(ask: Callable[[], object], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        ask()


def test_premises_for_a_new_list_above_8000_or_a_named_need() -> None:
    found = premises_in_order(
        [
            PremisesProposal(area="A", people_now=0, growth=8000, new_practice=True),
            PremisesProposal(area="B", people_now=6000, growth=2001, new_practice=True),
            PremisesProposal(area="C", people_now=9000, growth=3000, new_practice=False, need="damp rooms"),
            PremisesProposal(area="D", people_now=9000, growth=9000, new_practice=False),
        ],
        smallest_new_list=8000,
    )
    assert [(one.proposal.area, one.meets) for one in found] == [
        ("C", True), ("B", True), ("D", False), ("A", False),
    ]  # fmt: skip
    assert found[3].why == "8,000 people, not above 8,000"
    with pytest.raises(CapacityInputError, match="fewer people than none"):
        PremisesProposal(area="E", people_now=10, growth=-11, new_practice=True)
    with pytest.raises(CapacityInputError, match="growth: nan"):
        PremisesProposal(area="E", people_now=10, growth=float("nan"), new_practice=True)
