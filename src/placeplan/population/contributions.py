"""People who come with new homes, and what a planning contribution (section 106 or levy) may ask for them."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import isclose, isfinite

from placeplan.population.errors import PopulationError, refuse


class Standing(StrEnum):
    """Whether a contribution can be claimed on a day."""

    NOT_YET = "not yet"
    CLAIMABLE = "claimable"
    EXPIRED = "expired"


@dataclass(frozen=True, slots=True)
class Development:
    """New homes at one place.

    Attributes:
        name: of the development.
        area: the area or cluster that it lies in.
        dwellings: how many homes of each size: bedrooms, or another word that the occupancy has.
        trigger: the day from which a contribution can be claimed; None until it is known.
        expires: the last day; an agreement gives unspent money back after it.

    Raises:
        PopulationError: no homes, a number that is not a whole one of 0 or more, or an expiry before the trigger.
    """

    name: str
    area: str
    dwellings: Mapping[str, int]
    trigger: date | None = None
    expires: date | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "dwellings", dict(self.dwellings))
        refuse(self._problems())

    def standing(self, on: date) -> Standing:
        """Whether its contribution can be claimed on a day."""
        if self.expires is not None and on > self.expires:
            return Standing.EXPIRED
        return Standing.CLAIMABLE if self.trigger is not None and on >= self.trigger else Standing.NOT_YET

    def _problems(self) -> Iterator[str]:
        numbers: dict[str, object] = dict(self.dwellings)
        for size, count in numbers.items():
            if isinstance(count, bool) or not isinstance(count, int) or count < 0:
                yield f"{self.name}: {count!r} homes of {size}; expected a whole number of 0 or more"
                return
        if not sum(self.dwellings.values()):
            yield f"{self.name}: it has no homes; expected at least one"
        if self.trigger and self.expires and self.expires < self.trigger:
            yield f"{self.name}: it expires on {self.expires} before it can be claimed on {self.trigger}"


def people_of(development: Development, occupancy: Mapping[str, float]) -> float:
    """People who will live in a development: dwellings x occupancy, size by size.

    Args:
        development: the homes.
        occupancy: people in a home of each size.

    Raises:
        PopulationError: a size has no occupancy, or an occupancy is not above 0.
    """
    refuse(_occupancy_problems(development, occupancy))
    return sum(count * occupancy[size] for size, count in development.dwellings.items() if count)


def people_by_area(developments: Iterable[Development], occupancy: Mapping[str, float]) -> dict[str, float]:
    """People who come with several developments, by the area that they lie in.

    Raises:
        PopulationError: see ``people_of``; problems of all developments are named at once.
    """
    known = tuple(developments)
    refuse(problem for one in known for problem in _occupancy_problems(one, occupancy))
    found: dict[str, float] = {}
    for one in known:
        found[one.area] = found.get(one.area, 0.0) + people_of(one, occupancy)
    return found


def ask_by_practice(
    people: float, shares: Mapping[str, float], *, pounds_per_person: float
) -> dict[str, tuple[float, float]]:
    """People and pounds to ask for, by practice.

    Args:
        people: people of the development.
        shares: share of them that each practice is expected to register; together 1.
        pounds_per_person: what the contribution is, for each person.

    Raises:
        PopulationError: shares are negative or do not make 1, or the contribution is negative.
    """
    wrong = [name for name, share in shares.items() if not isfinite(share) or share < 0]
    refuse(f"share of '{name}': {shares[name]:g}; expected 0 or more" for name in wrong)
    if not isclose(sum(shares.values()), 1, abs_tol=1e-9):
        raise PopulationError([f"shares of practices make {sum(shares.values()):g}; expected 1"])
    if not isfinite(pounds_per_person) or pounds_per_person < 0:
        raise PopulationError([f"pounds a person: {pounds_per_person:g}; expected 0 or more"])
    return {name: (people * share, people * share * pounds_per_person) for name, share in shares.items()}


def _occupancy_problems(development: Development, occupancy: Mapping[str, float]) -> Iterator[str]:
    for size, count in development.dwellings.items():
        if not count:
            continue
        if size not in occupancy:
            known = ", ".join(occupancy)
            yield f"{development.name}: there is no occupancy for homes of '{size}'; expected one of: {known}"
        elif not isfinite(occupancy[size]) or occupancy[size] <= 0:
            yield f"{development.name}: {occupancy[size]:g} people in a home of '{size}'; expected a number above 0"
