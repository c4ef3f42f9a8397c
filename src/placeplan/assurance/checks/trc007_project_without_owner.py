"""TRC007: a project has no owner."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each project without it, or all of them at once."""
    rows = case.plan.projects
    lacking = [row for row in rows if not row.owner]
    yield from missing_values(
        CHECK, rows, lacking=lacking, column="owner", name_of=lambda row: str(row.project), noun="project"
    )


CHECK = Check(
    code="TRC007",
    title="A project has no owner",
    message="{what} owner",
    severity=Severity.NOTE,
    why="A project that nobody answers for is an intention.",
    mend="Name the person or post that answers for the project.",
    references=("Planning guidance 2016/17: each must-do is delivered by somebody",),
    find=find,
)
