"""Writes boards, their members, interests, programme and the minutes that they receive.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
Each action reads what was typed, with every problem at once, and then writes.
"""

from collections.abc import Mapping
from datetime import date

from django.db import transaction

from placeplan.app.register_definitions import read_meeting_rules
from placeplan.registers.meetings import lines_of_report
from placeplan.web.access.models import Person
from placeplan.web.auditing.actions import record
from placeplan.web.entries import Entry
from placeplan.web.meetings.groups import groups_of
from placeplan.web.meetings.models import (
    Board,
    BoardMember,
    ForwardItem,
    Meeting,
    Receipt,
    RegisteredInterest,
)
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan

MOST_MEMBERS, MOST_MONTHS, MOST_MINUTES = 200, 120, 999_999


def demand_minutes(actor: Person, plan: Plan) -> None:
    """Go on only if a person may keep minutes of meetings about a plan.

    Raises:
        RefusedError: they may not; the attempt is in the record.
    """
    demand_with_plan(actor, "keep-minutes", plan=plan)


def written(actor: Person, verb: str, *, board: Board, detail: Mapping[str, object]) -> None:
    """Record a write about a board, in the transaction that is open."""
    record(person_id=actor.pk, verb=verb, subject=board.plan.subject, detail={"board": board.name, **detail})


def add_board(*, actor: Person, plan: Plan, entry: Entry) -> Board:
    """Add a board: a standing one, or a group whose last day is known.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: what was typed does not fit, with every problem.
    """
    demand_minutes(actor, plan)
    others = {str(each.pk): each for each in Board.objects.filter(plan=plan)}
    name = entry.line("name", "Name")
    purpose = entry.line("purpose", "Purpose", required=False)
    quorum = entry.number("quorum", "Quorum", least=1, most=MOST_MEMBERS)
    starts, ends = entry.day("starts", "First day"), entry.day("ends", "Last day", required=False)
    above = entry.choice("reports_to", "Reports to", of=others, required=False)
    how = entry.choice("reports_how", "How it reports", of=_ids(read_meeting_rules().reports), required=bool(above))
    receiver = entry.choice("sends_minutes_to", "Sends its minutes to", of=others, required=False)
    months = entry.number("every_months", "Meets every", least=1, most=MOST_MONTHS, required=bool(receiver))
    first = entry.number("first_minute", "Number of its first minute", least=1, most=MOST_MINUTES, required=False)
    group = entry.choice("group", "Group of the plan", of=groups_of(plan), required=False)
    entry.sure()
    if ends is not None and starts is not None and ends < starts:
        raise WriteRefusedError("Last day: it must not come before the first day.")
    with transaction.atomic():
        if Board.objects.filter(plan=plan, name=name).exists():
            raise WriteRefusedError(f"There is a board called {name}.")
        _free_group(plan, group)
        board = Board.objects.create(
            plan=plan,
            name=name,
            purpose=purpose,
            quorum=quorum,
            starts=starts,
            ends=ends,
            reports_to=others.get(above),
            reports_how=how if above else "",
            sends_minutes_to=others.get(receiver),
            every_months=months,
            first_minute=first or 1,
            group=group,
        )
        written(actor, "add-board", board=board, detail={"quorum": quorum})
    return board


def change_board(*, actor: Person, board: Board, entry: Entry) -> Board:
    """Change whom a board reports to, its quorum, its last day, and the group of the plan that meets as it.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: what was typed does not fit, or it would report to itself.
    """
    demand_minutes(actor, board.plan)
    others = {str(each.pk): each for each in Board.objects.filter(plan=board.plan).exclude(pk=board.pk)}
    quorum = entry.number("quorum", "Quorum", least=1, most=MOST_MEMBERS)
    ends = entry.day("ends", "Last day", required=False)
    above = entry.choice("reports_to", "Reports to", of=others, required=False)
    how = entry.choice("reports_how", "How it reports", of=_ids(read_meeting_rules().reports), required=bool(above))
    group = entry.choice("group", "Group of the plan", of={*groups_of(board.plan), board.group}, required=False)
    entry.sure()
    if ends is not None and ends < board.starts:
        raise WriteRefusedError("Last day: it must not come before the first day.")
    with transaction.atomic():
        Plan.objects.select_for_update(no_key=True).get(pk=board.plan_id)
        lines = dict(Board.objects.filter(plan=board.plan).values_list("pk", "reports_to_id"))
        lines[board.pk] = int(above) if above else None
        try:
            lines_of_report({str(key): str(value) if value else None for key, value in lines.items()})
        except ValueError as error:
            raise WriteRefusedError(f"{board.name} would report, by way of others, to itself.") from error
        _free_group(board.plan, group, besides=board)
        board.quorum, board.ends, board.group = quorum or board.quorum, ends, group
        board.reports_to, board.reports_how = others.get(above), how if above else ""
        board.save()
        detail = {"quorum": board.quorum, "ends": str(ends or ""), "reports_to": str(board.reports_to or "")}
        detail |= {"group": group}
        written(actor, "change-board", board=board, detail=detail)
    return board


