"""PLN004: a service has no allocation while the plan has money."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import has_finance
from placeplan.plan.tables import AllocationKind


def find(case: Case) -> Iterator[Finding]:
    """Each service that receives no money, in a plan that has any finance lines."""
    funded = {line.service for line in case.plan.allocations if line.kind is not AllocationKind.BROUGHT_FORWARD}
    for number, service in enumerate(case.plan.header.services):
        if has_finance(case.plan) and service.id not in funded:
            yield CHECK.finding(
                subject=service.id, location=case.plan.where("services", number), facts={"service": service.name}
            )


CHECK = Check(
    code="PLN004",
    title="A service has no allocation",
    message="{service} has no allocation in finance/allocations.csv, so that its position cannot be derived",
    severity=Severity.WARNING,
    why="Spend without the money that pays for it cannot be called affordable, and no business rule can be tested.",
    mend="Add the notified allocation of the service, with any adjustments.",
    references=("NHS England, CCG financial planning template 2014/15: revenue resource limit",),
    find=find,
)
