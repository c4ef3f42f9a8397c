"""What interventions cost: people reached, teams and places, once and every year, and the months of double running."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import isfinite

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import FloatArray, frozen
from placeplan.demand.axes import WORDS, Axes
from placeplan.demand.errors import DemandError, refuse
from placeplan.demand.interventions import Intervention
from placeplan.demand.ramps import maturity


class CostBasis(StrEnum):
    """What an amount is paid for."""

    PERSON = "person"
    TEAM = "team"
    AREA = "area"


@dataclass(frozen=True, slots=True)
class Cost:
    """One kind of cost of an intervention.

    Attributes:
        basis: for each person reached (a year), each team, or each area.
        amount: pounds.
        recurrent: whether it comes every year; otherwise it comes once, as the intervention grows.
        population: people, whether reached or not, that one team serves; only where the basis is a team.
        lead: share of a year by which it comes before its effect, 0 to 1: new staff start before hospital activity
            falls. Only a recurrent cost has one.

    Raises:
        DemandError: an amount below 0, a team with no population, a population with no team, or a lead outside 0 to 1.
    """

    basis: CostBasis
    amount: float
    recurrent: bool = True
    population: float | None = None
    lead: float = 0.0

    def __post_init__(self) -> None:
        object.__setattr__(self, "basis", CostBasis(self.basis))
        refuse(f"cost by {self.basis}: {problem}" for problem in self._problems())

    def _problems(self) -> Iterator[str]:
        if not (isfinite(self.amount) and self.amount >= 0):
            yield f"the amount is {self.amount:g}; expected pounds, 0 or more"
        if self.basis is CostBasis.TEAM and not (self.population and self.population > 0):
            yield "a team needs the population that it serves, more than 0"
        if self.basis is not CostBasis.TEAM and self.population is not None:
            yield "a population stands here; only a team serves one"
        if not 0 <= self.lead <= 1:
            yield f"the lead is {self.lead:g}; expected 0 to 1 of a year"
        if self.lead and not self.recurrent:
            yield "a cost that comes once has no lead"


@dataclass(frozen=True, eq=False)
class Investment:
    """Pounds by intervention, area and year, in three parts that add up.

    Attributes:
        names: of the interventions, the first axis.
        areas: the second.
        years: the third.
        recurrent: the cost of what is in effect in that year.
        non_recurrent: what comes once.
        double_running: what is paid ahead of the effect, while the old service still runs.
    """

    names: tuple[str, ...]
    areas: tuple[str, ...]
    years: tuple[str, ...]
    recurrent: FloatArray
    non_recurrent: FloatArray
    double_running: FloatArray

    def __post_init__(self) -> None:
        for part in ("recurrent", "non_recurrent", "double_running"):
            object.__setattr__(self, part, frozen(part, getattr(self, part)))

    @property
    def total(self) -> FloatArray:
        """All three parts."""
        return self.recurrent + self.non_recurrent + self.double_running

    def of(self, name: str) -> FloatArray:
        """All parts of one intervention, areas by years.

        Raises:
            DemandError: there is no such intervention.
        """
        if name not in self.names:
            raise DemandError([f"'{name}' is not among the interventions; expected one of: {', '.join(self.names)}"])
        return np.asarray(self.total[self.names.index(name)])


def people_reached(intervention: Intervention, axes: Axes, *, people: npt.ArrayLike) -> FloatArray:
    """People that an intervention reaches, segments by areas by years.

    Args:
        intervention: known to fit the axes.
        axes: whose segments, areas and years.
        people: in each segment, area and year.

    Raises:
        DemandError: the people do not fit the axes, or a number is missing or below 0.
    """
    persons = _people(people, axes)
    reach = np.array([intervention.reach.get(segment, 0.0) for segment in axes.segments])
    return np.asarray(persons * reach[:, np.newaxis, np.newaxis] * _grown(intervention, axes))


def investment(
    interventions: Iterable[Intervention],
    axes: Axes,
    *,
    costs: Mapping[str, Sequence[Cost]],
    people: npt.ArrayLike,
    index: npt.ArrayLike | None = None,
) -> Investment:
    """What interventions cost.

    Args:
        interventions: of one plan, known to fit the axes.
        axes: whose segments, areas and years.
        costs: by intervention.
        people: in each segment, area and year.
        index: prices of each year over those of the costs; 1 throughout when left out.

    Raises:
        DemandError: an intervention has no costs, or people or index do not fit.
    """
    given = tuple(interventions)
    refuse(f"intervention '{one.identifier}': no cost is given" for one in given if not costs.get(one.identifier))
    persons = _people(people, axes)
    level = np.ones(len(axes.years)) if index is None else frozen("price index", index)
    shape = (3, len(given), len(axes.areas), len(axes.years))
    parts = np.zeros(shape)
    for place, one in enumerate(given):
        for cost in costs[one.identifier]:
            parts[:, place] += _parts(cost, _full_size(cost, one, people=persons, axes=axes), grown=_grown(one, axes))
    recurrent, once, double = parts * level
    return Investment(tuple(one.identifier for one in given), axes.areas, axes.years, recurrent, once, double)


def _full_size(cost: Cost, intervention: Intervention, *, people: FloatArray, axes: Axes) -> FloatArray:
    """How many are paid for at maturity, areas by years."""
    if cost.basis is CostBasis.PERSON:
        reach = np.array([intervention.reach.get(segment, 0.0) for segment in axes.segments])
        return np.asarray((people * reach[:, np.newaxis, np.newaxis]).sum(axis=0))
    if cost.basis is CostBasis.TEAM and cost.population:
        return np.asarray(people.sum(axis=0) / cost.population)
    return np.ones((len(axes.areas), len(axes.years)))


def _parts(cost: Cost, size: FloatArray, *, grown: FloatArray) -> FloatArray:
    """Recurrent, once, and double running; areas by years each."""
    full = cost.amount * size
    parts = np.zeros((3, *grown.shape))
    before = np.concatenate([np.zeros((len(grown), 1)), grown[:, :-1]], axis=1)
    after = np.concatenate([grown[:, 1:], grown[:, -1:]], axis=1)
    if cost.recurrent:
        parts[0] = full * grown
        parts[2] = full * cost.lead * np.maximum(after - grown, 0.0)
    else:
        parts[1] = full * np.maximum(grown - before, 0.0)
    return parts


def _grown(intervention: Intervention, axes: Axes) -> FloatArray:
    return maturity(
        intervention.ramp, axes, start=intervention.start, areas=intervention.areas, starts=intervention.starts
    )


def _people(people: npt.ArrayLike, axes: Axes) -> FloatArray:
    persons = frozen("people", people)
    if persons.shape != axes.shape[1:]:
        expected = ", ".join(f"{len(getattr(axes, name))} {WORDS[name]}s" for name in ("segments", "areas", "years"))
        raise DemandError([f"people: the shape is {persons.shape}; expected {expected}"])
    if not (np.isfinite(persons).all() and (persons >= 0).all()):
        raise DemandError(["people: a number is missing, infinite or below 0"])
    return persons
