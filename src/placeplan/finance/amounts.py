"""What a cell of a money table comes to: an amount as written, a rate times its base, or a linked figure."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Protocol, TypeVar

from placeplan.finance.ledger import Ledger
from placeplan.kernel.errors import Place
from placeplan.kernel.figures import ZERO, CellInputs, CellReference, Figure, FigureReference, Input
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import HALF
from placeplan.plan.cells import PER_CENT, Amount, Cell, Link, Rate


@dataclass(frozen=True, slots=True)
class Counted:
    """The inputs of a sum with their common tolerance, and what is missing from it."""

    inputs: Sequence[Input]
    tolerance: Decimal
    missing: tuple[str, ...]


class MoneyLine(Protocol):
    """A row of a money table: a name, one cell a year, and its place."""

    @property
    def name(self) -> str:
        """What the line is called in a derivation."""
        ...

    @property
    def amounts(self) -> Mapping[FinancialYear, Cell | None]:
        """The cell of each year."""
        ...

    @property
    def place(self) -> Place:
        """Where the row stands."""
        ...


Line = TypeVar("Line", bound=MoneyLine)
BaseOf = Callable[[Line], Figure | None]


def no_base(_line: MoneyLine) -> None:
    """Where a rate is a rate of nothing."""


def counted(lines: Iterable[Line], year: FinancialYear, *, base: BaseOf[Line], ledger: Ledger) -> Counted:
    """Turn the lines of one year into the inputs of a sum.

    Args:
        lines: rows of a money table.
        year: the year column that is summed.
        base: what a rate on a line is a rate of (``None`` when nothing is).
        ledger: where linked figures are found.
    """
    lines = list(lines)
    return _numbers(lines, year, base=base) or _mixed(lines, year, base=base, ledger=ledger)


def _numbers(lines: list[Line], year: FinancialYear, *, base: BaseOf[Line]) -> Counted | None:
    """The sum of lines that all hold a number or a rate of a known base, as most do; nothing when one does not."""
    cells = [line.amounts.get(year) for line in lines]
    numbers = [cell.number for cell in cells if isinstance(cell, Amount)]
    bases = [base(line) if isinstance(cell, Rate) else None for line, cell in zip(lines, cells, strict=True)]
    rates = [_taken(cell, of) for cell, of in zip(cells, bases, strict=True) if isinstance(cell, Rate)]
    if not lines or None in rates or len(numbers) + len(rates) < len(cells):
        return None
    taken = [rate for rate in rates if rate is not None]
    total = sum([number.value for number in numbers], ZERO) + sum([share for share, _ in taken], ZERO)
    resolution = sum([number.resolution for number in numbers], ZERO)
    tolerance = resolution * HALF + sum([tolerance for _, tolerance in taken], ZERO)
    return Counted(CellInputs(partial(_number_inputs, lines, year, bases=bases), total=total), tolerance, ())


def _taken(rate: Rate, of: Figure | None) -> tuple[Decimal, Decimal] | None:
    """A rate of a figure, and how far that may be off; nothing when the figure is not known."""
    if of is None or of.value is None:
        return None
    fraction = rate.fraction
    return of.value * fraction, abs(of.value) * rate.percent.tolerance / PER_CENT + abs(fraction) * of.tolerance


def _number_inputs(
    lines: Iterable[MoneyLine], year: FinancialYear, *, bases: Iterable[Figure | None]
) -> tuple[Input, ...]:
    """Lines that hold a number or a rate, as inputs."""
    found = (_number_input(line, year, of=of) for line, of in zip(lines, bases, strict=True))
    return tuple(worked[0] for worked in found if worked is not None)


def _number_input(line: MoneyLine, year: FinancialYear, *, of: Figure | None) -> tuple[Input, Decimal] | None:
    """A number, or a rate of a known figure, as an input with its tolerance."""
    cell = line.amounts.get(year)
    if isinstance(cell, Amount):
        number = cell.number
        return Input(line.name, number.value, CellReference(line.place, year), number.value), number.tolerance
    taken = _taken(cell, of) if isinstance(cell, Rate) else None
    if not isinstance(cell, Rate) or of is None or taken is None:
        return None
    words = f"{line.name}: {cell} of {of.label}"
    return Input(words, cell.percent.value, CellReference(line.place, year), taken[0]), taken[1]


def _mixed(lines: Iterable[Line], year: FinancialYear, *, base: BaseOf[Line], ledger: Ledger) -> Counted:
    """The sum of lines of which some hold a link, a word or nothing."""
    inputs: list[Input] = []
    tolerance = ZERO
    missing: list[str] = []
    for line in lines:
        cell = line.amounts.get(year)
        of = base(line) if isinstance(cell, Rate) else None
        worked = _number_input(line, year, of=of) or _linked(cell, line, year=year, ledger=ledger)
        if worked is None:
            missing.append(f"{line.name} ({_why(cell, year, ledger=ledger)}, {line.place.at(year)})")
        else:
            inputs.append(worked[0])
            tolerance += worked[1]
    return Counted(inputs, tolerance, tuple(missing))


def _linked(cell: Cell | None, line: MoneyLine, *, year: FinancialYear, ledger: Ledger) -> tuple[Input, Decimal] | None:
    """A linked figure as an input with its tolerance; only money adds to money."""
    linked = ledger.get(cell.named(year, ledger)) if isinstance(cell, Link) else None
    if not isinstance(cell, Link) or linked is None or linked.value is None or linked.unit != ledger.unit:
        return None
    share = -linked.value if cell.negative else linked.value
    return Input(line.name, linked.value, FigureReference(linked.id), share), linked.tolerance


def _why(cell: Cell | None, year: FinancialYear, *, ledger: Ledger) -> str:
    if cell is None:
        return "blank"
    if isinstance(cell, Link):
        linked = ledger.get(cell.named(year, ledger))
        if linked is not None and linked.unit != ledger.unit:
            return f"{cell} is in {linked.unit or 'no unit'}, not in {ledger.unit}"
        return f"{cell} is not known"
    return f"{cell} of an unknown base" if isinstance(cell, Rate) else str(cell)
