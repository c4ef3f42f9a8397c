"""Sites and who goes to which, as a whole-number program: for terms that the quick search does not know.

Source: ReVelle and Swain, Geographical Analysis 1970;2:30 (assignment); Balinski, in Proceedings of the IBM Symposium
on Combinatorial Problems 1964 (a point goes only to a site that is chosen).
"""

from dataclasses import dataclass

import numpy as np

from placeplan.capacity.siting.deadline import Deadline
from placeplan.capacity.siting.fairness import Fairness, GroupTravel, WorstOffTravel, mean_travel
from placeplan.capacity.siting.improving import begins_well, first_choice
from placeplan.capacity.siting.solver import Program, Solved
from placeplan.capacity.siting.terms import Limits, Terms
from placeplan.capacity.siting.types import (
    NOBODY,
    PROVEN_WITHIN,
    FloatArray,
    IndexArray,
    Problem,
    Siting,
    Status,
    assigned,
)

METHOD = "HiGHS, assignment"
CHOSEN = 0.5
SOLVER_WITHIN = 1e-6
LEAST_SHARE = 1e-7
FOR_A_START = 0.3


@dataclass(frozen=True, eq=False)
class _Pairs:
    """Pairs of a point with demand and a candidate that it can reach, and their variables."""

    points: IndexArray
    sites: IndexArray
    variables: IndexArray


def weights_of(problem: Problem, terms: Terms) -> FloatArray:
    """How often the travel of each point counts in the objective: once, and more for groups with a weight."""
    weights = np.ones(problem.points)
    for one in terms.fairness:
        if isinstance(one, GroupTravel):
            weights += one.weight * one.members
    return weights


def solved_assignment(problem: Problem, terms: Terms, *, limits: Limits) -> Siting | None:
    """The best choice on such terms, or the best that was found in time; nothing where it is proven that there is none.

    A choice that time did not allow to find is ``feasible`` without sites and with an open gap.
    """
    program, pairs = _program(problem, terms)
    deadline, first = Deadline.after(limits.seconds), _first(problem, terms, seconds=limits.seconds * FOR_A_START)
    solved = program.solve(time_limit=deadline.left, gap=limits.gap, ones=first)
    if solved.impossible:
        return None
    if not len(solved.values) and first is None:
        nobody = np.full(problem.points, NOBODY)
        why = ("time ran out before a choice was found; allow more",)
        return Siting((), nobody, float("nan"), max(solved.bound, 0.0), Status.FEASIBLE, METHOD, why)
    found = [_siting(problem, terms, pairs=pairs, solved=solved, limits=limits)] if len(solved.values) else []
    if first is not None:
        values = np.isin(np.arange(program.size), first).astype(np.float64)
        known = Solved(values, solved.objective, solved.bound, impossible=False)
        found.append(_siting(problem, terms, pairs=pairs, solved=known, limits=limits))
    return min(found, key=lambda one: one.objective)


def _first(problem: Problem, terms: Terms, *, seconds: float) -> IndexArray | None:
    """Sites of a good choice to begin with, where one can be found without the program."""
    if not begins_well(problem, terms):
        return None
    return np.array(first_choice(problem, terms, weights=weights_of(problem, terms), seconds=seconds), dtype=np.int64)


def possible(problem: Problem, terms: Terms, *, seconds: float) -> bool | None:
    """Whether there is any choice on such terms; nothing where time ran out before that was known."""
    solved = _program(problem, terms)[0].solve(time_limit=seconds, gap=1.0)
    return False if solved.impossible else (True if len(solved.values) else None)


def _program(problem: Problem, terms: Terms) -> tuple[Program, _Pairs]:
    program, count = Program(), problem.candidates
    lower, upper = np.zeros(count), np.ones(count)
    lower[list(terms.forced)], upper[list(terms.forbidden)] = 1.0, 0.0
    charges = terms.charges if terms.charges is not None else np.zeros(count)
    sites = program.variables(charges, lower=np.minimum(lower, upper), upper=upper, whole=True)
    if terms.number is not None:
        program.constrain(0, sites, 1.0, least=terms.number, most=terms.number)
    if terms.most_new is not None and terms.new:
        program.constrain(0, sites[list(terms.new)], 1.0, most=terms.most_new)
    pairs = _pairs(program, problem, terms=terms)
    _serve(program, pairs, problem=problem)
    _fill(program, pairs, problem=problem, terms=terms)
    for one in terms.fairness:
        _be_fair(program, pairs, problem=problem, one=one)
    return program, pairs


def _pairs(program: Program, problem: Problem, *, terms: Terms) -> _Pairs:
    allowed = np.ones(problem.candidates, dtype=bool)
    allowed[list(terms.forbidden)] = False
    points, sites = np.nonzero(np.isfinite(problem.cost) & (problem.demand > 0)[:, np.newaxis] & allowed)
    costs = (weights_of(problem, terms)[:, np.newaxis] * problem.weighted)[points, sites]
    variables = program.variables(costs, whole=terms.single_source and not terms.nearest)
    return _Pairs(points, sites, variables)


def _serve(program: Program, pairs: _Pairs, *, problem: Problem) -> None:
    """Each point is served once, at chosen sites."""
    program.constrain(
        pairs.points, pairs.variables, 1.0, least=_once(problem), most=_once(problem), count=problem.points
    )
    rows = np.arange(len(pairs.variables))
    both = np.concatenate([pairs.variables, pairs.sites])
    factors = np.concatenate([np.ones(len(rows)), -np.ones(len(rows))])
    program.constrain(np.concatenate([rows, rows]), both, factors, most=0.0, count=len(rows))


