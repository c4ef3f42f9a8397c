"""Why there is no choice of sites: what counting shows, and otherwise the terms without which there would be one."""

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from placeplan.capacity.siting.assigning import possible, solved_assignment
from placeplan.capacity.siting.fairness import GroupTravel
from placeplan.capacity.siting.terms import Limits, Terms
from placeplan.capacity.siting.types import NOBODY, Problem, Siting, Status, problem_of

LISTED = 12
ROUNDING = 1e-12
SECONDS_EACH = 10.0
IN_WORDS = {
    "capacities": "capacities",
    "catchments": "minimum catchments",
    "forced": "forced candidates",
    "forbidden": "forbidden candidates",
    "most_new": "existing sites first",
    "fairness": "limits on travel",
}


def no_choice(problem: Problem, reasons: tuple[str, ...], *, method: str = "counting") -> Siting:
    """A result that says that there is no choice, and why."""
    nobody = np.full(problem.points, NOBODY)
    return Siting((), nobody, float("nan"), float("nan"), Status.INFEASIBLE, method, reasons)


def by_counting(problem: Problem, terms: Terms) -> tuple[str, ...]:
    """Reasons that need no search; none where counting shows nothing."""
    return (*_columns(problem, terms), *_reach(problem, terms), *_filling(problem, terms))


def by_search(problem: Problem, terms: Terms, *, seconds: float = SECONDS_EACH) -> tuple[str, ...]:
    """Every term without which there would be a choice; a sentence where they only do so together."""
    number = "so many sites" if terms.number is None else f"{terms.number} site{'' if terms.number == 1 else 's'}"
    lone = [name for name in terms.given if possible(problem, terms.without(name), seconds=seconds)]
    if lone:
        said = [f"no choice of {number} meets it: without {IN_WORDS[name]} there would be one" for name in lone]
        return (*said, *(_limits(problem, terms, seconds=seconds) if "fairness" in lone else ()))
    if not terms.given:
        return (f"no choice of {number} reaches everybody",)
    return (f"no choice of {number} meets {', '.join(IN_WORDS[name] for name in terms.given)} together",)


def _limits(problem: Problem, terms: Terms, *, seconds: float) -> Iterator[str]:
    """The least mean travel of a group that its limit asks too much of, whatever that does to others."""
    free = terms.without("fairness")
    for one in terms.fairness:
        if one.most == np.inf:
            continue
        if not isinstance(one, GroupTravel) or not terms.nearest:
            yield f"{one.name} may travel {one.most:g} on average"
            continue
        demand = np.where(one.members, problem.demand, 0.0)
        alone = problem_of(problem.cost, demand)
        found = solved_assignment(alone, replace(free, fairness=()), limits=Limits(seconds=seconds, gap=0.0))
        if found is not None:
            least = found.bound / float(demand.sum())
            yield f"{one.name} may travel {one.most:g} on average, and no choice takes it below {least:.6g}"


def _columns(problem: Problem, terms: Terms) -> Iterator[str]:
    both = sorted(set(terms.forced) & set(terms.forbidden))
    if both:
        yield f"candidates {', '.join(map(str, both))} are both forced and forbidden"
    allowed = problem.candidates - len(terms.forbidden)
    if terms.number is not None:
        if len(terms.forced) > terms.number:
            yield f"{len(terms.forced)} candidates are forced and {terms.number} can be chosen"
        if allowed < terms.number:
            yield f"{allowed} candidates are allowed and {terms.number} must be chosen"
    if terms.most_new is not None:
        yield from _estate(problem, terms)


def _estate(problem: Problem, terms: Terms) -> Iterator[str]:
    forced_new = len(set(terms.forced) & set(terms.new))
    if terms.most_new is not None and forced_new > terms.most_new:
        yield f"{forced_new} forced candidates are new sites and {terms.most_new} can be new: existing sites come first"
    there = problem.candidates - len(set(terms.new) | set(terms.forbidden))
    if terms.number is not None and terms.most_new is not None and there + terms.most_new < terms.number:
        yield (
            f"{there} existing sites are allowed and {terms.most_new} can be new, and {terms.number} must be chosen: "
            "existing sites come first"
        )


def _reach(problem: Problem, terms: Terms) -> Iterator[str]:
    usable = np.setdiff1d(np.arange(problem.candidates), terms.forbidden)
    cut_off = np.flatnonzero((problem.demand > 0) & ~np.isfinite(problem.cost[:, usable]).any(axis=1))
    if len(cut_off):
        listed = ", ".join(map(str, cut_off[:LISTED])) + (" …" if len(cut_off) > LISTED else "")
        yield f"no allowed candidate can be reached from point {listed}"


def _filling(problem: Problem, terms: Terms) -> Iterator[str]:
    """Capacities that are too small at their largest, catchments that are too large at their smallest."""
    total = float(problem.demand.sum())
    usable = np.setdiff1d(np.arange(problem.candidates), terms.forbidden)
    forced = np.array(sorted(set(terms.forced) - set(terms.forbidden)), dtype=np.int64)
    number = len(usable) if terms.number is None else min(terms.number, len(usable))
    if terms.capacities is not None:
        most = _picked(-terms.capacities, usable, forced=forced, number=number)
        if -most < total * (1 - ROUNDING):
            short = f"capacity is short by {total + most:,.10g}"
            yield f"{short}: the largest {number} sites hold {-most:,.10g} of {total:,.10g}"
        largest = float(terms.capacities[usable].max()) if len(usable) else 0.0
        if terms.single_source and float(problem.demand.max()) > largest:
            point = int(problem.demand.argmax())
            wanted = f"point {point} has a demand of {problem.demand[point]:,.10g}"
            yield f"{wanted}, more than any capacity ({largest:,.10g})"
    if terms.catchments is not None:
        needed = len(forced) if terms.number is None else number
        least = _picked(terms.catchments, usable, forced=forced, number=needed)
        if least > total * (1 + ROUNDING):
            added = f"minimum catchments of the smallest {needed} sites add up to {least:,.10g}"
            yield f"{added}, above the demand of {total:,.10g}"


def _picked(values: np.ndarray, usable: np.ndarray, *, forced: np.ndarray, number: int) -> float:
    """The least total of so many columns, the forced ones among them."""
    others = np.sort(values[np.setdiff1d(usable, forced)])[: max(0, number - len(forced))]
    return float(values[forced].sum() + others.sum())
