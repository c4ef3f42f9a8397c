"""The page of governance: who reports to whom on any day, what comes to its end, and which board a group meets as."""

from datetime import date

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placeplan.app.governing import governance_chapter, governance_on, groups_on
from placeplan.web.chapters.parts import parts_context
from placeplan.web.entries import Entry
from placeplan.web.meetings.groups import endings_of
from placeplan.web.meetings.selectors import boards_of, today
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import working

UNREADABLE = 422


@require_GET
def governance(request: HttpRequest, slug: str) -> HttpResponse:
    """The groups of a plan on the day that is asked for; without one, on the day on which the plan is judged."""
    plan = visible_plan(request.user, slug)
    seen = working(request.user, plan)
    results = results_of(seen).results
    asked, problem = _day(request)
    found = governance_on(results, asked or results.case.as_at) if results else None
    chapter = governance_chapter(results, asked) if results and asked else chapter_in(seen, "governance")
    boards = boards_of(plan)
    meets_as = {each.group: each for each in boards if each.group}
    context = {
        "plan": plan,
        "working": seen,
        "title": "Governance",
        "day": found.day if found else None,
        "given": request.GET.get("day", ""),
        "problem": problem,
        "today": today(),
        "counts": groups_on(found) if found else None,
        "groups": [(group, found.lives[name], meets_as.get(name)) for name, group in found.groups.items()]
        if found
        else [],
        "boards": boards,
        "endings": endings_of(plan, day=today()),
        "may_edit": may_with_plan(request.user, "edit-plan", plan=plan),
        "may_keep": may_with_plan(request.user, "keep-minutes", plan=plan),
    } | parts_context(plan, chapter)
    return render(request, "meetings/governance.html.jinja", context, status=UNREADABLE if problem else None)


def _day(request: HttpRequest) -> tuple[date | None, str]:
    """The day that the address asks about, or what is wrong with it."""
    entry = Entry(request.GET.dict())
    day = entry.day("day", "Day", required=False)
    try:
        entry.sure()
    except WriteRefusedError as error:
        return None, str(error)
    return day, ""
