"""RSK006: the review of a risk is overdue."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each risk whose next review was due before the day of the check."""
    for row in case.plan.risks:
        if row.review is not None and row.review < case.as_at:
            yield CHECK.finding(
                subject=row.risk,
                location=row.place.at("review"),
                facts={
                    "risk": row.title,
                    "review": row.review,
                    "day": case.as_at,
                    "late": (case.as_at - row.review).days,
                },
            )


CHECK = Check(
    code="RSK006",
    title="The review of a risk is overdue",
    message="{risk}: the review was due on {review}, {late} days before {day}",
    severity=Severity.WARNING,
    why="A score that nobody has looked at says how things were.",
    mend="Review the risk and enter the day of the next review.",
    references=("NHS risk registers: a risk has a description, cause, mitigation, owner, score and review date",),
    find=find,
)
