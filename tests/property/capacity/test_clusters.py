"""Neighbours on a map: the quick way equals looking at every pair and every third point."""

from hypothesis import given
from hypothesis import strategies as st

from placeplan.capacity.clusters import neighbours_by_place, parts_of

POINTS = st.lists(st.tuples(st.integers(0, 40), st.integers(0, 40)), min_size=1, max_size=14)


def looked_at(places: dict[str, tuple[int, int]]) -> set[tuple[str, str]]:
    """Pairs without a third point in the circle between them: no angle over the pair is above a right one."""
    found = set()
    for first in places:
        for second in places:
            if first < second and not any(
                (places[first][0] - x) * (places[second][0] - x) + (places[first][1] - y) * (places[second][1] - y) < 0
                for name, (x, y) in places.items()
                if name not in {first, second}
            ):
                found.add((first, second))
    return found


@given(points=POINTS)
def test_neighbours_equal_those_found_by_looking(points: list[tuple[int, int]]) -> None:
    places = {f"P{number:02d}": point for number, point in enumerate(points)}
    assert neighbours_by_place(places) == looked_at(places)


@given(points=POINTS)
def test_a_map_hangs_together(points: list[tuple[int, int]]) -> None:
    places = {f"P{number:02d}": point for number, point in enumerate(points)}
    near: dict[str, set[str]] = {name: set() for name in places}
    for first, second in neighbours_by_place(places):
        near[first].add(second)
        near[second].add(first)
    assert len(parts_of(places, near)) == 1
