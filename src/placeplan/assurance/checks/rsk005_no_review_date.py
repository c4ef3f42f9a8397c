"""RSK005: a risk has no review date."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each risk without it, or all of them at once."""
    rows = case.plan.risks
    lacking = [row for row in rows if row.review is None]
    yield from missing_values(
        CHECK, rows, lacking=lacking, column="review", name_of=lambda row: str(row.risk), noun="risk"
    )


CHECK = Check(
    code="RSK005",
    title="A risk has no review date",
    message="{what} review date",
    severity=Severity.WARNING,
    why="Risks change. One without a date is looked at when it has already happened.",
    mend="Enter the day of the next review.",
    references=("NHS risk registers: a risk has a description, cause, mitigation, owner, score and review date",),
    find=find,
)
