"""The matrix of goals by programme of care, for the page that fills it in."""

from collections.abc import Mapping

from placeplan.app.section_grids import SectionGrid, table_of
from placeplan.app.section_rows import ShownRow, row_of_key
from placeplan.plan.model import Table
from placeplan.registers.goals import GoalCell, GoalsMatrix
from placeplan.reports.sections.goals import matrix_of_goals
from placeplan.reports.types import PlanResults

GOALS = "registers/goals.csv"
ASKED = ("action", "reason", "owner", "source")


def goals_table() -> Table:
    """The table of the entries.

    Raises:
        LookupError: the plan format has no such table, which cannot be.
    """
    table = table_of(GOALS)
    if table is None:
        raise LookupError(GOALS)
    return table


def goals_of(results: PlanResults) -> GoalsMatrix | None:
    """The matrix of a plan; ``None`` where its round has no goals by programme of care."""
    matrix = matrix_of_goals(results)
    return matrix if matrix.rows else None


def next_open(matrix: GoalsMatrix, after: GoalCell) -> GoalCell | None:
    """The next cell of which nothing is said, row by row, from the one after a cell round to the one before it."""
    cells = matrix.cells
    place = next(number for number, each in enumerate(cells) if _same(each, after))
    following = (*cells[place + 1 :], *cells[:place])
    return next((each for each in following if each.open), None)


def row_of_goal(grid: SectionGrid, cell: GoalCell) -> ShownRow | None:
    """The row of a cell as it stands in the table."""
    return row_of_key(goals_table(), grid, key=(cell.goal.id, cell.programme.id))


def said_in(row: ShownRow | None) -> dict[str, str]:
    """What a row answers of what the form asks; blanks where there is none."""
    cells: Mapping[str, str] = row.cells if row else {}
    return {name: cells.get(name, "") for name in ASKED}


def entry_problem(said: Mapping[str, str]) -> str:
    """What stands against an entry, in words; nothing when it can be kept."""
    if not said["action"] and not said["reason"]:
        return "Say what is done, or why nothing is."
    if said["action"] and said["reason"]:
        return "Give a reason only where nothing is done."
    return ""


def _same(one: GoalCell, other: GoalCell) -> bool:
    return (one.goal.id, one.programme.id) == (other.goal.id, other.programme.id)
