"""INV002: an investment that goes on is paid from headroom."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.plan.funding_tables import Funding


def find(case: Case) -> Iterator[Finding]:
    """Each investment that is marked recurrent and takes from headroom."""
    for row in case.plan.investments:
        if row.funding is Funding.HEADROOM and row.recurrent and row.counts:
            yield CHECK.finding(
                subject=row.investment,
                location=row.place.at("recurrent"),
                facts={"title": row.title},
            )


CHECK = Check(
    code="INV002",
    title="An investment that goes on is paid from headroom",
    message="{title}: it is marked recurrent and is paid from headroom, which is spent once",
    severity=Severity.ERROR,
    why="Next year the cost is still there and the money is not: headroom must be spent in a way that does not go on.",
    mend="Pay it from growth, or plan it as something that ends with the year.",
    references=(
        "Everyone Counts 2014/15, business rules: headroom is non-recurrent spend",
        "NHS England (Kent and Medway) operational plan 2014-16, para 168",
    ),
    find=find,
)
