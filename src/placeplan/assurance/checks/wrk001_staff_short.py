"""WRK001: interventions need more staff than are in post."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each role that is short in any year, in the year in which it is shortest."""
    for role in dict.fromkeys(row.role for row in case.plan.care_staff):
        start = f"capacity.staff.{role}"
        known = [(known_figure(case, f"{start}.{year}.gap"), year) for year in case.plan.header.years]
        gaps = [(value_of(figure), year) for figure, year in known if figure is not None]
        if not gaps or min(gaps)[0] >= 0:
            continue
        gap, year = min(gaps)
        needed, there = known_figure(case, f"{start}.{year}.needed"), known_figure(case, f"{start}.in-post")
        first = next(row for row in case.plan.care_staff if row.role == role)
        yield CHECK.finding(
            subject=f"{start}.{year}.gap",
            location=first.place.at("in_post"),
            facts={
                "role": role.replace("-", " "),
                "year": year,
                "needed": worded(value_of(needed), "FTE"),
                "there": worded(value_of(there), "FTE"),
                "short": worded(-gap, "FTE"),
            },
            figures=(f"{start}.{year}.gap",),
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
