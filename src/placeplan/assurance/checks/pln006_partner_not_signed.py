"""PLN006: a partner who is to sign has not signed."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each partner without a day of signature on the day of the check."""
    for number, partner in enumerate(case.plan.header.partners):
        if partner.signed is None or partner.signed > case.as_at:
            yield CHECK.finding(
                subject=partner.name,
                location=case.plan.where("partners", number),
                facts={
                    "partner": partner.name,
                    "role": f" ({partner.role})" if partner.role else "",
                    "day": case.as_at,
                },
            )


CHECK = Check(
    code="PLN006",
    title="A partner has not signed the plan",
    message="{partner}{role} had not signed on {day}",
    severity=Severity.NOTE,
    why="A plan for a place binds only those who have agreed to it.",
    mend="Enter the day of signature in `partners`, or take out a body that does not sign.",
    references=("Planning guidance 2016/17: plans of a place are agreed with its partners",),
    find=find,
)
