"""EFF002: an efficiency scheme has no owner."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.missing_values import missing_values


def find(case: Case) -> Iterator[Finding]:
    """Each scheme without an owner, or all of them at once."""
    schemes = case.plan.schemes
    lacking = [scheme for scheme in schemes if not scheme.owner]
    yield from missing_values(
        CHECK,
        schemes,
        lacking=lacking,
        column="owner",
        name_of=lambda scheme: f"{scheme.scheme} {scheme.year}",
        noun="scheme",
    )


CHECK = Check(
    code="EFF002",
    title="A scheme has no owner",
    message="{what} owner",
    severity=Severity.WARNING,
    why="A saving that nobody answers for is not made.",
    mend="Name the person or post that answers for the scheme.",
    references=("NHS England, CCG financial planning template 2014/15: QIPP sheet",),
    find=find,
)
