"""A board and its meetings: who may keep minutes, what a meeting may not say, and minutes that stay as they were."""

from datetime import date, timedelta

import pytest
from django.test import Client
from tests.functional.web.conftest import Workspace, signed_in

from placeplan.web.access.policies import RefusedError
from placeplan.web.auditing.models import Event
from placeplan.web.entries import Entry
from placeplan.web.meetings import actions, board_actions, selectors
from placeplan.web.meetings.models import Board, BoardAction, Meeting, Receipt
from placeplan.web.planning.actions import WriteRefusedError

START = "/plans/small-place/meetings/"
SPRING, SUMMER = "2026-03-16", "2026-05-25"
MEMBERS = ("Ann Archer", "Bob Baker", "Cat Carter")


@pytest.fixture
def board(workspace: Workspace) -> Board:
    """A board of three members with a quorum of two, of whom one has an interest in a supplier."""
    secretary = workspace.person("board-secretary")
    fields = {"name": "Wellbeing board", "quorum": "2", "starts": "2026-01-01", "first_minute": "202"}
    made = board_actions.add_board(actor=secretary, plan=workspace.plan, entry=Entry(fields))
    for name in MEMBERS:
        entry = Entry({"name": name, "since": "2026-01-01"})
        board_actions.add_member(actor=secretary, board=made, entry=entry)
    member = str(made.members.get(name="Bob Baker").pk)
    interest = {"member": member, "about": "Acme Care", "nature": "financial", "declared": "2026-01-02"}
    board_actions.register_interest(actor=secretary, board=made, entry=Entry(interest))
    return made


def _client(board: Board) -> Client:
    return signed_in(board.plan.organisation.memberships.get(role="board-secretary").person)


def _meeting(board: Board, held: str) -> Meeting:
    answer = _client(board).post(f"{START}boards/{board.pk}/change", {"do": "call", "held": held})
    assert answer.status_code == 302
    return board.meetings.get(held=held)


def _do(meeting: Meeting, what: str, **fields: str) -> int:
    return _client(meeting.board).post(f"{START}{meeting.pk}/change", {"do": what, **fields}).status_code


def _held(board: Board, held: str) -> Meeting:
    """A meeting that was held, with one item that was minuted and decided."""
    meeting = _meeting(board, held)
    assert _do(meeting, "attendance", present="Ann Archer\nBob Baker", apologies="Cat Carter") == 302
    assert _do(meeting, "add-item", title="Plans for the year", paper="/plans/small-place/money/") == 302
    item = str(meeting.items.get().pk)
    assert _do(meeting, "minute", item=item, words="The plans were presented.") == 302
    assert _do(meeting, "decide", item=item, verb="noted", words="The plans be noted.") == 302
    return meeting


def test_minutes_go_from_agenda_to_confirmed_and_then_never_change(board: Board) -> None:
    first, second = _held(board, SPRING), _held(board, SUMMER)
    page = _client(board).get(f"{START}{first.pk}/").content.decode()
    assert "202. Plans for the year" in page
    assert "203. Plans for the year" in _client(board).get(f"{START}{second.pk}/").content.decode(), "consecutive"
    assert _do(first, "confirm", at=str(second.pk)) == 302
    first.refresh_from_db()
    page = _client(board).get(f"{START}{first.pk}/minutes/").content.decode()
    assert "Confirmed at the meeting of 25 May 2026." in page
    assert first.checksum in page
    frozen = _client(board).get(f"{START}{first.pk}/minutes.pdf").content
    assert frozen.startswith(b"%PDF")
    item = str(first.items.get().pk)
    for what, fields in (
        ("minute", {"item": item, "words": "Otherwise."}),
        ("decide", {"item": item, "verb": "agreed", "words": "More."}),
        ("action", {"item": item, "words": "Do.", "owner": "Ann", "due": SUMMER}),
        ("add-item", {"title": "Late"}),
        ("attendance", {"present": "Nobody"}),
        ("confirm", {"at": str(second.pk)}),
    ):
        assert _do(first, what, **fields) == 422, what
    assert _client(board).get(f"{START}{first.pk}/minutes.pdf").content == frozen
    assert Event.objects.get(verb="confirm-minutes").detail["checksum"] == first.checksum
    assert (
        _client(board).post(f"{START}boards/{board.pk}/change", {"do": "call", "held": "2026-02-01"}).status_code == 422
    )


