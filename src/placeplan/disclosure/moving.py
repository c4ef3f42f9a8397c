"""How the numbers of a table can move so that every sum stays, at least cost in numbers that must be withheld."""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from placeplan.disclosure.attacking import MOST_NODES
from placeplan.disclosure.counted_tables import Integers
from placeplan.disclosure.published import Flags, Known

MOST_CHOICES = 150
"""Cells among which the cheapest are chosen exactly; above, the choice is that of the linear relaxation."""
NEARLY = 1e-6
"""How far from a whole number the linear program's numbers may be, before sums are checked in whole numbers."""


@dataclass(frozen=True, eq=False)
class Moving:
    """How far each cell may move: within ``free`` as it is shown; within ``moves`` if it is withheld, which costs.

    ``sums`` are kept; ``choices`` are the cells that may still be withheld; ``step`` is the longest way.
    """

    sums: sparse.csr_array
    moves: Known
    free: Known
    choices: Flags
    step: int

    def solve(self, *, weights: NDArray[np.float64]) -> Integers | None:
        """Moves of least cost in whole numbers; none where nothing moves as it must.

        Where there are many choices the linear relaxation narrows them down first. Its moves are whole numbers already
        in tables of two dimensions; in others the cells that it picks are tried in whole numbers.
        """
        if self.choices.sum() <= MOST_CHOICES:
            return self._whole(weights)
        moved = self._relaxed(weights)
        if moved is None:
            return None
        whole = np.rint(moved).astype(np.int64)
        if (np.abs(moved - whole) < NEARLY).all() and not (self.sums @ whole).any():
            return whole
        narrowed = self.choices & ((moved < self.free.lower - NEARLY) | (moved > self.free.upper + NEARLY))
        barred = self.choices & ~narrowed
        moves = Known(
            np.where(barred, self.free.lower, self.moves.lower), np.where(barred, self.free.upper, self.moves.upper)
        )
        narrower = replace(self, moves=moves, choices=narrowed)
        return narrower.solve(weights=weights) if narrowed.sum() <= MOST_CHOICES else None

    def _relaxed(self, weights: NDArray[np.float64]) -> NDArray[np.float64] | None:
        """Moves in fractions: each cell's own, and for the choices what goes beyond it up and down, at its cost."""
        movable = self._movable
        chosen = movable[self.choices[movable]]
        low, high = np.maximum(self.moves.lower, self.free.lower), np.minimum(self.moves.upper, self.free.upper)
        beyond = [np.maximum(self.moves.upper - high, 0)[chosen], np.maximum(low - self.moves.lower, 0)[chosen]]
        columns = sparse.hstack([self.sums[:, movable], self.sums[:, chosen], -self.sums[:, chosen]], format="csr")
        used = np.flatnonzero(np.diff(columns.indptr))
        done = milp(
            np.concatenate([np.zeros(movable.size), weights[chosen], weights[chosen]]),
            bounds=Bounds(
                np.concatenate([low[movable], np.zeros(2 * chosen.size)]), np.concatenate([high[movable], *beyond])
            ),
            constraints=[LinearConstraint(columns[used], 0.0, 0.0)],
        )
        if done.x is None:
            return None
        moved = np.zeros(self.choices.size)
        own, up, down = np.split(done.x, [movable.size, movable.size + chosen.size])
        moved[movable] = own
        moved[chosen] += up - down
        return moved

    def _whole(self, weights: NDArray[np.float64]) -> Integers | None:
        """Moves in whole numbers, with a decision for each choice."""
        movable = self._movable
        chosen = np.flatnonzero(self.choices[movable])
        done = milp(
            np.concatenate([np.zeros(movable.size), weights[movable[chosen]]]),
            integrality=np.ones(movable.size + chosen.size),
            bounds=Bounds(
                np.concatenate([self.moves.lower[movable], np.zeros(chosen.size)]),
                np.concatenate([self.moves.upper[movable], np.ones(chosen.size)]),
            ),
            constraints=self._constraints(movable, chosen),
            options={"node_limit": MOST_NODES},
        )
        if done.x is None:
            return None
        moved = np.zeros(self.choices.size, dtype=np.int64)
        moved[movable] = np.rint(done.x[: movable.size]).astype(np.int64)
        return moved

    @property
    def _movable(self) -> Integers:
        return np.flatnonzero((self.moves.lower < 0) | (self.moves.upper > 0))

    def _constraints(self, movable: Integers, chosen: Integers) -> list[LinearConstraint]:
        """Sums stay; a cell that moves outside what is published of it is withheld."""
        sums = self.sums[:, movable]
        used = np.flatnonzero(np.diff(sums.indptr))
        kept = sparse.hstack([sums[used], sparse.csr_array((used.size, chosen.size))], format="csr")
        picked = sparse.csr_array(
            (np.ones(chosen.size), (np.arange(chosen.size), chosen)), shape=(chosen.size, movable.size)
        )
        far = sparse.diags_array(np.full(chosen.size, float(self.step)))
        below = LinearConstraint(sparse.hstack([picked, -far], format="csr"), -np.inf, self.free.upper[movable[chosen]])
        above = LinearConstraint(sparse.hstack([picked, far], format="csr"), self.free.lower[movable[chosen]], np.inf)
        return [LinearConstraint(kept, 0.0, 0.0), *([below, above] if chosen.size else [])]
