"""Goals of the round by programme of care: the matrix that shows what is missing, and what is done."""

from collections.abc import Iterator

from placeplan.plan.governance_tables import GoalEntry
from placeplan.registers.goals import Answer, GoalCell, GoalsMatrix, goals_matrix
from placeplan.reports.document import Cell, Column, Row, Runs, Table, Text, Tone
from placeplan.reports.quoting import marked
from placeplan.reports.tabulating import Field, plain, source_cell, tabulate
from placeplan.reports.types import PlanResults

ANSWERS = {
    Answer.ACTION: ("action", Tone.GOOD),
    Answer.REASON: ("none, with a reason", Tone.QUIET),
    Answer.NOTHING: ("says nothing", Tone.BAD),
    Answer.MISSING: ("missing", Tone.BAD),
}


def matrix_of_goals(results: PlanResults) -> GoalsMatrix:
    """The matrix of a plan."""
    return goals_matrix(results.round.goals, results.round.programmes_of_care, entries=results.plan.goals)


def goals_tables(results: PlanResults) -> Iterator[Table]:
    """The matrix, where the round has goals by programme, and the list of entries."""
    matrix = matrix_of_goals(results)
    if matrix.rows:
        yield _matrix(matrix, results.round.title)
    titles = {each.id: each.title for each in matrix.programmes}
    texts = {goal.id: f"{goal.number}. {goal.text}" for goal, _ in matrix.rows}
    fields: tuple[Field[GoalEntry], ...] = (
        Field("Goal", lambda row: plain(texts.get(row.goal, row.goal)), wide=True),
        Field("Programme of care", lambda row: plain(titles.get(row.programme, row.programme))),
        Field("What is done, or why nothing is", _said, wide=True),
        Field("Owner", lambda row: plain(row.owner)),
        Field("Source", source_cell),
    )
    yield tabulate("goal-entries", "What each programme of care does", rows=results.plan.goals, fields=fields)


def _said(row: GoalEntry) -> Cell:
    if row.action:
        return plain(row.action)
    return plain(f"Nothing: {row.reason}", Tone.QUIET) if row.reason else plain("not said", Tone.BAD)


def _matrix(matrix: GoalsMatrix, title: str) -> Table:
    rows = tuple(
        Row(
            (
                Cell((Text(f"{goal.number}. ", strong=True), *marked(goal.text, confirmed=goal.confirmed))),
                *map(_answer, cells),
            )
        )
        for goal, cells in matrix.rows
    )
    return Table(
        id="goals-matrix",
        caption=f"Goals by programme of care: {title}",
        columns=(Column("Goal", wide=True), *(Column(each.title) for each in matrix.programmes)),
        rows=rows,
        notes=_notes(matrix),
    )


def _notes(matrix: GoalsMatrix) -> tuple[Runs, ...]:
    left = len(matrix.open)
    if not left:
        return ((Text("Complete: every goal has an action or a reason in every programme."),),)
    return ((Text(f"{left} of {len(matrix.cells)} cells say neither what is done nor why nothing is."),),)


def _answer(cell: GoalCell) -> Cell:
    words, tone = ANSWERS[cell.answer]
    return plain(words, tone)
