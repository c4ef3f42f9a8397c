"""The p-median: which ``p`` sites give the least travel of everybody to the nearest, proven as far as it is proven.

A good choice comes from interchange, a bound from Lagrangian relaxation, which also sets aside candidates that are in
no better choice. What is left is parted at one candidate after another, until the gap is closed or time is out.
"""

from collections.abc import Sequence
from dataclasses import replace

import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.assigning import METHOD as ASSIGNMENT
from placeplan.capacity.siting.assigning import ended, solved_assignment, weights_of
from placeplan.capacity.siting.branching import best_choice
from placeplan.capacity.siting.fairness import Fairness
from placeplan.capacity.siting.impossible import by_counting, by_search, no_choice
from placeplan.capacity.siting.interchange import greedy, interchanged
from placeplan.capacity.siting.terms import Limits, Terms, estate, fitting, per_candidate
from placeplan.capacity.siting.types import (
    PROVEN_WITHIN,
    BoolArray,
    FloatArray,
    IndexArray,
    Problem,
    Siting,
    assigned,
    columns,
    how_many,
    problem_of,
    total_cost,
)

METHOD = "Lagrangian relaxation, branch and bound"
WHOLE_STEP = 1 - 1e-6


def p_median(
    cost: npt.ArrayLike,
    demand: npt.ArrayLike,
    p: int,
    *,
    time_limit: float = 60.0,
    gap: float = 0.0,
    forced: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    existing: Sequence[int] | None = None,
    most_new: int | None = None,
    capacities: npt.ArrayLike | None = None,
    catchments: npt.ArrayLike | None = None,
    fairness: Sequence[Fairness] = (),
    single_source: bool = True,
) -> Siting:
    """Choose ``p`` sites so that the travel of everybody to the nearest, weighted by demand, is least.

    Args:
        cost: demand points by candidate sites, such as minutes; ``inf`` where there is no way.
        demand: of each point, such as people.
        p: how many sites.
        time_limit: seconds for branching; the relaxation before it takes a bounded number of steps.
        gap: share of the objective that may stay open; 0 asks for the optimum.
        forced: columns that must be chosen.
        forbidden: columns that must not be chosen.
        existing: columns of the estate that is there; other sites are chosen only when it has too few.
        most_new: so many sites outside the existing estate are allowed, whether it has too few or not.
        capacities: most demand that each candidate can serve; people then go where there is room.
        catchments: least demand that each chosen site needs.
        fairness: whose travel counts more, or may not be above a limit.
        single_source: with capacities or catchments, whether all of a point goes to one site.

    Returns:
        The choice with its proven bound. The objective is demand times cost, with the weights of ``fairness``. Where
        there is no choice, ``infeasible``, with the constraint that makes it so.

    Raises:
        SitingError: costs, demand or options that do not fit; a limit or gap below 0.
    """
    problem, limits = problem_of(cost, demand), Limits(seconds=time_limit, gap=gap)
    number = how_many(p, problem)
    terms = replace(
        estate(existing, most_new=most_new, number=number, problem=problem),
        number=number,
        capacities=per_candidate("capacities", capacities, problem=problem),
        catchments=per_candidate("catchments", catchments, problem=problem),
        forced=columns("forced", forced, problem=problem),
        forbidden=columns("forbidden", forbidden, problem=problem),
        fairness=fitting(fairness, problem),
        single_source=single_source,
    )
    reasons = by_counting(problem, terms)
    if reasons:
        return no_choice(problem, reasons)
    if not terms.plain:
        return solved_assignment(problem, terms, limits=limits) or no_choice(
            problem, by_search(problem, terms), method=ASSIGNMENT
        )
    return _plain(problem, terms, number=number, limits=limits)


def _plain(problem: Problem, terms: Terms, *, number: int, limits: Limits) -> Siting:
    """Everybody goes to the nearest of ``number`` sites, with weights of people."""
    counted = problem_of(problem.cost, problem.demand * weights_of(problem, terms)) if terms.fairness else problem
    kept = np.setdiff1d(np.arange(problem.candidates), terms.forbidden)
    weighted = _finite(counted.weighted[:, kept])
    held = np.isin(kept, terms.forced)
    found, bound = _search(weighted, number, held=held, whole=counted.whole, time_limit=limits.seconds, gap=limits.gap)
    sites = tuple(int(site) for site in kept[found])
    if not np.isfinite(total_cost(counted, sites)):
        return _unreached(problem, terms, limits=limits)
    return _answer(counted, sites, bound=bound, gap=limits.gap)


def _unreached(problem: Problem, terms: Terms, *, limits: Limits) -> Siting:
    """The quick search found no choice that everybody can reach: whether there is one is for the program to say."""
    found = solved_assignment(problem, terms, limits=limits)
    return found or no_choice(problem, by_search(problem, terms), method=ASSIGNMENT)


def _search(
    weighted: FloatArray, p: int, *, held: BoolArray, whole: bool, time_limit: float, gap: float
) -> tuple[IndexArray, float]:
    """The choice and its bound."""
    step_up = WHOLE_STEP if whole else PROVEN_WITHIN * max(1.0, float(weighted.min(axis=1).sum()))
    start = interchanged(weighted, greedy(weighted, p, forced=np.flatnonzero(held)), held=held)
    found = best_choice(weighted, p, start=start, held=held, step_up=step_up, time_limit=time_limit, gap=gap)
    return found.choice, min(_lifted(found.bound, whole=whole), found.cost)


def _lifted(bound: float, *, whole: bool) -> float:
    """A bound on whole costs is the next whole number."""
    return float(np.ceil(bound - (1 - WHOLE_STEP))) if whole and np.isfinite(bound) else bound


def _answer(problem: Problem, sites: tuple[int, ...], *, bound: float, gap: float) -> Siting:
    objective = total_cost(problem, sites)
    status, proven = ended(objective, bound, gap=gap, within=PROVEN_WITHIN)
    return Siting(sites, assigned(problem, sites), objective, proven, status, METHOD)


def _finite(weighted: FloatArray) -> FloatArray:
    """Costs with a number beyond every total in place of infinity, so that a choice that reaches everybody wins.

    It is no larger than it need be, so that sums keep their digits.
    """
    reached = np.isfinite(weighted)
    if reached.all():
        return weighted
    dearest = np.where(reached, weighted, 0.0).max(axis=1)
    return np.where(reached, weighted, np.floor(dearest.sum()) + 1.0)
