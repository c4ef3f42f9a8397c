"""What a line of the bridge or of the allocation comes to in a year, whatever stands in its cell."""

from decimal import Decimal
from typing import NamedTuple

from placeplan.assurance.findings import Case
from placeplan.finance.measures import figure_id
from placeplan.kernel.figures import CellReference
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.cells import Amount, Link, Rate
from placeplan.plan.tables import AllocationLine, FinanceLine


class LineAmount(NamedTuple):
    """An amount, and how far it may be off because it was printed rounded."""

    value: Decimal
    tolerance: Decimal


def line_amount(case: Case, row: FinanceLine | AllocationLine, *, year: FinancialYear) -> LineAmount | None:
    """The amount of a line in a year; nothing where it is not known."""
    cell = row.amounts.get(year)
    if isinstance(cell, Amount):
        return LineAmount(cell.number.value, cell.number.tolerance)
    if isinstance(cell, Link):
        linked = case.figures.get(cell.named(year, case.figures))
        if linked is None or linked.value is None:
            return None
        return LineAmount(-linked.value if cell.negative else linked.value, linked.tolerance)
    return _rate_amount(case, row, year=year) if isinstance(cell, Rate) and isinstance(row, FinanceLine) else None


def _rate_amount(case: Case, row: FinanceLine, *, year: FinancialYear) -> LineAmount | None:
    """What a rate came to, as the figure of its step has it."""
    step = case.figures.get(figure_id(row.service, year, measure=row.step))
    for given in step.inputs if step else ():
        if isinstance(given.origin, CellReference) and given.origin.place == row.place and given.share is not None:
            return LineAmount(given.share, step.tolerance if step else Decimal(0))
    return None
