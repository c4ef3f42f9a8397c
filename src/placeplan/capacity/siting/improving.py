"""A good choice to begin with where travel of the worst-off counts: exchanges of one site by the whole objective.

Source: Teitz and Bart, Operations Research 1968;16:955 (interchange).
"""

import numpy as np

from placeplan.capacity.siting.deadline import Deadline
from placeplan.capacity.siting.fairness import WorstOffTravel, mean_travel
from placeplan.capacity.siting.interchange import greedy, interchanged
from placeplan.capacity.siting.terms import Terms
from placeplan.capacity.siting.types import FloatArray, Problem

HELPS = 1e-9


def begins_well(problem: Problem, terms: Terms) -> bool:
    """Whether exchanges are free: so many sites, everybody to the nearest, no limit, and a way from all to all."""
    limited = any(one.most < np.inf for one in terms.fairness)
    free = terms.number is not None and terms.nearest and terms.most_new is None and terms.charges is None
    return free and not limited and bool(np.isfinite(problem.weighted).all())


def first_choice(problem: Problem, terms: Terms, *, weights: FloatArray, seconds: float) -> tuple[int, ...]:
    """A choice that no exchange of one site betters, or the best that was met in time.

    Args:
        problem: costs and demand.
        terms: such that ``begins_well``.
        weights: how often the travel of each point counts.
        seconds: how long to look at most.
    """
    deadline, kept = Deadline.after(seconds), np.setdiff1d(np.arange(problem.candidates), terms.forbidden)
    weighted = (weights[:, np.newaxis] * problem.weighted)[:, kept]
    held = np.isin(kept, terms.forced)
    start = interchanged(weighted, greedy(weighted, terms.number or 0, forced=np.flatnonzero(held)), held=held)
    chosen = [int(site) for site in kept[start]]
    now, better = _objective(problem, terms, chosen=chosen, weights=weights), True
    while better and deadline.left:
        found = min(_exchanges(problem, terms, chosen=chosen, weights=weights, kept=kept), default=(np.inf, chosen))
        better = found[0] < now * (1 - HELPS)
        now, chosen = found if better else (now, chosen)
    return tuple(sorted(chosen))


def _exchanges(
    problem: Problem, terms: Terms, *, chosen: list[int], weights: FloatArray, kept: np.ndarray
) -> list[tuple[float, list[int]]]:
    """Every choice that differs in one site, with its objective."""
    others = [int(site) for site in kept if site not in chosen]
    changed = [
        [new if site == old else site for site in chosen] for old in chosen if old not in terms.forced for new in others
    ]
    return [(_objective(problem, terms, chosen=choice, weights=weights), choice) for choice in changed]


def _objective(problem: Problem, terms: Terms, *, chosen: list[int], weights: FloatArray) -> float:
    travel = np.where(problem.demand > 0, problem.cost[:, chosen].min(axis=1), 0.0)
    total = float((weights * problem.demand * travel).sum())
    for one in terms.fairness:
        if isinstance(one, WorstOffTravel):
            total += one.weight * float(problem.demand.sum()) * mean_travel(travel, problem.demand, of=one)
    return total
