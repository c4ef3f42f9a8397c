"""The p-median by radii, for the last step of a proof: is there no site within the radius of a point, or is there one?

A point pays for each radius within which it has no site. Only the radii that a good choice needs are written down; what
is left out makes the program cheaper, never dearer, so that its bound holds, and radii are added until its answer costs
what it says.

Sources: Elloumi, Computers and Operations Research 2010;37:1893 (the formulation); Garcia, Labbe and Marin, INFORMS
Journal on Computing 2011;23:546 (adding radii as they are needed).
"""

from dataclasses import dataclass

import numpy as np

from placeplan.capacity.siting.deadline import Deadline
from placeplan.capacity.siting.lagrangian import Decided
from placeplan.capacity.siting.solver import Program
from placeplan.capacity.siting.types import FloatArray, IndexArray

FIRST_RADII, MORE_RADII = 2, 4
SHORTEST = 0.1


@dataclass(frozen=True, eq=False)
class ByRadii:
    """The cheapest choice that was met, in columns (none where none was), its cost, and a bound."""

    choice: IndexArray
    cost: float
    bound: float


def chosen_by_radii(weighted: FloatArray, p: int, *, decided: Decided, near: FloatArray, time_limit: float) -> ByRadii:
    """Solve what is left open.

    Args:
        weighted: cost of each point at each candidate; finite.
        p: how many sites.
        decided: candidates that are in and out already.
        near: of each point, about the cost beyond which a good choice does not send it.
        time_limit: seconds.
    """
    kept = np.flatnonzero(~decided.closed)
    table = weighted[:, kept]
    steps = [np.unique(row) for row in table]
    written = np.array([np.searchsorted(row, value, side="right") for row, value in zip(steps, near, strict=True)])
    written += FIRST_RADII
    deadline, best = Deadline.after(time_limit), ByRadii(np.zeros(0, dtype=np.int64), np.inf, -np.inf)
    while (left := deadline.left) > SHORTEST:
        solved = _program(table, p, opened=decided.opened[kept], steps=steps, written=written).solve(time_limit=left)
        if solved.impossible:
            return ByRadii(best.choice, best.cost, np.inf)
        bound = max(best.bound, solved.bound)
        if not len(solved.values):
            return ByRadii(best.choice, best.cost, bound)
        choice = np.flatnonzero(solved.values[: len(kept)] > 0.5)
        paid = table[:, choice].min(axis=1)
        cost = float(paid.sum())
        best = ByRadii(kept[choice], cost, bound) if cost < best.cost else ByRadii(best.choice, best.cost, bound)
        last = np.array([row[min(count, len(row) - 1)] for row, count in zip(steps, written, strict=True)])
        beyond = paid > last
        if not beyond.any():
            break
        written[beyond] += MORE_RADII
    return best


def _program(table: FloatArray, p: int, *, opened: np.ndarray, steps: list[FloatArray], written: IndexArray) -> Program:
    """Candidates first, then a variable for each radius of each point that is written down."""
    program = Program()
    sites = program.variables(np.zeros(table.shape[1]), lower=opened.astype(float), whole=True)
    program.constrain(0, sites, 1.0, least=p, most=p)
    least_cost = 0.0
    for row, radii, count in zip(table, steps, written, strict=True):
        least_cost += float(radii[0])
        used = radii[: min(int(count), len(radii) - 1)]
        if len(used):
            _point(program, row, radii=used, rises=np.diff(radii[: len(used) + 1]), sites=sites)
    program.variables([least_cost], lower=1.0)
    return program


def _point(program: Program, row: FloatArray, *, radii: FloatArray, rises: FloatArray, sites: IndexArray) -> None:
    """A point has no site within a radius unless it has one at it, or had one within the radius before."""
    lacking = program.variables(rises)
    within = np.searchsorted(radii, row)
    inside = np.flatnonzero(row <= radii[-1])
    levels = np.arange(len(radii))
    rows = np.concatenate([within[inside], levels, levels[1:]])
    who = np.concatenate([sites[inside], lacking, lacking[:-1]])
    factors = np.concatenate([np.ones(len(inside)), np.ones(len(radii)), -np.ones(len(radii) - 1)])
    least = np.zeros(len(radii))
    least[0] = 1.0
    program.constrain(rows, who, factors, least=least, count=len(radii))
