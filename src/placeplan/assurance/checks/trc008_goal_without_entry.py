"""TRC008: a goal of the round has no entry for a programme of care."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.phrasing import listed
from placeplan.registers.goals import Answer, goals_matrix

MOST_NAMED = 5


def find(case: Case) -> Iterator[Finding]:
    """Each goal that lacks a row for one programme or more, in a plan that has any such row."""
    if not case.plan.goals:
        return
    matrix = goals_matrix(case.round.goals, case.round.programmes_of_care, entries=case.plan.goals)
    for goal, cells in matrix.rows:
        lacking = [cell.programme for cell in cells if cell.answer is Answer.MISSING]
        if lacking:
            yield CHECK.finding(
                subject=goal.id,
                location=case.plan.goals[0].place.at("goal"),
                facts={
                    "number": goal.number,
                    "goal": goal.text,
                    "programmes": listed([each.title for each in lacking], MOST_NAMED),
                },
                leans_on=unconfirmed([goal, *lacking]),
            )


CHECK = Check(
    code="TRC008",
    title="A goal of the round has no entry for a programme of care",
    message="goal {number} ({goal}) has neither an action nor a reason for: {programmes}",
    severity=Severity.WARNING,
    why=(
        "Each programme of care answers for each goal. A cell that nobody filled cannot be told from one that was "
        "thought about and left empty."
    ),
    mend="Say what is done, or why nothing is: the matrix under traceability shows the cells that are missing.",
    references=("Everyone Counts 2014/15: goals by programme of care, each with an entry or a reason",),
    find=find,
)
