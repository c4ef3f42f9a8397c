"""TRC004: an intention belongs to no programme."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each intention without one; one note for all when the plan gives none at all."""
    rows = case.plan.intentions
    lacking = [row for row in rows if not row.programme]
    more = {"severity": Severity.NOTE} if len(lacking) == len(rows) > 1 else {}
    yield from missing_values(
        CHECK,
        rows,
        lacking=lacking,
        column="programme",
        name_of=lambda row: str(row.intention),
        noun="intention",
        **more,
    )


CHECK = Check(
    code="TRC004",
    title="An intention belongs to no programme",
    message="{what} programme",
    severity=Severity.WARNING,
    why="Programmes have boards, budgets and people. An intention outside of them is nobody's work.",
    mend="Name the programme that the intention belongs to.",
    references=("Commissioning intentions of the Kent CCGs, Kent Health and Wellbeing Board, 16 March 2016",),
    find=find,
)
