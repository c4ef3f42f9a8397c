"""A board of the demonstration with made-up members, so that the pages of meetings have something to show."""

from collections.abc import Callable
from datetime import date

from placeplan.registers.calendar import months_on
from placeplan.web.access.models import Person
from placeplan.web.entries import Entry
from placeplan.web.meetings import actions, board_actions
from placeplan.web.meetings.models import Board, Meeting
from placeplan.web.meetings.selectors import boards_of, today
from placeplan.web.planning.selectors import plan_named

MEMBERS = (
    ("Charlotte Chair", "Chair"),
    ("Dev Director", "Director of finance"),
    ("Nadia Nurse", "Director of nursing"),
)
BOARD = "Change programme board (made up)"
START_MONTHS, FIRST, SECOND, OVERDUE, SOON = -24, -4, -2, -1, 1


def set_up_meetings(slug: str, *, secretary: str, say: Callable[[str], None]) -> None:
    """Add a board, a group below it and two meetings to a plan of the demonstration that has none."""
    plan, actor = plan_named(slug), Person.objects.filter(email=secretary).first()
    if plan is None or actor is None or boards_of(plan):
        return
    say("adding a made-up board and its meetings")
    board = _board(actor, {"name": BOARD, "quorum": "2", "first_minute": "12"}, slug=slug)
    below = {"quorum": "2", "reports_to": str(board.pk), "sends_minutes_to": str(board.pk), "every_months": "2"}
    group = {"name": "Prevention task group (made up)", "ends": _day(SOON), "reports_how": "reports-into"}
    _board(actor, below | group, slug=slug)
    _register(actor, board)
    first, second = (_meeting(actor, board, months=months) for months in (FIRST, SECOND))
    actions.confirm_minutes(actor=actor, meeting=first, entry=Entry({"at": str(second.pk)}))


def _day(months: int) -> str:
    return months_on(today(), months).isoformat()


def _board(actor: Person, fields: dict[str, str], *, slug: str) -> Board:
    plan = plan_named(slug)
    if plan is None:
        raise LookupError(slug)
    purpose = "Sees that what the plan promises is done"
    entry = Entry({"starts": _day(START_MONTHS), "purpose": purpose, **fields})
    return board_actions.add_board(actor=actor, plan=plan, entry=entry)


def _register(actor: Person, board: Board) -> None:
    for name, role in MEMBERS:
        entry = Entry({"name": name, "role": role, "since": _day(START_MONTHS)})
        board_actions.add_member(actor=actor, board=board, entry=entry)
    member = str(board.members.get(name="Dev Director").pk)
    interest = {"member": member, "about": "DMC Healthcare", "nature": "indirect", "declared": _day(START_MONTHS)}
    board_actions.register_interest(actor=actor, board=board, entry=Entry(interest))
    for title, due, months in (("Annual report on prevention", _day(OVERDUE), "12"), ("Review of estates", "", "")):
        fields = {"title": title, "owner": "Director of nursing", "due": due, "every_months": months}
        entry = Entry(fields | {"statutory": "yes" if months else ""})
        board_actions.plan_item(actor=actor, board=board, entry=entry)


def _meeting(actor: Person, board: Board, *, months: int) -> Meeting:
    called = Entry({"held": _day(months), "place": "Council chamber"})
    meeting = board_actions.call_meeting(actor=actor, board=board, entry=called)
    there = {"present": "Charlotte Chair\nDev Director", "in-attendance": "Olu Officer", "apologies": "Nadia Nurse"}
    actions.record_attendance(actor=actor, meeting=meeting, entry=Entry(there))
    _item(actor, meeting, fields={"title": "Money", "paper": f"/plans/{board.plan.slug}/money/"})
    _item(actor, meeting, fields={"title": "Contracts that end", "suppliers": "Several providers"})
    return meeting


def _item(actor: Person, meeting: Meeting, *, fields: dict[str, str]) -> None:
    item = str(actions.add_item(actor=actor, meeting=meeting, entry=Entry(fields)).pk)
    owner, due = "Director of finance", date.fromisoformat(_day(OVERDUE))
    for write, more in (
        (actions.write_minute, {"words": "The paper was presented. Members asked what would be done first."}),
        (
            actions.decide,
            {"verb": "approved-with-conditions", "words": "The paper, once dates are given for each step."},
        ),
        (actions.give_action, {"words": "Bring dates for each step.", "owner": owner, "due": str(due)}),
    ):
        write(actor=actor, meeting=meeting, entry=Entry({"item": item, **more}))
