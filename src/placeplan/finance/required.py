"""What the business rules of a round ask of each service and year, and the savings that they imply.

The savings requirement is the least saving that leaves the required surplus when contingency and non-recurrent spend
are planned in full. All rules are percentages of money received, which the saving does not change, so the answer is a
sum.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal

from placeplan.finance.amounts import Counted, counted
from placeplan.finance.bridge import combined
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import RESERVE_STEPS, WORDS, Measure, figure_id
from placeplan.finance.service_lines import ServiceLines
from placeplan.kernel.figures import ZERO, Figure, FigureReference, Input
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.cells import PER_CENT
from placeplan.plan.header import Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import BridgeStep, FinanceLine
from placeplan.rounds.money_rules import Base, BusinessRule, RuleKind
from placeplan.rounds.planning_round import PlanningRound

REQUIRED = {
    RuleKind.SURPLUS: Measure.SURPLUS_REQUIRED,
    RuleKind.CONTINGENCY: Measure.CONTINGENCY_REQUIRED,
    RuleKind.HEADROOM: Measure.HEADROOM_REQUIRED,
}
_BASES = {Base.ALLOCATION: Measure.ALLOCATION, Base.RESOURCE_LIMIT: Measure.RESOURCES}


def add_required(
    plan: Plan, planning_round: PlanningRound, *, ledger: Ledger, lines: Mapping[str, ServiceLines]
) -> None:
    """Add what the rules require of every service and year with a bridge."""
    for service in plan.header.services:
        for year in plan.header.years:
            total = ledger.get(figure_id(service.id, year, measure=Measure.TOTAL))
            resources = ledger.get(figure_id(service.id, year, measure=Measure.RESOURCES))
            if total is None or resources is None:
                continue
            rules = rules_of(plan, planning_round, service=service, year=year)
            for rule in rules:
                _add_required(plan, service, rule=rule, year=year, ledger=ledger)
            _add_non_recurrent(plan, service, lines=lines[service.id].non_recurrent, year=year, ledger=ledger)
            _add_savings(plan, service, year=year, ledger=ledger)


def rules_of(
    plan: Plan, planning_round: PlanningRound, *, service: Service, year: FinancialYear
) -> tuple[BusinessRule, ...]:
    """The business rules of the round for a service of a plan in a year."""
    return planning_round.rules_for(organisation_type=plan.header.organisation.type, service=service.rules, year=year)


def _draft(
    plan: Plan, service: Service, *, year: FinancialYear, measure: Measure, formula: str, counted: Counted
) -> Draft:
    return Draft(
        id=figure_id(service.id, year, measure=measure),
        label=f"{service.name}, {WORDS[measure]}, {year}",
        unit=str(plan.header.money),
        formula=formula,
        inputs=counted.inputs,
        tolerance=counted.tolerance,
        missing=counted.missing,
    )


def _add_required(plan: Plan, service: Service, *, rule: BusinessRule, year: FinancialYear, ledger: Ledger) -> None:
    measure, base_measure = REQUIRED.get(rule.kind), _BASES.get(rule.base)
    base = ledger.get(figure_id(service.id, year, measure=base_measure)) if base_measure else None
    if measure is None or base is None or base.value is None:
        return
    inputs = [
        Input(f"{rule.percent}% rule: {rule.of}", rule.percent, rule.rule_reference()),
        Input(base.label, base.value, FigureReference(base.id)),
    ]
    counted = Counted(inputs, base.tolerance * rule.percent / PER_CENT, ())
    draft = _draft(
        plan, service, year=year, measure=measure, formula=f"{rule.percent}% of {base.label}", counted=counted
    )
    ledger.add_value(_valued(draft, rule.required(base.value)))


def _valued(draft: Draft, value: Decimal) -> Draft:
    return Draft(
        id=draft.id,
        label=draft.label,
        unit=draft.unit,
        formula=draft.formula,
        inputs=draft.inputs,
        tolerance=draft.tolerance,
        value=value,
    )


def _add_non_recurrent(
    plan: Plan, service: Service, *, lines: Sequence[FinanceLine], year: FinancialYear, ledger: Ledger
) -> None:
    """Non-recurrent spend in the plan: the lines marked so, reserves and headroom included; never the outturn."""
    chosen = [line for line in lines if line.amounts.get(year) is not None]
    counted = amounts_of(chosen, service=service, year=year, ledger=ledger)
    measure, formula = Measure.NON_RECURRENT_SPEND, "sum of the lines that are marked non-recurrent"
    ledger.add_sum(_draft(plan, service, year=year, measure=measure, formula=formula, counted=counted))


def amounts_of(lines: Sequence[FinanceLine], *, service: Service, year: FinancialYear, ledger: Ledger) -> Counted:
    """The lines of a service and year as inputs, each rate on its own base."""
    on_allocation = [line for line in lines if line.step in RESERVE_STEPS]
    on_baseline = [line for line in lines if line.step not in RESERVE_STEPS]
    groups = ((on_baseline, Measure.BASELINE), (on_allocation, Measure.ALLOCATION))
    parts = [
        counted(group, year, base=ledger.get(figure_id(service.id, year, measure=base)), ledger=ledger)
        for group, base in groups
    ]
    inputs = [given for each in parts for given in each.inputs]
    return Counted(
        inputs, sum((each.tolerance for each in parts), ZERO), tuple(name for each in parts for name in each.missing)
    )


def _add_savings(plan: Plan, service: Service, *, year: FinancialYear, ledger: Ledger) -> None:
    def of(measure: str) -> Figure | None:
        return ledger.get(figure_id(service.id, year, measure=measure))

    parts = combined(
        [(of(Measure.TOTAL), 1), (of(BridgeStep.EFFICIENCY_SCHEME), -1), (of(Measure.RESOURCES), -1)], ledger
    )
    formula = "planned spend before efficiency schemes, less total resources"
    draft = _draft(plan, service, year=year, measure=Measure.SAVINGS_TO_BALANCE, formula=formula, counted=parts)
    to_balance = ledger.add_sum(draft)
    parts = combined([(to_balance, 1), (of(Measure.SURPLUS_REQUIRED), 1)], ledger)
    pairs = (
        (of(Measure.CONTINGENCY_REQUIRED), of(BridgeStep.CONTINGENCY)),
        (of(Measure.HEADROOM_REQUIRED), of(Measure.NON_RECURRENT_SPEND)),
    )
    short = [shortfall for required, planned in pairs for shortfall in _shortfall(required, planned)]
    counted = Counted([*parts.inputs, *short], parts.tolerance, parts.missing)
    formula = "savings to balance, plus required surplus, plus what contingency and non-recurrent spend are short"
    ledger.add_sum(
        _draft(plan, service, year=year, measure=Measure.SAVINGS_REQUIREMENT, formula=formula, counted=counted)
    )


def _shortfall(required: Figure | None, planned: Figure | None) -> list[Input]:
    if required is None or required.value is None:
        return []
    held = ZERO if planned is None or planned.value is None else planned.value
    gap = max(ZERO, required.value - held)
    return [Input(f"{required.label}, less {held:,} planned", required.value, FigureReference(required.id), gap)]