def test_minutes_are_confirmed_only_when_everything_is_in_order(board: Board) -> None:
    first, second = _meeting(board, SPRING), _held(board, SUMMER)
    _do(first, "attendance", present="Ann Archer", **{"in-attendance": "Visitor\nBob Baker"})
    _do(first, "add-item", title="A contract with Acme Care")
    _do(first, "add-item", title="Other matters")
    _do(first, "decide", item=str(first.items.get(number=1).pk), verb="approved", words="The contract.")
    answer = _client(board).post(f"{START}{first.pk}/change", {"do": "confirm", "at": str(second.pk)})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "had no quorum" in page
    assert "Nothing is minuted of: Other matters." in page
    assert "Bob Baker has an interest in Acme Care" in page
    answer = _client(board).post(f"{START}{second.pk}/change", {"do": "confirm", "at": str(first.pk)})
    assert "confirmed by a later meeting" in answer.content.decode()


def test_an_interest_that_an_item_touches_is_declared_and_dealt_with(board: Board) -> None:
    meeting = _meeting(board, SPRING)
    _do(meeting, "attendance", present="Ann Archer\nBob Baker")
    _do(meeting, "add-item", title="Community services", suppliers="acme  care; Others")
    item = meeting.items.get()
    assert [each.name for each in selectors.touched(meeting, item)] == ["Bob Baker"]
    said = {"item": str(item.pk), "name": "Cat Carter", "words": "Acme Care", "handling": "left"}
    assert _do(meeting, "declare", **said) == 422, "she was not there"
    assert _do(meeting, "declare", **said | {"name": "Bob Baker"}) == 302
    assert not selectors.touched(meeting, meeting.items.get())


def test_nobody_is_both_present_and_absent(board: Board) -> None:
    meeting = _meeting(board, SPRING)
    answer = _client(board).post(
        f"{START}{meeting.pk}/change", {"do": "attendance", "present": "Ann Archer", "apologies": "ann  archer"}
    )
    assert answer.status_code == 422
    assert "Ann Archer stands there as present and as apologies." in answer.content.decode()
    assert not meeting.attendance.exists()


def test_two_people_who_write_one_minute_do_not_write_over_each_other(board: Board) -> None:
    meeting = _held(board, SPRING)
    item = str(meeting.items.get().pk)
    before = "The plans were presented."
    assert _do(meeting, "minute", item=item, words="Mine.", before=before) == 302
    assert _do(meeting, "minute", item=item, words="Theirs.", before=before) == 422
    assert meeting.items.get().minute == "Mine."


def test_an_action_stays_open_and_overdue_until_it_is_closed_with_what_shows_it(board: Board) -> None:
    meeting = _held(board, SPRING)
    yesterday = selectors.today() - timedelta(days=1)
    item = str(meeting.items.get().pk)
    assert _do(meeting, "action", item=item, words="Report on beds", owner="Ann Archer", due=str(yesterday)) == 302
    assert _do(meeting, "decide", item=item, verb="approved-with-conditions", words="The plan, with a date.") == 302
    client = _client(board)
    page = client.get(START).content.decode()
    assert "<b>1</b> action overdue" in page
    assert "<b>1</b> decision with open conditions" in page
    action = BoardAction.objects.get()
    assert client.post(f"{START}actions/{action.pk}/close", {"words": " "}).status_code == 422
    assert client.post(f"{START}actions/{action.pk}/close", {"words": "The report of May."}).status_code == 302
    assert client.post(f"{START}actions/{action.pk}/close", {"words": "Again."}).status_code == 422
    decision = selectors.open_decisions(board.plan)[0]
    assert client.post(f"{START}decisions/{decision.pk}/close", {"words": "The date."}).status_code == 302
    assert client.post(f"{START}decisions/{decision.pk}/close", {"words": "The date."}).status_code == 422
    assert "<b>0</b> action" in client.get(START).content.decode()


