"""What a cell without a number would have to hold for a stated value to be right.

Every money cell enters a sum with a fixed weight, so that two trials, with 0 and with 1 in the cell, say what it
must be.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from placeplan.assurance.copying_errors.budget import trials_for
from placeplan.assurance.reading_plans import WordCell
from placeplan.kernel.figures import Figure
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.cells import Amount
from placeplan.plan.model import TABLES, Plan

ZERO, ONE = Decimal(0), Decimal(1)
FiguresOf = Callable[[Plan], Mapping[str, Figure]]


@dataclass(frozen=True, slots=True)
class Solved:
    """The one cell that is missing, and the number that it would have to hold."""

    cell: WordCell
    value: Decimal


class UnknownCells:
    """The cells of a plan that hold no number. A figure's ``missing`` names the places that keep it unknown."""

    def __init__(self, plan: Plan, cells: Sequence[WordCell], *, figures_of: FiguresOf) -> None:
        self._plan = plan
        self._cells = cells
        self._places = [str(cell.row.place.at(str(cell.year))) for cell in cells]
        self._figures_of = figures_of
        self._most_trials = trials_for(plan)
        self._trials: dict[tuple[int, Decimal], Mapping[str, Figure]] = {}

    def solve(self, figure: Figure, stated: Decimal) -> Solved | None:
        """The number that makes a figure what was stated; nothing when more than one cell is missing."""
        missing = " ".join(figure.missing)
        found = [number for number, place in enumerate(self._places) if place in missing]
        if len(found) != 1 or len(self._trials) >= self._most_trials:
            return None
        low = self._trial(found[0], ZERO)[figure.id].value
        high = self._trial(found[0], ONE)[figure.id].value
        if low is None or high is None or low == high:
            return None
        return Solved(self._cells[found[0]], (stated - low) / (high - low))

    def _trial(self, number: int, value: Decimal) -> Mapping[str, Figure]:
        """The figures with a number put into one of the cells, and nothing stated that could settle a last digit."""
        key = number, value
        if key not in self._trials:
            plan = replace(_with_amount(self._plan, self._cells[number], value=value), stated=())
            self._trials[key] = self._figures_of(plan)
        return self._trials[key]


def _with_amount(plan: Plan, cell: WordCell, *, value: Decimal) -> Plan:
    amount = Amount(PrintedNumber(value, ONE, str(value)))
    for table in TABLES:
        rows = plan.rows(table)
        if isinstance(cell.row, table.row) and cell.row in rows:
            changed = replace(cell.row, amounts={**cell.row.amounts, cell.year: amount})
            changes: dict[str, Any] = {table.attribute: tuple(changed if row is cell.row else row for row in rows)}
            return replace(plan, **changes)
    return plan
