"""Tables of who reports to whom, and of the goals of a round by programme of care."""

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from placeplan.kernel.errors import NOWHERE, Place
from placeplan.plan import columns as kinds
from placeplan.plan.columns import choice, column

SOURCE = "Where the row comes from"


class GroupKind(StrEnum):
    """What a group is. One with a fixed life ends on a day that is known when it begins."""

    BOARD = "board"
    GROUP = "group"
    FIXED_LIFE = "fixed-life"
    NETWORK = "network"


class LineKind(StrEnum):
    """How a group reports. A body that cannot formally report to another reports into it."""

    REPORTS_TO = "reports-to"
    REPORTS_INTO = "reports-into"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A board, group or network that answers for a part of the plan."""

    group: str = column(kinds.IDENTIFIER, "Short name", required=True, key=True)
    title: str = column(kinds.TEXT, "Title", required=True)
    kind: GroupKind = column(choice(GroupKind), "What it is", required=True)
    chair: str | None = column(kinds.TEXT, "Person or post that chairs it")
    role: str | None = column(kinds.TEXT, "What it is for: its terms")
    members: str | None = column(kinds.TEXT, "Who sits on it")
    starts: date | None = column(kinds.DATE, "First day (blank: always)")
    ends: date | None = column(kinds.DATE, "Last day (blank: goes on)")
    source: str | None = column(kinds.TEXT, SOURCE)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ReportingLine:
    """A line of reporting from one group to another, from a day to a day."""

    group: str = column(kinds.IDENTIFIER, "Group that reports", required=True, key=True, refers_to="group")
    to: str = column(kinds.IDENTIFIER, "Group that it reports to or into", required=True, key=True)
    line: LineKind = column(choice(LineKind), "How it reports", required=True)
    starts: date | None = column(kinds.DATE, "First day (blank: always)", key=True)
    ends: date | None = column(kinds.DATE, "Last day (blank: goes on)")
    source: str | None = column(kinds.TEXT, SOURCE)
    place: Place = field(default=NOWHERE, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class GoalEntry:
    """What a programme of care does for a goal of the round, or why it does nothing."""

    goal: str = column(kinds.IDENTIFIER, "Goal of the round", required=True, key=True)
    programme: str = column(kinds.IDENTIFIER, "Programme of care", required=True, key=True)
    action: str | None = column(kinds.TEXT, "What is done")
    reason: str | None = column(kinds.TEXT, "Why nothing is done, where nothing is")
    owner: str | None = column(kinds.TEXT, "Person or post that answers for it")
    source: str | None = column(kinds.TEXT, SOURCE)
    place: Place = field(default=NOWHERE, compare=False, repr=False)
