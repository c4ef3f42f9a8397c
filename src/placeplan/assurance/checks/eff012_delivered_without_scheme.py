"""EFF012: a saving is reported of a scheme that the plan does not have."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import nearest


def find(case: Case) -> Iterator[Finding]:
    """Each scheme and service that is reported and not planned, at its first row."""
    planned = {(scheme.scheme, scheme.service) for scheme in case.plan.schemes}
    rows = {(row.scheme, row.service): row for row in reversed(case.plan.deliveries)}
    for row in sorted(rows.values(), key=lambda each: each.place.line or 0):
        if (row.scheme, row.service) not in planned:
            of_service = [scheme for scheme, service in planned if service == row.service]
            yield CHECK.finding(
                subject=f"{row.scheme} {row.service}",
                location=row.place.at("scheme"),
                facts={"scheme": row.scheme, "service": case.plan.header.service(row.service).name},
                suggestion=nearest(row.scheme, sorted(of_service)),
            )


CHECK = Check(
    code="EFF012",
    title="A saving is reported of a scheme that is not in the plan",
    message="{service}: savings are reported of {scheme}, and no such scheme is planned; they are counted nowhere",
    severity=Severity.ERROR,
    why="What was saved cannot be held against anything, and no total counts it.",
    mend="Correct the short name or the service, or enter the scheme in finance/efficiency.csv.",
    references=("Placeplan's design: derived figures rest on rows that are there",),
    find=find,
)
