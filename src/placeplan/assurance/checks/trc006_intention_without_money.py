"""TRC006: an intention says nothing about money."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each intention without one; one note for all when the plan gives none at all."""
    rows = case.plan.intentions
    lacking = [row for row in rows if not row.financial]
    more = {"severity": Severity.NOTE} if len(lacking) == len(rows) > 1 else {}
    yield from missing_values(
        CHECK,
        rows,
        lacking=lacking,
        column="financial",
        name_of=lambda row: str(row.intention),
        noun="intention",
        **more,
    )


CHECK = Check(
    code="TRC006",
    title="An intention says nothing about money",
    message="{what} financial statement",
    severity=Severity.WARNING,
    why="A change that costs or saves money has to be in the bridge; one that does neither should say so.",
    mend="Say what the intention costs or saves, or that it is neutral.",
    references=("Commissioning intentions of the Kent CCGs, Kent Health and Wellbeing Board, 16 March 2016",),
    find=find,
)
