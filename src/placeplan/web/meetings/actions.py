"""Writes what happens at a meeting, and what it leaves open. Confirmed minutes are never changed.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from django.db import transaction

from placeplan.app.minutes import checksum_of_minutes
from placeplan.app.register_definitions import read_meeting_rules
from placeplan.registers.meetings import Attendee, attendance_problems, confirming_problems, names_in, same_name
from placeplan.web.access.models import Person
from placeplan.web.entries import Entry
from placeplan.web.evidencing.actions import SentFile, checked_file, keep_evidence
from placeplan.web.meetings.board_actions import MOST_MEMBERS, demand_minutes, written
from placeplan.web.meetings.models import (
    AgendaItem,
    Attendance,
    BoardAction,
    Decision,
    Declaration,
    Meeting,
)
from placeplan.web.meetings.selectors import draft_minutes, members_on, minutes_of, numbers_of, quorate
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.signing.models import SignatureRow


def add_item(*, actor: Person, meeting: Meeting, entry: Entry) -> AgendaItem:
    """Put an item on the agenda.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: the minutes are confirmed, or what was typed does not fit.
    """
    demand_minutes(actor, meeting.board.plan)
    title, paper = entry.line("title", "Item"), entry.line("paper", "Paper", required=False)
    suppliers = entry.line("suppliers", "Suppliers", required=False)
    entry.sure()
    with transaction.atomic():
        locked = _draft(meeting)
        number = locked.items.count() + 1
        item = AgendaItem.objects.create(meeting=locked, number=number, title=title, paper=paper, suppliers=suppliers)
        _note(actor, "add-agenda-item", meeting=locked, title=title)
    return item


def record_attendance(*, actor: Person, meeting: Meeting, entry: Entry) -> None:
    """Write down who was there, in the place of what was written down before. Nobody is there twice.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: somebody stands there twice, or the minutes are confirmed.
    """
    demand_minutes(actor, meeting.board.plan)
    standings = [each.id for each in read_meeting_rules().standings]
    names = {each: names_in(entry.text(each, each.capitalize(), required=False)) for each in standings}
    entry.sure()
    members = {same_name(each.name) for each in members_on(meeting)}
    people = [Attendee(name, each, same_name(name) in members) for each in standings for name in names[each]]
    problems = attendance_problems(people)
    if len(people) > MOST_MEMBERS or any(len(each.name) > MOST_MEMBERS for each in people):
        problems = (*problems, f"Write one name on each line, of at most {MOST_MEMBERS} letters.")
    if problems:
        raise WriteRefusedError(" ".join(problems))
    with transaction.atomic():
        locked = _draft(meeting)
        locked.attendance.all().delete()
        Attendance.objects.bulk_create(
            Attendance(meeting=locked, name=each.name, standing=each.standing, member=each.member) for each in people
        )
        _note(actor, "record-attendance", meeting=locked, **{each: len(names[each]) for each in standings})


def declare(*, actor: Person, meeting: Meeting, entry: Entry) -> Declaration:
    """Write down an interest that somebody declared on an item, and how it was dealt with.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: they were not there, or what was typed does not fit, or the minutes are confirmed.
    """
    demand_minutes(actor, meeting.board.plan)
    item = _item(meeting, entry)
    name, words = entry.line("name", "Who"), entry.line("words", "Interest")
    handling = entry.choice(
        "handling", "How it was dealt with", of=[each.id for each in read_meeting_rules().handlings]
    )
    entry.sure()
    there = {same_name(each.name) for each in meeting.attendance.exclude(standing="apologies")}
    if same_name(name) not in there:
        raise WriteRefusedError(f"Who: {name} is not recorded as being there.")
    with transaction.atomic():
        locked = _draft(meeting)
        declaration = Declaration.objects.create(item=_sure(item), name=name, words=words, handling=handling)
        _note(actor, "declare-interest", meeting=locked, name=name, item=_sure(item).number, handling=handling)
    return declaration


def write_minute(*, actor: Person, meeting: Meeting, entry: Entry) -> AgendaItem:
    """Write what was said of an item, in the place of what was written before.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: somebody else wrote in between, nothing is said, or the minutes are confirmed.
    """
    demand_minutes(actor, meeting.board.plan)
    item = _item(meeting, entry)
    words, before = entry.text("words", "Minute"), entry.text("before", "Before", required=False)
    entry.sure()
    with transaction.atomic():
        locked = _draft(meeting)
        stands = AgendaItem.objects.select_for_update(no_key=True).get(pk=_sure(item).pk)
        if stands.minute not in (before, words):
            raise WriteRefusedError("Somebody else wrote this minute since you opened it. Nothing was written over.")
        stands.minute = words
        stands.save()
        _note(actor, "write-minute", meeting=locked, item=stands.number)
    return stands


def decide(*, actor: Person, meeting: Meeting, entry: Entry) -> Decision:
    """Write down what was resolved on an item; it may stand for a signature of the plan.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: what was typed does not fit, or the minutes are confirmed.
    """
    demand_minutes(actor, meeting.board.plan)
    verbs = {each.id: each for each in read_meeting_rules().verbs}
    signatures = {str(each.pk): each for each in SignatureRow.objects.filter(plan=meeting.board.plan)}
    item = _item(meeting, entry)
    verb, words = entry.choice("verb", "Verb", of=verbs), entry.text("words", "What was resolved")
    signature = entry.choice("signature", "Signature", of=signatures, required=False)
    entry.sure()
    with transaction.atomic():
        locked = _draft(meeting)
        decision = Decision.objects.create(
            item=_sure(item),
            verb=verb,
            words=words,
            signature=signatures.get(signature),
            open=verbs[verb].stays_open,
        )
        _note(actor, "decide", meeting=locked, resolved=verb, item=_sure(item).number)
    return decision


def give_action(*, actor: Person, meeting: Meeting, entry: Entry) -> BoardAction:
    """Give somebody something to do by a day.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: what was typed does not fit, or the minutes are confirmed.
    """
    demand_minutes(actor, meeting.board.plan)
    item = _item(meeting, entry)
    words, owner, due = entry.text("words", "Action"), entry.line("owner", "Owner"), entry.day("due", "Due")
    entry.sure()
    with transaction.atomic():
        locked = _draft(meeting)
        action = BoardAction.objects.create(item=_sure(item), words=words, owner=owner, due=due)
        _note(actor, "give-action", meeting=locked, owner=owner, due=str(due))
    return action


def close_open(
    *, actor: Person, subject: BoardAction | Decision, entry: Entry, file: SentFile | None = None
) -> BoardAction | Decision:
    """Close an action, or a decision whose conditions are met, with what shows it. It is closed once.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: it is closed already, or nothing shows it, or the file may not be kept.
    """
    meeting = subject.item.meeting
    demand_minutes(actor, meeting.board.plan)
    words = entry.text("words", "What shows that it is done")
    entry.sure()
    checked = checked_file(file)
    with transaction.atomic():
        model: Any = type(subject)
        locked = model.objects.select_for_update(no_key=True).get(pk=subject.pk)
        if locked.closed is not None or not getattr(locked, "open", True):
            raise WriteRefusedError("This is closed already.")
        locked.closed, locked.closed_by, locked.closed_words = datetime.now(tz=UTC), actor, words
        locked.evidence = keep_evidence(actor=actor, plan=meeting.board.plan, file=checked)
        if isinstance(locked, Decision):
            locked.open = False
        locked.save()
        kind = "decision" if isinstance(locked, Decision) else "action"
        _note(actor, f"close-{kind}", meeting=meeting, number=locked.pk, words=words)
    closed: BoardAction | Decision = locked
    return closed


def confirm_minutes(*, actor: Person, meeting: Meeting, entry: Entry) -> Meeting:
    """Confirm the minutes of a meeting at a later one of the same board. Nothing of them changes afterwards.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: with everything that stands against it.
    """
    demand_minutes(actor, meeting.board.plan)
    others = {str(each.pk): each for each in meeting.board.meetings.exclude(pk=meeting.pk)}
    chosen = entry.choice("at", "Confirmed at", of=others)
    entry.sure()
    at = others[chosen]
    with transaction.atomic():
        locked = _draft(meeting)
        problems = confirming_problems(draft_minutes(locked), confirmed_on=at.held, confirming_quorate=quorate(at))
        if problems:
            raise WriteRefusedError(" ".join(problems))
        locked.first_number = numbers_of(locked).start
        locked.confirmed, locked.confirmed_by, locked.confirmed_at = datetime.now(tz=UTC), actor, at
        locked.checksum = checksum_of_minutes(minutes_of(locked))
        locked.save()
        _note(actor, "confirm-minutes", meeting=locked, at=str(at.held), checksum=locked.checksum)
    return locked


MEETING_WRITES: dict[str, Callable[..., Any]] = {
    "add-item": add_item,
    "attendance": record_attendance,
    "declare": declare,
    "minute": write_minute,
    "decide": decide,
    "action": give_action,
    "confirm": confirm_minutes,
}


def _draft(meeting: Meeting) -> Meeting:
    """The meeting, locked, if its minutes may still change."""
    locked = Meeting.objects.select_for_update(no_key=True).select_related("board__plan").get(pk=meeting.pk)
    if locked.confirmed is not None:
        raise WriteRefusedError("These minutes are confirmed. Nothing of them changes.")
    return locked


def _item(meeting: Meeting, entry: Entry) -> AgendaItem | None:
    items = {str(each.pk): each for each in meeting.items.all()}
    return items.get(entry.choice("item", "Item", of=items))


def _sure(item: AgendaItem | None) -> AgendaItem:
    if item is None:
        raise WriteRefusedError("Item: choose one of the list.")
    return item


def _note(actor: Person, verb: str, *, meeting: Meeting, **detail: object) -> None:
    written(actor, verb, board=meeting.board, detail={"meeting": str(meeting.held), **detail})
