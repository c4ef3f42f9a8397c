"""WRK002: it is not known how many staff are in post."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Rows of staff without a number in post."""
    rows = case.plan.care_staff
    lacking = [row for row in rows if row.in_post is None]
    yield from missing_values(
        CHECK,
        rows,
        lacking=lacking,
        column="in_post",
        name_of=lambda row: f"{row.role}/{row.intervention}",
        noun="role",
    )


CHECK = Check(
    code="WRK002",
    title="It is not known how many staff are in post",
    message="{what} number of staff in post",
    severity=Severity.NOTE,
    why="Blank is unknown, not nobody. Without the number nobody can say whether the plan can be staffed.",
    mend="Count full-time equivalents in post for the work, and fill in in_post; 0 where there is nobody.",
    references=("Placeplan's design: blank is unknown, never zero",),
    find=find,
)
