"""GOV001: a line of reporting leads to a group that the plan has not."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each line, whenever it holds, to a short name that no group has."""
    known = {row.group: row.title for row in case.plan.groups}
    for line in case.plan.reporting_lines:
        if line.to not in known:
            yield CHECK.finding(
                subject=f"{line.group} {line.to}",
                location=line.place.at("to"),
                facts={"who": known.get(line.group, line.group), "whom": line.to, "how": line.line.replace("-", " ")},
            )


CHECK = Check(
    code="GOV001",
    title="A line of reporting leads to a group that the plan has not",
    message="{who} {how} {whom}, and there is no group of that name",
    severity=Severity.ERROR,
    why="A group that reports to nobody known answers to nobody, whatever its terms say.",
    mend="Add the group to registers/groups.csv, or write the short name of the one that is meant.",
    references=("Placeplan's own rule: the ends of a line are groups of the plan",),
    find=find,
)
