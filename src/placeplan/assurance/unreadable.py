"""PLN000: what is said when a plan cannot be read. It is no check, for there is no plan to look at, but has a code like
one.
"""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.kernel.errors import Problem


def find(case: Case) -> Iterator[Finding]:
    """Nothing: a plan that could be read has no such finding."""
    _ = case
    yield from ()


CANNOT_BE_READ = Check(
    code="PLN000",
    title="Something in the plan cannot be read",
    message="{message}{expected}",
    severity=Severity.ERROR,
    why="Nothing is half read: a plan with something that cannot be read is neither computed nor checked.",
    mend="Mend every place that is named. All of them are found at once.",
    references=("Placeplan's design: all problems are collected before stopping, each with file, line and column",),
    find=find,
)


def finding_of(problem: Problem) -> Finding:
    """A reading problem as a finding."""
    return CANNOT_BE_READ.finding(
        subject=str(problem.location),
        location=problem.location,
        facts={"message": problem.message, "expected": f"; expected {problem.expected}" if problem.expected else ""},
        suggestion=problem.mend,
    )
