"""PLN010: a waiver covers nothing."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each waiver of a check that was run, without a finding of that subject."""
    if case.said is None:
        return
    found = {(finding.code, finding.subject) for finding in case.said.findings}
    for waiver in case.plan.waivers:
        if waiver.code in case.said.run and (waiver.code, waiver.subject) not in found:
            yield CHECK.finding(
                subject=f"{waiver.code} {waiver.subject}",
                location=waiver.place.at("subject"),
                facts={"code": waiver.code, "about": waiver.subject},
            )


CHECK = Check(
    code="PLN010",
    title="A waiver covers no finding",
    message="the waiver of {code} for {about} covers nothing: there is no such finding",
    severity=Severity.NOTE,
    why=(
        "A waiver that is no longer needed would hide the same fault if it came back; one with a misspelt subject "
        "hides nothing."
    ),
    mend="Take the waiver out, or copy the subject as the finding prints it.",
    references=("Placeplan's design: waivers have a reason, an author and an expiry",),
    find=find,
    after_others=True,
)