def test_statutory_items_recur_and_leave_the_programme_when_an_agenda_has_them(board: Board) -> None:
    secretary = board.plan.organisation.memberships.get(role="board-secretary").person
    fields = {"title": "Needs assessment", "owner": "Director", "due": SPRING, "every_months": "6", "statutory": "yes"}
    board_actions.plan_item(actor=secretary, board=board, entry=Entry(fields))
    board_actions.plan_item(actor=secretary, board=board, entry=Entry({"title": "Obesity review", "owner": "Officer"}))
    day = date(2026, 4, 1)
    found = selectors.programme_of([board], day=day)
    assert [each.due for each in found] == [date(2026, 3, 16), date(2026, 9, 16), date(2027, 3, 16), None]
    assert found[0].overdue
    meeting = _meeting(board, "2026-05-25")
    _do(meeting, "add-item", title="needs  assessment")
    assert [each.due for each in selectors.programme_of([board], day=day)] == [
        date(2026, 9, 16),
        date(2027, 3, 16),
        None,
    ]


def test_minutes_of_a_local_board_are_received_once_and_a_late_one_is_flagged(board: Board) -> None:
    secretary = board.plan.organisation.memberships.get(role="board-secretary").person
    fields = {
        "name": "Ashford board",
        "quorum": "3",
        "starts": "2026-01-01",
        "sends_minutes_to": str(board.pk),
        "every_months": "2",
    }
    local = board_actions.add_board(actor=secretary, plan=board.plan, entry=Entry(fields))
    assert selectors.local_minutes([local], day=date(2026, 4, 1))[0].late
    received = {"local": str(local.pk), "held": "2026-02-24", "received": "2026-03-20"}
    board_actions.receive_minutes(actor=secretary, board=board, entry=Entry(received))
    assert not selectors.local_minutes([local], day=date(2026, 4, 1))[0].late
    with pytest.raises(WriteRefusedError, match="were received on 2026-03-20"):
        board_actions.receive_minutes(actor=secretary, board=board, entry=Entry(received))
    assert Receipt.objects.count() == 1


def test_a_group_of_fixed_life_ends_and_nobody_reports_to_itself(board: Board) -> None:
    secretary = board.plan.organisation.memberships.get(role="board-secretary").person
    fields = {
        "name": "Task group",
        "quorum": "2",
        "starts": "2026-01-01",
        "ends": "2026-04-30",
        "reports_to": str(board.pk),
        "reports_how": "reports-into",
    }
    group = board_actions.add_board(actor=secretary, plan=board.plan, entry=Entry(fields))
    assert selectors.state_of(group, date(2026, 4, 1)) == "ends soon"
    assert selectors.state_of(group, date(2026, 5, 1)) == "ended"
    with pytest.raises(WriteRefusedError, match="does not exist on that day"):
        board_actions.call_meeting(actor=secretary, board=group, entry=Entry({"held": "2026-05-01"}))
    loop = Entry({"quorum": "2", "reports_to": str(group.pk), "reports_how": "reports-to"})
    with pytest.raises(WriteRefusedError, match="would report, by way of others, to itself"):
        board_actions.change_board(actor=secretary, board=board, entry=loop)


def test_bad_entries_are_refused_with_every_problem_and_nothing_is_written(board: Board) -> None:
    answer = _client(board).post(
        f"{START}boards", {"name": "", "quorum": "0", "starts": "soon", "reports_to": "999", "ends": "2026-02-30"}
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    for words in (
        "Name: say it",
        "Quorum: give a whole number",
        "First day: give a day",
        "Reports to: choose",
        "Last day",
    ):
        assert words in page
    assert Board.objects.count() == 1


def test_who_does_not_keep_minutes_writes_nothing(board: Board, workspace: Workspace) -> None:
    meeting = _held(board, SPRING)
    planner = workspace.person("planner")
    for write in actions.MEETING_WRITES.values():
        with pytest.raises(RefusedError, match="You may not keep the minutes"):
            write(actor=planner, meeting=meeting, entry=Entry({}))
    outside = signed_in(workspace.person("board-secretary", of=workspace.stranger))
    assert outside.get(f"{START}{meeting.pk}/").status_code == 404
    assert outside.post(f"{START}{meeting.pk}/change", {"do": "confirm"}).status_code == 404
