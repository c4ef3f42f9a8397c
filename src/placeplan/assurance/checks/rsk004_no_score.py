"""RSK004: a risk has no score."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each risk without it, or all of them at once."""
    rows = case.plan.risks
    lacking = [row for row in rows if row.likelihood is None or row.impact is None]
    yield from missing_values(
        CHECK, rows, lacking=lacking, column="likelihood", name_of=lambda row: str(row.risk), noun="risk"
    )


CHECK = Check(
    code="RSK004",
    title="A risk has no score",
    message="{what} score (likelihood and impact)",
    severity=Severity.WARNING,
    why="Without likelihood and impact nobody can say which risk comes first, or whether it has grown.",
    mend="Score likelihood and impact from 1 to 5.",
    references=("NHS risk registers: a risk has a description, cause, mitigation, owner, score and review date",),
    find=find,
)
