"""FIN014: planned savings are less than the cost reduction that the round asks for."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.reading_plans import ServiceYear, known_figure, place_of_step, service_years, value_of
from placeplan.finance.measures import Measure
from placeplan.finance.required import rules_of
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BridgeStep
from placeplan.rounds.money_rules import Base, BusinessRule, RuleKind

SAVINGS = (BridgeStep.EFFICIENCY_SCHEME, BridgeStep.PROVIDER_EFFICIENCY)


def find(case: Case) -> Iterator[Finding]:
    """Each service and year whose efficiency steps fall short of the rule, taken of the recurrent baseline."""
    for at in service_years(case.plan):
        for rule in rules_of(case.plan, case.round, service=at.service, year=at.year):
            if rule.kind is RuleKind.COST_REDUCTION and rule.base is Base.COST_BASE:
                yield from _short(case, at, rule=rule)


def _short(case: Case, at: ServiceYear, *, rule: BusinessRule) -> Iterator[Finding]:
    baseline = known_figure(case, at.id(Measure.BASELINE))
    if baseline is None or any(
        at.id(step) in case.figures and known_figure(case, at.id(step)) is None for step in SAVINGS
    ):
        return
    required = rule.required(value_of(baseline))
    planned = -sum((value_of(known_figure(case, at.id(step))) for step in SAVINGS), Decimal(0))
    if required - planned > baseline.tolerance:
        yield CHECK.finding(
            subject=at.id(BridgeStep.EFFICIENCY_SCHEME),
            location=place_of_step(case, at, step=BridgeStep.EFFICIENCY_SCHEME),
            facts={
                "at": at.words,
                "planned": worded(planned, baseline.unit),
                "required": worded(required, baseline.unit),
                "percent": rule.percent,
                "of": rule.of,
            },
            figures=(baseline.id, *(at.id(step) for step in SAVINGS if at.id(step) in case.figures)),
            leans_on=unconfirmed([rule]),
        )


CHECK = Check(
    code="FIN014",
    title="Planned savings are less than the cost reduction that the round asks for",
    message="{at}: savings of {planned} are planned where the round asks for {required} ({percent}% of {of})",
    severity=Severity.ERROR,
    why="The round's money is worked out as if the reduction had been made; a plan without it starts with a gap.",
    mend="Plan further schemes, or say in a waiver what was agreed instead.",
    references=("NHS England, 2025/26 priorities and operational planning guidance",),
    find=find,
)
