"""The benefits register: who owns which benefit, whose doing it is, what was planned and what came of it.

A saving is claimed once. Benefits that lie over the same activity are found and named, and the shares of the
interventions in one benefit add up to 1.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from itertools import combinations
from math import isfinite

from placeplan.demand.errors import refuse

SHARES_WITHIN = 1e-9


class Better(StrEnum):
    """Which way a measure should move."""

    LOWER = "lower"
    HIGHER = "higher"


@dataclass(frozen=True, eq=False)
class Benefit:
    """One line of the register.

    Attributes:
        identifier: unique in the register.
        title: for people.
        measure: what is counted; benefits with one measure can be compared.
        unit: of the measure, such as admissions a year.
        owner: who answers for it.
        baseline: the measure in the base year.
        planned: the planned change for the better of each year, 0 or more.
        shares: share of each intervention in it; they add up to 1.
        better: which way is better.
        point: point of delivery that it lies over, if it is activity.
        segments: of the population that it lies over; all when empty.
        areas: likewise.

    Raises:
        DemandError: with every problem: something blank, a number missing or below 0, or shares that do not add up.
    """

    identifier: str
    title: str
    measure: str
    unit: str
    owner: str
    baseline: float
    planned: Mapping[str, float]
    shares: Mapping[str, float]
    better: Better = Better.LOWER
    point: str = ""
    segments: tuple[str, ...] = ()
    areas: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "better", Better(self.better))
        object.__setattr__(self, "segments", tuple(self.segments))
        object.__setattr__(self, "areas", tuple(self.areas))
        refuse(f"benefit '{self.identifier}': {problem}" for problem in self._problems())

    def _problems(self) -> Iterator[str]:
        for name in ("identifier", "title", "measure", "unit", "owner"):
            if not getattr(self, name).strip():
                yield f"its {name} is blank"
        if not (isfinite(self.baseline) and self.baseline >= 0):
            yield f"its baseline is {self.baseline:g}; expected 0 or more"
        for year, change in self.planned.items():
            if not (isfinite(change) and change >= 0):
                yield f"{change:g} is planned for {year}; expected a change for the better, 0 or more"
        for name, share in self.shares.items():
            if not (isfinite(share) and 0 <= share <= 1):
                yield f"the share of '{name}' is {share:g}; expected 0 to 1"
        total = sum(self.shares.values())
        if abs(total - 1) > SHARES_WITHIN:
            yield f"the shares of its interventions add up to {total:g}; expected 1"


@dataclass(frozen=True, slots=True)
class DoubleClaim:
    """Two benefits that lie over the same activity, so that one saving would be counted twice.

    Attributes:
        one: identifier.
        other: identifier.
        owners: of the two.
        measure: that both count.
        segments: in both; empty where both lie over all.
        areas: likewise.
    """

    one: str
    other: str
    owners: tuple[str, str]
    measure: str
    segments: tuple[str, ...]
    areas: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Realised:
    """One benefit in one year: what would have been, what was, and what was planned.

    Attributes:
        benefit: identifier.
        year: such as ``2018-19``.
        counterfactual: the measure had nothing been done.
        actual: the measure as counted; none while it is not known.
        planned: change for the better that was planned.
        realised: change for the better against the counterfactual; below 0 when things got worse; none while not known.
        shortfall: planned less realised; none while not known.
        by_intervention: realised by the shares of the interventions.
    """

    benefit: str
    year: str
    counterfactual: float
    actual: float | None
    planned: float
    realised: float | None
    shortfall: float | None
    by_intervention: Mapping[str, float] = field(default_factory=dict)


def checked_register(benefits: Iterable[Benefit], *, interventions: Iterable[str]) -> tuple[Benefit, ...]:
    """The benefits, when each stands there once, rests on interventions that exist, and no saving is claimed twice.

    Raises:
        DemandError: with every problem.
    """
    given, known = tuple(benefits), tuple(interventions)
    names = [one.identifier for one in given]
    found = [f"the benefit '{name}' stands here twice" for name in sorted({n for n in names if names.count(n) > 1})]
    for one in given:
        unknown = [name for name in one.shares if name not in known]
        found += [
            f"benefit '{one.identifier}': the intervention '{name}' does not exist; expected one of: {', '.join(known)}"
            for name in unknown
        ]
    found += [
        f"the benefits '{claim.one}' ({claim.owners[0]}) and '{claim.other}' ({claim.owners[1]}) both claim "
        f"{claim.measure}{_scope(claim)}; expected one of them, with a share for each intervention"
        for claim in double_claims(given)
    ]
    refuse(found)
    return given


def double_claims(benefits: Iterable[Benefit]) -> tuple[DoubleClaim, ...]:
    """Pairs of benefits with one measure and point whose segments and areas meet."""
    return tuple(_double_claims(tuple(benefits)))


def overlap_matrix(benefits: Iterable[Benefit]) -> dict[tuple[str, str], bool]:
    """For every two benefits, by identifier, whether they lie over the same activity; both ways round."""
    given = tuple(benefits)
    met = {(claim.one, claim.other) for claim in _double_claims(given)}
    names = [one.identifier for one in given]
    return {(one, other): one == other or bool({(one, other), (other, one)} & met) for one in names for other in names}


def realised(
    benefits: Iterable[Benefit],
    *,
    actual: Mapping[str, Mapping[str, float]],
    counterfactual: Mapping[str, Mapping[str, float]] | None = None,
) -> tuple[Realised, ...]:
    """Each benefit in each planned year: actual against plan.

    Args:
        benefits: of the register.
        actual: the measure as counted, by benefit and year; years not yet known are left out.
        counterfactual: the measure had nothing been done, by benefit and year, such as from ``do_nothing``; the
            baseline where it is left out.

    Raises:
        DemandError: actual or counterfactual names a benefit that does not exist, or a number is missing or below 0.
    """
    given, otherwise = tuple(benefits), counterfactual or {}
    refuse(_number_problems(given, {"actual": actual, "counterfactual": otherwise}))
    return tuple(
        _realised(one, year, actual=actual.get(one.identifier, {}), otherwise=otherwise.get(one.identifier, {}))
        for one in given
        for year in one.planned
    )


def _realised(one: Benefit, year: str, *, actual: Mapping[str, float], otherwise: Mapping[str, float]) -> Realised:
    base = otherwise.get(year, one.baseline)
    found, planned = actual.get(year), one.planned[year]
    if found is None:
        return Realised(one.identifier, year, base, None, planned, None, None)
    change = base - found if one.better is Better.LOWER else found - base
    parts = {name: share * change for name, share in one.shares.items()}
    return Realised(one.identifier, year, base, found, planned, change, planned - change, parts)


def _double_claims(benefits: tuple[Benefit, ...]) -> Iterator[DoubleClaim]:
    for one, other in combinations(benefits, 2):
        if (one.measure, one.point) != (other.measure, other.point):
            continue
        segments, areas = _both(one.segments, other.segments), _both(one.areas, other.areas)
        if segments is not None and areas is not None:
            owners = (one.owner, other.owner)
            yield DoubleClaim(one.identifier, other.identifier, owners, one.measure, segments, areas)


def _both(one: tuple[str, ...], other: tuple[str, ...]) -> tuple[str, ...] | None:
    """What two scopes have in common, where empty means all; none where it is nothing."""
    if not one or not other:
        return one or other
    met = tuple(name for name in one if name in other)
    return met or None


def _scope(claim: DoubleClaim) -> str:
    where = ", ".join((*claim.segments, *claim.areas))
    return f" in {where}" if where else ""


def _number_problems(
    benefits: tuple[Benefit, ...], given: Mapping[str, Mapping[str, Mapping[str, float]]]
) -> Iterator[str]:
    known = [one.identifier for one in benefits]
    for what, tables in given.items():
        for name, by_year in tables.items():
            if name not in known:
                yield f"{what}: the benefit '{name}' does not exist; expected one of: {', '.join(known)}"
            for year, number in by_year.items():
                if not (isfinite(number) and number >= 0):
                    yield f"{what}: {name}, {year}: {number:g}; expected 0 or more"
