"""RSK003: a risk has no owner."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each risk without it, or all of them at once."""
    rows = case.plan.risks
    lacking = [row for row in rows if not row.owner]
    yield from missing_values(
        CHECK, rows, lacking=lacking, column="owner", name_of=lambda row: str(row.risk), noun="risk"
    )


CHECK = Check(
    code="RSK003",
    title="A risk has no owner",
    message="{what} owner",
    severity=Severity.WARNING,
    why="Nobody acts on a risk that nobody answers for.",
    mend="Name the person or post that answers for the risk.",
    references=("NHS risk registers: a risk has a description, cause, mitigation, owner, score and review date",),
    find=find,
)
