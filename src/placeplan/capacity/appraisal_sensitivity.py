"""How far the ranking of options rests on the weights: where it flips, and for how many weights each option is first.

Both are exact. A score is linear in the weights, so that two options tie on a plane; the weights for which an option is
first are a polytope, and its share is that of its volume in all weights.

Source: Rietveld, Multiple Objective Decision Methods and Regional Planning, 1980, and Lahdelma, Hokkanen and Salminen,
European Journal of Operational Research 1998;106:137 (the share of weights for which an option is first).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import factorial

import numpy as np
from scipy.optimize import linprog
from scipy.spatial import ConvexHull, HalfspaceIntersection

from placeplan.capacity.appraisal import Appraisal, Option, score_table
from placeplan.capacity.arrays import CapacityInputError, FloatArray

TIED = 1e-12
MOST_CRITERIA = 8


@dataclass(frozen=True, slots=True)
class Flip:
    """The weight of a criterion at which a rival draws level with the first; other weights keep their proportions."""

    criterion: str
    rival: str
    weight_now: float
    weight_at_flip: float

    @property
    def change(self) -> float:
        """How far the weight would have to move."""
        return self.weight_at_flip - self.weight_now


def flips(appraisal: Appraisal) -> tuple[Flip, ...]:
    """Every weight at which the first option would no longer be ahead of a rival, the smallest change first."""
    names, weights = list(appraisal.weights), np.array(list(appraisal.weights.values()))
    options = [one.option for one in appraisal.options]
    table = score_table(options, appraisal.weights)
    found = []
    for column, name in enumerate(names):
        others = np.delete(weights, column)
        if others.sum() <= TIED:
            continue
        rest = np.delete(table, column, axis=1) @ (others / others.sum())
        for row in range(1, len(options)):
            level = _level(table[[0, row], column], rest[[0, row]])
            if level is not None:
                found.append(Flip(name, options[row].id, float(weights[column]), level))
    return tuple(sorted(found, key=lambda one: (abs(one.change), one.criterion, one.rival)))


def _level(alone: FloatArray, rest: FloatArray) -> float | None:
    """The weight between 0 and 1 at which two options draw level; nothing where they do not."""
    slope = (alone[0] - rest[0]) - (alone[1] - rest[1])
    if abs(slope) <= TIED:
        return None
    weight = float((rest[1] - rest[0]) / slope)
    return min(max(weight, 0.0), 1.0) if -TIED <= weight <= 1 + TIED else None


def shares_of_first(options: Sequence[Option], *, criteria: Sequence[str]) -> Mapping[str, float]:
    """For each option the share of all possible weights for which its score is highest.

    Options that score the same on every criterion are first together, each with the whole of their share.

    Raises:
        CapacityInputError: no options, no criteria, or more criteria than can be measured exactly.
    """
    if not options or not 1 <= len(criteria) <= MOST_CRITERIA:
        raise CapacityInputError(f"criteria: expected options, and 1 to {MOST_CRITERIA} criteria.")
    table = score_table(options, dict.fromkeys(criteria, 0.0))
    return {one.id: _share(table, row) for row, one in enumerate(options)}


def _share(table: FloatArray, row: int) -> float:
    """Volume of the weights for which a row is first, over that of all weights."""
    ahead = table[row] - np.delete(table, row, axis=0)
    ahead = ahead[np.abs(ahead).max(axis=1) > TIED]
    free = table.shape[1] - 1
    if free == 0:
        return float((ahead >= -TIED).all())
    # The last weight is what the others leave, so that the rest are free: A x + b <= 0.
    better = np.column_stack([-(ahead[:, :-1] - ahead[:, -1:]), -ahead[:, -1]])
    simplex = np.vstack([np.column_stack([-np.eye(free), np.zeros(free)]), [*np.ones(free), -1.0]])
    halves = np.vstack([better, simplex])
    if free == 1:
        return _length(halves)
    inside, radius = _middle(halves)
    if radius <= TIED:
        return 0.0
    corners = HalfspaceIntersection(halves, inside).intersections
    return float(ConvexHull(corners, qhull_options="QJ").volume * factorial(free))


def _length(halves: FloatArray) -> float:
    low, high = 0.0, 1.0
    for slope, level in halves:
        if slope > TIED:
            high = min(high, -level / slope)
        elif slope < -TIED:
            low = max(low, -level / slope)
        elif level > TIED:
            return 0.0
    return max(0.0, high - low)


def _middle(halves: FloatArray) -> tuple[FloatArray, float]:
    """The middle of the largest ball inside, and its radius."""
    sizes = np.linalg.norm(halves[:, :-1], axis=1)
    rows = np.column_stack([halves[:, :-1], sizes])
    bounds = [(0.0, 1.0)] * (halves.shape[1] - 1) + [(0.0, None)]
    found = linprog(np.append(np.zeros(halves.shape[1] - 1), -1.0), A_ub=rows, b_ub=-halves[:, -1], bounds=bounds)
    return (found.x[:-1], float(found.x[-1])) if found.status == 0 else (np.zeros(halves.shape[1] - 1), 0.0)
