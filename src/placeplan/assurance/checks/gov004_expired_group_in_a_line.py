"""GOV004: a group that has expired still stands in a line of reporting."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.governed import governance_of


def find(case: Case) -> Iterator[Finding]:
    """Each line in force on the day of the check that begins or ends at an expired group."""
    governance = governance_of(case)
    for line, group in governance.of_the_expired:
        yield CHECK.finding(
            subject=f"{line.group} {line.to}",
            location=line.place.at("group" if group.group == line.group else "to"),
            facts={
                "who": governance.title(line.group),
                "whom": governance.title(line.to),
                "how": line.line.replace("-", " "),
                "group": group.title,
                "ended": group.ends,
                "day": case.as_at,
            },
        )


CHECK = Check(
    code="GOV004",
    title="An expired group still stands in a line of reporting",
    message="{who} {how} {whom} on {day}, and {group} ended on {ended}",
    severity=Severity.WARNING,
    why="What is reported to a group that has ended is heard by nobody, and what it was to report is not reported.",
    mend="Give the line a last day and say who takes its place, or let the group go on until another day.",
    references=("NHS West Kent CCG, Local Care Plan 2017, section 16: sub-groups with a fixed life",),
    find=find,
)
