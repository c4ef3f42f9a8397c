"""Headroom given to investments: a balance that runs down the rows, what is left, and what transformation must get.

Headroom is what the bridge sets aside in lines of that step; where it has none, what the rule of the round asks to be
spent once. Investments take from it in the order of the file, so that it is plain which one went beyond it.
"""

from placeplan.finance.bridge import combined
from placeplan.finance.claims import add_counted
from placeplan.finance.investments import INVESTMENT_WORDS, InvestmentMeasure, investment_id, investments_id
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import Measure, figure_id
from placeplan.finance.required import rule_asks, rules_of
from placeplan.kernel.figures import Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.funding_tables import Funding, Investment
from placeplan.plan.header import Service
from placeplan.plan.model import Plan
from placeplan.plan.tables import BridgeStep
from placeplan.rounds.money_rules import RuleKind
from placeplan.rounds.planning_round import PlanningRound


def balance_id(row: Investment, year: FinancialYear) -> str:
    """Identifier of the headroom that is left after an investment: ``investments.a.2014-15.balance.new-scanner``."""
    return f"investments.{row.service}.{year}.balance.{row.investment}"


def from_headroom(plan: Plan, service: str) -> tuple[Investment, ...]:
    """The investments of a service that take from headroom, in the order in which they do."""
    return tuple(
        row for row in plan.investments if row.service == service and row.funding is Funding.HEADROOM and row.counts
    )


def add_headroom(plan: Plan, planning_round: PlanningRound, *, ledger: Ledger) -> None:
    """Add headroom, its running balance, and what the rules ask for transformation, of services with investments."""
    with_rows = {row.service for row in plan.investments}
    for service in plan.header.services:
        for year in plan.header.years if service.id in with_rows else ():
            headroom = _add_headroom(plan, service, year=year, ledger=ledger)
            if headroom is not None:
                _add_balances(plan, service, year=year, headroom=headroom, ledger=ledger)
            _add_transformation(plan, planning_round, service=service, year=year, ledger=ledger)


def _label(service: Service, year: FinancialYear, *, measure: InvestmentMeasure) -> str:
    return f"{service.name}, {INVESTMENT_WORDS[measure]}, {year}"


def _add_headroom(plan: Plan, service: Service, *, year: FinancialYear, ledger: Ledger) -> Figure | None:
    """What there is to give; nothing where neither the bridge nor a rule speaks of headroom and no row takes any."""
    in_bridge = ledger.get(figure_id(service.id, year, measure=BridgeStep.HEADROOM))
    required = ledger.get(figure_id(service.id, year, measure=Measure.HEADROOM_REQUIRED))
    given = in_bridge or required
    if given is None and not from_headroom(plan, service.id):
        return None
    formula = NO_HEADROOM
    if given is not None:
        formula = "headroom in the bridge" if in_bridge else "non-recurrent spend that the rules require"
    measure = InvestmentMeasure.HEADROOM
    return add_counted(
        ledger,
        investments_id(service.id, year, measure=measure),
        label=_label(service, year, measure=measure),
        formula=formula,
        parts=combined([(given, 1)], ledger),
    )


NO_HEADROOM = "neither the bridge nor a rule of the round sets any aside"


def _add_balances(plan: Plan, service: Service, *, year: FinancialYear, headroom: Figure, ledger: Ledger) -> None:
    left = headroom
    for row in from_headroom(plan, service.id):
        left = add_counted(
            ledger,
            balance_id(row, year),
            label=f"{service.name}, headroom left after {row.title}, {year}",
            formula="what was left before, less the investment",
            parts=combined([(left, 1), (ledger[investment_id(row, year)], -1)], ledger),
        )
    measure = InvestmentMeasure.UNCOMMITTED
    taken = ledger.get(investments_id(service.id, year, measure=InvestmentMeasure.FROM_HEADROOM))
    add_counted(
        ledger,
        investments_id(service.id, year, measure=measure),
        label=_label(service, year, measure=measure),
        formula="headroom less the investments paid from it",
        parts=combined([(headroom, 1), (taken, -1)], ledger),
    )


def _add_transformation(
    plan: Plan, planning_round: PlanningRound, *, service: Service, year: FinancialYear, ledger: Ledger
) -> None:
    rules = rules_of(plan, planning_round, service=service, year=year)
    rule = next((each for each in rules if each.kind is RuleKind.TRANSFORMATION), None)
    asked = rule_asks(rule, service=service.id, year=year, ledger=ledger) if rule else None
    if asked is None:
        return
    measure = InvestmentMeasure.TRANSFORMATION_REQUIRED
    draft = Draft(
        id=investments_id(service.id, year, measure=measure),
        label=_label(service, year, measure=measure),
        unit=ledger.unit,
        formula=asked.formula,
        inputs=asked.parts.inputs,
        tolerance=asked.parts.tolerance,
        missing=asked.parts.missing,
        value=asked.value,
    )
    ledger.add_value(draft)
