"""What the business rules of a round ask of each service and year, and the savings that they imply.

The savings requirement is the least saving that leaves the required surplus when contingency and non-recurrent spend
are planned in full. All rules are percentages of money received, which the saving does not change, so the answer is a
sum.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from placeplan.finance.amounts import Counted, counted
from placeplan.finance.bridge import base_of_rates, combined
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import WORDS, Measure, figure_id
from placeplan.finance.service_lines import ServiceLines, is_non_recurrent
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
            _add_surplus_gap(plan, service, year=year, ledger=ledger)
            _add_non_recurrent(plan, service, lines=lines[service.id], year=year, ledger=ledger)
            _add_savings(plan, service, lines=lines[service.id], year=year, ledger=ledger)


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


@dataclass(frozen=True, slots=True)
class Asked:
    """What a rule asks for: formula in words, what it is made of, and the amount (``None``: its base is not known)."""

    formula: str
    parts: Counted
    value: Decimal | None


def rule_asks(rule: BusinessRule, *, service: str, year: FinancialYear, ledger: Ledger) -> Asked | None:
    """What a rule asks of a service in a year; nothing where it is a rule on something else than money received."""
    base_measure = _BASES.get(rule.base)
    base = ledger.get(figure_id(service, year, measure=base_measure)) if base_measure else None
    if base is None:
        return None
    formula = f"{rule.percent}% of {base.label}"
    if base.value is None:
        return Asked(formula, combined([(base, 1)], ledger), None)
    inputs = [
        Input(f"{rule.percent}% rule: {rule.of}", rule.percent, rule.rule_reference()),
        Input(base.label, base.value, FigureReference(base.id)),
    ]
    parts = Counted(inputs, base.tolerance * abs(rule.percent) / PER_CENT, ())
    return Asked(formula, parts, rule.required(base.value))


def _add_required(plan: Plan, service: Service, *, rule: BusinessRule, year: FinancialYear, ledger: Ledger) -> None:
    measure = REQUIRED.get(rule.kind)
    asked = rule_asks(rule, service=service.id, year=year, ledger=ledger) if measure else None
    if measure is None or asked is None:
        return
    draft = _draft(plan, service, year=year, measure=measure, formula=asked.formula, counted=asked.parts)
    ledger.add_value(replace(draft, value=asked.value))


def _add_surplus_gap(plan: Plan, service: Service, *, year: FinancialYear, ledger: Ledger) -> None:
    position = ledger.get(figure_id(service.id, year, measure=Measure.CUMULATIVE))
    required = ledger.get(figure_id(service.id, year, measure=Measure.SURPLUS_REQUIRED))
    if position is None or required is None:
        return
    counted = combined([(position, 1), (required, -1)], ledger)
    formula = "cumulative position less required surplus"
    ledger.add_sum(_draft(plan, service, year=year, measure=Measure.SURPLUS_GAP, formula=formula, counted=counted))


def _add_non_recurrent(
    plan: Plan, service: Service, *, lines: ServiceLines, year: FinancialYear, ledger: Ledger
) -> None:
    """What is spent once: lines marked so, headroom included; not the contingency, which is a rule of its own."""
    counted = amounts_of(lines.spent_once, service=service, year=year, ledger=ledger)
    measure, formula = Measure.NON_RECURRENT_SPEND, "sum of the lines that are marked non-recurrent"
    ledger.add_sum(_draft(plan, service, year=year, measure=measure, formula=formula, counted=counted))


def amounts_of(lines: Sequence[FinanceLine], *, service: Service, year: FinancialYear, ledger: Ledger) -> Counted:
    """The lines of a service and year as inputs, each rate on its own base."""
    return counted(lines, year, base=base_of_rates(service.id, year, ledger=ledger), ledger=ledger)


def _add_savings(plan: Plan, service: Service, *, lines: ServiceLines, year: FinancialYear, ledger: Ledger) -> None:
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
    short = [_shortfall(required, planned, ledger=ledger) for required, planned in pairs]
    lacking = sum((given.share or ZERO for each in short for given in each.inputs), ZERO)
    held = _held_for_rules(lines, service, year=year, most=lacking, ledger=ledger)
    found = (parts, *short, held)
    counted = Counted(
        [given for each in found for given in each.inputs],
        sum((each.tolerance for each in found), ZERO),
        tuple(name for each in found for name in each.missing),
    )
    formula = "savings to balance, plus required surplus, plus what contingency and non-recurrent spend are short"
    ledger.add_sum(
        _draft(plan, service, year=year, measure=Measure.SAVINGS_REQUIREMENT, formula=formula, counted=counted)
    )


def _shortfall(required: Figure | None, planned: Figure | None, *, ledger: Ledger) -> Counted:
    """Required less planned, where that is more than nothing."""
    parts = combined([(required, 1), (planned, -1)], ledger)
    if required is None or parts.missing:
        return Counted([], ZERO, parts.missing if required is not None else ())
    gap = sum((given.share or ZERO for given in parts.inputs), ZERO)
    if gap > 0:
        return parts
    return Counted([given._replace(share=ZERO) for given in parts.inputs], max(ZERO, parts.tolerance + gap), ())


def _held_for_rules(
    lines: ServiceLines, service: Service, *, year: FinancialYear, most: Decimal, ledger: Ledger
) -> Counted:
    """Reserves that are held for the rules in one line stand in for what is short, and are not asked for twice."""
    reserves = [line for line in lines.by_step.get(BridgeStep.BUSINESS_RULES, ()) if not is_non_recurrent(line)]
    parts = amounts_of(reserves, service=service, year=year, ledger=ledger)
    left, inputs = most, []
    for given in parts.inputs:
        used = min(left, max(ZERO, given.share or ZERO))
        left -= used
        inputs.append(given._replace(label=f"{given.label}, held for the rules", share=-used))
    return Counted(inputs, parts.tolerance if inputs and most else ZERO, parts.missing)
