"""What a cell of a money table comes to: an amount as written, a rate times its base, or the value of a linked figure."""

from dataclasses import dataclass
from decimal import Decimal

from placeplan.finance.ledger import Ledger
from placeplan.kernel.errors import Place
from placeplan.kernel.figures import ZERO, CellReference, Figure, FigureReference, Input, Origin
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.cells import PER_CENT, Amount, Cell, Link, Rate


@dataclass(frozen=True, slots=True)
class Counted:
    """The inputs of a sum with their common tolerance, and what is missing from it."""

    inputs: list[Input]
    tolerance: Decimal
    missing: tuple[str, ...]


def counted_cells(
    rows: list[tuple[str, Cell | None, Place]], *, year: FinancialYear, base: Figure | None, ledger: Ledger
) -> Counted:
    """Turn named cells into the inputs of a sum.

    Args:
        rows: name, cell and place of each.
        year: the year column that the cells stand in.
        base: what a rate is a rate of (``None`` when nothing is).
        ledger: where linked figures are found.
    """
    inputs: list[Input] = []
    tolerance = ZERO
    missing: list[str] = []
    heading = str(year)
    for name, cell, place in rows:
        if isinstance(cell, Amount):
            value = cell.number.value
            inputs.append(Input(name, value, CellReference(place, heading), value))
            tolerance += cell.number.tolerance
        elif isinstance(cell, Rate) and base is not None and base.value is not None:
            origin = CellReference(place, heading)
            inputs.append(Input(f"{name}: {cell} of {base.label}", cell.percent.value, origin, base.value * cell.fraction))
            tolerance += abs(base.value) * cell.percent.tolerance / PER_CENT + abs(cell.fraction) * base.tolerance
        elif isinstance(cell, Link) and (linked := ledger.get(cell.figure)) is not None and linked.value is not None:
            share = -linked.value if cell.negative else linked.value
            origin_of_link: Origin = FigureReference(linked.id)
            inputs.append(Input(name, linked.value, origin_of_link, share))
            tolerance += linked.tolerance
        else:
            missing.append(f"{name} ({_why(cell)}, {place.at(heading)})")
    return Counted(inputs, tolerance, tuple(missing))


def _why(cell: Cell | None) -> str:
    if cell is None:
        return "blank"
    if isinstance(cell, Link):
        return f"{cell} is not known"
    return f"{cell} of an unknown base" if isinstance(cell, Rate) else str(cell)
