"""Answers what the clusters of practices are on a day: how large, within the range, in one piece."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from placeplan.app.care.capacity_answers import CapacityAnswer, TextTable
from placeplan.app.care.capacity_definitions import read_standards
from placeplan.app.care.capacity_files import Row, marks_of, refusals_located, rows_of
from placeplan.capacity.clusters import (
    ClusterProfile,
    ClusterRegister,
    Membership,
    cluster_profiles,
    mean_population,
    neighbours_by_place,
    overlapping,
)
from placeplan.kernel.errors import InputError, Location, Problem

MEMBERS, PRACTICES = "capacity-clusters", "capacity-practices"
IN_ONE_PIECE = {True: "yes", False: "no", None: "not known"}


@dataclass(frozen=True, slots=True)
class ClusterOptions:
    """The range of people that a cluster should have; that of the standards where these are nothing."""

    smallest: float | None = None
    largest: float | None = None


def answer_clusters(members: Path, practices: Path, *, on: date, options: ClusterOptions) -> CapacityAnswer:
    """Clusters on a day.

    Args:
        members: which practice is in which cluster from when to when.
        practices: people registered with each practice, and where it is.
        on: the day.
        options: the range of people.

    Raises:
        InputError: a file cannot be read, a practice is in two clusters at once or has no list, or no cluster is there
            on the day, with every problem.
    """
    lists = rows_of(practices, PRACTICES, check=_half_a_place)
    register = _register(rows_of(members, MEMBERS, check=_backwards), {row["practice"] for row in lists}, on=on)
    people = {row["practice"]: row.number("people") for row in lists}
    standards = read_standards()
    with refusals_located(practices):
        profiles = cluster_profiles(
            register,
            on,
            lists=people,
            smallest=standards.number("cluster-smallest") if options.smallest is None else options.smallest,
            largest=standards.number("cluster-largest") if options.largest is None else options.largest,
            neighbours=_neighbours(lists),
        )
    outside = register.without_cluster(people, day=on)
    return CapacityAnswer(
        title=f"{len(profiles)} clusters on {on.isoformat()}",
        says=(_says(profiles, outside),),
        tables=(_table(profiles),),
        document={
            "on": on.isoformat(),
            "mean_people": mean_population(profiles),
            "clusters": [_document(one) for one in profiles],
            "without_cluster": list(outside),
        },
        marks=marks_of(lists),
        findings=tuple(_findings(profiles, outside)),
    )


def _says(profiles: Sequence[ClusterProfile], outside: Sequence[str]) -> str:
    people, mean = sum(one.people for one in profiles), mean_population(profiles)
    alone = "every practice is in one" if not outside else f"practices in none: {len(outside):,}"
    return f"{people:,.0f} people in clusters of {mean:,.0f} on average; {alone}."


def _half_a_place(row: Row) -> Iterator[Problem]:
    if row.has("easting") != row.has("northing"):
        yield row.problem("northing", "a place needs an easting and a northing", mend="Fill both, or leave both blank.")


def _backwards(row: Row) -> Iterator[Problem]:
    first, last = row.cells.get("first_day"), row.cells.get("last_day")
    if first and last and last < first:
        yield row.problem("last_day", f"{last} is before the first day, {first}")


def _register(rows: Sequence[Row], known: set[str], *, on: date) -> ClusterRegister:
    by_place = {
        Membership(row["practice"], row["cluster"], row.cells.get("first_day"), row.cells.get("last_day")): row
        for row in rows
    }
    problems = [*_twice(rows, by_place), *_in_two(by_place)]
    problems += [
        by_place[one].problem("practice", f"'{one.practice}' has no list", mend="Add it to the table of practices.")
        for one in by_place
        if one.on(on) and one.practice not in known
    ]
    if not problems and not any(one.on(on) for one in by_place):
        problems = [Problem(Location(rows[0].place.file), f"no practice is in a cluster on {on.isoformat()}")]
    if problems:
        raise InputError(problems)
    return ClusterRegister(tuple(by_place))


def _twice(rows: Sequence[Row], by_place: Mapping[Membership, Row]) -> Iterator[Problem]:
    """Rows that say exactly the same as a later one."""
    kept = {row.place.line for row in by_place.values()}
    for row in rows:
        if row.place.line not in kept:
            yield row.problem("practice", f"'{row['practice']}' stands here twice with the same days")


def _in_two(by_place: Mapping[Membership, Row]) -> Iterator[Problem]:
    for first, second in overlapping(tuple(by_place)):
        line = by_place[first].place.line
        message = f"'{second.practice}' is in {second.cluster} on days on which it is in {first.cluster} (line {line})"
        yield by_place[second].problem("cluster", message, mend="Give the earlier row a last day.")


def _neighbours(rows: Sequence[Row]) -> frozenset[tuple[str, str]] | None:
    """Neighbours on the map; nothing unless every practice has a place."""
    if not all(row.has("easting") and row.has("northing") for row in rows):
        return None
    return neighbours_by_place({row["practice"]: (row.number("easting"), row.number("northing")) for row in rows})


def _findings(profiles: Sequence[ClusterProfile], outside: Sequence[str]) -> Iterator[str]:
    for one in profiles:
        if not one.in_range:
            side = "fewer than" if one.people < one.smallest else "more than"
            limit = one.smallest if one.people < one.smallest else one.largest
            yield f"{one.cluster}: {one.people:,.0f} people are {side} {limit:,.0f}."
        if one.contiguous is False:
            apart = "; ".join(", ".join(part) for part in one.parts[1:])
            yield f"{one.cluster} is in {len(one.parts)} pieces; apart from the largest lie {apart}."
    if outside:
        yield f"In no cluster: {', '.join(outside)}."


def _table(profiles: Sequence[ClusterProfile]) -> TextTable:
    headings = ("Cluster", "Practices", "People", "Mean list", "In range", "In one piece")
    rows = tuple(
        (
            one.cluster,
            f"{len(one.practices):,}",
            f"{one.people:,.0f}",
            f"{one.mean_list:,.0f}",
            "yes" if one.in_range else "no",
            IN_ONE_PIECE[one.contiguous],
        )
        for one in profiles
    )
    return TextTable(headings, rows)


def _document(one: ClusterProfile) -> dict[str, Any]:
    return {
        "cluster": one.cluster,
        "practices": list(one.practices),
        "people": one.people,
        "smallest": one.smallest,
        "largest": one.largest,
        "in_range": one.in_range,
        "in_one_piece": one.contiguous,
        "parts": [list(part) for part in one.parts],
    }
