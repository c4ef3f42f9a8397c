"""Forecasts how many people will be in each segment, year by year, from stated flows: no chance is drawn.

**Order of steps.** Each year, from the population at its start:

1. departures: people who leave the place (where they are given apart from net migration),
2. deaths,
3. transitions: those who are left move between segments,
4. ageing: they move between age bands (where segments are told apart by age),
5. births,
6. net migration.

So nobody who died moves first, and those who were born or came in the year move in the next year for the first time.
With deaths, transitions, births and net migration this is
``population[t+1] = (population[t] - deaths[t]) @ transitions[t] + births[t] + net_migration[t]``.
It is the order of the published Dynamic Population Model of Bristol, North Somerset and South Gloucestershire
Integrated Care Board (its states CS1 to CS5; R package ``dpm``, ``run_dpm``), and with departures and ageing that of
its version by age. Nothing is taken over but the order; and where that model sets a segment below zero to zero, this
one stops.

**Order of states.** The one that is given, everywhere. In a matrix of transitions rows are where people come from and
columns where they go to; each row adds up to 1.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from placeplan.segments.forecast_flows import WITHIN, FloatArray, Flow, YearlyFlow, finite, yearly_flow


class Step(StrEnum):
    """What happens to the population in a year."""

    DEPARTURES = "departures"
    DEATHS = "deaths"
    TRANSITIONS = "transitions"
    AGEING = "ageing"
    BIRTHS = "births"
    NET_MIGRATION = "net migration"


ORDER = (Step.DEPARTURES, Step.DEATHS, Step.TRANSITIONS, Step.AGEING, Step.BIRTHS, Step.NET_MIGRATION)
LEAVING = frozenset({Step.DEPARTURES, Step.DEATHS})
MOVING = frozenset({Step.TRANSITIONS, Step.AGEING})


@dataclass(frozen=True, eq=False)
class Forecast:
    """A forecast. Rows are years, columns segments in the order of ``states``.

    Attributes:
        states: the segments.
        order: the steps of a year, first to last.
        population: people at the start, and at the end of each year: one row more than there are years.
        entered: for departures, deaths, births and net migration, the people of each year and segment, as they were
            given: departures and deaths above zero take away.
        moved: for transitions and ageing, how many more came into a segment than went out of it. Adds up to 0.
    """

    states: tuple[str, ...]
    order: tuple[Step, ...]
    population: FloatArray
    entered: Mapping[Step, FloatArray]
    moved: Mapping[Step, FloatArray]

    @property
    def years(self) -> int:
        """How many years were forecast."""
        return len(self.population) - 1

    def expected_next(self) -> FloatArray:
        """What each year should end with: what it began with and everything that happened in it."""
        found = self.population[:-1].copy()
        for step, people in self.entered.items():
            found += -people if step in LEAVING else people
        for people in self.moved.values():
            found += people
        return np.asarray(found)

    @property
    def discrepancy(self) -> float:
        """The most by which a segment, or the population, is out of balance in any year. Zero but for rounding."""
        out = self.population[1:] - self.expected_next()
        return float(max(np.abs(out).max(initial=0), np.abs(out.sum(axis=1)).max(initial=0)))


def forecast_segments(
    initial: npt.ArrayLike,
    transitions: npt.ArrayLike,
    *,
    births: Flow,
    net_migration: Flow,
    deaths: Flow,
    years: int,
    departures: Flow = 0,
    ageing: npt.ArrayLike | None = None,
    states: Sequence[str] | None = None,
    order: Sequence[Step] = ORDER,
) -> Forecast:
    """People in each segment at the end of each year.

    Args:
        initial: people in each segment at the start.
        transitions: from (rows) to (columns), each row adds up to 1; one matrix, or one for each year.
        births: people for each segment, or for each year (rows) and segment (columns); 0 for nobody; ``Spread`` for a
            total with shares; ``Rates`` for shares of those who are there.
        net_migration: likewise; below zero where more leave than come.
        deaths: likewise, given above zero.
        years: how many years to go, 1 or more.
        departures: people who leave before anything else happens, likewise, given above zero.
        ageing: a matrix like transitions; nobody ages where it is left out.
        states: names for messages and tables, in the order of ``initial``.
        order: every step that something is given for, once. ``ORDER`` is documented above.

    Raises:
        ValueError: a shape does not fit, a row of a matrix does not add up to 1, a figure is missing or negative where
            it cannot be, or more people leave a segment than are there: then the message names the segment, the year
            and the step, since a population that is cut off at zero would no longer add up.
    """
    start = _initial(initial)
    names = tuple(states) if states is not None else tuple(f"segment {number + 1}" for number in range(len(start)))
    _check_names(names, start)
    if years < 1:
        message = f"a forecast of {years} years: expected 1 or more"
        raise ValueError(message)
    given = {Step.DEPARTURES: departures, Step.DEATHS: deaths, Step.BIRTHS: births, Step.NET_MIGRATION: net_migration}
    flows = {
        step: yearly_flow(str(step), flow, states=names, years=years, signed=step is Step.NET_MIGRATION)
        for step, flow in given.items()
    }
    matrices = {Step.TRANSITIONS: moves_of("transitions", transitions, states=names, years=years)}
    if ageing is not None:
        matrices[Step.AGEING] = moves_of("ageing", ageing, states=names, years=years)
    steps = _ordered(order, needed={*matrices, *(step for step, flow in flows.items() if not flow.is_nothing)})
    return _run(start, flows=flows, matrices=matrices, states=names, order=steps)


def _run(
    start: FloatArray,
    *,
    flows: Mapping[Step, YearlyFlow],
    matrices: Mapping[Step, FloatArray],
    states: tuple[str, ...],
    order: tuple[Step, ...],
) -> Forecast:
    years = len(matrices[Step.TRANSITIONS])
    population = np.empty((years + 1, len(states)))
    entered = {step: np.zeros((years, len(states))) for step in flows}
    moved = {step: np.zeros((years, len(states))) for step in matrices}
    population[0] = start
    for year in range(years):
        people = population[year].copy()
        for step in order:
            if step in MOVING:
                if step not in matrices:
                    continue
                after = people @ matrices[step][year]
                moved[step][year] = after - people
            else:
                entered[step][year] = flows[step].people(year, people)
                after = people - entered[step][year] if step in LEAVING else people + entered[step][year]
            people = _not_below_zero(after, step=step, year=year, states=states)
        population[year + 1] = people
    return Forecast(states, order, population, entered, moved)


def _not_below_zero(people: FloatArray, *, step: Step, year: int, states: Sequence[str]) -> FloatArray:
    """The people; what doubles leave below zero of nobody is nobody.

    Raises:
        ValueError: a segment has fewer people than none.
    """
    lowest = int(people.argmin())
    if people[lowest] < -WITHIN * max(1.0, float(np.abs(people).max())):
        message = (
            f"'{states[lowest]}' would have {people[lowest]:,.2f} people in year {year + 1} after {step}: more people "
            f"leave it than are there. Give {step} as rates, or look at its figures for this segment."
        )
        raise ValueError(message)
    return np.maximum(people, 0.0)


def moves_of(name: str, given: npt.ArrayLike, *, states: Sequence[str], years: int) -> FloatArray:
    """A matrix for each year, from one or many.

    Raises:
        ValueError: a shape does not fit, a share is missing or below 0, or a row does not add up to 1.
    """
    shares, count = finite(name, given), len(states)
    if shares.shape not in {(count, count), (years, count, count)}:
        wanted = f"{count} by {count}, or {years} years of it"
        message = f"{name}: expected {wanted}; found {' by '.join(map(str, shares.shape))}"
        raise ValueError(message)
    every = np.array(np.broadcast_to(shares, (years, count, count)))
    out = np.abs(every.sum(axis=2) - 1) > WITHIN
    if out.any():
        year, row = (int(number) for number in np.argwhere(out)[0])
        message = (
            f"{name}: the row of '{states[row]}' in year {year + 1} adds up to {every[year, row].sum():.6f}, not 1. "
            f"Rows are where people come from; printed shares can be made to add up with whole_rows."
        )
        raise ValueError(message)
    if (every < 0).any():
        year, row, column = (int(number) for number in np.argwhere(every < 0)[0])
        message = f"{name}: the share from '{states[row]}' to '{states[column]}' in year {year + 1} is below 0"
        raise ValueError(message)
    return every


def whole_rows(transitions: npt.ArrayLike, *, within: float) -> FloatArray:
    """Shares as printed, each row scaled to add up to 1.

    Args:
        transitions: one matrix or more.
        within: how far a row may be from 1 by rounding, such as 0.005.

    Raises:
        ValueError: a row is further away, so that something other than rounding is wrong.
    """
    shares = finite("transitions", transitions)
    sums = shares.sum(axis=-1, keepdims=True)
    if (np.abs(sums - 1) > within).any():
        worst = float(sums.flat[int(np.abs(sums - 1).argmax())])
        message = f"transitions: a row adds up to {worst:.6f}, which rounding within {within:g} does not explain"
        raise ValueError(message)
    return np.asarray(shares / sums)


def _initial(given: npt.ArrayLike) -> FloatArray:
    start = finite("initial population", given)
    if start.ndim != 1 or not start.size:
        message = f"initial population: expected one figure for each segment; found {start.ndim} axes"
        raise ValueError(message)
    return start


def _check_names(states: tuple[str, ...], start: FloatArray) -> None:
    if len(states) != len(start):
        message = f"{len(states)} names of segments for an initial population of {len(start)}"
        raise ValueError(message)
    if len(set(states)) != len(states):
        message = f"the segment '{next(name for name in states if states.count(name) > 1)}' stands here twice"
        raise ValueError(message)
    if (start < 0).any():
        number = int(np.argmax(start < 0))
        message = f"initial population: {start[number]:g} of '{states[number]}' is below 0"
        raise ValueError(message)


def _ordered(order: Sequence[Step], *, needed: set[Step]) -> tuple[Step, ...]:
    steps = tuple(Step(step) for step in order)
    missing = [step for step in ORDER if step in needed and step not in steps]
    if missing or len(set(steps)) != len(steps):
        what = f"leaves out {missing[0]}" if missing else "has a step twice"
        message = f"the order of steps {what}; expected each of: {', '.join(ORDER)}"
        raise ValueError(message)
    return steps
