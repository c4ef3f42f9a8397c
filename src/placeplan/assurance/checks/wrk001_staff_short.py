"""WRK001: interventions need more staff than are in post."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_care import greatest_shortage


def find(case: Case) -> Iterator[Finding]:
    """Each role that is short in any year, in the year in which it is shortest."""
    for row in {row.role: row for row in reversed(case.plan.care_staff)}.values():
        found = greatest_shortage(case, f"capacity.staff.{row.role}", there="in-post", unit="FTE")
        if found is not None:
            facts = {"role": row.role.replace("-", " "), **found._asdict()}
            del facts["figure"]
            yield CHECK.finding(
                subject=found.figure, location=row.place.at("in_post"), facts=facts, figures=(found.figure,)
            )


CHECK = Check(
    code="WRK001",
    title="Interventions need more staff than are in post",
    message="{role}, {year}: {needed} needed and {there} in post; {short} are missing",
    severity=Severity.WARNING,
    why="Care moves out of hospital only if somebody is there to give it. Without the staff the saving does not come.",
    mend="Plan to recruit or train, give the work to another role, or reach fewer people.",
    references=("Placeplan's own rule: activity, money, beds and staff agree",),
    find=find,
)
