"""What a reader can work out: tables of whole numbers that agree with everything that is published."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from placeplan.disclosure.counted_tables import Integers
from placeplan.disclosure.published import Known

FAR = 1_000
"""How far beyond the largest known number a number without bound is looked for. A shorter way is only more careful."""
MOST_NODES = 30
"""Branches of one integer program. One that needs more counts as finding nothing, so that more is withheld."""
FEW_NODES = 5
"""Branches where a good table will do and the best is not needed."""
MANY = 10
"""Unproven cells from which on it pays to look for tables that move many at once."""


@dataclass(frozen=True, eq=False)
class System:
    """What is published: sums that hold (each row times the numbers is zero), and bounds of each number."""

    sums: sparse.csr_array
    known: Known

    def agrees(self, table: Integers) -> bool:
        """Whether a table could be what was published; in whole numbers, so without a tolerance."""
        inside = (table >= self.known.lower) & (table <= self.known.upper)
        return bool(inside.all()) and not (self.sums.astype(np.int64) @ table).any()


class Examples:
    """Tables that agree with what is published, kept as the smallest and the largest number seen in each cell.

    Two such tables that differ in a cell prove that the cell cannot be worked out.
    """

    def __init__(self, size: int) -> None:
        self.smallest = np.full(size, np.inf)
        self.largest = np.full(size, -np.inf)

    def add(self, table: Integers) -> None:
        """Keep a table that agrees."""
        np.minimum(self.smallest, table, out=self.smallest)
        np.maximum(self.largest, table, out=self.largest)

    def spread(self, cells: Integers) -> NDArray[np.float64]:
        """How many values are known to be possible in each cell, between the smallest and the largest."""
        return np.asarray(self.largest[cells] - self.smallest[cells] + 1)


def extreme_table(system: System, weights: NDArray[np.float64], *, nodes: int = MOST_NODES) -> Integers | None:
    """The table that agrees and makes the weighted sum of its numbers largest; none where no table agrees.

    A reader's best attack on one cell is the largest and the smallest number in it: integer programming with HiGHS.
    """
    lower, upper = system.known.lower, _bounded(system.known)
    fixed = lower == upper
    free = np.flatnonzero(~fixed)
    sums = system.sums[:, free]
    right = -(system.sums @ np.where(fixed, lower, 0.0))
    used = np.flatnonzero(np.diff(sums.indptr))
    found = lower.copy()
    if free.size:
        constraints = [LinearConstraint(sums[used], right[used], right[used])] if used.size else []
        done = milp(
            -weights[free],
            integrality=np.ones(free.size),
            bounds=Bounds(lower[free], upper[free]),
            constraints=constraints,
            options={"node_limit": nodes},
        )
        if done.x is None:
            return None
        found[free] = np.rint(done.x)
    table = found.astype(np.int64)
    return table if system.agrees(table) else None


def _bounded(known: Known) -> NDArray[np.float64]:
    finite = known.upper[np.isfinite(known.upper)]
    far = max(finite.max(initial=0.0), known.lower.max(initial=0.0)) * 2 + FAR
    return np.where(np.isfinite(known.upper), known.upper, far)


def look_together(system: System, examples: Examples, *, cells: Integers, needed: int) -> None:
    """Look for tables that move many cells at once, as long as that proves cells safe.

    It is a short cut past cells that are easily protected, not an attack on each.
    """
    left = cells[examples.spread(cells) < needed]
    while left.size >= MANY:
        for sign in (1.0, -1.0):
            weights = np.zeros(system.known.lower.size)
            weights[left] = sign
            table = extreme_table(system, weights, nodes=FEW_NODES)
            if table is not None:
                examples.add(table)
        before, left = left.size, left[examples.spread(left) < needed]
        if left.size > before - MANY:
            return


def possible_range(system: System, cell: int) -> tuple[int, int] | None:
    """The smallest and largest number that a cell can hold; none where nothing agrees with what is known."""
    weights = np.zeros(system.known.lower.size)
    weights[cell] = 1.0
    largest, smallest = extreme_table(system, weights), extreme_table(system, -weights)
    if largest is None or smallest is None:
        return None
    return int(smallest[cell]), int(largest[cell])
