"""Goals by programme of care: a cell has an action, a reason, nothing, or no row."""

from placeplan.plan.governance_tables import GoalEntry
from placeplan.registers.goals import Answer, goals_matrix
from placeplan.rounds.reader import read_round

ROUND = read_round("2014-15")


def _entry(goal: str, programme: str, *, action: str | None = None, reason: str | None = None) -> GoalEntry:
    return GoalEntry(goal=goal, programme=programme, action=action, reason=reason, owner=None, source=None)


def test_ten_goals_by_five_programmes_are_asked_for() -> None:
    matrix = goals_matrix(ROUND.goals, ROUND.programmes_of_care, entries=())
    assert (len(matrix.rows), len(matrix.programmes), len(matrix.cells)) == (10, 5, 50)
    assert [goal.number for goal, _ in matrix.rows] == list(range(1, 11))
    assert matrix.counts()[Answer.MISSING] == 50
    assert not matrix.complete


def test_a_cell_says_what_its_row_says() -> None:
    entries = (
        _entry("ambition-1", "trauma", action="Networks of trauma units", reason="also this"),
        _entry("ambition-2", "trauma", reason="Care of one event"),
        _entry("ambition-3", "trauma"),
        _entry("ambition-1", "dentistry", action="Not a programme"),
    )
    matrix = goals_matrix(ROUND.goals, ROUND.programmes_of_care, entries=entries)
    answers = [matrix.cell(f"ambition-{number}", "trauma") for number in range(1, 5)]
    assert [cell.answer for cell in answers if cell] == [Answer.ACTION, Answer.REASON, Answer.NOTHING, Answer.MISSING]
    assert [cell.open for cell in answers if cell] == [False, False, True, True]
    assert [each.programme for each in matrix.unknown] == ["dentistry"]
    assert matrix.cell("ambition-1", "dentistry") is None


def test_a_round_without_programmes_asks_for_nothing() -> None:
    other = read_round("2016-17")
    matrix = goals_matrix(other.goals, other.programmes_of_care, entries=(_entry("a", "b", action="c"),))
    assert (matrix.rows, len(matrix.unknown)) == ((), 1)
    assert not matrix.complete
