"""The bridge of each service and year: outturn, recurrent baseline, planned spend, and the position that it leaves.

The method is that of the national financial planning templates of 2014/15: outturn, plus part-year effects, is the
recurrent baseline; plus the movements it is planned spend; allocation plus balance brought forward is total resources;
resources less spend is the cumulative position. The in-year position leaves the balance brought forward out.
"""

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from placeplan.finance.amounts import BaseOf, Counted, counted, no_base
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import (
    BASELINE_STEPS,
    MOVEMENT_STEPS,
    RESERVE_STEPS,
    WORDS,
    Measure,
    figure_id,
    provider_figure_id,
)
from placeplan.finance.service_lines import LinesOfStep, ServiceLines
from placeplan.kernel.figures import ZERO, Figure, Input
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.header import CarryRule, Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import AllocationKind, AllocationLine, BridgeStep, FinanceLine


def add_bridges(plan: Plan, ledger: Ledger, *, lines: Mapping[str, ServiceLines]) -> None:
    """Add the bridge of every service and year, year by year, so that each starts from the one before."""
    for service in plan.header.services:
        for year in plan.header.years:
            _add_year(plan, service, year=year, lines=lines[service.id], ledger=ledger)


def _add_year(plan: Plan, service: Service, *, year: FinancialYear, lines: ServiceLines, ledger: Ledger) -> None:
    namer = _Namer(service, year, str(plan.header.money))
    allocation = _add_allocation(namer, lines.allocations, ledger=ledger)
    brought_forward = _add_brought_forward(namer, lines.allocations, ledger=ledger, first=year == plan.header.years[0])
    total = _add_spend(namer, lines, ledger=ledger)
    if total is None and allocation is None:
        return
    if allocation is None:
        return
    _add_position(namer, allocation=allocation, brought_forward=brought_forward, total=total, ledger=ledger)


class _Namer:
    """Identifiers, words and unit of the figures of one service and year."""

    def __init__(self, service: Service, year: FinancialYear, unit: str) -> None:
        self.service, self.year, self.unit = service, year, unit

    def id(self, measure: str, year: FinancialYear | None = None) -> str:
        return figure_id(self.service.id, year or self.year, measure=measure)

    def draft(self, measure: str, formula: str, *, parts: Counted) -> Draft:
        label = f"{self.service.name}, {WORDS[measure]}, {self.year}"
        return Draft(
            id=self.id(measure),
            label=label,
            unit=self.unit,
            formula=formula,
            inputs=parts.inputs,
            tolerance=parts.tolerance,
            missing=parts.missing,
        )


def combined(parts: Iterable[tuple[Figure | None, int]], ledger: Ledger) -> Counted:
    """Figures, each with the sign that it enters with, as the inputs of a sum."""
    inputs: list[Input] = []
    missing: list[str] = []
    tolerance = ZERO
    for figure, sign in parts:
        if figure is None:
            continue
        if figure.value is None:
            missing.append(f"{figure.label} is not known: {'; '.join(figure.missing)}")
        else:
            inputs.append(ledger.input_from(figure, sign=sign))
        tolerance += figure.tolerance * abs(sign)
    return Counted(inputs, tolerance, tuple(missing))


def base_of_rates(service: str, year: FinancialYear, *, ledger: Ledger) -> BaseOf[FinanceLine]:
    """What a rate on a line is a rate of.

    A reserve is held on the allocation, a movement on the recurrent baseline: of its own provider, where it names one
    that has a baseline, else of the service. What makes up the baseline has no base.
    """

    def of_service(measure: Measure) -> Figure | None:
        return ledger.get(figure_id(service, year, measure=measure))

    @cache
    def of_provider(provider: str) -> Figure | None:
        own = ledger.get(provider_figure_id(service, year, provider=provider, measure=Measure.BASELINE))
        return own if own is not None and own.inputs else None

    allocation, baseline = of_service(Measure.ALLOCATION), of_service(Measure.BASELINE)

    def base(line: FinanceLine) -> Figure | None:
        if line.step in BASELINE_STEPS:
            return None
        if line.step in RESERVE_STEPS:
            return allocation
        return baseline if line.provider is None else of_provider(line.provider)

    return base


def _add_allocation(namer: _Namer, allocations: Sequence[AllocationLine], *, ledger: Ledger) -> Figure | None:
    lines = [line for line in allocations if line.kind is not AllocationKind.BROUGHT_FORWARD]
    if not lines:
        return None
    parts = counted(lines, namer.year, base=no_base, ledger=ledger)
    return ledger.add_sum(namer.draft(Measure.ALLOCATION, "notified allocation plus adjustments to it", parts=parts))


def _add_brought_forward(
    namer: _Namer, allocations: Sequence[AllocationLine], *, ledger: Ledger, first: bool
) -> Figure | None:
    """The opening balance as entered; later, the closing balance of the year before as far as the rule carries it.

    In the first year a blank is unknown; in a later one it means that the balance is not entered but derived.
    """
    lines = [
        line
        for line in allocations
        if line.kind is AllocationKind.BROUGHT_FORWARD and (first or line.amounts.get(namer.year) is not None)
    ]
    if lines:
        parts = counted(lines, namer.year, base=no_base, ledger=ledger)
        return ledger.add_sum(namer.draft(Measure.BROUGHT_FORWARD, "balance brought forward, as entered", parts=parts))
    before = None if first else ledger.get(namer.id(Measure.CUMULATIVE, namer.year.previous))
    if before is None:
        return None
    rule = namer.service.carry_forward.get(namer.year, CarryRule.BOTH)
    carried = before.value is None or carries(rule, positive=before.value >= 0)
    formula = f"cumulative position of {namer.year.previous}, of which the rule carries {_CARRIES[rule]}"
    return ledger.add_sum(
        namer.draft(Measure.BROUGHT_FORWARD, formula, parts=combined([(before, int(carried))], ledger))
    )


