"""Secondary suppression: which further cells to withhold so that no small number can be worked out.

For one cell at a time, an integer program looks for another table of whole numbers that would be published in the same
way and has a different number in the cell, at the least cost in withheld information (people whose number is no longer
shown). Cells withheld for one cell cost nothing for the next. The method follows the cell suppression problem of
Fischetti and Salazar-González, Models and algorithms for optimizing cell suppression in tabular data with linear
constraints, Journal of the American Statistical Association 95 (2000), solved cell by cell.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from placeplan.disclosure.attacking import MOST_NODES, Examples, System, look_together
from placeplan.disclosure.counted_tables import CountedTable, Integers
from placeplan.disclosure.published import (
    CellKind,
    Flags,
    Kinds,
    Known,
    first_kinds,
    is_withheld,
    known_by_kind,
)
from placeplan.disclosure.rule import DisclosureRule

MOST_CELLS = 20_000
"""Cells of the largest table whose withheld cells are chosen by integer programming."""
MOST_CHOICES = 150
"""Cells among which the cheapest are chosen exactly; above, the choice is that of the linear relaxation."""
LONG_WAY = 20
"""How many times the step of the small cell another cell may move, where a short way was not found."""


@dataclass(frozen=True, eq=False)
class Withheld:
    """The kind of each cell, for which cell each secondary one was withheld, and whether totals were withheld whole.

    ``protects`` holds a small cell for each secondary cell, and -1 for all others.
    """

    kinds: Kinds
    protects: Integers
    totals_withheld: bool = False


def withhold(table: CountedTable, *, rule: DisclosureRule, sensitive: Flags) -> Withheld:
    """Withhold every sensitive cell and as much more as protects them.

    ``sensitive`` holds every small count, and may hold larger ones that have another reason; those start as secondary.
    Where the table is too large, or no proof is found, every total above a sensitive cell is withheld: any change of a
    cell is then hidden in its totals, so that nothing is left to work it out from.
    """
    kinds = first_kinds(table.counts, rule)
    kinds = np.where(sensitive & (kinds != CellKind.PRIMARY.value), CellKind.SECONDARY.value, kinds)
    cells = np.flatnonzero(sensitive)
    if not cells.size or not table.totals.size:
        return Withheld(kinds, np.full(kinds.size, -1))
    if table.counts.size > MOST_CELLS:
        return _without_totals(table, kinds, cells=cells)
    choice = _Choice(table, rule, kinds)
    if choice.protect(cells):
        return Withheld(choice.kinds, choice.protects)
    return _without_totals(table, kinds, cells=cells)


def _without_totals(table: CountedTable, kinds: Kinds, *, cells: Integers) -> Withheld:
    """Withhold every total above a withheld cell."""
    protects = np.full(kinds.size, -1)
    reached = np.full(kinds.size, -1)
    reached[cells] = cells
    parts = [table.parts_of(relation) for relation in range(table.totals.size)]
    changed = True
    while changed:
        changed = False
        for total, below in zip(table.totals, parts):
            source = reached[below].max(initial=-1)
            if source >= 0 and protects[total] < 0:
                reached[total], protects[total], changed = source, source, True
    return Withheld(np.where(protects >= 0, CellKind.SECONDARY.value, kinds), protects, totals_withheld=True)


class _Choice:
    """Kinds under way, with the tables that prove what is safe so far."""

    def __init__(self, table: CountedTable, rule: DisclosureRule, kinds: Kinds) -> None:
        self._table, self._rule = table, rule
        self.kinds = kinds.copy()
        self.protects = np.full(kinds.size, -1)
        self._examples = Examples(kinds.size)
        self._examples.add(table.counts)

    def protect(self, cells: Integers) -> bool:
        """Withhold until every cell may hold enough numbers; whether that was proven."""
        needed = self._rule.needed_values
        self._look(cells)
        for cell in cells[np.argsort(-self._table.counts[cells], kind="stable")]:
            while (found := int(self._examples.spread(cells[cells == cell])[0])) < needed:
                if not self._move(int(cell), step=needed - found):
                    return False
        return True

    def _look(self, cells: Integers) -> None:
        system = System(self._table.sums, known_by_kind(self._table.counts, self.kinds, rule=self._rule))
        look_together(system, self._examples, cells=cells, needed=self._rule.needed_values)

    def _move(self, cell: int, *, step: int) -> bool:
        """Find another table in which the cell differs, withholding what that needs; whether there is one."""
        for widely in (False, True):
            best: tuple[float, Flags, Integers] | None = None
            for target in self._targets(cell, step=step):
                found = _cheapest(self._table, self.kinds, rule=self._rule, cell=cell, target=target, widely=widely)
                if found is not None and (best is None or found[0] < best[0]):
                    best = found
                if best is not None and best[0] == 0:
                    break
            if best is not None:
                return self._keep(cell, best)
        return False

    def _targets(self, cell: int, *, step: int) -> list[int]:
        """Numbers beyond those seen in the cell, the side with more room first."""
        known = known_by_kind(self._table.counts, self.kinds, rule=self._rule)
        largest, smallest = self._examples.largest[cell], self._examples.smallest[cell]
        up, down = min(largest + step, known.upper[cell]), max(smallest - step, known.lower[cell])
        sides = sorted([(up - largest, up), (smallest - down, down)], reverse=True)
        return [int(target) for room, target in sides if room > 0]

    def _keep(self, cell: int, found: tuple[float, Flags, Integers]) -> bool:
        _, chosen, example = found
        self.kinds[chosen] = CellKind.SECONDARY.value
        self.protects[chosen] = cell
        system = System(self._table.sums, known_by_kind(self._table.counts, self.kinds, rule=self._rule))
        if not system.agrees(example):
            return False
        self._examples.add(example)
        return True


def _cheapest(
    table: CountedTable, kinds: Kinds, *, rule: DisclosureRule, cell: int, target: int, widely: bool
) -> tuple[float, Flags, Integers] | None:
    """The cheapest further cells to withhold so that ``cell`` could also hold ``target``, and a table that shows it.

    Args:
        table: the counts.
        kinds: how each cell is shown so far.
        rule: the rule.
        cell: the small cell.
        target: the number that it could also hold.
        widely: whether zeros and small cells too may be withheld as numbers of any size, and cells may move far.
    """
    known = known_by_kind(table.counts, kinds, rule=rule)
    allowed, choices = _allowed(table, kinds, rule=rule, widely=widely)
    choices[cell] = False
    lower = np.where(choices, allowed.lower, known.lower)
    upper = np.where(choices, allowed.upper, known.upper)
    step = abs(target - int(table.counts[cell])) * (LONG_WAY if widely else 1)
    least, most = lower - table.counts, upper - table.counts
    moves = Known(np.maximum(least, np.minimum(-step, most)), np.minimum(most, np.maximum(step, least)))
    moves.lower[cell] = moves.upper[cell] = target - table.counts[cell]
    program = _Program(table.sums, moves, Known(known.lower - table.counts, known.upper - table.counts), choices, step)
    solved = program.solve(weights=table.counts.astype(np.float64) + 1)
    if solved is None:
        return None
    moved = table.counts + solved
    chosen = choices & ((moved < known.lower) | (moved > known.upper))
    return float((table.counts + 1)[chosen].sum()), chosen, moved


def _allowed(table: CountedTable, kinds: Kinds, *, rule: DisclosureRule, widely: bool) -> tuple[Known, Flags]:
    """What would be known of each cell once withheld, and which may be."""
    if widely:
        choices = kinds != CellKind.SECONDARY.value
    else:
        choices = ~is_withheld(kinds) & (table.counts > 0)
    withheld = np.where(choices, CellKind.SECONDARY.value, kinds)
    return known_by_kind(table.counts, withheld, rule=rule), choices


@dataclass(frozen=True, eq=False)
class _Program:
    """How far each cell moves: within ``moves`` at most, outside ``free`` only where it is withheld, which costs."""

    sums: sparse.csr_array
    moves: Known
    free: Known
    choices: Flags
    step: int

    def solve(self, *, weights: NDArray[np.float64]) -> Integers | None:
        """Moves of least cost in whole numbers; none where nothing moves as it must."""
        movable = np.flatnonzero((self.moves.lower < 0) | (self.moves.upper > 0))
        chosen = np.flatnonzero(self.choices[movable])
        costs = np.concatenate([np.zeros(movable.size), weights[movable[chosen]]])
        exactly = chosen.size <= MOST_CHOICES
        done = milp(
            costs,
            integrality=np.concatenate([np.ones(movable.size), np.full(chosen.size, float(exactly))]),
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
