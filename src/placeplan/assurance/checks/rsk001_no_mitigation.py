"""RSK001: a risk has no mitigation."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each risk without it, or all of them at once."""
    rows = case.plan.risks
    lacking = [row for row in rows if not row.mitigation]
    yield from missing_values(
        CHECK, rows, lacking=lacking, column="mitigation", name_of=lambda row: str(row.risk), noun="risk"
    )


CHECK = Check(
    code="RSK001",
    title="A risk has no mitigation",
    message="{what} mitigation",
    severity=Severity.ERROR,
    why="A risk that nothing is done about is not managed but recorded.",
    mend="Say what is done about it, by whom; or that it is accepted, and by whom.",
    references=("NHS risk registers: a risk has a description, cause, mitigation, owner, score and review date",),
    find=find,
)
