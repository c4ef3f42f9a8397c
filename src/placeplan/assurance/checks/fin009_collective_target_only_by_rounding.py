"""FIN009: a collective target is met only because numbers are rounded."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.outlook import collective_id
from placeplan.kernel.figures import ZERO
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each collective target that is missed by no more than rounding."""
    for row in case.plan.collective_targets:
        joint = known_figure(case, collective_id(row))
        if joint is None:
            continue
        if ZERO < row.at_least.value - value_of(joint) <= row.at_least.tolerance + joint.tolerance:
            yield CHECK.finding(
                subject=joint.id,
                location=row.place.at("at_least"),
                facts={
                    "target": row.title,
                    "year": row.year,
                    "joint": worded(joint.value, joint.unit),
                    "least": worded(row.at_least.value, joint.unit),
                },
                figures=(joint.id,),
            )


CHECK = Check(
    code="FIN009",
    title="A collective target is met only within rounding",
    message=(
        "{target}, {year}: the services reach {joint} together where {least} is asked for; only rounding makes that "
        "enough"
    ),
    severity=Severity.WARNING,
    why="A target that is met to the last digit leaves nothing for anything that goes wrong.",
    mend="Say that the target is met within rounding, and where a margin would come from.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, para 154",),
    find=find,
)
