"""What a position rests on: each assumption changed by itself, by the same share of itself, in every year up to it.

An assumption is a step of the bridge, or the allocation. Its amounts and rates are made larger or smaller; a link is
left as it is, for what it links to is worked out elsewhere, and so are words and blanks.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import TypeVar

from placeplan.finance.computing import compute_finance
from placeplan.finance.measures import MOVEMENT_STEPS, Measure, figure_id
from placeplan.finance.saving_rows import printed
from placeplan.kernel.figures import Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.cells import PER_CENT, Amount, Cell, Rate
from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationKind, AllocationLine, BridgeStep, FinanceLine
from placeplan.rounds.planning_round import PlanningRound

ASSUMPTIONS: tuple[str, ...] = (Measure.ALLOCATION, BridgeStep.PART_YEAR_EFFECT, *MOVEMENT_STEPS)
Row = TypeVar("Row", FinanceLine, AllocationLine)


@dataclass(frozen=True, slots=True)
class PositionSwing:
    """The position when an assumption is smaller and when it is larger."""

    assumption: str
    smaller: Decimal
    larger: Decimal

    @property
    def width(self) -> Decimal:
        """How far the two lie apart."""
        return abs(self.larger - self.smaller)


@dataclass(frozen=True, slots=True)
class Swung:
    """A position as planned, and its swings, the widest first. An assumption that moves nothing is left out."""

    planned: Decimal
    swings: tuple[PositionSwing, ...]


@dataclass(frozen=True, slots=True)
class PositionAt:
    """A position of a service in a year."""

    service: str
    year: FinancialYear
    measure: Measure

    @property
    def figure(self) -> str:
        """Its identifier."""
        return figure_id(self.service, self.year, measure=self.measure)


def swing(
    plan: Plan, planning_round: PlanningRound, *, at: PositionAt, by: Decimal, known: Mapping[str, Figure]
) -> Swung | None:
    """Change each assumption by itself.

    Args:
        plan: the plan.
        planning_round: whose rules apply.
        at: the position.
        by: how much, in per cent of each amount or rate.
        known: figures of other engines, which cells may link to.

    Returns:
        Nothing when the position is not known.
    """

    def position(changed: Plan) -> Decimal | None:
        figure = compute_finance(changed, planning_round, known=known).figures.get(at.figure)
        return figure.value if figure is not None else None

    # What printed totals settle in the plan, they do not settle once a number changes; so no total settles any here.
    bare = replace(plan, stated=())
    planned = position(bare)
    if planned is None:
        return None
    swings = []
    for assumption in ASSUMPTIONS:
        if _scaled(bare, at, assumption=assumption, by=by) == bare:
            continue
        ends = [position(_scaled(bare, at, assumption=assumption, by=sign * by)) for sign in (-1, 1)]
        if ends[0] is not None and ends[1] is not None and ends[0] != ends[1]:
            swings.append(PositionSwing(assumption, ends[0], ends[1]))
    return Swung(planned, tuple(sorted(swings, key=lambda each: -each.width)))


def _scaled(plan: Plan, at: PositionAt, *, assumption: str, by: Decimal) -> Plan:
    if assumption == Measure.ALLOCATION:
        rows = [
            row.kind is not AllocationKind.BROUGHT_FORWARD and row.service == at.service for row in plan.allocations
        ]
        return replace(plan, allocations=tuple(_rows(plan.allocations, rows, at=at, by=by)))
    lines = [line.step == assumption and line.service == at.service for line in plan.lines]
    return replace(plan, lines=tuple(_rows(plan.lines, lines, at=at, by=by)))


def _rows(rows: Sequence[Row], chosen: Sequence[bool], *, at: PositionAt, by: Decimal) -> Iterator[Row]:
    for row, changes in zip(rows, chosen, strict=True):
        cells = {year: _cell(cell, by) if year <= at.year else cell for year, cell in row.amounts.items()}
        yield replace(row, amounts=cells) if changes else row


def _cell(cell: Cell | None, by: Decimal) -> Cell | None:
    factor = 1 + by / PER_CENT
    if isinstance(cell, Amount):
        return Amount(printed(cell.number.value * factor))
    if isinstance(cell, Rate):
        value = cell.percent.value * factor
        return Rate(PrintedNumber(value, cell.percent.resolution, f"{value:f}%", percent=True))
    return cell
