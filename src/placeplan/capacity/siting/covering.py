"""Coverage: as many people as can be within reach of so many sites, or as few sites as reach everybody; the p-centre.

Sources: Church and ReVelle, Papers of the Regional Science Association 1974;32:101 (maximal covering); Toregas and
others, Operations Research 1971;19:1363 (set covering); Minieka, SIAM Review 1970;12:138 (the p-centre by covering at
one distance after another).
"""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.assigning import CHOSEN, SOLVER_WITHIN, ended
from placeplan.capacity.siting.deadline import Deadline
from placeplan.capacity.siting.impossible import by_counting, no_choice
from placeplan.capacity.siting.solver import Program, Solved
from placeplan.capacity.siting.terms import Limits, Terms, per_candidate
from placeplan.capacity.siting.types import (
    NOBODY,
    BoolArray,
    IndexArray,
    Problem,
    Siting,
    SitingError,
    Status,
    assigned,
    columns,
    how_many,
    problem_of,
)

METHOD = "HiGHS, covering"


def maximal_covering(
    cost: npt.ArrayLike,
    demand: npt.ArrayLike,
    p: int,
    *,
    within: float,
    time_limit: float = 60.0,
    gap: float = 0.0,
    forced: Sequence[int] = (),
    forbidden: Sequence[int] = (),
) -> Siting:
    """Choose ``p`` sites so that the demand within reach of one is largest.

    Args:
        cost: demand points by candidates; ``inf`` where there is no way.
        demand: of each point.
        p: how many sites.
        within: the cost up to which a site is within reach.
        time_limit: seconds.
        gap: share of the objective that may stay open.
        forced: columns that must be chosen.
        forbidden: columns that must not be chosen.

    Returns:
        The choice. ``objective`` is the demand that is **not** covered, so that lower is better as everywhere;
        ``assignment`` is the nearest site of those who are covered, ``-1`` for others.

    Raises:
        SitingError: values that do not fit.
    """
    problem, limits = problem_of(cost, demand), Limits(seconds=time_limit, gap=gap)
    terms = _terms(problem, forced=forced, forbidden=forbidden, number=how_many(p, problem))
    reasons = by_counting(problem_of(np.zeros_like(problem.cost), problem.demand), terms)
    if reasons:
        return no_choice(problem, reasons)
    reached = _reached(problem, within)
    program = Program()
    sites = _sites(program, problem, terms=terms)
    _so_many(program, sites, number=terms.number)
    missed = program.variables(problem.demand)
    _cover(program, reached, sites=sites, or_else=missed)
    solved = program.solve(time_limit=limits.seconds, gap=limits.gap)
    if not len(solved.values):
        return _too_late(problem, solved)
    chosen = _chosen(problem, solved)
    nearest = np.where(reached[:, chosen].any(axis=1), assigned(problem, chosen), NOBODY)
    objective = float(problem.demand[nearest == NOBODY].sum())
    status, bound = ended(objective, max(0.0, min(solved.bound, objective)), gap=gap)
    return Siting(chosen, nearest, objective, bound, status, METHOD)


def set_covering(
    cost: npt.ArrayLike,
    *,
    within: float,
    charges: npt.ArrayLike = 1.0,
    time_limit: float = 60.0,
    gap: float = 0.0,
    forced: Sequence[int] = (),
    forbidden: Sequence[int] = (),
) -> Siting:
    """Choose the fewest sites, or the cheapest, so that every point is within reach of one.

    Args:
        cost: demand points by candidates; ``inf`` where there is no way.
        within: the cost up to which a site is within reach.
        charges: of each candidate; 1 for all counts sites.
        time_limit: seconds.
        gap: share of the objective that may stay open.
        forced: columns that must be chosen.
        forbidden: columns that must not be chosen.

    Raises:
        SitingError: values that do not fit.
    """
    problem = problem_of(cost, np.ones(np.atleast_1d(np.asarray(cost)).shape[0]))
    limits, terms = Limits(seconds=time_limit, gap=gap), _terms(problem, forced=forced, forbidden=forbidden)
    prices = per_candidate("charges", charges, problem=problem)
    if prices is None:
        raise SitingError(["charges: there are none; expected one number, or one for each candidate"])
    reached = _reached(problem, within)
    apart = problem_of(np.where(reached, problem.cost, np.inf), problem.demand)
    reasons = by_counting(apart, terms)
    if reasons:
        return no_choice(problem, tuple(f"within {within:g}: {reason}" for reason in reasons))
    program = Program()
    sites = _sites(program, problem, terms=terms, charges=prices)
    _cover(program, reached, sites=sites)
    solved = program.solve(time_limit=limits.seconds, gap=limits.gap)
    if not len(solved.values):
        return _too_late(problem, solved)
    chosen = _chosen(problem, solved)
    objective = float(prices[list(chosen)].sum())
    bound = _whole_up(solved.bound) if (prices == np.floor(prices)).all() else solved.bound
    status, proven = ended(objective, min(bound, objective), gap=gap)
    return Siting(chosen, assigned(problem, chosen), objective, proven, status, METHOD)


