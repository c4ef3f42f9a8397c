"""GOV007: a group or a line of reporting ends before it begins."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.plan.governance_tables import Group, ReportingLine


def find(case: Case) -> Iterator[Finding]:
    """Each group and each line whose last day comes before its first."""
    for row, subject, what in _dated(case):
        if row.starts is not None and row.ends is not None and row.ends < row.starts:
            yield CHECK.finding(
                subject=subject,
                location=row.place.at("ends"),
                facts={"what": what, "starts": row.starts, "ends": row.ends},
            )


def _dated(case: Case) -> Iterator[tuple[Group | ReportingLine, str, str]]:
    """Everything that has days, with its stable name and what it is called."""
    titles = {row.group: row.title for row in case.plan.groups}
    for group in case.plan.groups:
        yield group, group.group, group.title
    for line in case.plan.reporting_lines:
        who, whom = titles.get(line.group, line.group), titles.get(line.to, line.to)
        yield line, f"{line.group} {line.to}", f"the line from {who} to {whom}"


CHECK = Check(
    code="GOV007",
    title="A group or a line of reporting ends before it begins",
    message="{what} begins on {starts} and ends on {ends}",
    severity=Severity.ERROR,
    why="It never was there, and every question about a day leaves it out.",
    mend="Correct one of the two days.",
    references=("Placeplan's own rule: a last day does not come before the first",),
    find=find,
)
