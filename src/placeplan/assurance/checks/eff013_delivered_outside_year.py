"""EFF013: a saving is reported of a month in which the scheme is not planned."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import listed


def find(case: Case) -> Iterator[Finding]:
    """Each row whose financial year is none of those that its scheme is entered for."""
    years: dict[tuple[str, str], list[str]] = {}
    for scheme in case.plan.schemes:
        years.setdefault((scheme.scheme, scheme.service), []).append(str(scheme.year))
    for row in case.plan.deliveries:
        planned = years.get((row.scheme, row.service), [])
        if planned and str(row.month.financial_year) not in planned:
            yield CHECK.finding(
                subject=f"{row.scheme} {row.service} {row.month}",
                location=row.place.at("month"),
                facts={
                    "scheme": row.scheme,
                    "month": row.month,
                    "year": row.month.financial_year,
                    "planned": listed(sorted(planned)),
                },
            )


CHECK = Check(
    code="EFF013",
    title="A saving is reported outside the year of its scheme",
    message="{scheme}: {month} lies in {year}, and the scheme is planned for {planned}; the month is counted nowhere",
    severity=Severity.ERROR,
    why="A saving of another year is held against no plan; a scheme that goes on has a row for each year.",
    mend="Correct the month, or enter the scheme for that year in finance/efficiency.csv.",
    references=("Placeplan's design: derived figures rest on rows that are there",),
    find=find,
)
