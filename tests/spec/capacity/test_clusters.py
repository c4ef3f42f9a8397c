"""Clusters on a day: who is in, whether the size fits, whether the parts touch."""

from collections.abc import Callable
from datetime import date

import pytest

from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.clusters import (
    ClusterRegister,
    Membership,
    cluster_profiles,
    mean_population,
    neighbours_by_area,
    neighbours_by_place,
    parts_of,
)

DAY = date(2017, 6, 1)
MOVED = ClusterRegister(
    (
        Membership("P1", "North"),
        Membership("P2", "North", last_day=date(2017, 5, 31)),
        Membership("P2", "South", first_day=date(2017, 6, 1)),
        Membership("P3", "South"),
    )
)
LISTS = {"P1": 46_000.0, "P2": 30_000.0, "P3": 52_500.0}


def test_a_practice_is_in_the_cluster_of_the_day() -> None:
    assert MOVED.on(date(2017, 5, 31)) == {"North": {"P1", "P2"}, "South": {"P3"}}
    assert MOVED.on(DAY) == {"North": {"P1"}, "South": {"P2", "P3"}}
    assert MOVED.without_cluster(["P1", "P4"], day=DAY) == ("P4",)


def test_the_profile_of_a_day() -> None:
    north, south = cluster_profiles(MOVED, DAY, lists=LISTS, smallest=46_000, largest=82_500)
    assert (north.people, south.people) == (46_000, 82_500)
    assert north.in_range
    assert south.in_range
    assert south.mean_list == 41_250
    assert north.contiguous is None
    before = cluster_profiles(MOVED, date(2017, 5, 1), lists=LISTS, smallest=46_000, largest=82_500)
    assert [one.in_range for one in before] == [True, True]
    tight = cluster_profiles(MOVED, DAY, lists=LISTS, smallest=46_001, largest=82_499)
    assert [one.in_range for one in tight] == [False, False]


def test_the_mean_cluster_of_the_document() -> None:
    """484,460 people in seven clusters (West Kent Local Care Plan 2017, sections 5 and 7.2)."""
    register = ClusterRegister(tuple(Membership(f"P{number}", f"C{number}") for number in range(7)))
    lists = {f"P{number}": 484_460 / 7 for number in range(7)}
    profiles = cluster_profiles(register, DAY, lists=lists, smallest=46_000, largest=82_500)
    assert round(mean_population(profiles)) == 69_209
    with pytest.raises(CapacityInputError, match="no cluster on this day"):
        mean_population([])


def test_parts_that_do_not_touch_are_named() -> None:
    register = ClusterRegister(tuple(Membership(name, "One") for name in "ABCD"))
    lists = dict.fromkeys("ABCD", 20_000.0)
    pairs = [("A", "B"), ("C", "D"), ("D", "X")]
    (found,) = cluster_profiles(register, DAY, lists=lists, smallest=1, largest=1e6, neighbours=pairs)
    assert found.parts == (("A", "B"), ("C", "D"))
    assert found.contiguous is False
    (whole,) = cluster_profiles(register, DAY, lists=lists, smallest=1, largest=1e6, neighbours=[*pairs, ("B", "C")])
    assert whole.contiguous is True


def test_parts_are_the_largest_first() -> None:
    assert parts_of("ABCDE", {"A": "B", "B": "A", "C": "DE", "D": "C", "E": "C"}) == (("C", "D", "E"), ("A", "B"))


def test_practices_that_serve_areas_that_touch_are_neighbours() -> None:
    areas = {"P1": ["E1", "E2"], "P2": ["E2"], "P3": ["E3"], "P4": ["E9"]}
    assert neighbours_by_area(areas, [("E2", "E3")]) == {("P1", "P2"), ("P1", "P3"), ("P2", "P3")}


def test_practices_are_neighbours_where_none_lies_between() -> None:
    places = {"A": (0, 0), "B": (10, 1), "C": (20, 0), "D": (10, 30)}
    assert neighbours_by_place(places) == {("A", "B"), ("B", "C"), ("B", "D")}
    square = {"A": (0, 0), "B": (1, 0), "C": (0, 1), "D": (1, 1)}
    assert len(neighbours_by_place(square)) == 6
    in_line = {"A": (0, 0), "B": (1, 0), "C": (2, 0)}
    assert neighbours_by_place(in_line) == {("A", "B"), ("B", "C")}
    assert neighbours_by_place({"A": (0, 0), "B": (5, 5)}) == {("A", "B")}
    assert neighbours_by_place({"A": (0, 0)}) == frozenset()


def test_practices_in_one_building_are_neighbours() -> None:
    places = {"A": (0, 0), "B": (0, 0), "C": (5, 0), "D": (2, 9)}
    assert ("A", "B") in neighbours_by_place(places)


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (lambda: Membership("P", "C", date(2017, 2, 1), date(2017, 1, 1)), "2017-01-01 is before 2017-02-01"),
        (
            lambda: ClusterRegister((Membership("P", "C"), Membership("P", "D", first_day=DAY))),
            "P is in C and in D on the same days",
        ),
        (lambda: ClusterRegister((Membership("P", "C"), Membership("P", "C"))), "P is in C twice on the same days"),
        (
            lambda: cluster_profiles(MOVED, DAY, lists={"P1": 1}, smallest=1, largest=2),
            "no list is known of P2, P3",
        ),
        (lambda: cluster_profiles(MOVED, DAY, lists=LISTS, smallest=3, largest=2), "3 to 2 is no range"),
        (
            lambda: cluster_profiles(MOVED, DAY, lists=LISTS | {"P1": -5.0}, smallest=1, largest=2),
            "lists: -5 is below 0",
        ),
        (lambda: neighbours_by_place({"A": (1,), "B": (2,)}), "an easting and a northing"),
    ],
)
def test_what_cannot_be_is_refused(make: Callable[[], object], words: str) -> None:
    with pytest.raises(CapacityInputError, match=words):
        make()
