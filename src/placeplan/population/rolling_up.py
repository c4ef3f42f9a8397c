"""Small areas added up to places by dated membership. A place without one of its areas is refused, never short."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from math import isfinite

import numpy as np

from placeplan.kernel.organisations import covers
from placeplan.population.errors import PopulationError, refuse
from placeplan.population.types import SHOWN, FloatArray, PopulationTable, frozen

SLACK = 1e-9


@dataclass(frozen=True, slots=True)
class AreaShare:
    """An area is in a place, with all or a part of its people, from one day to another.

    Attributes:
        area: code of the area.
        place: identifier of the place.
        weight: share of its people in the place, above 0 and up to 1. The share is that of the total, and the same at
            every age.
        since: first day; open when None.
        until: last day; open when None.

    Raises:
        PopulationError: the weight is no such share, or the span ends before it starts.
    """

    area: str
    place: str
    weight: float = 1.0
    since: date | None = None
    until: date | None = None

    def __post_init__(self) -> None:
        refuse(self._problems())

    def _problems(self) -> Iterator[str]:
        who = f"membership: {self.area} in {self.place}"
        if not isfinite(self.weight) or not 0 < self.weight <= 1:
            yield f"{who}: the weight is {self.weight:g}; expected a share above 0 and up to 1"
        if self.since and self.until and self.until < self.since:
            yield f"{who}: it ends on {self.until} before it starts on {self.since}"


@dataclass(frozen=True, eq=False)
class RolledUp:
    """Places, and what of the areas is in none of them.

    Attributes:
        table: people of each place.
        outside: people who are in no place, by area, of those areas that are not wholly in places: sexes, ages and
            years as in the table. Together with the table it has everybody. None where everybody is in a place.
    """

    table: PopulationTable
    outside: PopulationTable | None

    @property
    def unmatched(self) -> tuple[str, ...]:
        """Areas with people that are in no place, wholly or in part."""
        return self.outside.areas if self.outside else ()


def roll_up(
    table: PopulationTable, shares: Iterable[AreaShare], *, on: date, places: Sequence[str] | None = None
) -> RolledUp:
    """Add areas up to places, by who is where on a day.

    Args:
        table: people by area.
        shares: which area is in which place, with what share.
        on: the day whose places are wanted; all years are shown on them.
        places: the places wanted, in order; every one that has an area on the day, in the order of the shares, else.

    Raises:
        PopulationError: a place has no area on the day, an area of a place has no people in the table, an area is in
            one place twice, or it is shared out more than once over. All of it is named.
    """
    valid = [share for share in shares if covers(share.since, share.until, day=on)]
    wanted = tuple(places) if places is not None else tuple(dict.fromkeys(share.place for share in valid))
    if not wanted:
        raise PopulationError([f"membership: no area is in a place on {on}; expected at least one"])
    kept = [share for share in valid if share.place in wanted]
    refuse([*_membership_problems(kept, wanted, on=on), *_missing_areas(kept, table)])
    weights = _weights(kept, wanted, table=table)
    people = np.einsum("pr,rsay->psay", weights, table.people)
    return RolledUp(table.with_people(people, areas=wanted, area_names={}), _outside(table, weights))


def _weights(shares: Iterable[AreaShare], places: Sequence[str], *, table: PopulationTable) -> FloatArray:
    """Shares as places x areas."""
    weights = np.zeros((len(places), len(table.areas)))
    rows = {place: number for number, place in enumerate(places)}
    columns = {area: number for number, area in enumerate(table.areas)}
    for share in shares:
        weights[rows[share.place], columns[share.area]] = share.weight
    return frozen("weights", weights)


def _outside(table: PopulationTable, weights: FloatArray) -> PopulationTable | None:
    left = 1 - weights.sum(axis=0)
    places = np.flatnonzero((left > SLACK) & (table.totals().sum(axis=1) > 0))
    if not places.size:
        return None
    areas = tuple(table.areas[place] for place in places)
    people = table.people[places] * left[places][:, np.newaxis, np.newaxis, np.newaxis]
    return table.with_people(people, areas=areas)


def _membership_problems(shares: Sequence[AreaShare], places: Sequence[str], *, on: date) -> Iterator[str]:
    filled = {share.place for share in shares}
    yield from (f"membership: no area is in '{place}' on {on}" for place in places if place not in filled)
    seen: set[tuple[str, str]] = set()
    total: dict[str, float] = {}
    for share in shares:
        if (share.area, share.place) in seen:
            yield f"membership: {share.area} is in '{share.place}' twice on {on}; expected it once"
        seen.add((share.area, share.place))
        total[share.area] = total.get(share.area, 0.0) + share.weight
    for area, sum_of_weights in total.items():
        if sum_of_weights > 1 + SLACK:
            yield f"membership: {area} is shared out {sum_of_weights:g} times on {on}; expected at most once"


def _missing_areas(shares: Iterable[AreaShare], table: PopulationTable) -> Iterator[str]:
    """Areas of a place that the table has not, or in which nobody is counted in some year."""
    known = {area: number for number, area in enumerate(table.areas)}
    empty = (table.totals() == 0).any(axis=1)
    absent: dict[str, list[str]] = {}
    for share in shares:
        if share.area not in known or empty[known[share.area]]:
            absent.setdefault(share.place, []).append(share.area)
    for place, areas in absent.items():
        more = f" and {len(areas) - SHOWN} more" if len(areas) > SHOWN else ""
        words = ", ".join(areas[:SHOWN]) + more
        yield f"'{place}' would be short: there is no population for {words}; expected one for each of its areas"
