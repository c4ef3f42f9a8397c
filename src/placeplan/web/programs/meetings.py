"""The interface of programs, about boards: members, meetings, minutes, decisions, actions."""

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema, Status

from placeplan.app.minutes import pdf_of_minutes, sections_of_minutes
from placeplan.app.plan_chapters import Chapter
from placeplan.web.entries import Entry
from placeplan.web.meetings import actions, board_actions, selectors
from placeplan.web.meetings.models import AgendaItem, Board, BoardAction, Decision, Meeting
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import visible_plan
from placeplan.web.programs import meeting_shapes as shapes
from placeplan.web.programs.acting import PLAN, actor_of, answered_as, entry_of, file_of, there
from placeplan.web.programs.document_shapes import ChapterTold, chapter_told
from placeplan.web.programs.shapes import Shown

router = Router()
BOARDS, BOARD = f"{PLAN}/boards", f"{PLAN}/boards/{{int:number}}"
MEETING = f"{PLAN}/meetings/{{int:number}}"
Write = Callable[..., Any]


@router.get(BOARDS, response=shapes.BoardsTold, url_name="boards")
def boards(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Every board of a plan, and the actions and decisions that are open."""
    plan = visible_plan(actor_of(request), slug)
    return {
        "boards": [_board(each) for each in selectors.boards_of(plan)],
        "actions": [_action(each) for each in selectors.open_actions(plan)],
        "decisions": [_decision(each) for each in selectors.open_decisions(plan)],
    }


@router.post(BOARDS, response={201: shapes.BoardTold}, url_name="add-board")
def add_board(request: HttpRequest, slug: str, *, sent: shapes.BoardAdded) -> Status[dict[str, Any]]:
    """Add a board."""
    plan = visible_plan(actor_of(request), slug)
    return Status(201, _board(board_actions.add_board(actor=actor_of(request), plan=plan, entry=entry_of(sent))))


@router.get(BOARD, response=shapes.BoardTold, url_name="board")
def board(request: HttpRequest, slug: str, *, number: int) -> dict[str, Any]:
    """A board: its members and their interests, its meetings and its programme."""
    return _board(there(selectors.board_of(visible_plan(actor_of(request), slug), number)))


@router.put(BOARD, response=shapes.BoardTold, url_name="change-board")
def change_board(request: HttpRequest, slug: str, *, number: int, sent: shapes.BoardChanged) -> dict[str, Any]:
    """Change whom a board reports to, its quorum, and its last day."""
    return _of_board(request, slug, number=number, write=board_actions.change_board, sent=sent)


@router.post(f"{BOARD}/members", response={201: shapes.BoardTold}, url_name="add-member")
def add_member(request: HttpRequest, slug: str, *, number: int, sent: shapes.MemberAdded) -> Status[dict[str, Any]]:
    """Add a member from a day."""
    return Status(201, _of_board(request, slug, number=number, write=board_actions.add_member, sent=sent))


@router.post(f"{BOARD}/members/end", response=shapes.BoardTold, url_name="end-membership")
def end_membership(request: HttpRequest, slug: str, *, number: int, sent: shapes.MembershipEnded) -> dict[str, Any]:
    """Say the last day of a member."""
    return _of_board(request, slug, number=number, write=board_actions.end_membership, sent=sent)


@router.post(f"{BOARD}/interests", response={201: shapes.BoardTold}, url_name="register-interest")
def register_interest(
    request: HttpRequest, slug: str, *, number: int, sent: shapes.InterestRegistered
) -> Status[dict[str, Any]]:
    """Enter an interest of a member into the register."""
    return Status(201, _of_board(request, slug, number=number, write=board_actions.register_interest, sent=sent))


@router.post(f"{BOARD}/programme", response={201: shapes.BoardTold}, url_name="plan-item")
def plan_item(request: HttpRequest, slug: str, *, number: int, sent: shapes.ItemPlanned) -> Status[dict[str, Any]]:
    """Put an item on the forward work programme."""
    return Status(201, _of_board(request, slug, number=number, write=board_actions.plan_item, sent=sent))


@router.post(f"{BOARD}/receipts", response={201: shapes.BoardTold}, url_name="receive-minutes")
def receive_minutes(
    request: HttpRequest, slug: str, *, number: int, sent: shapes.MinutesReceived
) -> Status[dict[str, Any]]:
    """Note that the minutes of a local board came in."""
    return Status(201, _of_board(request, slug, number=number, write=board_actions.receive_minutes, sent=sent))


@router.post(f"{BOARD}/meetings", response={201: shapes.MeetingTold}, url_name="call-meeting")
def call_meeting(request: HttpRequest, slug: str, *, number: int, sent: shapes.MeetingCalled) -> Status[dict[str, Any]]:
    """Call a meeting of a board."""
    found = _board_to_write(request, slug, number=number)
    made = board_actions.call_meeting(actor=actor_of(request), board=found, entry=entry_of(sent))
    return Status(201, _meeting(made))


@router.get(MEETING, response=shapes.MeetingTold, url_name="meeting")
def meeting(request: HttpRequest, slug: str, *, number: int) -> dict[str, Any]:
    """A meeting: attendance, agenda, declarations, minutes, decisions and actions."""
    return _meeting(_found(visible_plan(actor_of(request), slug), number))


@router.post(f"{MEETING}/items", response={201: shapes.MeetingTold}, url_name="add-item")
def add_item(request: HttpRequest, slug: str, *, number: int, sent: shapes.AgendaItemAdded) -> Status[dict[str, Any]]:
    """Put an item on the agenda."""
    return Status(201, _of_meeting(request, slug, number=number, write=actions.add_item, entry=entry_of(sent)))


@router.put(f"{MEETING}/attendance", response=shapes.MeetingTold, url_name="attendance")
def attendance(request: HttpRequest, slug: str, *, number: int, sent: shapes.AttendanceTaken) -> dict[str, Any]:
    """Write down who was there, in the place of what was written down before."""
    names = {name.replace("_", "-"): "\n".join(people) for name, people in sent.dict().items()}
    return _of_meeting(request, slug, number=number, write=actions.record_attendance, entry=Entry(names))


@router.post(f"{MEETING}/declarations", response={201: shapes.MeetingTold}, url_name="declare")
def declare(request: HttpRequest, slug: str, *, number: int, sent: shapes.InterestDeclared) -> Status[dict[str, Any]]:
    """Write down an interest that somebody declared on an item, and how it was dealt with."""
    return Status(201, _of_meeting(request, slug, number=number, write=actions.declare, entry=entry_of(sent)))


@router.put(f"{MEETING}/minute", response=shapes.MeetingTold, url_name="write-minute")
def write_minute(request: HttpRequest, slug: str, *, number: int, sent: shapes.MinuteWritten) -> dict[str, Any]:
    """Write what was said of an item, in the place of what was read there."""
    return _of_meeting(request, slug, number=number, write=actions.write_minute, entry=entry_of(sent))


@router.post(f"{MEETING}/decisions", response={201: shapes.MeetingTold}, url_name="decide")
def decide(request: HttpRequest, slug: str, *, number: int, sent: shapes.DecisionMade) -> Status[dict[str, Any]]:
    """Write down what was resolved on an item."""
    return Status(201, _of_meeting(request, slug, number=number, write=actions.decide, entry=entry_of(sent)))


@router.post(f"{MEETING}/actions", response={201: shapes.MeetingTold}, url_name="give-action")
def give_action(request: HttpRequest, slug: str, *, number: int, sent: shapes.ActionGiven) -> Status[dict[str, Any]]:
    """Give somebody something to do by a day."""
    return Status(201, _of_meeting(request, slug, number=number, write=actions.give_action, entry=entry_of(sent)))


@router.post(f"{MEETING}/confirmation", response=shapes.MeetingTold, url_name="confirm-minutes")
def confirm(request: HttpRequest, slug: str, *, number: int, sent: shapes.MinutesConfirmed) -> dict[str, Any]:
    """Confirm the minutes of a meeting at a later one. Nothing of them changes afterwards."""
    return _of_meeting(request, slug, number=number, write=actions.confirm_minutes, entry=entry_of(sent))


@router.get(f"{MEETING}/minutes", response=ChapterTold, url_name="minutes")
def minutes(request: HttpRequest, slug: str, *, number: int) -> dict[str, Any]:
    """The minutes of a meeting, as they are printed."""
    shown = selectors.minutes_of(_found(visible_plan(actor_of(request), slug), number))
    return chapter_told(Chapter(sections_of_minutes(shown), {}, synthetic=False))


@router.get(f"{MEETING}/minutes.pdf", url_name="minutes-pdf", openapi_extra=answered_as("application/pdf"))
def minutes_pdf(request: HttpRequest, slug: str, *, number: int) -> HttpResponse:
    """The minutes of a meeting on paper."""
    shown = selectors.minutes_of(_found(visible_plan(actor_of(request), slug), number))
    return HttpResponse(pdf_of_minutes(shown), content_type="application/pdf")


@router.post(f"{PLAN}/actions/{{int:number}}/close", response=shapes.ActionTold, url_name="close-action")
def close_action(request: HttpRequest, slug: str, *, number: int, sent: Shown) -> dict[str, Any]:
    """Close an action, with what shows that it is done."""
    return _action(_closed(request, slug, sent=sent, find=lambda plan: selectors.action_of(plan, number)))


@router.post(f"{PLAN}/decisions/{{int:number}}/close", response=shapes.DecisionTold, url_name="close-decision")
def close_decision(request: HttpRequest, slug: str, *, number: int, sent: Shown) -> dict[str, Any]:
    """Close a decision whose conditions are met, with what shows it."""
    return _decision(_closed(request, slug, sent=sent, find=lambda plan: selectors.decision_of(plan, number)))


def _closed(request: HttpRequest, slug: str, *, sent: Shown, find: Callable[[Plan], Any]) -> Any:
    plan, actor = visible_plan(actor_of(request), slug), actor_of(request)
    board_actions.demand_minutes(actor, plan)
    entry = Entry({"words": sent.words})
    return actions.close_open(actor=actor, subject=there(find(plan)), entry=entry, file=file_of(sent.file))


def _board_to_write(request: HttpRequest, slug: str, *, number: int) -> Board:
    plan = visible_plan(actor_of(request), slug)
    board_actions.demand_minutes(actor_of(request), plan)
    return there(selectors.board_of(plan, number))


def _of_board(request: HttpRequest, slug: str, *, number: int, write: Write, sent: Schema) -> dict[str, Any]:
    """Write something of a board, and tell it as it then is."""
    found = _board_to_write(request, slug, number=number)
    write(actor=actor_of(request), board=found, entry=entry_of(sent))
    return _board(there(selectors.board_of(found.plan, number)))


def _of_meeting(request: HttpRequest, slug: str, *, number: int, write: Write, entry: Entry) -> dict[str, Any]:
    """Write something of a meeting, and tell it as it then is."""
    plan = visible_plan(actor_of(request), slug)
    board_actions.demand_minutes(actor_of(request), plan)
    write(actor=actor_of(request), meeting=_found(plan, number), entry=entry)
    return _meeting(_found(plan, number))


def _found(plan: Plan, number: int) -> Meeting:
    return there(selectors.meeting_of(plan, number))


def _board(found: Board) -> dict[str, Any]:
    day = selectors.today()
    local = [each for each in selectors.boards_of(found.plan) if each.sends_minutes_to_id == found.pk]
    members = [
        _named(each, "name", "role", "since", "until") | {"id": each.pk, "interests": list(each.interests.all())}
        for each in found.members.prefetch_related("interests")
    ]
    programme = [
        _named(each, "title", "owner", "due", "statutory", "every_months", "overdue") | {"board": each.board.pk}
        for each in selectors.programme_of([found], day=day)
    ]
    minutes = [
        _named(each, "last", "expected", "late") | {"board": each.board.pk}
        for each in selectors.local_minutes(local, day=day)
    ]
    names = ("name", "purpose", "quorum", "starts", "ends", "reports_how", "group", "every_months")
    above = {"reports_to": found.reports_to_id, "sends_minutes_to": found.sends_minutes_to_id}
    return {
        "id": found.pk,
        **_named(found, *names),
        **above,
        "state": selectors.state_of(found, day),
        "members": members,
        "meetings": list(found.meetings.all()),
        "programme": programme,
        "local_minutes": minutes,
    }


def _meeting(found: Meeting) -> dict[str, Any]:
    items = zip(selectors.numbers_of(found), selectors.items_of(found), strict=True)
    return {
        "id": found.pk,
        "board": found.board_id,
        **_named(found, "held", "place", "confirmed", "checksum"),
        "quorate": selectors.quorate(found),
        "attendance": list(selectors.attendees_of(found)),
        "items": [_item(found, item, number=number) for number, item in items],
    }


def _item(meeting: Meeting, item: AgendaItem, *, number: int) -> dict[str, Any]:
    return {
        "id": item.pk,
        "number": number,
        **_named(item, "title", "paper", "suppliers", "minute"),
        "declarations": list(item.declarations.all()),
        "decisions": [_decision(each) for each in item.decisions.all()],
        "actions": [_action(each) for each in item.actions.all()],
        "touches": [f"{each.name}: {each.about}" for each in selectors.touched(meeting, item)],
    }


def _action(found: BoardAction) -> dict[str, Any]:
    told = _named(found, "words", "owner", "due", "closed", "closed_words")
    return told | {"id": found.pk, "meeting": found.item.meeting_id, "evidence": found.evidence_id}


def _decision(found: Decision) -> dict[str, Any]:
    told = _named(found, "verb", "words", "open", "closed", "closed_words")
    keys = {"id": found.pk, "meeting": found.item.meeting_id, "evidence": found.evidence_id}
    return told | keys | {"signature": found.signature_id}


def _named(found: object, *names: str) -> dict[str, Any]:
    return {name: getattr(found, name) for name in names}
