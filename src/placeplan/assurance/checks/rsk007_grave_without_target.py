"""RSK007: a grave risk has no target score."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed


def find(case: Case) -> Iterator[Finding]:
    """Each risk at or above the score from which it is escalated, without a target."""
    level = case.definitions.level("risk-escalation-score")
    for row in case.plan.risks:
        score = (row.likelihood or 0) * (row.impact or 0)
        if score >= level.value and row.target_score is None:
            yield CHECK.finding(
                subject=row.risk,
                location=row.place.at("target_score"),
                facts={"risk": row.title, "score": score, "level": level.value},
                leans_on=unconfirmed([level]),
            )


CHECK = Check(
    code="RSK007",
    title="A grave risk has no target score",
    message="{risk}: scored {score}, at or above {level}, without a score that the mitigation should reach",
    severity=Severity.WARNING,
    why="Whoever is asked to accept a grave risk has to know how far it will be brought down.",
    mend="Enter the score that the mitigation should reach.",
    references=("National Patient Safety Agency, A risk matrix for risk managers (2008)",),
    find=find,
)
