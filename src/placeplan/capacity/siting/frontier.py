"""How much travel each further site saves, and why each chosen site is there."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.p_median import p_median
from placeplan.capacity.siting.types import (
    IndexArray,
    Siting,
    SitingError,
    assigned,
    columns,
    problem_of,
    total_cost,
)


@dataclass(frozen=True, slots=True)
class FrontierPoint:
    """The best choice of so many sites. Its bound and gap are those of the choice."""

    number: int
    siting: Siting


@dataclass(frozen=True, eq=False)
class SiteReason:
    """Why a site is in a choice.

    Attributes:
        site: its column.
        served: demand that goes to it.
        points: demand points that go to it.
        without: the objective of the choice without it, people going to their nearest of the others; ``inf`` where
            some could not be reached.
        lost: what that is more than with it.
        instead: the column that would best take its place, or ``None`` where there is no other candidate.
        lost_instead: what the choice would cost more with that one in its place.
        forced: whether a constraint puts it there.
    """

    site: int
    served: float
    points: IndexArray
    without: float
    lost: float
    instead: int | None
    lost_instead: float
    forced: bool


def frontier(
    cost: npt.ArrayLike, demand: npt.ArrayLike, numbers: Sequence[int], *, time_limit: float = 60.0, **options: Any
) -> tuple[FrontierPoint, ...]:
    """The best choice for each number of sites, each with its own bound.

    Args:
        cost: demand points by candidates.
        demand: of each point.
        numbers: of sites, such as ``range(1, 9)``.
        time_limit: seconds for each number.
        **options: of :func:`p_median`, the same for each.

    Raises:
        SitingError: no numbers, or values that do not fit.
    """
    wanted = sorted(set(numbers))
    if not wanted:
        raise SitingError(["numbers: there are none; expected numbers of sites"])
    return tuple(
        FrontierPoint(number, p_median(cost, demand, number, time_limit=time_limit, **options)) for number in wanted
    )


def why_chosen(
    cost: npt.ArrayLike,
    demand: npt.ArrayLike,
    sites: Sequence[int],
    *,
    forced: Sequence[int] = (),
    forbidden: Sequence[int] = (),
    assignment: npt.ArrayLike | None = None,
) -> tuple[SiteReason, ...]:
    """For each site of a choice: whom it serves, and what travel would be lost without it.

    Args:
        cost: demand points by candidates.
        demand: of each point.
        sites: columns of the choice.
        forced: columns that a constraint puts there.
        forbidden: columns that cannot take a place.
        assignment: the site that serves each point; the nearest when left out. It says who is served. What is lost
            without a site is told for people who go to their nearest, whether there would be room for them or not.

    Raises:
        SitingError: values that do not fit, or no sites.
    """
    problem = problem_of(cost, demand)
    chosen = columns("sites", sites, problem=problem)
    if not chosen:
        raise SitingError(["sites: there are none; expected columns of a choice"])
    held, out = columns("forced", forced, problem=problem), columns("forbidden", forbidden, problem=problem)
    total = total_cost(problem, chosen)
    serves = assigned(problem, chosen) if assignment is None else np.asarray(assignment, dtype=np.int64)
    if serves.shape != (problem.points,):
        raise SitingError(
            [f"assignment: the shape is {serves.shape}; expected a site for each of {problem.points} points"]
        )
    reasons = []
    for site in chosen:
        others = [other for other in chosen if other != site]
        near = problem.weighted[:, others].min(axis=1) if others else np.where(problem.demand > 0, np.inf, 0.0)
        without = float(near.sum())
        instead, cost_instead = _instead(problem.weighted, near, taken=(*chosen, *out))
        points = np.flatnonzero(serves == site)
        served = float(problem.demand[points].sum())
        lost_instead = cost_instead - total
        reasons.append(SiteReason(site, served, points, without, without - total, instead, lost_instead, site in held))
    return tuple(reasons)


def _instead(
    weighted: npt.NDArray[np.float64], near: npt.NDArray[np.float64], *, taken: tuple[int, ...]
) -> tuple[int | None, float]:
    totals = np.minimum(near[:, np.newaxis], weighted).sum(axis=0)
    totals[list(taken)] = np.inf
    best = int(totals.argmin())
    return (best, float(totals[best])) if np.isfinite(totals[best]) else (None, float("inf"))