def _once(problem: Problem) -> FloatArray:
    return (problem.demand > 0).astype(float)


def _fill(program: Program, pairs: _Pairs, *, problem: Problem, terms: Terms) -> None:
    """No site above its capacity or below its catchment."""
    sites = np.arange(problem.candidates)
    rows, who = np.concatenate([pairs.sites, sites]), np.concatenate([pairs.variables, sites])
    demand = problem.demand[pairs.points]
    if terms.capacities is not None:
        most = np.minimum(terms.capacities, problem.demand.sum())
        program.constrain(rows, who, np.concatenate([demand, -most]), most=0.0, count=len(sites))
    if terms.catchments is not None:
        program.constrain(rows, who, np.concatenate([demand, -terms.catchments]), least=0.0, count=len(sites))


def _be_fair(program: Program, pairs: _Pairs, *, problem: Problem, one: Fairness) -> None:
    costs = problem.cost[pairs.points, pairs.sites]
    if isinstance(one, GroupTravel):
        inside = one.members[pairs.points]
        if one.most < np.inf:
            total = problem.demand[one.members].sum()
            factors = costs[inside] * problem.demand[pairs.points[inside]] / total
            program.constrain(0, pairs.variables[inside], factors, most=one.most)
        return
    _tail(program, pairs, problem=problem, one=one)


def _tail(program: Program, pairs: _Pairs, *, problem: Problem, one: WorstOffTravel) -> None:
    """The mean of the tail is the least, over all thresholds, of the threshold and what lies above it."""
    total = problem.demand.sum()
    above_costs = problem.demand / (one.share * total)
    scale = one.weight * total
    threshold = program.variables([scale], upper=np.inf)
    above = program.variables(scale * above_costs, upper=np.inf)
    rows = np.concatenate([pairs.points, np.arange(problem.points), np.arange(problem.points)])
    who = np.concatenate([pairs.variables, np.repeat(threshold, problem.points), above])
    costs = problem.cost[pairs.points, pairs.sites]
    factors = np.concatenate([costs, -np.ones(2 * problem.points)])
    program.constrain(rows, who, factors, most=0.0, count=problem.points)
    if one.most < np.inf:
        both, how = np.concatenate([threshold, above]), np.concatenate([[1.0], above_costs])
        program.constrain(0, both, how, most=one.most)


def _siting(problem: Problem, terms: Terms, *, pairs: _Pairs, solved: Solved, limits: Limits) -> Siting:
    chosen = tuple(int(site) for site in np.flatnonzero(solved.values[: problem.candidates] > CHOSEN))
    shares = _shares(problem, pairs, solved=solved)
    if terms.nearest:
        assignment = assigned(problem, chosen)
    else:
        assignment = np.where(shares.any(axis=1), shares.argmax(axis=1), assigned(problem, chosen))
        if terms.single_source:
            shares = (assignment[:, np.newaxis] == np.arange(problem.candidates)).astype(float)
    if terms.nearest:
        shares = (assignment[:, np.newaxis] == np.arange(problem.candidates)).astype(float)
    objective = worth(problem, terms, sites=chosen, shares=shares)
    status, bound = ended(objective, max(0.0, min(solved.bound, objective)), gap=limits.gap)
    split = None if terms.single_source or terms.nearest else shares
    return Siting(chosen, assignment, objective, bound, status, METHOD, shares=split)


def _shares(problem: Problem, pairs: _Pairs, *, solved: Solved) -> FloatArray:
    shares = np.zeros(problem.cost.shape)
    shares[pairs.points, pairs.sites] = solved.values[pairs.variables]
    shares[shares < LEAST_SHARE] = 0.0
    totals = shares.sum(axis=1, keepdims=True)
    found: FloatArray = np.divide(shares, totals, out=np.zeros_like(shares), where=totals > 0)
    return found


def travel_of(problem: Problem, shares: FloatArray) -> FloatArray:
    """How far each point travels, on the mean of the sites that serve it; 0 for a point that nobody serves."""
    used = np.where(shares > 0, problem.cost, 0.0)
    travel: FloatArray = np.einsum("ij,ij->i", shares, used)
    return travel


def worth(problem: Problem, terms: Terms, *, sites: tuple[int, ...], shares: FloatArray) -> float:
    """The objective of a choice: weighted travel, charges, and travel of the worst-off where it has a weight."""
    travel = travel_of(problem, shares)
    total = float((weights_of(problem, terms) * problem.demand * travel).sum())
    if terms.charges is not None:
        total += float(terms.charges[list(sites)].sum())
    for one in terms.fairness:
        if isinstance(one, WorstOffTravel) and one.weight:
            total += one.weight * float(problem.demand.sum()) * mean_travel(travel, problem.demand, of=one)
    return total


def ended(objective: float, bound: float, *, gap: float, within: float = SOLVER_WITHIN) -> tuple[Status, float]:
    """How a search ended that has such an objective and such a bound; the bound is the objective where it is proven."""
    if objective - bound <= within * max(1.0, abs(objective)):
        return Status.OPTIMAL, objective
    open_share = (objective - bound) / max(abs(objective), PROVEN_WITHIN)
    return (Status.WITHIN_GAP if open_share <= gap else Status.FEASIBLE), bound
