"""TRC002: a strategy outcome has no project."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity


def find(case: Case) -> Iterator[Finding]:
    """Each outcome that no project names, in a plan that lists projects."""
    served = {name for project in case.plan.projects for name in project.outcomes or ()}
    for row in case.plan.outcomes if case.plan.projects else ():
        if row.outcome not in served:
            yield CHECK.finding(
                subject=row.outcome,
                location=row.place.at("outcome"),
                facts={"outcome": row.title, "strategy": row.strategy},
            )


CHECK = Check(
    code="TRC002",
    title="An outcome of a strategy has no project",
    message="no project serves the outcome '{outcome}' of {strategy}",
    severity=Severity.WARNING,
    why="A plan is part of a strategy only as far as something in it serves the strategy's outcomes.",
    mend="Name the outcome in the column outcomes of the project that serves it, or add a project.",
    references=("Kent Joint Health and Wellbeing Strategy; Kent Health and Wellbeing Board, 16 March 2016",),
    find=find,
)
