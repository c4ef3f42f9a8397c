"""What siting takes and gives: costs and demand that were checked, and a choice of sites with its proof."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
import numpy.typing as npt

from placeplan.kernel.errors import UnfitValuesError

FloatArray = npt.NDArray[np.float64]
IndexArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]
NOBODY = -1
PROVEN_WITHIN = 1e-9
SHOWN = 5


class SitingError(UnfitValuesError):
    """Values that siting cannot work with."""


class Status(StrEnum):
    """How a search ended."""

    OPTIMAL = "optimal"
    WITHIN_GAP = "within gap"
    FEASIBLE = "feasible"
    INFEASIBLE = "infeasible"


@dataclass(frozen=True, eq=False)
class Siting:
    """A choice of sites, and the proof of how good it is.

    Attributes:
        sites: columns of the chosen sites, rising; empty where there is no choice.
        assignment: for each demand point the column of the site that serves it, ``-1`` where none does.
        objective: what the choice costs, lower is better; ``nan`` where there is none.
        bound: no choice costs less than this.
        status: how the search ended. ``optimal`` is proven; ``within gap`` is proven to the gap that was allowed;
            ``feasible`` is a choice whose gap is not closed; ``infeasible`` says why in ``reasons``.
        method: what proved it.
        reasons: for an infeasible problem, the constraints that make it so.
        shares: demand points by candidates, the share of each point that each site serves; only where a point may be
            served by several. ``assignment`` then names the largest.
    """

    sites: tuple[int, ...]
    assignment: IndexArray
    objective: float
    bound: float
    status: Status
    method: str
    reasons: tuple[str, ...] = ()
    shares: FloatArray | None = None

    def __post_init__(self) -> None:
        if self.shares is not None:
            shares = np.array(self.shares, dtype=np.float64)
            shares.flags.writeable = False
            object.__setattr__(self, "shares", shares)
        assignment = np.array(self.assignment, dtype=np.int64)
        assignment.flags.writeable = False
        object.__setattr__(self, "assignment", assignment)
        object.__setattr__(self, "sites", tuple(sorted(map(int, self.sites))))

    @property
    def gap(self) -> float:
        """The share of the objective by which a better choice could at most be cheaper; 0 where none can be."""
        if not self.sites:
            return float("nan")
        return max(0.0, self.objective - self.bound) / max(abs(self.objective), PROVEN_WITHIN)


@dataclass(frozen=True, eq=False)
class Problem:
    """Costs and demand that fit together.

    Attributes:
        cost: demand points by candidate sites; ``inf`` where one cannot be reached from the other.
        demand: of each point.
        weighted: cost times demand; 0 for a point without demand, wherever it is.
        whole: whether every weighted cost is a whole number, so that a choice that is better is better by 1.
    """

    cost: FloatArray
    demand: FloatArray
    weighted: FloatArray
    whole: bool

    @property
    def points(self) -> int:
        """How many demand points."""
        return len(self.cost)

    @property
    def candidates(self) -> int:
        """How many candidate sites."""
        return int(self.cost.shape[1])


def problem_of(cost: npt.ArrayLike, demand: npt.ArrayLike) -> Problem:
    """Costs and demand, checked.

    Raises:
        SitingError: a table that is empty or of another shape, a cost or a demand that is below 0 or not a number.
    """
    costs, wanted = _numbers("cost", cost), _numbers("demand", demand)
    if costs.ndim != 2 or 0 in costs.shape:
        raise SitingError([f"cost: the shape is {costs.shape}; expected demand points by candidate sites"])
    if wanted.shape != costs.shape[:1]:
        raise SitingError([f"demand: the shape is {wanted.shape}; expected one number for each of {len(costs)} points"])
    found = [*_problems("cost", costs, infinite=True), *_problems("demand", wanted, infinite=False)]
    if found:
        raise SitingError(found)
    with np.errstate(invalid="ignore"):
        weighted = np.where(wanted[:, np.newaxis] > 0, costs * wanted[:, np.newaxis], 0.0)
    known = weighted[np.isfinite(weighted)]
    return Problem(costs, wanted, weighted, bool((known == np.floor(known)).all()))


def how_many(p: int, problem: Problem) -> int:
    """A number of sites that can be chosen.

    Raises:
        SitingError: it is no whole number from 1 to the number of candidates.
    """
    if not _is_whole(p) or not 1 <= p <= problem.candidates:
        raise SitingError([f"p: {p!r}; expected a whole number of sites from 1 to {problem.candidates}"])
    return int(p)


def _is_whole(number: object) -> bool:
    """Whether it is a whole number, of Python or NumPy; yes and no are none."""
    if isinstance(number, bool) or not isinstance(number, int | float | np.integer | np.floating):
        return False
    return float(number).is_integer()


def columns(name: str, given: Sequence[int], *, problem: Problem) -> tuple[int, ...]:
    """Columns of candidates, each once.

    Raises:
        SitingError: one is no column, or stands there twice.
    """
    wrong = [each for each in given if not _is_whole(each) or not 0 <= each < problem.candidates]
    found = [f"{name}: there is no candidate {each!r}; expected 0 to {problem.candidates - 1}" for each in wrong]
    if not found and len(set(given)) < len(given):
        found.append(f"{name}: a candidate stands there twice")
    if found:
        raise SitingError(found)
    return tuple(sorted(map(int, given)))


def assigned(problem: Problem, sites: Sequence[int]) -> IndexArray:
    """The nearest chosen site of each point, the first of those as near; ``-1`` where none can be reached."""
    chosen = np.array(sorted(sites), dtype=np.int64)
    nearest = problem.cost[:, chosen].argmin(axis=1)
    reached = np.isfinite(problem.cost[np.arange(problem.points), chosen[nearest]])
    return np.where(reached, chosen[nearest], NOBODY)


def total_cost(problem: Problem, sites: Sequence[int]) -> float:
    """Weighted cost of a choice, each point going to its nearest site."""
    return float(problem.weighted[:, list(sites)].min(axis=1).sum())


def _numbers(name: str, given: npt.ArrayLike) -> FloatArray:
    try:
        return np.array(given, dtype=np.float64)
    except (TypeError, ValueError) as error:
        raise SitingError([f"{name}: expected numbers in rows of one length ({error})"]) from error


def _problems(name: str, array: FloatArray, *, infinite: bool) -> Iterator[str]:
    bad = np.isnan(array) | (array < 0) if infinite else ~np.isfinite(array) | (array < 0)
    expected = "a number of 0 or more, or infinity where there is no way" if infinite else "a number of 0 or more"
    cells = np.argwhere(bad)
    for cell in cells[:SHOWN]:
        where = ", ".join(map(str, cell))
        yield f"{name}[{where}] is {array[tuple(cell)]:g}; expected {expected}"
    if len(cells) > SHOWN:
        yield f"{name}: {len(cells) - SHOWN:,} more cells like these"
