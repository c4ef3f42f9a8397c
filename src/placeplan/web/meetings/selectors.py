"""Reads boards and meetings."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

from django.db.models import Q, QuerySet

from placeplan.app.governing import notice_days
from placeplan.app.minutes import MinutedItem, Minutes
from placeplan.app.register_definitions import read_meeting_rules
from placeplan.registers.calendar import months_on
from placeplan.registers.meetings import (
    Attendee,
    DraftMinutes,
    Interest,
    expected_by,
    is_quorate,
    numbered,
    recurrences,
    same_name,
    touching,
)
from placeplan.web.meetings.models import AgendaItem, Board, BoardAction, BoardMember, Decision, Meeting, Receipt
from placeplan.web.planning.models import Plan

PROGRAMME_MONTHS = 12


def today() -> date:
    """The day on which a page is asked for."""
    return datetime.now(tz=UTC).date()


@dataclass(frozen=True, slots=True)
class BoardShown:
    """A board as a page lists it. ``state`` is empty while it simply goes on."""

    board: Board
    members: int
    last: Meeting | None
    next: Meeting | None
    state: str


@dataclass(frozen=True, slots=True)
class Planned:
    """An item of the forward programme on a day (``None``: not scheduled)."""

    board: Board
    title: str
    owner: str
    due: date | None
    statutory: bool
    every_months: int | None
    overdue: bool


@dataclass(frozen=True, slots=True)
class LocalMinutes:
    """A local board, the minutes that came in last, when the next are expected, and whether they are late."""

    board: Board
    last: date | None
    expected: date
    late: bool


def boards_of(plan: Plan) -> tuple[Board, ...]:
    """The boards of a plan, by name."""
    return tuple(Board.objects.filter(plan=plan).select_related("reports_to", "sends_minutes_to", "plan"))


def boards_shown(plan: Plan, *, day: date) -> tuple[BoardShown, ...]:
    """The boards of a plan with their members and meetings on a day."""
    return tuple(_shown(board, day) for board in boards_of(plan))


def _shown(board: Board, day: date) -> BoardShown:
    meetings = list(board.meetings.all())
    past = [each for each in meetings if each.held <= day]
    coming = [each for each in meetings if each.held > day]
    members = current_members(board, day=day).count()
    return BoardShown(board, members, past[0] if past else None, coming[-1] if coming else None, state_of(board, day))


def state_of(board: Board, day: date) -> str:
    """Whether a board has ended, is about to, or has not begun; empty otherwise."""
    if board.ends is not None and board.ends < day:
        return "ended"
    if board.ends is not None and board.ends <= day + timedelta(days=notice_days()):
        return "ends soon"
    return "not begun" if board.starts > day else ""


def current_members(board: Board, *, day: date) -> QuerySet[BoardMember]:
    """The members of a board on a day."""
    return board.members.filter(Q(until=None) | Q(until__gte=day), since__lte=day)


def members_on(meeting: Meeting) -> tuple[BoardMember, ...]:
    """The members of the board on the day of a meeting."""
    return tuple(current_members(meeting.board, day=meeting.held))


def board_of(plan: Plan, number: int) -> Board | None:
    """A board of a plan."""
    return Board.objects.filter(plan=plan, pk=number).select_related("plan", "reports_to", "sends_minutes_to").first()


def meeting_of(plan: Plan, number: int) -> Meeting | None:
    """A meeting of a board of a plan."""
    found = Meeting.objects.filter(board__plan=plan, pk=number)
    return found.select_related("board__plan", "confirmed_at", "confirmed_by").first()


def items_of(meeting: Meeting) -> tuple[AgendaItem, ...]:
    """The items of a meeting, with what was declared, decided and is to be done."""
    found = meeting.items.prefetch_related("declarations", "decisions__signature__person", "actions")
    return tuple(found)


def open_actions(plan: Plan) -> tuple[BoardAction, ...]:
    """The actions that are not closed, the most overdue first."""
    found = BoardAction.objects.filter(item__meeting__board__plan=plan, closed=None)
    return tuple(found.select_related("item__meeting__board__plan").order_by("due", "pk"))


def action_of(plan: Plan, number: int) -> BoardAction | None:
    """An action of a meeting about a plan."""
    found = BoardAction.objects.filter(item__meeting__board__plan=plan, pk=number)
    return found.select_related("item__meeting__board__plan").first()


def open_decisions(plan: Plan) -> tuple[Decision, ...]:
    """The decisions whose conditions are not met."""
    found = Decision.objects.filter(item__meeting__board__plan=plan, open=True)
    return tuple(found.select_related("item__meeting__board__plan").order_by("pk"))


def decision_of(plan: Plan, number: int) -> Decision | None:
    """A decision of a meeting about a plan."""
    found = Decision.objects.filter(item__meeting__board__plan=plan, pk=number)
    return found.select_related("item__meeting__board__plan").first()


def programme_of(boards: Iterable[Board], *, day: date) -> tuple[Planned, ...]:
    """What falls due at some boards from the last twelve months to the next, by day; what is not scheduled at the end.

    An item is done with when a meeting on or after its day, and before its next, has it on the agenda by its title.
    """
    found = [planned for board in boards for planned in _programme(board, day)]
    return tuple(sorted(found, key=lambda each: (each.due is None, each.due or day, each.title)))


def _programme(board: Board, day: date) -> Iterable[Planned]:
    until = months_on(day, PROGRAMME_MONTHS)
    held = {(same_name(item.title), item.meeting.held) for item in _agenda(board)}
    for item in board.programme.all():
        days: tuple[date | None, ...] = (item.due,)
        if item.due is not None and item.every_months:
            days = recurrences(item.due, every_months=item.every_months, until=until)
        for place, due in enumerate(days):
            following = days[place + 1] if place + 1 < len(days) else None
            done = any(
                title == same_name(item.title) and (due is None or on >= due) and (following is None or on < following)
                for title, on in held
            )
            if not done:
                late = due is not None and due < day
                yield Planned(board, item.title, item.owner, due, item.statutory, item.every_months, late)


def _agenda(board: Board) -> Iterable[AgendaItem]:
    return AgendaItem.objects.filter(meeting__board=board).select_related("meeting")


def local_minutes(boards: Iterable[Board], *, day: date) -> tuple[LocalMinutes, ...]:
    """How the local boards among some stand with their minutes, the late ones first."""
    found = [
        _local(board, day) for board in boards if board.sends_minutes_to is not None and state_of(board, day) != "ended"
    ]
    return tuple(sorted(found, key=lambda each: (not each.late, each.expected)))


def _local(board: Board, day: date) -> LocalMinutes:
    last = board.receipts.first()
    grace = read_meeting_rules().grace_days
    since = last.held if last else board.starts
    expected = expected_by(since, every_months=board.every_months or 1, grace_days=grace)
    return LocalMinutes(board, last.held if last else None, expected, expected < day)


def receipts_of(board: Board) -> tuple[Receipt, ...]:
    """The minutes that a board received of its local boards, those of the latest meeting first."""
    found = Receipt.objects.filter(local__sends_minutes_to=board).select_related("local", "person")
    return tuple(found.order_by("-held", "local__name"))


def attendees_of(meeting: Meeting) -> tuple[Attendee, ...]:
    """Who was there."""
    return tuple(Attendee(each.name, each.standing, each.member) for each in meeting.attendance.all())


def quorate(meeting: Meeting) -> bool:
    """Whether enough members were present."""
    return is_quorate(attendees_of(meeting), meeting.board.quorum)


def interests_of(board: Board) -> tuple[Interest, ...]:
    """The register of interests of a board."""
    return tuple(
        Interest(member.name, interest.about, interest.declared, interest.until)
        for member in board.members.prefetch_related("interests")
        for interest in member.interests.all()
    )


def touched(meeting: Meeting, item: AgendaItem) -> tuple[Interest, ...]:
    """The registered interests, of those who are there, that touch an item and of which nothing is declared on it."""
    there = [each.name for each in meeting.attendance.exclude(standing="apologies")]
    said = {same_name(each.name) for each in item.declarations.all()}
    found = touching(interests_of(meeting.board), item.title, item.suppliers, day=meeting.held, there=there)
    return tuple(each for each in found if same_name(each.name) not in said)


def draft_minutes(meeting: Meeting) -> DraftMinutes:
    """What confirming the minutes of a meeting asks about."""
    items = items_of(meeting)
    earlier = meeting.board.meetings.filter(held__lt=meeting.held, confirmed=None)
    return DraftMinutes(
        held=meeting.held,
        attendees=attendees_of(meeting),
        quorum=meeting.board.quorum,
        unminuted=tuple(each.title for each in items if not each.minute and not each.decisions.all()),
        decides=any(each.decisions.all() for each in items),
        undeclared=tuple(
            f"{interest.name} has an interest in {interest.about}, which item {item.number} touches: say how it was "
            "dealt with."
            for item in items
            for interest in touched(meeting, item)
        ),
        earlier_open=earlier.exists(),
    )


def numbers_of(meeting: Meeting) -> range:
    """The numbers of the minutes of a meeting; those of a confirmed one stay as they were."""
    count = meeting.items.count()
    if meeting.first_number is not None:
        return numbered(meeting.first_number, count)
    before = AgendaItem.objects.filter(meeting__board=meeting.board, meeting__held__lt=meeting.held).count()
    return numbered(meeting.board.first_minute, count, before=before)


def minutes_of(meeting: Meeting) -> Minutes:
    """The minutes of a meeting as they stand."""
    items = items_of(meeting)
    people = attendees_of(meeting)
    names = {
        each.id: tuple(one.name for one in people if one.standing == each.id) for each in read_meeting_rules().standings
    }
    return Minutes(
        body=meeting.board.name,
        plan=meeting.board.plan.title,
        held=meeting.held,
        place=meeting.place,
        present=names.get("present", ()),
        in_attendance=names.get("in-attendance", ()),
        apologies=names.get("apologies", ()),
        items=tuple(_minuted(item, number) for number, item in zip(numbers_of(meeting), items, strict=True)),
        confirmed=meeting.confirmed_at.held if meeting.confirmed_at else None,
    )


def _minuted(item: AgendaItem, number: int) -> MinutedItem:
    rules = read_meeting_rules()
    handlings = {each.id: each.title for each in rules.handlings}
    verbs = {each.id: each.title for each in rules.verbs}
    declared = (f"{each.name} declared: {each.words}. {handlings[each.handling]}." for each in item.declarations.all())
    decided = (f"{verbs[each.verb]}: {each.words}{_signed(each)}" for each in item.decisions.all())
    return MinutedItem(
        number=number,
        title=item.title,
        paper=item.paper,
        declarations=tuple(declared),
        words=item.minute,
        decisions=tuple(decided),
        actions=tuple((each.words, each.owner, each.due) for each in item.actions.all()),
    )


def _signed(decision: Decision) -> str:
    signature = decision.signature
    if signature is None:
        return ""
    return f" (the signature of {signature.body} on revision {signature.revision.number})"
