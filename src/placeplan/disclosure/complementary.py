"""Secondary suppression: which further cells to withhold so that no small number can be worked out.

For one cell at a time, an integer program looks for another table of whole numbers that would be published in the same
way and has a different number in the cell, at the least cost in withheld information (people whose number is no longer
shown). Cells withheld for one cell cost nothing for the next. The method follows the cell suppression problem of
Fischetti and Salazar-González, Models and algorithms for optimizing cell suppression in tabular data with linear
constraints, Journal of the American Statistical Association 95 (2000), solved cell by cell.
"""

from dataclasses import dataclass

import numpy as np

from placeplan.disclosure.attacking import Examples, System, look_together
from placeplan.disclosure.counted_tables import CountedTable, Integers
from placeplan.disclosure.moving import MOST_CHOICES, Moving
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

MOST_CELLS = 5_000
"""Cells of the largest table whose withheld cells are chosen by integer programming."""
LONG_WAY = 4
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


@dataclass(frozen=True, eq=False)
class Found:
    """Cells to withhold, what that costs, and a table that would then be published in the same way."""

    cost: float
    chosen: Flags
    example: Integers


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
        self._cells = cells
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
        targets = self._targets(cell, step=step)
        for widely in (False, True):
            best: Found | None = None
            for target in targets:
                found = _cheapest(self._table, self.kinds, rule=self._rule, cell=cell, target=target, widely=widely)
                best = found if best is None or (found is not None and found.cost < best.cost) else best
                if best is not None and (best.cost == 0 or self.kinds.size > MOST_CHOICES):
                    break
            if best is not None:
                return self._keep(cell, best)
        return any(
            self._keep(cell, _totals_above(self._table, self.kinds, rule=self._rule, cell=cell, target=target))
            for target in targets
        )

    def _targets(self, cell: int, *, step: int) -> list[int]:
        """Numbers beyond those seen in the cell, the side with more room first."""
        known = known_by_kind(self._table.counts, self.kinds, rule=self._rule)
        largest, smallest = self._examples.largest[cell], self._examples.smallest[cell]
        up, down = min(largest + step, known.upper[cell]), max(smallest - step, known.lower[cell])
        sides = sorted([(up - largest, up), (smallest - down, down)], reverse=True)
        return [int(target) for room, target in sides if room > 0]

    def _keep(self, cell: int, found: Found) -> bool:
        kinds = np.where(found.chosen, CellKind.SECONDARY.value, self.kinds)
        system = System(self._table.sums, known_by_kind(self._table.counts, kinds, rule=self._rule))
        if not system.agrees(found.example):
            return False
        self.kinds = kinds
        self.protects[found.chosen] = cell
        self._examples.add(found.example)
        if found.chosen.any():
            self._look(self._cells)
        return True


def _cheapest(
    table: CountedTable, kinds: Kinds, *, rule: DisclosureRule, cell: int, target: int, widely: bool
) -> Found | None:
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
    program = Moving(table.sums, moves, Known(known.lower - table.counts, known.upper - table.counts), choices, step)
    solved = program.solve(weights=table.counts.astype(np.float64) + 1)
    if solved is None:
        return None
    moved = table.counts + solved
    chosen = choices & ((moved < known.lower) | (moved > known.upper))
    return Found(float((table.counts + 1)[chosen].sum()), chosen, moved)


def _totals_above(table: CountedTable, kinds: Kinds, *, rule: DisclosureRule, cell: int, target: int) -> Found:
    """Withhold every total above a cell, so that a change of the cell alone shows nowhere. No search is needed."""
    change = target - int(table.counts[cell])
    example = table.counts.copy()
    example[list(_with_totals_above(table, _lowest_withheld(table, kinds, cell=cell)))] += change
    known = known_by_kind(table.counts, kinds, rule=rule)
    chosen = (example < known.lower) | (example > known.upper)
    return Found(float((table.counts + 1)[chosen].sum()), chosen, example)


def _lowest_withheld(table: CountedTable, kinds: Kinds, *, cell: int) -> int:
    """The cell itself, or where it is a total the largest withheld cell below it that is none."""
    hidden = is_withheld(kinds)
    while (relations := np.flatnonzero(table.totals == cell)).size:
        parts = table.parts_of(int(relations[0]))
        parts = parts[hidden[parts]] if hidden[parts].any() else parts
        cell = int(parts[table.counts[parts].argmax()])
    return cell


def _with_totals_above(table: CountedTable, cell: int) -> set[int]:
    """A cell and every total that counts it."""
    found, waiting = {cell}, [cell]
    by_cell = table.sums.tocsc()
    while waiting:
        of_one = waiting.pop()
        relations = by_cell.indices[by_cell.indptr[of_one] : by_cell.indptr[of_one + 1]]
        above = {int(total) for total in table.totals[relations]} - found
        found |= above
        waiting += above
    return found


def _allowed(table: CountedTable, kinds: Kinds, *, rule: DisclosureRule, widely: bool) -> tuple[Known, Flags]:
    """What would be known of each cell once withheld, and which may be."""
    if widely:
        choices = kinds != CellKind.SECONDARY.value
    else:
        choices = ~is_withheld(kinds) & (table.counts > 0)
    withheld = np.where(choices, CellKind.SECONDARY.value, kinds)
    return known_by_kind(table.counts, withheld, rule=rule), choices