def p_centre(
    cost: npt.ArrayLike,
    p: int,
    *,
    demand: npt.ArrayLike | None = None,
    time_limit: float = 60.0,
    forced: Sequence[int] = (),
    forbidden: Sequence[int] = (),
) -> Siting:
    """Choose ``p`` sites so that the furthest point has the shortest way to its nearest.

    Args:
        cost: demand points by candidates; ``inf`` where there is no way.
        p: how many sites.
        demand: points with none are left out; all count when left out. It weighs nothing.
        time_limit: seconds for the whole search.
        forced: columns that must be chosen.
        forbidden: columns that must not be chosen.

    Returns:
        The choice. ``objective`` is the cost of the furthest point, ``bound`` the least that is not ruled out.

    Raises:
        SitingError: values that do not fit.
    """
    table = np.atleast_1d(np.asarray(cost))
    problem = problem_of(cost, np.ones(table.shape[0]) if demand is None else demand)
    number = how_many(p, problem)
    terms = _terms(problem, forced=forced, forbidden=forbidden, number=number)
    Limits(seconds=time_limit, gap=0.0)
    reasons = by_counting(problem, terms)
    if reasons:
        return no_choice(problem, reasons)
    counted = np.flatnonzero(problem.demand > 0)
    if not len(counted):
        raise SitingError(["demand: no point has any"])
    return _narrowed(problem, terms, counted=counted, deadline=Deadline.after(time_limit))


def _narrowed(problem: Problem, terms: Terms, *, counted: IndexArray, deadline: Deadline) -> Siting:
    """Halve the list of distances: below one that cannot be covered by ``p`` sites there is no answer."""
    table = problem.cost[counted]
    distances = np.unique(table[np.isfinite(table)])
    low, high, best = 0, len(distances) - 1, None
    while low <= high and (best is None or deadline.left):
        middle = (low + high) // 2 if best is not None else high
        found = _covering_choice(problem, terms, reached=table <= distances[middle], seconds=deadline.left)
        if found is None:
            break
        if not len(found):
            if middle == len(distances) - 1:
                reason = f"no choice of {terms.number} site{'' if terms.number == 1 else 's'} reaches everybody"
                return no_choice(problem, (reason,), method=METHOD)
            low = middle + 1
            continue
        best = found
        high = int(np.searchsorted(distances, table[:, found].min(axis=1).max())) - 1
    if best is None:
        late = Solved(np.zeros(0), np.nan, float(distances[low]), impossible=False)
        return _too_late(problem, late)
    objective = float(table[:, best].min(axis=1).max())
    bound = objective if low > high else float(distances[low])
    status = Status.OPTIMAL if low > high else Status.FEASIBLE
    chosen = tuple(int(site) for site in best)
    return Siting(chosen, assigned(problem, chosen), objective, bound, status, METHOD)


def _covering_choice(problem: Problem, terms: Terms, *, reached: BoolArray, seconds: float) -> IndexArray | None:
    """Columns that cover; empty where none do; nothing where time ran out."""
    program = Program()
    sites = _sites(program, problem, terms=terms)
    _so_many(program, sites, number=terms.number)
    if not reached.any(axis=1).all():
        return np.zeros(0, dtype=np.int64)
    _cover(program, reached, sites=sites)
    solved = program.solve(time_limit=seconds)
    if solved.impossible:
        return np.zeros(0, dtype=np.int64)
    return np.array(_chosen(problem, solved), dtype=np.int64) if len(solved.values) else None


def _terms(problem: Problem, *, forced: Sequence[int], forbidden: Sequence[int], number: int | None = None) -> Terms:
    must, may_not = columns("forced", forced, problem=problem), columns("forbidden", forbidden, problem=problem)
    return Terms(number=number, forced=must, forbidden=may_not)


def _reached(problem: Problem, within: float) -> BoolArray:
    if not 0 <= within < np.inf:
        raise SitingError([f"within: {within!r}; expected a number of 0 or more"])
    return np.asarray(problem.cost <= within)


def _sites(program: Program, problem: Problem, *, terms: Terms, charges: npt.ArrayLike = 0.0) -> IndexArray:
    lower, upper = np.zeros(problem.candidates), np.ones(problem.candidates)
    lower[list(terms.forced)], upper[list(terms.forbidden)] = 1.0, 0.0
    return program.variables(np.broadcast_to(charges, lower.shape), lower=lower, upper=upper, whole=True)


def _so_many(program: Program, sites: IndexArray, *, number: int | None) -> None:
    if number is not None:
        program.constrain(0, sites, 1.0, least=number, most=number)


def _cover(program: Program, reached: BoolArray, *, sites: IndexArray, or_else: IndexArray | None = None) -> None:
    """Each point has a chosen site within reach, or else another variable pays for it."""
    points, who = np.nonzero(reached)
    if or_else is None:
        program.constrain(points, sites[who], 1.0, least=1.0, count=len(reached))
        return
    rows = np.concatenate([points, np.arange(len(reached))])
    program.constrain(rows, np.concatenate([sites[who], or_else]), 1.0, least=1.0, count=len(reached))


def _chosen(problem: Problem, solved: Solved) -> tuple[int, ...]:
    return tuple(int(site) for site in np.flatnonzero(solved.values[: problem.candidates] > CHOSEN))


def _too_late(problem: Problem, solved: Solved) -> Siting:
    nobody, why = np.full(problem.points, NOBODY), ("time ran out before a choice was found; allow more",)
    return Siting((), nobody, float("nan"), max(0.0, solved.bound), Status.FEASIBLE, METHOD, why)


def _whole_up(bound: float) -> float:
    return float(np.ceil(bound - SOLVER_WITHIN)) if np.isfinite(bound) else bound
