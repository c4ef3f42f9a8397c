"""FIN008: services together miss the position that they must reach."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.outlook import collective_id
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each collective target that is missed by more than rounding."""
    for row in case.plan.collective_targets:
        joint = known_figure(case, collective_id(row))
        if joint is None:
            continue
        short = row.at_least.value - value_of(joint)
        if short > row.at_least.tolerance + joint.tolerance:
            yield CHECK.finding(
                subject=joint.id,
                location=row.place.at("at_least"),
                facts={
                    "target": row.title,
                    "year": row.year,
                    "joint": worded(joint.value, joint.unit),
                    "least": worded(row.at_least.value, joint.unit),
                    "short": worded(short, joint.unit),
                },
                figures=(joint.id,),
            )


CHECK = Check(
    code="FIN008",
    title="A collective target is missed",
    message="{target}, {year}: the services reach {joint} together where {least} is asked for; {short} is missing",
    severity=Severity.ERROR,
    why=(
        "Where a place is given one target for several services, a surplus in one has to pay for the deficit in "
        "another."
    ),
    mend="Find the difference in one of the services, or agree another target.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, para 154",),
    find=find,
)
