"""INV006: an investment is in no line of the bridge."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each investment that names no line, or all of them at once."""
    rows = [row for row in case.plan.investments if row.counts]
    lacking = [row for row in rows if not row.line]
    yield from missing_values(
        CHECK, rows, lacking=lacking, column="line", name_of=lambda row: str(row.investment), noun="investment"
    )


CHECK = Check(
    code="INV006",
    title="An investment is in no line of the bridge",
    message="{what} line of the bridge that holds its money",
    severity=Severity.WARNING,
    why="What no line of the bridge holds is not part of the planned spend, and the position looks better than it is.",
    mend="Name the line of finance/lines.csv in the column line, or enter one.",
    references=("Placeplan's design: one chain, no re-keying",),
    find=find,
)