def add_member(*, actor: Person, board: Board, entry: Entry) -> BoardMember:
    """Add a member from a day.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: what was typed does not fit.
    """
    demand_minutes(actor, board.plan)
    name, role = entry.line("name", "Name"), entry.line("role", "Role", required=False)
    since, until = entry.day("since", "Member since"), entry.day("until", "Until", required=False)
    entry.sure()
    _in_order(since, until)
    with transaction.atomic():
        member = BoardMember.objects.create(board=board, name=name, role=role, since=since, until=until)
        written(actor, "add-member", board=board, detail={"name": name, "since": str(since)})
    return member


def end_membership(*, actor: Person, board: Board, entry: Entry) -> BoardMember:
    """Say the last day of a member.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: there is no such member, or the day does not fit.
    """
    demand_minutes(actor, board.plan)
    members = {str(each.pk): each for each in board.members.all()}
    chosen = entry.choice("member", "Member", of=members)
    until = entry.day("until", "Last day")
    entry.sure()
    member = members[chosen]
    _in_order(member.since, until)
    with transaction.atomic():
        member.until = until
        member.save()
        written(actor, "end-membership", board=board, detail={"name": member.name, "until": str(until)})
    return member


def register_interest(*, actor: Person, board: Board, entry: Entry) -> RegisteredInterest:
    """Enter an interest of a member into the register.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: what was typed does not fit.
    """
    demand_minutes(actor, board.plan)
    members = {str(each.pk): each for each in board.members.all()}
    chosen = entry.choice("member", "Member", of=members)
    about = entry.line("about", "Supplier or matter")
    nature = entry.choice("nature", "Kind of interest", of=_ids(read_meeting_rules().interests))
    declared, until = entry.day("declared", "Declared on"), entry.day("until", "Until", required=False)
    entry.sure()
    _in_order(declared, until)
    with transaction.atomic():
        interest = RegisteredInterest.objects.create(
            member=members[chosen], about=about, nature=nature, declared=declared, until=until
        )
        written(actor, "register-interest", board=board, detail={"name": members[chosen].name, "about": about})
    return interest


def plan_item(*, actor: Person, board: Board, entry: Entry) -> ForwardItem:
    """Put an item on the forward work programme.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: what was typed does not fit.
    """
    demand_minutes(actor, board.plan)
    title, owner = entry.line("title", "Item"), entry.line("owner", "Owner")
    due = entry.day("due", "Due", required=False)
    months = entry.number("every_months", "Again every", least=1, most=MOST_MONTHS, required=False)
    statutory = entry.ticked("statutory")
    entry.sure()
    if months and due is None:
        raise WriteRefusedError("Due: an item that recurs needs the day on which it first falls due.")
    with transaction.atomic():
        item = ForwardItem.objects.create(
            board=board, title=title, owner=owner, due=due, every_months=months, statutory=statutory
        )
        written(actor, "plan-item", board=board, detail={"title": title, "due": str(due or "")})
    return item


def receive_minutes(*, actor: Person, board: Board, entry: Entry) -> Receipt:
    """Note that the minutes of a local board came in: those of one meeting once.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: they came before, or what was typed does not fit.
    """
    demand_minutes(actor, board.plan)
    locals_ = {str(each.pk): each for each in board.local_boards.all()}
    chosen = entry.choice("local", "Local board", of=locals_)
    held, received = entry.day("held", "Held on"), entry.day("received", "Received on")
    entry.sure()
    if held is not None and received is not None and received < held:
        raise WriteRefusedError("Received on: minutes cannot come in before the meeting was held.")
    local = locals_[chosen]
    with transaction.atomic():
        receipt, new = Receipt.objects.get_or_create(
            local=local, held=held, defaults={"received": received, "person": actor}
        )
        if not new:
            raise WriteRefusedError(f"The minutes of {local.name} of that day were received on {receipt.received}.")
        written(actor, "receive-minutes", board=board, detail={"local": local.name, "held": str(held)})
    return receipt


def call_meeting(*, actor: Person, board: Board, entry: Entry) -> Meeting:
    """Call a meeting of a board.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: the board does not exist on that day, or meets then already.
    """
    demand_minutes(actor, board.plan)
    held, place = entry.day("held", "Day of the meeting"), entry.line("place", "Place", required=False)
    entry.sure()
    if held is None or held < board.starts or (board.ends is not None and held > board.ends):
        raise WriteRefusedError(f"Day of the meeting: {board.name} does not exist on that day.")
    with transaction.atomic():
        if board.meetings.filter(held__gte=held).exclude(confirmed=None).exists():
            raise WriteRefusedError("Day of the meeting: minutes of a later meeting are confirmed, and numbered on.")
        meeting, new = Meeting.objects.get_or_create(board=board, held=held, defaults={"place": place})
        if not new:
            raise WriteRefusedError(f"{board.name} meets on that day already.")
        written(actor, "call-meeting", board=board, detail={"held": str(held)})
    return meeting


def _free_group(plan: Plan, group: str, *, besides: Board | None = None) -> None:
    """Refuse a group of the plan that meets as another board already."""
    taken = Board.objects.filter(plan=plan, group=group).exclude(pk=besides.pk if besides else None).first()
    if group and taken is not None:
        raise WriteRefusedError(f"Group of the plan: it meets as {taken.name} already.")


def _in_order(first: date | None, last: date | None) -> None:
    if first is not None and last is not None and last < first:
        raise WriteRefusedError("Until: it must not come before the first day.")


def _ids(named: tuple[object, ...]) -> tuple[str, ...]:
    return tuple(str(getattr(each, "id", "")) for each in named)
