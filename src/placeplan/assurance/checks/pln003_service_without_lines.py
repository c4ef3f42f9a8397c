"""PLN003: a service has no bridge lines while others have."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each service without a line, in a plan that has lines."""
    with_lines = {line.service for line in case.plan.lines}
    for number, service in enumerate(case.plan.header.services):
        if with_lines and service.id not in with_lines:
            yield CHECK.finding(
                subject=service.id, location=case.plan.where("services", number), facts={"service": service.name}
            )


CHECK = Check(
    code="PLN003",
    title="A service has no bridge from outturn to plan",
    message="{service} has no line in finance/lines.csv, while other services have",
    severity=Severity.WARNING,
    why="The totals over all services leave out a service without lines, and nothing on the page shows that they do.",
    mend="Add the service's outturn and movements, or take the service out of plan.yaml.",
    references=("NHS England, CCG financial planning template 2014/15: one bridge for every programme",),
    find=find,
)
