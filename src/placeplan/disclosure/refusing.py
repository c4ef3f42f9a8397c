"""Problems of a frame that is to be protected, each at its row and column."""

from collections.abc import Iterable

import polars as pl

from placeplan.kernel.errors import InputError, Location, PlaceplanError, Problem

MARKER = "disclosure_rule"
TABLE = "table"


class AlreadyProtectedError(PlaceplanError):
    """A table under a disclosure rule was to be protected again, which would round what is rounded already."""

    def __init__(self, rule_id: str) -> None:
        super().__init__(
            f"this table has been protected under the rule '{rule_id}' already. A rule is never applied twice: "
            "start from the counts."
        )
        self.rule_id = rule_id


def refuse_protected(frame: pl.DataFrame) -> None:
    """Refuse a frame that carries the mark of a rule.

    Raises:
        AlreadyProtectedError: it does.
    """
    if MARKER in frame.columns:
        marks = frame[MARKER].drop_nulls()
        raise AlreadyProtectedError(str(marks[0]) if marks.len() else "unknown")


def refuse(problems: Iterable[Problem]) -> None:
    """Raise every problem at once, when there is any.

    Raises:
        InputError: there is one or more.
    """
    found = list(problems)
    if found:
        raise InputError(found)


def table_problem(
    message: str, *, row: int | None = None, field: str = "", expected: str = "", mend: str = ""
) -> Problem:
    """A problem of the table, or of a row of it; rows count from 1."""
    line = 0 if row is None else int(row) + 1
    return Problem(Location(TABLE, line, field), message, expected, mend)
