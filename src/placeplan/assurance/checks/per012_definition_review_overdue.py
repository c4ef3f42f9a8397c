"""PER012: the definition of a measure that the plan uses is overdue for review."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import many
from placeplan.plan.tables import Observation, Trajectory


def find(case: Case) -> Iterator[Finding]:
    """Each measure once, at the first row that names it."""
    rows: dict[str, list[Trajectory | Observation]] = {}
    used: tuple[Trajectory | Observation, ...] = (*case.plan.trajectories, *case.plan.observations)
    for row in used:
        if row.indicator in case.measures:
            rows.setdefault(case.measures[row.indicator].id, []).append(row)
    for measure_id, named in rows.items():
        measure = case.measures[measure_id]
        if measure.overdue(case.as_at):
            yield CHECK.finding(
                subject=measure.id,
                location=named[0].place.at("indicator"),
                facts={
                    "measure": measure.title,
                    "due": measure.review.review_due,
                    "late": many((case.as_at - measure.review.review_due).days, "day"),
                    "day": case.as_at,
                    "rows": many(len(named), "row"),
                },
                suggestion=f"The definition is kept by: {measure.owner}.",
            )


CHECK = Check(
    code="PER012",
    title="The definition of a measure is overdue for review",
    message="{measure}: its definition was due for review on {due}, {late} before {day} (used in {rows})",
    severity=Severity.WARNING,
    why="Returns change what they count. A definition that nobody looked at may no longer say what its numbers mean.",
    mend="Ask its owner, whom `placeplan indicators describe` names, to review the definition and to set the next day.",
    references=("Placeplan's own rule: every definition of a measure has an owner, a checker and a day of review",),
    find=find,
)
