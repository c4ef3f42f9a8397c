"""FIN013: the plan is not in the balance that the round asks for."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.measures import ALL_SERVICES, Measure, figure_id
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.rounds.money_rules import ANY_SERVICE, RuleKind


def find(case: Case) -> Iterator[Finding]:
    """Each year whose in-year position over all services is below the balance rule."""
    for number, year in enumerate(case.plan.header.years):
        organisation = case.plan.header.organisation.type
        rules = case.round.rules_for(organisation_type=organisation, service=ANY_SERVICE, year=year, as_at=case.as_at)
        position = known_figure(case, figure_id(ALL_SERVICES, year, measure=Measure.IN_YEAR))
        resources = known_figure(case, figure_id(ALL_SERVICES, year, measure=Measure.RESOURCES))
        for rule in rules:
            if rule.kind is not RuleKind.BALANCE or position is None or resources is None:
                continue
            required = rule.required(value_of(resources))
            if required - value_of(position) > position.tolerance:
                yield CHECK.finding(
                    subject=position.id,
                    location=case.plan.where("years", number),
                    facts={
                        "year": year,
                        "planned": worded(position.value, position.unit),
                        "required": worded(required, position.unit),
                        "rule": f"{worded(rule.percent, PER_CENT)} of {rule.of}",
                    },
                    figures=(position.id,),
                    leans_on=unconfirmed([rule]),
                )


CHECK = Check(
    code="FIN013",
    title="The plan does not balance as the round asks",
    message=(
        "{year}: an in-year position of {planned} over all services, where the round asks for at least {required} "
        "({rule})"
    ),
    severity=Severity.ERROR,
    why=(
        "Rounds from 2024-25 on ask a body, or a system as a whole, to spend no more in a year than it receives for it."
    ),
    mend="Find the savings that are missing, or have the deficit agreed and waive the finding until a day.",
    references=("NHS Confederation, 2024/25 guidance", "Medium Term Planning Framework 2026/27 to 2028/29"),
    find=find,
)
