"""Distance from target: how far an allocation lies from what the formula gives, in money, per cent and per head.

Distance is actual less target; per cent is of target; per head is over the people that the allocation is for.
"""

from decimal import Decimal

from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.finance.quotients import quotient_tolerance
from placeplan.kernel.figures import CellReference, Input
from placeplan.kernel.printed import PrintedNumber
from placeplan.kernel.wording import PER_CENT as PER_CENT_UNIT
from placeplan.plan.cells import PER_CENT
from placeplan.plan.model import Plan
from placeplan.plan.tables import TargetAllocation

PER_HEAD_UNIT = "GBP per head"


def add_targets(plan: Plan, ledger: Ledger) -> None:
    """Add distance from target, growth and amounts per head for every row of the target allocations."""
    rows = {(row.service, row.year): row for row in plan.targets}
    for row in plan.targets:
        _add_distance(plan, row, ledger=ledger)
        before = rows.get((row.service, row.year.previous))
        if before is not None:
            _add_growth(plan, row, before=before, ledger=ledger)
        if row.population is not None:
            _add_per_head(plan, row, population=row.population, ledger=ledger)


def _label(plan: Plan, row: TargetAllocation, *, measure: Measure) -> str:
    return f"{plan.header.service(row.service).name}, {WORDS[measure]}, {row.year}"


def _given(row: TargetAllocation, heading: str, *, number: PrintedNumber, share: Decimal | None = None) -> Input:
    return Input(f"{heading} allocation {row.year}", number.value, CellReference(row.place, heading), share)


def _add_distance(plan: Plan, row: TargetAllocation, *, ledger: Ledger) -> None:
    distance = row.actual.value - row.target.value
    tolerance = row.actual.tolerance + row.target.tolerance
    ledger.add_sum(
        Draft(
            id=figure_id(row.service, row.year, measure=Measure.DISTANCE),
            label=_label(plan, row, measure=Measure.DISTANCE),
            unit=str(plan.header.money),
            formula="actual allocation less target allocation",
            inputs=[
                _given(row, "actual", number=row.actual, share=row.actual.value),
                _given(row, "target", number=row.target, share=-row.target.value),
            ],
            tolerance=tolerance,
        )
    )
    if row.target.value > 0:
        ledger.add_value(
            Draft(
                id=figure_id(row.service, row.year, measure=Measure.DISTANCE_PERCENT),
                label=_label(plan, row, measure=Measure.DISTANCE_PERCENT),
                unit=PER_CENT_UNIT,
                formula="actual less target, over target",
                inputs=[_given(row, "actual", number=row.actual), _given(row, "target", number=row.target)],
                tolerance=PER_CENT * quotient_tolerance(row.actual, row.target),
                value=PER_CENT * distance / row.target.value,
            )
        )


def _add_growth(plan: Plan, row: TargetAllocation, *, before: TargetAllocation, ledger: Ledger) -> None:
    if before.actual.value <= 0:
        return
    ledger.add_value(
        Draft(
            id=figure_id(row.service, row.year, measure=Measure.GROWTH_PERCENT),
            label=_label(plan, row, measure=Measure.GROWTH_PERCENT),
            unit=PER_CENT_UNIT,
            formula="actual allocation over that of the year before, less one",
            inputs=[_given(row, "actual", number=row.actual), _given(before, "actual", number=before.actual)],
            tolerance=PER_CENT * quotient_tolerance(row.actual, before.actual),
            value=PER_CENT * (row.actual.value / before.actual.value - 1),
        )
    )


def _add_per_head(plan: Plan, row: TargetAllocation, *, population: PrintedNumber, ledger: Ledger) -> None:
    if population.value <= 0:
        return
    money = plan.header.money
    people = Input(f"population {row.year}", population.value, CellReference(row.place, "population"))
    distance = row.actual.value - row.target.value
    amounts = {
        Measure.ACTUAL_PER_HEAD: row.actual,
        Measure.TARGET_PER_HEAD: row.target,
        Measure.DISTANCE_PER_HEAD: PrintedNumber(distance, row.actual.resolution + row.target.resolution, ""),
    }
    for measure, amount in amounts.items():
        ledger.add_value(
            Draft(
                id=figure_id(row.service, row.year, measure=measure),
                label=_label(plan, row, measure=measure),
                unit=PER_HEAD_UNIT,
                formula=f"{WORDS[measure].removesuffix(' per head')}, in pounds, over population",
                inputs=[_given(row, "actual", number=row.actual), _given(row, "target", number=row.target), people],
                tolerance=quotient_tolerance(amount, population) * money.pounds,
                value=amount.value * money.pounds / population.value,
            )
        )
