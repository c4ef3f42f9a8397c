"""Reads the groups of a plan beside the boards that they meet as, and what comes to its end."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from placeplan.app.governing import governance_on, notice_days
from placeplan.plan.governance_tables import Group
from placeplan.registers.governance import Life
from placeplan.web.meetings.models import Board
from placeplan.web.planning.models import Plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import published


@dataclass(frozen=True, slots=True)
class Ending:
    """A board or a group that ends soon, or has ended while others still report to it or it to them.

    Attributes:
        title: what it is called.
        ends: its last day.
        ended: whether that day has passed.
        board: the board, where it meets as one.
    """

    title: str
    ends: date
    ended: bool
    board: Board | None


def groups_of(plan: Plan) -> Mapping[str, Group]:
    """The groups of a plan as it was last published, by short name; none while it cannot be read."""
    results = results_of(published(plan)).results
    return {row.group: row for row in results.plan.groups} if results else {}


def endings_of(plan: Plan, *, day: date) -> tuple[Ending, ...]:
    """What ends soon, counted from a day, or should no longer stand in a line: by its last day."""
    boards = tuple(Board.objects.filter(plan=plan))
    last = day + timedelta(days=notice_days())
    found = [
        Ending(each.name, each.ends, ended=False, board=each)
        for each in boards
        if each.ends is not None and day <= each.ends <= last and each.starts <= day
    ]
    told = {each.board.group for each in found if each.board}
    by_group = {each.group: each for each in boards if each.group}
    found += [
        Ending(group.title, group.ends, ended=group.ends < day, board=by_group.get(group.group))
        for group in _groups_that_end(plan, day)
        if group.ends is not None and group.group not in told
    ]
    return tuple(sorted(found, key=lambda each: (each.ends, each.title)))


def _groups_that_end(plan: Plan, day: date) -> tuple[Group, ...]:
    results = results_of(published(plan)).results
    if results is None:
        return ()
    governance = governance_on(results, day)
    still_named = {group.group: group for _, group in governance.of_the_expired}
    return (*governance.of_life(Life.ENDS_SOON), *still_named.values())
