"""The p-median: which ``p`` sites give the least travel of everybody to the nearest, proven as far as it is proven.

A good choice comes from interchange, a bound from Lagrangian relaxation, which also sets aside candidates that are in
no better choice. What is left is parted at one candidate after another, until the gap is closed or time is out.
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.branching import best_choice
from placeplan.capacity.siting.interchange import UNREACHED, greedy, interchanged
from placeplan.capacity.siting.types import (
    PROVEN_WITHIN,
    BoolArray,
    FloatArray,
    IndexArray,
    Problem,
    Siting,
    SitingError,
    Status,
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

    Returns:
        The choice with its proven bound. Where no choice of ``p`` reaches everybody, ``infeasible``, with the reason.

    Raises:
        SitingError: costs, demand or options that do not fit; a limit or gap below 0.
    """
    problem = problem_of(cost, demand)
    count = how_many(p, problem)
    must, may_not = columns("forced", forced, problem), columns("forbidden", forbidden, problem)
    _limits(time_limit, gap)
    reasons = _impossible(problem, count, forced=must, forbidden=may_not)
    if reasons:
        return _none(problem, reasons)
    kept = np.setdiff1d(np.arange(problem.candidates), may_not)
    weighted = _finite(problem.weighted[:, kept])
    held = np.isin(kept, must)
    found, bound = _search(weighted, count, held=held, whole=problem.whole, time_limit=time_limit, gap=gap)
    sites = tuple(int(site) for site in kept[found])
    if not np.isfinite(total_cost(problem, sites)):
        return _none(problem, (f"no choice of {count} sites was found that everybody can reach",))
    return _answer(problem, sites, bound=bound, gap=gap)


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
    open_share = max(0.0, objective - bound) / max(objective, PROVEN_WITHIN)
    status = Status.FEASIBLE
    if objective - bound <= PROVEN_WITHIN * max(1.0, objective):
        status, bound = Status.OPTIMAL, objective
    elif open_share <= gap:
        status = Status.WITHIN_GAP
    return Siting(sites, assigned(problem, sites), objective, bound, status, METHOD)


def _none(problem: Problem, reasons: Sequence[str]) -> Siting:
    nobody = np.full(problem.points, -1)
    return Siting((), nobody, float("nan"), float("nan"), Status.INFEASIBLE, "counting", tuple(reasons))


def _impossible(problem: Problem, p: int, *, forced: tuple[int, ...], forbidden: tuple[int, ...]) -> tuple[str, ...]:
    """Why there is no choice, as far as counting shows."""
    reasons = []
    both = sorted(set(forced) & set(forbidden))
    if both:
        reasons.append(f"candidates {', '.join(map(str, both))} are both forced and forbidden")
    if len(forced) > p:
        reasons.append(f"{len(forced)} candidates are forced and {p} can be chosen")
    allowed = problem.candidates - len(forbidden)
    if allowed < p:
        reasons.append(f"{allowed} candidates are allowed and {p} must be chosen")
    usable = np.setdiff1d(np.arange(problem.candidates), forbidden)
    cut_off = np.flatnonzero((problem.demand > 0) & ~np.isfinite(problem.cost[:, usable]).any(axis=1))
    if len(cut_off):
        listed = ", ".join(map(str, cut_off[:12])) + (" …" if len(cut_off) > 12 else "")
        reasons.append(f"no allowed candidate can be reached from point {listed}")
    return tuple(reasons)


def _finite(weighted: FloatArray) -> FloatArray:
    """Costs with a number beyond every total in place of infinity, so that a choice that reaches everybody wins."""
    known = weighted[np.isfinite(weighted)]
    beyond = float(known.sum()) + 1.0 if len(known) < weighted.size else 0.0
    return np.where(np.isfinite(weighted), weighted, min(beyond, UNREACHED) if beyond else weighted)


def _limits(time_limit: float, gap: float) -> None:
    found = []
    if not time_limit >= 0:
        found.append(f"time_limit: {time_limit!r}; expected seconds, 0 or more")
    if not 0 <= gap < 1:
        found.append(f"gap: {gap!r}; expected a share from 0 to below 1")
    if found:
        raise SitingError(found)
