"""PLN011: a waiver names a check that does not exist."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import nearest


def find(case: Case) -> Iterator[Finding]:
    """Each waiver with a code that is not in the list of checks."""
    known = case.said.known if case.said else ()
    for waiver in case.plan.waivers:
        if known and waiver.code not in known:
            yield CHECK.finding(
                subject=f"{waiver.code} {waiver.subject}",
                location=waiver.place.at("code"),
                facts={"code": waiver.code},
                suggestion=nearest(waiver.code, known),
            )


CHECK = Check(
    code="PLN011",
    title="A waiver names a check that does not exist",
    message="there is no check {code}",
    severity=Severity.WARNING,
    why="The waiver looks as if something had been weighed and accepted, and it does nothing.",
    mend="Correct the code, or take the waiver out.",
    references=("Placeplan's design: waivers have a reason, an author and an expiry",),
    find=find,
    after_others=True,
)
