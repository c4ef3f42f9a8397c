"""Where a forecast comes to rest, solved by linear algebra: what a long run must agree with."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placeplan.segments.forecast_flows import FloatArray, Flow, YearlyFlow, finite, yearly_flow
from placeplan.segments.forecasting import LEAVING, MOVING, ORDER, Step, moves_of

_SMALLEST = 1e-9  # a singular value below this share of the largest counts as none
_BALANCED = 1e-9  # by what share of the population a year may grow and still count as balanced


def stationary_shares(transitions: npt.ArrayLike) -> FloatArray:
    """The share of people in each segment that transitions alone leave as it is.

    Solved from ``shares @ transitions = shares`` and that shares add up to 1.

    Raises:
        ValueError: the matrix is not one of transitions, or people who start in different segments never mix, so that
            there is more than one answer.
    """
    square = finite("transitions", transitions)
    names = [f"segment {number + 1}" for number in range(len(square))]
    matrix = moves_of("transitions", square, states=names, years=1)[0]
    system = np.vstack([matrix.T - np.eye(len(matrix)), np.ones(len(matrix))])
    return _solved(system, np.append(np.zeros(len(matrix)), 1.0))


def stable_population(
    initial: npt.ArrayLike,
    transitions: npt.ArrayLike,
    *,
    births: Flow,
    net_migration: Flow,
    deaths: Flow,
    departures: Flow = 0,
    ageing: npt.ArrayLike | None = None,
    order: Sequence[Step] = ORDER,
) -> FloatArray:
    """The population that a year of these flows, alike every year, leaves as it is.

    A year is ``next = population @ moves + people``. Where people leave by rates, the answer does not depend on the
    start; where they leave by number, births and moves must balance them, and the population stays as large as it is.

    Args:
        initial: people in each segment at the start; only how many there are in all matters.
        transitions: as ``forecast_segments`` has it, for one year; so are the others.
        births: people who enter by birth.
        net_migration: people who enter by moving, less those who leave.
        deaths: people who die, or rates.
        departures: people who leave first, or rates.
        ageing: moves between age bands.
        order: the steps of the year.

    Raises:
        ValueError: the population grows or shrinks every year, rates are scaled to a total, or there is more than one
            answer.
    """
    start = finite("initial population", initial)
    states = [f"segment {number + 1}" for number in range(len(start))]
    given = {Step.DEPARTURES: departures, Step.DEATHS: deaths, Step.BIRTHS: births, Step.NET_MIGRATION: net_migration}
    flows = {
        step: yearly_flow(str(step), flow, states=states, years=1, signed=step is Step.NET_MIGRATION)
        for step, flow in given.items()
    }
    matrices = {Step.TRANSITIONS: moves_of("transitions", transitions, states=states, years=1)[0]}
    if ageing is not None:
        matrices[Step.AGEING] = moves_of("ageing", ageing, states=states, years=1)[0]
    moves, people = np.eye(len(start)), np.zeros(len(start))
    for step in order:
        if step in MOVING:
            matrix = matrices.get(step, np.eye(len(start)))
            moves, people = moves @ matrix, people @ matrix
        else:
            moves, people = _taken(flows[step], step, moves=moves, people=people)
    return _at_rest(start, moves=moves, people=people)


def _taken(flow: YearlyFlow, step: Step, *, moves: FloatArray, people: FloatArray) -> tuple[FloatArray, FloatArray]:
    """A year so far with one flow more."""
    if flow.totals is not None:
        message = f"{step}: rates that are scaled to a total have no population at rest"
        raise ValueError(message)
    sign = -1.0 if step in LEAVING else 1.0
    if flow.are_rates:
        kept = 1 + sign * flow.figures[0]
        return np.asarray(moves * kept), np.asarray(people * kept)
    return moves, np.asarray(people + sign * flow.figures[0])


def _at_rest(start: FloatArray, *, moves: FloatArray, people: FloatArray) -> FloatArray:
    """Solve ``population @ (1 - moves) = people``, and keep the size where nobody leaves by rate."""
    system = (np.eye(len(start)) - moves).T
    if np.linalg.matrix_rank(system, tol=_SMALLEST) == len(start):
        return np.asarray(np.linalg.solve(system, people))
    grows = float(people.sum())
    if abs(grows) > _BALANCED * max(1.0, float(start.sum())):
        message = f"the population changes by {grows:+,.2f} every year, so that it never comes to rest"
        raise ValueError(message)
    return _solved(np.vstack([system, np.ones(len(start))]), np.append(people, start.sum()))


def _solved(system: FloatArray, right: FloatArray) -> FloatArray:
    found, _, rank, _ = np.linalg.lstsq(system, right, rcond=_SMALLEST)
    if rank < system.shape[1]:
        message = "people who start in different segments never mix, so that there is more than one answer"
        raise ValueError(message)
    return np.asarray(found)
