"""CLM003: a claim is open and no risk of the plan speaks of it."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each claim that is raised or agreed and names no risk, or all of them at once."""
    rows = [claim for claim in case.plan.claims if claim.is_open]
    lacking = [claim for claim in rows if not claim.risk]
    yield from missing_values(
        CHECK, rows, lacking=lacking, column="risk", name_of=lambda row: str(row.claim), noun="open claim"
    )


CHECK = Check(
    code="CLM003",
    title="A claim is open and no risk of the plan speaks of it",
    message="{what} risk of the plan behind it",
    severity=Severity.WARNING,
    why="The cost is there whether the money comes or not. Until it does, the gap is a risk that somebody must manage.",
    mend="Enter the risk in registers/risks.csv and name it in the column risk of the claim.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, para 162: costs without funding are a risk",),
    find=find,
)
