"""TRC003: a project names a must-do that the round does not have."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.must_dos import names_of
from placeplan.assurance.phrasing import nearest


def find(case: Case) -> Iterator[Finding]:
    """Each unknown must-do of each project."""
    known = {name for must_do in case.round.must_dos for name in names_of(must_do)}
    for project in case.plan.projects:
        for name in project.must_dos or ():
            if name not in known:
                yield CHECK.finding(
                    subject=f"{project.project} {name}",
                    location=project.place.at("must_dos"),
                    facts={"project": project.title, "name": name, "round": case.round.id},
                    suggestion=nearest(name, sorted(known)),
                )


CHECK = Check(
    code="TRC003",
    title="A project names a must-do that the round does not have",
    message="{project}: the round {round} has no must-do called {name}",
    severity=Severity.ERROR,
    why="The project looks as if it served something national, and does not count for it.",
    mend="Use the identifier or the number that `placeplan rounds show` prints for the round.",
    references=("Delivering the Forward View: planning guidance 2016/17, the nine must-dos",),
    find=find,
)
