"""FIN010: an allocation lies further from its target than the round allows."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.measures import Measure, figure_id
from placeplan.finance.required import rules_of
from placeplan.kernel.wording import worded
from placeplan.plan.tables import TargetAllocation
from placeplan.rounds.money_rules import BusinessRule, RuleKind, Sense


def find(case: Case) -> Iterator[Finding]:
    """Each row of the target allocations beyond the limit."""
    for row in case.plan.targets:
        service = case.plan.header.service(row.service)
        for rule in rules_of(case.plan, case.round, service=service, year=row.year):
            if rule.kind is RuleKind.DISTANCE_FROM_TARGET:
                yield from _beyond(case, row, rule=rule)


def _beyond(case: Case, row: TargetAllocation, *, rule: BusinessRule) -> Iterator[Finding]:
    distance = known_figure(case, figure_id(row.service, row.year, measure=Measure.DISTANCE_PERCENT))
    if distance is None:
        return
    gap = value_of(distance) - rule.percent
    if (gap if rule.sense is Sense.MAXIMUM else -gap) > distance.tolerance:
        yield CHECK.finding(
            subject=distance.id,
            location=row.place.at("actual"),
            facts={
                "service": case.plan.header.service(row.service).name,
                "year": row.year,
                "distance": worded(distance.value, distance.unit),
                "limit": worded(rule.percent, distance.unit),
                "sense": "least" if rule.sense is Sense.MINIMUM else "most",
            },
            figures=(distance.id,),
            leans_on=unconfirmed([rule]),
        )


CHECK = Check(
    code="FIN010",
    title="An allocation lies further from target than the round allows",
    message=(
        "{service}, {year}: the allocation is {distance} from its target, where {limit} is the {sense} that the round"
        " allows"
    ),
    severity=Severity.WARNING,
    why=(
        "A round says how far from its fair share no place may be left. Beyond that, either a number is wrong or "
        "money is owed."
    ),
    mend="Check actual and target against the published allocations; if they are right, raise it with the region.",
    references=("CCG allocations 2016/17 to 2020/21, quoting NHS England",),
    find=find,
)