_CARRIES = {
    CarryRule.SURPLUS: "a surplus only",
    CarryRule.DEFICIT: "a deficit only",
    CarryRule.BOTH: "surplus and deficit",
    CarryRule.NEITHER: "neither surplus nor deficit",
}


def carries(rule: CarryRule, *, positive: bool) -> bool:
    """Whether a rule carries a balance: a surplus (``positive``) or a deficit."""
    return rule is CarryRule.BOTH or rule is (CarryRule.SURPLUS if positive else CarryRule.DEFICIT)


def _add_spend(namer: _Namer, lines: ServiceLines, *, ledger: Ledger) -> Figure | None:
    by_step = lines.by_step
    if not by_step:
        return None
    outturn = _add_outturn(namer, by_step.get(BridgeStep.OUTTURN, []), ledger=ledger)
    effects = [
        _add_step(namer, step, lines=by_step[step], ledger=ledger)
        for step in BASELINE_STEPS
        if step is not BridgeStep.OUTTURN and step in by_step
    ]
    parts = combined([(outturn, 1), *((effect, 1) for effect in effects)], ledger)
    baseline = ledger.add_sum(
        namer.draft(Measure.BASELINE, "outturn plus part-year, full-year and non-recurrent effects", parts=parts)
    )
    for provider, own in lines.by_provider.items():
        _add_provider(namer, provider, by_step=own, ledger=ledger)
    movements = [
        _add_step(namer, step, lines=by_step[step], ledger=ledger) for step in MOVEMENT_STEPS if step in by_step
    ]
    parts = combined([(baseline, 1), *((movement, 1) for movement in movements)], ledger)
    return ledger.add_sum(namer.draft(Measure.TOTAL, "recurrent baseline plus every movement", parts=parts))


def _add_outturn(namer: _Namer, lines: Sequence[FinanceLine], *, ledger: Ledger) -> Figure | None:
    """The outturn as entered, or, where a later year leaves it blank, the planned spend of the year before."""
    before = ledger.get(namer.id(Measure.TOTAL, namer.year.previous))
    if before is not None and all(line.amounts.get(namer.year) is None for line in lines):
        parts = combined([(before, 1)], ledger)
        return ledger.add_sum(namer.draft(BridgeStep.OUTTURN, f"planned spend of {namer.year.previous}", parts=parts))
    return _add_step(namer, BridgeStep.OUTTURN, lines=lines, ledger=ledger) if lines else None


def _add_step(namer: _Namer, step: BridgeStep, *, lines: Sequence[FinanceLine], ledger: Ledger) -> Figure:
    base = base_of_rates(namer.service.id, namer.year, ledger=ledger)
    parts = counted(lines, namer.year, base=base, ledger=ledger)
    return ledger.add_sum(namer.draft(step, f"the plan's lines for {WORDS[step]}", parts=parts))


def _add_position(
    namer: _Namer, *, allocation: Figure, brought_forward: Figure | None, total: Figure | None, ledger: Ledger
) -> None:
    parts = combined([(allocation, 1), (brought_forward, 1)], ledger)
    resources = ledger.add_sum(namer.draft(Measure.RESOURCES, "allocation plus balance brought forward", parts=parts))
    if total is None:
        return
    parts = combined([(allocation, 1), (total, -1)], ledger)
    ledger.add_sum(namer.draft(Measure.IN_YEAR, "allocation less planned spend", parts=parts))
    parts = combined([(resources, 1), (total, -1)], ledger)
    ledger.add_sum(namer.draft(Measure.CUMULATIVE, "total resources less planned spend", parts=parts))


def _add_provider(namer: _Namer, provider: str, *, by_step: LinesOfStep, ledger: Ledger) -> None:
    """One row of a provider-level framework: its steps, recurrent baseline and budget."""
    year, name = namer.year, namer.service.name

    def draft(measure: str, formula: str, *, parts: Counted) -> Draft:
        return Draft(
            id=provider_figure_id(namer.service.id, year, provider=provider, measure=measure),
            label=f"{name}, {provider}, {WORDS[measure]}, {year}",
            unit=namer.unit,
            formula=formula,
            inputs=parts.inputs,
            tolerance=parts.tolerance,
            missing=parts.missing,
        )

    def step(which: BridgeStep) -> Figure:
        base = base_of_rates(namer.service.id, year, ledger=ledger)
        parts = counted(by_step[which], year, base=base, ledger=ledger)
        return ledger.add_sum(draft(which, f"the plan's lines for {WORDS[which]}", parts=parts))

    before = ledger.get(provider_figure_id(namer.service.id, year.previous, provider=provider, measure=Measure.TOTAL))
    starts_from_plan = before is not None and all(
        line.amounts.get(year) is None for line in by_step.get(BridgeStep.OUTTURN, ())
    )
    steps = [
        which for which in BASELINE_STEPS if which in by_step and not (starts_from_plan and which is BridgeStep.OUTTURN)
    ]
    effects = [(before, 1)] if starts_from_plan else []
    effects += [(step(which), 1) for which in steps]
    baseline = ledger.add_sum(
        draft(Measure.BASELINE, "outturn plus full-year and non-recurrent effects", parts=combined(effects, ledger))
    )
    movements = [(step(which), 1) for which in MOVEMENT_STEPS if which in by_step]
    ledger.add_sum(
        draft(
            Measure.TOTAL, "recurrent baseline plus every movement", parts=combined([(baseline, 1), *movements], ledger)
        )
    )
