"""FIN001: the planned cumulative position is below the surplus that the round asks of the service."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import ServiceYear, known_figure, place_of_position, service_years, value_of
from placeplan.finance.measures import Measure
from placeplan.finance.outlook import collective_id
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each service and year that falls short by more than rounding."""
    for at in service_years(case.plan):
        required = known_figure(case, at.id(Measure.SURPLUS_REQUIRED))
        planned = known_figure(case, at.id(Measure.CUMULATIVE))
        if required is None or planned is None:
            continue
        short = value_of(required) - value_of(planned)
        if short > required.tolerance + planned.tolerance:
            yield CHECK.finding(
                subject=planned.id,
                location=place_of_position(case, at),
                facts={
                    "at": at.words,
                    "planned": worded(planned.value, planned.unit),
                    "required": worded(required.value, required.unit),
                    "short": worded(short, planned.unit),
                    "rule": required.formula,
                },
                suggestion=_collective(case, at),
                figures=(planned.id, required.id),
            )


def _collective(case: Case, at: ServiceYear) -> str:
    """That the service is also held to a target together with others, and how that stands."""
    for row in case.plan.collective_targets:
        joint = known_figure(case, collective_id(row))
        if at.service.id in row.services and row.year == at.year and joint is not None:
            least = worded(row.at_least.value, joint.unit)
            return (
                f"With others it is held to {least} ({row.title}), where {worded(joint.value, joint.unit)} is planned."
            )
    return ""


CHECK = Check(
    code="FIN001",
    title="The planned surplus is below the rule of the round",
    message=(
        "{at}: a cumulative position of {planned} is planned where the rule asks for {required} ({rule}); {short} is "
        "missing"
    ),
    severity=Severity.ERROR,
    why=(
        "A round asks each commissioner for a surplus so that one place's deficit does not become another's. The "
        "surplus of the 2014 "
        "rules is cumulative: it includes the balance brought forward."
    ),
    mend="Find the savings that `savings-requirement` names, or show the agreed exemption as a waiver.",
    references=(
        "Everyone Counts 2014/15, business rules (Table 1 of the Leicestershire and Lincolnshire plan 2014-16)",
        "NHS England (Kent and Medway) operational plan 2014-16, para 154",
    ),
    find=find,
)
