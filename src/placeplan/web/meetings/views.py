"""Pages of boards and meetings: what is open, a board, a meeting from its agenda to its confirmed minutes."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from placeplan.app.minutes import pdf_of_minutes, sections_of_minutes
from placeplan.app.plan_chapters import Chapter
from placeplan.app.register_definitions import read_evidence_rules, read_meeting_rules
from placeplan.web.chapters.parts import parts_context
from placeplan.web.entries import Entry
from placeplan.web.evidencing.views import sent_evidence
from placeplan.web.meetings import actions, board_actions, selectors
from placeplan.web.meetings.groups import endings_of, groups_of
from placeplan.web.meetings.models import Board, BoardAction, Decision, Meeting
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import published
from placeplan.web.signing.selectors import signatures_of

UNREADABLE = 422
BOARD_WRITES: dict[str, Callable[..., Any]] = {
    "change": board_actions.change_board,
    "add-member": board_actions.add_member,
    "end-membership": board_actions.end_membership,
    "interest": board_actions.register_interest,
    "programme": board_actions.plan_item,
    "receive": board_actions.receive_minutes,
    "call": board_actions.call_meeting,
}


@require_GET
def boards(request: HttpRequest, slug: str) -> HttpResponse:
    """Every board of a plan, and what their meetings left open."""
    return _boards_page(request, visible_plan(request.user, slug))


@require_POST
def add_board(request: HttpRequest, slug: str) -> HttpResponse:
    """Add a board."""
    plan = visible_plan(request.user, slug)
    try:
        added = board_actions.add_board(actor=request.user, plan=plan, entry=Entry(request.POST))
    except WriteRefusedError as error:
        return _boards_page(request, plan, problem=str(error))
    messages.success(request, f"{added.name} is added.")
    return redirect("meetings:board", slug, added.pk)


@require_GET
def board(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """A board: its members and their interests, its meetings and its programme."""
    plan = visible_plan(request.user, slug)
    return _board_page(request, _board(plan, number))


@require_POST
def change_board(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """Write something of a board."""
    plan = visible_plan(request.user, slug)
    board_actions.demand_minutes(request.user, plan)
    found, write = _board(plan, number), BOARD_WRITES.get(request.POST.get("do", ""))
    if write is None:
        raise Http404
    try:
        made = write(actor=request.user, board=found, entry=Entry(request.POST))
    except WriteRefusedError as error:
        return _board_page(request, found, problem=str(error))
    if isinstance(made, Meeting):
        return redirect("meetings:meeting", slug, made.pk)
    return redirect("meetings:board", slug, number)


@require_GET
def meeting(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """A meeting: agenda, attendance, declarations, minutes, decisions and actions."""
    plan = visible_plan(request.user, slug)
    return _meeting_page(request, _meeting(plan, number))


@require_POST
def change_meeting(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """Write something of a meeting."""
    plan = visible_plan(request.user, slug)
    board_actions.demand_minutes(request.user, plan)
    found, write = _meeting(plan, number), actions.MEETING_WRITES.get(request.POST.get("do", ""))
    if write is None:
        raise Http404
    try:
        write(actor=request.user, meeting=found, entry=Entry(request.POST))
    except WriteRefusedError as error:
        return _meeting_page(request, found, problem=str(error))
    address = redirect("meetings:meeting", slug, number)
    item = request.POST.get("item", "")
    if item.isascii() and item.isdigit():
        address["Location"] += f"#item-{item}"
    return address


@require_GET
def minutes(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """The minutes of a meeting, as they are printed."""
    plan = visible_plan(request.user, slug)
    found = _meeting(plan, number)
    shown = selectors.minutes_of(found)
    context = {"plan": plan, "meeting": found, "title": shown.title}
    chapter = Chapter(sections_of_minutes(shown), {}, synthetic=False)
    return render(request, "meetings/minutes.html.jinja", context | parts_context(plan, chapter))


@require_GET
def minutes_pdf(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """The minutes of a meeting on paper."""
    plan = visible_plan(request.user, slug)
    found = _meeting(plan, number)
    answer = HttpResponse(pdf_of_minutes(selectors.minutes_of(found)), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-minutes-{found.held}.pdf"'
    return answer


@require_POST
def close_action(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """Close an action."""
    return _close(request, slug, find=lambda plan: selectors.action_of(plan, number))


@require_POST
def close_decision(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """Close a decision whose conditions are met."""
    return _close(request, slug, find=lambda plan: selectors.decision_of(plan, number))


def _close(request: HttpRequest, slug: str, *, find: Callable[[Plan], BoardAction | Decision | None]) -> HttpResponse:
    plan = visible_plan(request.user, slug)
    board_actions.demand_minutes(request.user, plan)
    subject = find(plan)
    if subject is None:
        raise Http404
    try:
        entry, file = Entry(request.POST), sent_evidence(request)
        actions.close_open(actor=request.user, subject=subject, entry=entry, file=file)
    except WriteRefusedError as error:
        return _boards_page(request, plan, problem=str(error))
    messages.success(request, "Closed, with what shows it.")
    return redirect("meetings:boards", slug)


def _boards_page(request: HttpRequest, plan: Plan, *, problem: str = "") -> HttpResponse:
    day = selectors.today()
    every = selectors.boards_of(plan)
    programme = selectors.programme_of(every, day=day)
    groups = groups_of(plan)
    wanted = groups.get(request.GET.get("group", ""))
    context = {
        "boards": selectors.boards_shown(plan, day=day),
        "actions": selectors.open_actions(plan),
        "decisions": selectors.open_decisions(plan),
        "programme": programme,
        "locals": selectors.local_minutes(every, day=day),
        "groups": groups,
        "endings": endings_of(plan, day=day),
        "for_group": {"group": wanted.group, "name": wanted.title, "purpose": wanted.role or ""} if wanted else {},
    }
    return _rendered(request, "meetings/boards.html.jinja", plan=plan, problem=problem, context=context)


def _board_page(request: HttpRequest, found: Board, *, problem: str = "") -> HttpResponse:
    day = selectors.today()
    others = [each for each in selectors.boards_of(found.plan) if each.pk != found.pk]
    sending = [each for each in others if each.sends_minutes_to_id == found.pk]
    context = {
        "board": found,
        "state": selectors.state_of(found, day),
        "members": found.members.prefetch_related("interests"),
        "current": set(selectors.current_members(found, day=day).values_list("pk", flat=True)),
        "meetings": found.meetings.all(),
        "programme": selectors.programme_of([found], day=day),
        "locals": selectors.local_minutes(sending, day=day),
        "sending": sending,
        "receipts": selectors.receipts_of(found),
        "groups": groups_of(found.plan),
        "others": others,
    }
    return _rendered(request, "meetings/board.html.jinja", plan=found.plan, problem=problem, context=context)


def _meeting_page(request: HttpRequest, found: Meeting, *, problem: str = "") -> HttpResponse:
    plan = found.board.plan
    items = selectors.items_of(found)
    attendees = selectors.attendees_of(found)
    listed = {
        each.id: [one.name for one in attendees if one.standing == each.id] for each in read_meeting_rules().standings
    }
    results = results_of(published(plan)).results
    named = (results.plan.contracts, results.plan.intentions) if results else ()
    providers = {row.provider for rows in named for row in rows if row.provider}
    context = {
        "meeting": found,
        "board": found.board,
        "items": list(
            zip(selectors.numbers_of(found), items, [selectors.touched(found, one) for one in items], strict=True)
        ),
        "attendees": attendees,
        "listed": listed,
        "members": selectors.members_on(found),
        "quorate": selectors.quorate(found),
        "later": [each for each in found.board.meetings.all() if each.held > found.held],
        "signatures": signatures_of(plan),
        "providers": sorted(providers),
        "programme": selectors.programme_of([found.board], day=found.held),
        "writable": found.confirmed is None,
    }
    return _rendered(request, "meetings/meeting.html.jinja", plan=plan, problem=problem, context=context)


def _rendered(
    request: HttpRequest, template: str, *, plan: Plan, problem: str, context: dict[str, Any]
) -> HttpResponse:
    rules = read_meeting_rules()
    shared = {
        "plan": plan,
        "problem": problem,
        "given": request.POST if problem else {},
        "may_keep": may_with_plan(request.user, "keep-minutes", plan=plan),
        "rules": rules,
        "titles": {each.id: each.title for each in (*rules.verbs, *rules.handlings, *rules.interests, *rules.reports)},
        "evidence_rules": read_evidence_rules(),
        "today": selectors.today(),
    }
    return render(request, template, shared | context, status=UNREADABLE if problem else None)


def _board(plan: Plan, number: int) -> Board:
    found = selectors.board_of(plan, number)
    if found is None:
        raise Http404
    return found


def _meeting(plan: Plan, number: int) -> Meeting:
    found = selectors.meeting_of(plan, number)
    if found is None:
        raise Http404
    return found
