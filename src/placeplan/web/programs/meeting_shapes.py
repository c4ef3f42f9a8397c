"""What goes in and comes out of the interface of programs about boards and meetings.

The fields of what goes in are those of the forms of the pages, and are read by the same actions.
"""

from datetime import date, datetime

from ninja import Field, Schema

from placeplan.web.programs.shapes import Plain


class BoardChanged(Schema):
    """The quorum, the last day, to which board it reports, by number, and how; the group of the plan that meets as it.

    What is left out is taken away: send what stands where it is to stay.
    """

    quorum: int
    ends: date | None = None
    reports_to: int | None = None
    reports_how: Plain = ""
    group: Plain = ""


class BoardAdded(BoardChanged):
    """A new board; one that sends its minutes to another says how often it meets."""

    name: Plain
    purpose: Plain = ""
    starts: date
    sends_minutes_to: int | None = None
    every_months: int | None = None
    first_minute: int | None = None


class MemberAdded(Schema):
    """Somebody who sits on a board from a day."""

    name: Plain
    role: Plain = ""
    since: date
    until: date | None = None


class MembershipEnded(Schema):
    """The last day of a member, by number."""

    member: int
    until: date


class InterestRegistered(Schema):
    """An interest of a member: financial, professional, personal or indirect."""

    member: int
    about: Plain
    nature: Plain
    declared: date
    until: date | None = None


class ItemPlanned(Schema):
    """An item of the forward programme."""

    title: Plain
    owner: Plain
    due: date | None = None
    every_months: int | None = None
    statutory: bool = False


class MinutesReceived(Schema):
    """Minutes of a local board, by number, that came in."""

    local: int
    held: date
    received: date


class MeetingCalled(Schema):
    """A day on which a board meets."""

    held: date
    place: Plain = ""


class AgendaItemAdded(Schema):
    """An item of an agenda, its paper, and the suppliers that it is about."""

    title: Plain
    paper: Plain = ""
    suppliers: Plain = ""


class AttendanceTaken(Schema):
    """Names of who was there, in the place of what was written down before."""

    present: list[Plain] = Field(default_factory=list)
    in_attendance: list[Plain] = Field(default_factory=list)
    apologies: list[Plain] = Field(default_factory=list)


class OnItem(Schema):
    """Something about an item of the agenda, by its ``id``."""

    item: int


class InterestDeclared(OnItem):
    """An interest that somebody declared, and how it was dealt with: left, stayed-silent, spoke or took-part."""

    name: Plain
    words: Plain
    handling: Plain


class MinuteWritten(OnItem):
    """What was said; ``before`` is what stood there when it was read."""

    words: Plain
    before: Plain = ""


class DecisionMade(OnItem):
    """What was resolved: noted, approved, agreed or approved-with-conditions; the signature of the plan behind it."""

    verb: Plain
    words: Plain
    signature: int | None = None


class ActionGiven(OnItem):
    """What somebody is to do by a day."""

    words: Plain
    owner: Plain
    due: date


class MinutesConfirmed(Schema):
    """The later meeting of the board, by its ``id``, that confirmed the minutes."""

    at: int


class InterestTold(Schema):
    """An interest in the register."""

    about: str
    nature: str
    declared: date
    until: date | None


class MemberTold(Schema):
    """A member with their interests."""

    id: int
    name: str
    role: str
    since: date
    until: date | None
    interests: list[InterestTold]


class PlannedTold(Schema):
    """An item of the forward programme that is not done with (without a day: not scheduled)."""

    board: int
    title: str
    owner: str
    due: date | None
    statutory: bool
    every_months: int | None
    overdue: bool


class LocalTold(Schema):
    """A local board: its last minutes that came in, when the next are expected, and whether they are late."""

    board: int
    last: date | None
    expected: date
    late: bool


class MeetingListed(Schema):
    """A meeting, and when its minutes were confirmed."""

    id: int
    held: date
    place: str
    confirmed: datetime | None


class BoardTold(Schema):
    """A board; ``state`` is empty while it simply goes on."""

    id: int
    name: str
    purpose: str
    quorum: int
    starts: date
    ends: date | None
    state: str
    reports_to: int | None
    reports_how: str
    group: str
    sends_minutes_to: int | None
    every_months: int | None
    members: list[MemberTold]
    meetings: list[MeetingListed]
    programme: list[PlannedTold]
    local_minutes: list[LocalTold]


class ActionTold(Schema):
    """Something that somebody is to do, and what showed that it is done."""

    id: int
    meeting: int
    words: str
    owner: str
    due: date
    closed: datetime | None
    closed_words: str
    evidence: int | None


class DecisionTold(Schema):
    """What was resolved; one that is ``open`` waits for its conditions to be met."""

    id: int
    meeting: int
    verb: str
    words: str
    signature: int | None
    open: bool
    closed: datetime | None
    closed_words: str
    evidence: int | None


class BoardsTold(Schema):
    """Every board of a plan, and what their meetings left open."""

    boards: list[BoardTold]
    actions: list[ActionTold]
    decisions: list[DecisionTold]


class AttendeeTold(Schema):
    """Somebody who was there or sorry not to be, and whether they are a member."""

    name: str
    standing: str
    member: bool


class DeclarationTold(Schema):
    """An interest that somebody declared, and how it was dealt with."""

    name: str
    words: str
    handling: str


class ItemTold(Schema):
    """An item with its minute; ``touches`` are registered interests of people there that nobody has declared."""

    id: int
    number: int
    title: str
    paper: str
    suppliers: str
    minute: str
    declarations: list[DeclarationTold]
    decisions: list[DecisionTold]
    actions: list[ActionTold]
    touches: list[str]


class MeetingTold(MeetingListed):
    """A meeting from its agenda to its minutes; ``checksum`` is that of confirmed minutes."""

    board: int
    quorate: bool
    checksum: str
    attendance: list[AttendeeTold]
    items: list[ItemTold]
