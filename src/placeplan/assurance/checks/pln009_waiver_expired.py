"""PLN009: a waiver has expired."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each waiver whose last day has passed."""
    for waiver in case.plan.waivers:
        if waiver.expires < case.as_at:
            yield CHECK.finding(
                subject=f"{waiver.code} {waiver.subject}",
                location=waiver.place.at("expires"),
                facts={
                    "code": waiver.code,
                    "about": waiver.subject,
                    "author": waiver.author,
                    "expires": waiver.expires,
                    "day": case.as_at,
                },
            )


CHECK = Check(
    code="PLN009",
    title="A waiver has expired",
    message="the waiver of {code} for {about} by {author} ended on {expires}, before {day}",
    severity=Severity.WARNING,
    why=(
        "A finding is accepted for a time and for a reason. When the time is over somebody has to look at the reason "
        "again."
    ),
    mend="Mend what was waived, or let a named person accept it again until another day.",
    references=("Placeplan's design: waivers have a reason, an author and an expiry",),
    find=find,
)
