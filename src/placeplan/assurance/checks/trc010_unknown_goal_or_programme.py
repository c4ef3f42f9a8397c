"""TRC010: an entry names a goal or a programme of care that the round has not."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import nearest


def find(case: Case) -> Iterator[Finding]:
    """Each name that the round does not know; every entry where the round has no goals by programme."""
    goals = {goal.id for goal in case.round.goals} if case.round.programmes_of_care else set()
    programmes = {programme.id for programme in case.round.programmes_of_care}
    for row in case.plan.goals:
        for column, name, known in (("goal", row.goal, goals), ("programme", row.programme, programmes)):
            if name not in known:
                yield CHECK.finding(
                    subject=f"{row.goal} {row.programme}",
                    location=row.place.at(column),
                    facts={"what": column, "name": name, "round": case.round.id},
                    suggestion=nearest(name, sorted(known)),
                )


CHECK = Check(
    code="TRC010",
    title="An entry names a goal or a programme of care that the round has not",
    message="the round {round} has no {what} called {name}",
    severity=Severity.ERROR,
    why="What stands under a name that nobody knows counts for no goal.",
    mend="Write the name as the round has it: `placeplan rounds show` lists its goals and programmes.",
    references=("The ambitions, key measures and programmes of care of the round",),
    find=find,
)
