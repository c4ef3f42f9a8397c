"""Clusters as dated sets of practices: who is in which on any day, whether the sizes fit, whether each hangs together.

A practice is in one cluster at a time. Membership begins on a day and ends on one (both included), or goes on.
"""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import mean

import numpy as np

from placeplan.capacity.arrays import BoolArray, CapacityInputError, FloatArray, amounts, finite
from placeplan.kernel.organisations import covers


@dataclass(frozen=True, slots=True, order=True)
class Membership:
    """A practice in a cluster, from the first day to the last; open where a day is nothing."""

    practice: str
    cluster: str
    first_day: date | None = None
    last_day: date | None = None

    def __post_init__(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise CapacityInputError(f"{self.practice} in {self.cluster}: {self.last_day} is before {self.first_day}.")

    def on(self, day: date) -> bool:
        """Whether the practice is in the cluster on a day."""
        return covers(self.first_day, self.last_day, day=day)

    def overlaps(self, other: "Membership") -> bool:
        """Whether both hold on some day."""
        return (self.first_day or date.min) <= (other.last_day or date.max) and (other.first_day or date.min) <= (
            self.last_day or date.max
        )


@dataclass(frozen=True, slots=True)
class ClusterRegister:
    """All memberships of a place; no practice is in two clusters on one day."""

    memberships: tuple[Membership, ...]

    def __post_init__(self) -> None:
        clashes = overlapping(self.memberships)
        if clashes:
            first, second = clashes[0]
            clusters = f"{first.cluster} and in {second.cluster}" if first.cluster != second.cluster else first.cluster
            more = f" (and {len(clashes) - 1:,} more)" if len(clashes) > 1 else ""
            twice = "" if first.cluster != second.cluster else " twice"
            raise CapacityInputError(f"{first.practice} is in {clusters}{twice} on the same days{more}.")

    def on(self, day: date) -> Mapping[str, frozenset[str]]:
        """The practices of each cluster on a day, by the name of the cluster in order."""
        found: dict[str, set[str]] = {}
        for one in self.memberships:
            if one.on(day):
                found.setdefault(one.cluster, set()).add(one.practice)
        return {cluster: frozenset(found[cluster]) for cluster in sorted(found)}

    def without_cluster(self, practices: Iterable[str], *, day: date) -> tuple[str, ...]:
        """Practices that are in no cluster on a day."""
        inside = {one.practice for one in self.memberships if one.on(day)}
        return tuple(sorted(set(practices) - inside))


def overlapping(memberships: Sequence[Membership]) -> tuple[tuple[Membership, Membership], ...]:
    """Pairs of memberships of one practice that hold on the same day."""
    by_practice: dict[str, list[Membership]] = {}
    for one in memberships:
        by_practice.setdefault(one.practice, []).append(one)
    return tuple(
        (first, second)
        for each in by_practice.values()
        for number, first in enumerate(each)
        for second in each[number + 1 :]
        if first.overlaps(second)
    )


@dataclass(frozen=True, slots=True)
class ClusterProfile:
    """A cluster on a day. ``in_range`` says whether its people lie between the smallest and the largest allowed.

    ``parts`` are the practices of each part that hangs together, the largest first; one part means contiguous. It is
    empty where nothing is known of neighbours.
    """

    cluster: str
    practices: tuple[str, ...]
    people: float
    smallest: float
    largest: float
    parts: tuple[tuple[str, ...], ...] = ()

    @property
    def in_range(self) -> bool:
        """Whether the cluster is neither too small nor too large; both ends are allowed."""
        return self.smallest <= self.people <= self.largest

    @property
    def contiguous(self) -> bool | None:
        """Whether it hangs together; nothing where that is not known."""
        return len(self.parts) == 1 if self.parts else None

    @property
    def mean_list(self) -> float:
        """Mean list of its practices."""
        return self.people / len(self.practices)


def cluster_profiles(
    register: ClusterRegister,
    day: date,
    *,
    lists: Mapping[str, float],
    smallest: float,
    largest: float,
    neighbours: Iterable[tuple[str, str]] | None = None,
) -> tuple[ClusterProfile, ...]:
    """Every cluster on a day, in order of name.

    Args:
        register: who is in which cluster.
        day: of the profile.
        lists: people registered with each practice.
        smallest: fewest people that a cluster should have.
        largest: most people.
        neighbours: pairs of practices whose areas touch; see ``neighbours_by_place`` and ``neighbours_by_area``.

    Raises:
        CapacityInputError: a list is not known or negative, or the range is empty.
    """
    if not 0 <= smallest <= largest:
        raise CapacityInputError(f"smallest: {smallest:,g} to {largest:,g} is no range of people.")
    members = register.on(day)
    missing = sorted(practice for each in members.values() for practice in each if practice not in lists)
    if missing:
        raise CapacityInputError(f"lists: no list is known of {', '.join(missing[:5])}{_more(missing, 5)}.")
    amounts("lists", [lists[practice] for each in members.values() for practice in each])
    touching = None if neighbours is None else _both_ways(neighbours)
    return tuple(
        ClusterProfile(
            cluster=cluster,
            practices=tuple(sorted(practices)),
            people=sum(lists[practice] for practice in practices),
            smallest=smallest,
            largest=largest,
            parts=() if touching is None else parts_of(practices, touching),
        )
        for cluster, practices in members.items()
    )


def mean_population(profiles: Sequence[ClusterProfile]) -> float:
    """Mean people of a cluster (484,460 in seven: 69,208.6).

    Raises:
        CapacityInputError: there is no cluster.
    """
    if not profiles:
        raise CapacityInputError("profiles: there is no cluster on this day.")
    return mean(profile.people for profile in profiles)


def parts_of(members: Iterable[str], neighbours: Mapping[str, Iterable[str]]) -> tuple[tuple[str, ...], ...]:
    """The parts of a set that hang together by neighbours inside it, the largest first."""
    left = set(members)
    parts: list[tuple[str, ...]] = []
    while left:
        start = min(left)
        left.remove(start)
        part, waiting = [start], deque([start])
        while waiting:
            near = left.intersection(neighbours.get(waiting.popleft(), ()))
            left -= near
            part.extend(near)
            waiting.extend(near)
        parts.append(tuple(sorted(part)))
    return tuple(sorted(parts, key=lambda part: (-len(part), part)))


def neighbours_by_area(
    areas: Mapping[str, Iterable[str]], touching: Iterable[tuple[str, str]]
) -> frozenset[tuple[str, str]]:
    """Practices that serve the same small area, or areas that touch.

    Args:
        areas: the small areas that each practice serves.
        touching: pairs of small areas with a common border.
    """
    served: dict[str, set[str]] = {}
    for practice, each in areas.items():
        for area in each:
            served.setdefault(area, set()).add(practice)
    near = _both_ways(touching)
    return frozenset(
        (first, second)
        for area, practices in served.items()
        for other in (area, *near.get(area, ()))
        for first in practices
        for second in served.get(other, ())
        if first < second
    )


def neighbours_by_place(places: Mapping[str, Sequence[float]]) -> frozenset[tuple[str, str]]:
    """Practices that are neighbours on the map: no third one lies in the circle between them (Gabriel graph).

    Args:
        places: easting and northing of each practice, in metres.

    Raises:
        CapacityInputError: a place is not two finite numbers.

    Source: Gabriel and Sokal, A new statistical approach to geographic variation analysis, Systematic Zoology 1969.
    """
    names = sorted(places)
    points = finite("places", [tuple(places[name]) for name in names])
    if points.shape != (len(names), 2):
        raise CapacityInputError("places: expected an easting and a northing for each practice.")
    return frozenset(
        (name, names[other])
        for place, name in enumerate(names)
        for other in np.flatnonzero(_none_between(points, place))
        if other > place
    )


def _none_between(points: FloatArray, place: int) -> BoolArray:
    """For each point whether no third one lies in the circle whose diameter is the line to it.

    A point lies in the circle where it sees the two ends at more than a right angle.
    """
    to_here = points[place] - points
    to_there = points[:, np.newaxis] - points[np.newaxis]
    return np.asarray(~((to_here * to_there).sum(axis=2) < 0).any(axis=1))


def _both_ways(pairs: Iterable[tuple[str, str]]) -> dict[str, set[str]]:
    near: dict[str, set[str]] = {}
    for first, second in pairs:
        near.setdefault(first, set()).add(second)
        near.setdefault(second, set()).add(first)
    return near


def _more(found: Sequence[str], shown: int) -> str:
    return f" and {len(found) - shown:,} more" if len(found) > shown else ""
