"""The worked examples of docs/reference/capacity.md are what the functions give."""

from collections.abc import Callable

import pytest
from tests.spec.pages import rows_of

from placeplan.app.care.capacity_definitions import read_standards
from placeplan.capacity.access import coverage_bounds
from placeplan.capacity.arrays import CapacityInputError
from placeplan.capacity.beds import beds_for_admissions
from placeplan.capacity.queueing import (
    beds_for_blocking,
    beds_for_waiting,
    erlang_b,
    erlang_c,
    occupancy_quantile,
)
from placeplan.capacity.rooms import rooms_to_release
from placeplan.capacity.workforce import scaled_module, wte_needed

PAGE = "capacity.md"
Numbers = list[float]
GROWS = "-"


def erlang(servers: float, load: float) -> list[str]:
    try:
        waiting = f"{float(erlang_c(servers, load)):.4f}"
    except CapacityInputError:
        waiting = GROWS
    return [f"{float(erlang_b(servers, load)):.4f}", waiting]


def enough(load: float, probability: float) -> list[str]:
    ways = (beds_for_blocking, beds_for_waiting, occupancy_quantile)
    return [f"{int(way(load, probability=probability))}" for way in ways]


def beds(admissions: float, stay: float, *rest: float) -> list[str]:
    occupancy, days = rest
    return [f"{float(beds_for_admissions(admissions, length_of_stay=stay, occupancy=occupancy, days=days)):.2f}"]


def staff(contacts: float, minutes: float, *rest: float) -> list[str]:
    travel, hours = rest
    return [f"{float(wte_needed(contacts, minutes=minutes, travel_minutes=travel, contact_hours=hours)):.2f}"]


def module(people: float) -> list[str]:
    found = scaled_module(1, smallest=30_000, largest=50_000, populations=people)
    sizes = [f"{each.item():.2f}" for each in (found.low, found.central, found.high)]
    return [*sizes, f"{found.fewest_modules.item()}", f"{found.most_modules.item()}"]


def released(rooms: float, used: float, *rest: float) -> list[str]:
    return [f"{float(rooms_to_release(rooms, used=used, target=rest[0])):.1f}"]


def covered(count: float, practices: float) -> list[str]:
    found = coverage_bounds(covered=int(count), practices=int(practices), people=484_460, smallest=2056, largest=19_739)
    return [f"{found.least:.3f}", f"{found.most:.3f}"]


@pytest.mark.parametrize(
    ("table", "given", "work"),
    [
        ("servers, offered load", 2, erlang),
        ("offered load, probability", 2, enough),
        ("admissions, length of stay", 4, beds),
        ("contacts, minutes", 4, staff),
        ("people, low", 1, module),
        ("rooms, used", 3, released),
        ("covered, practices", 2, covered),
    ],
)
def test_every_row_is_what_the_function_gives(table: str, given: int, work: Callable[..., list[str]]) -> None:
    rows = rows_of(PAGE, named_by=2)[table]
    assert rows
    for row in rows:
        assert row[given:] == work(*map(float, row[:given])), row


def test_the_standards_on_the_page_are_those_in_the_definitions() -> None:
    assert rows_of(PAGE, named_by=2)["standard, value"] == [
        [one.id, str(one.value), one.unit, one.confidence.value] for one in read_standards().standards
    ]
