"""TRC005: an intention names no provider."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each intention without one; one note for all when the plan gives none at all."""
    rows = case.plan.intentions
    lacking = [row for row in rows if not row.provider]
    more = {"severity": Severity.NOTE} if len(lacking) == len(rows) > 1 else {}
    yield from missing_values(
        CHECK,
        rows,
        lacking=lacking,
        column="provider",
        name_of=lambda row: str(row.intention),
        noun="intention",
        **more,
    )


CHECK = Check(
    code="TRC005",
    title="An intention names no provider",
    message="{what} provider",
    severity=Severity.WARNING,
    why="Commissioning intentions give providers notice. One that names none gives notice to nobody.",
    mend="Name the provider whose service changes.",
    references=("Commissioning intentions of the Kent CCGs, Kent Health and Wellbeing Board, 16 March 2016",),
    find=find,
)
