"""Goals of a round by programme of care: whether each goal has, for each programme, an action or a reason for none."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from placeplan.plan.governance_tables import GoalEntry
from placeplan.rounds.statements import Goal, ProgrammeOfCare


class Answer(StrEnum):
    """What a plan says of a goal and a programme."""

    ACTION = "action"
    REASON = "reason"
    NOTHING = "nothing"
    MISSING = "missing"


@dataclass(frozen=True, slots=True)
class GoalCell:
    """A goal and a programme, with what the plan says (``None``: it has no row for the two)."""

    goal: Goal
    programme: ProgrammeOfCare
    entry: GoalEntry | None

    @property
    def answer(self) -> Answer:
        """An action counts before a reason; a row with neither says nothing."""
        if self.entry is None:
            return Answer.MISSING
        if self.entry.action:
            return Answer.ACTION
        return Answer.REASON if self.entry.reason else Answer.NOTHING

    @property
    def open(self) -> bool:
        """Whether nothing is said yet."""
        return self.answer in (Answer.MISSING, Answer.NOTHING)


@dataclass(frozen=True, slots=True)
class GoalsMatrix:
    """Goals down, programmes of care across; a row of cells for each goal. ``unknown``: rows that stand in no cell."""

    programmes: tuple[ProgrammeOfCare, ...]
    rows: tuple[tuple[Goal, tuple[GoalCell, ...]], ...]
    unknown: tuple[GoalEntry, ...]

    @property
    def cells(self) -> tuple[GoalCell, ...]:
        """Every cell, row by row."""
        return tuple(cell for _, cells in self.rows for cell in cells)

    @property
    def open(self) -> tuple[GoalCell, ...]:
        """The cells of which nothing is said yet."""
        return tuple(cell for cell in self.cells if cell.open)

    @property
    def complete(self) -> bool:
        """Whether every cell has an action or a reason."""
        return bool(self.rows) and not self.open

    def cell(self, goal: str, programme: str) -> GoalCell | None:
        """The cell of a goal and a programme, by their identifiers."""
        return next((each for each in self.cells if (each.goal.id, each.programme.id) == (goal, programme)), None)

    def counts(self) -> dict[Answer, int]:
        """How many cells have each answer."""
        answers = [cell.answer for cell in self.cells]
        return {answer: answers.count(answer) for answer in Answer}


def goals_matrix(
    goals: Sequence[Goal], programmes: Sequence[ProgrammeOfCare], *, entries: Iterable[GoalEntry]
) -> GoalsMatrix:
    """What a plan says of each goal of its round, programme by programme; without goals or programmes, no row."""
    said = {(entry.goal, entry.programme): entry for entry in entries}
    rows = tuple(
        (goal, tuple(GoalCell(goal, each, said.get((goal.id, each.id))) for each in programmes))
        for goal in (goals if programmes else ())
    )
    known = {(cell.goal.id, cell.programme.id) for _, cells in rows for cell in cells}
    return GoalsMatrix(tuple(programmes), rows, tuple(entry for key, entry in said.items() if key not in known))
