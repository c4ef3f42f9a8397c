"""RSK008: the target score of a risk is not below its score."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each scored risk whose target is above its score, or equal to it although there is a mitigation."""
    for row in case.plan.risks:
        if row.target_score is None or row.likelihood is None or row.impact is None:
            continue
        score = row.likelihood * row.impact
        above = row.target_score.value - score
        if above > 0 or (above == 0 and row.mitigation):
            yield CHECK.finding(
                subject=row.risk,
                location=row.place.at("target_score"),
                facts={"risk": row.title, "score": score, "target": row.target_score},
            )


CHECK = Check(
    code="RSK008",
    title="The mitigation of a risk does not lower its score",
    message="{risk}: the target score {target} is not below the score {score}",
    severity=Severity.NOTE,
    why="Either the mitigation does nothing, or one of the two scores is wrong.",
    mend="Correct the scores, or say that the risk is accepted as it is.",
    references=("National Patient Safety Agency, A risk matrix for risk managers (2008)",),
    find=find,
)
