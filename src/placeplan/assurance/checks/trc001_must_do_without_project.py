"""TRC001: a must-do of the round has no project."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.must_dos import names_of


def find(case: Case) -> Iterator[Finding]:
    """Each must-do that no project names, in a plan that lists projects."""
    if not case.plan.projects:
        return
    served = {name for project in case.plan.projects for name in project.must_dos or ()}
    for must_do in case.round.must_dos:
        if not served & names_of(must_do):
            yield CHECK.finding(
                subject=must_do.id,
                location=case.plan.projects[0].place.at("must_dos"),
                facts={"number": must_do.number, "text": must_do.text, "id": must_do.id},
                leans_on=unconfirmed([must_do]),
            )


CHECK = Check(
    code="TRC001",
    title="A must-do of the round has no project",
    message="no project serves must-do {number} ({id}): {text}",
    severity=Severity.WARNING,
    why="A must-do is asked of every plan. One that no project names is not planned, or nobody can see that it is.",
    mend="Name the must-do in the column must_dos of the project that serves it, or add a project.",
    references=("Delivering the Forward View: planning guidance 2016/17, the nine must-dos",),
    find=find,
)
