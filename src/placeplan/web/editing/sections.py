"""A section as a grid or a text, kept as it is typed, and put back as it was published."""

import json
from dataclasses import asdict
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST
from jinja2.utils import htmlsafe_json_dumps

from placeplan.app.comparing_sections import section_changes
from placeplan.app.section_grids import lines_of_grid, table_of, text_of_grid
from placeplan.kernel.errors import InputError
from placeplan.plan.folder_files import NARRATIVE_FILE
from placeplan.web.discussing.selectors import open_counts
from placeplan.web.editing.answers import section_grid, section_totals, told
from placeplan.web.editing.narrative import preview_context
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.actions import OvertakenError, WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, may_with_plan, visible_plan
from placeplan.web.planning.results import results_of

CONFLICT, UNREADABLE = 409, 422


@require_GET
def section(request: HttpRequest, *, slug: str, name: str) -> HttpResponse:
    """A section: a grid for a table, a text otherwise."""
    found = visible_plan(request.user, slug)
    working = selectors.working(request.user, found)
    table, text = table_of(name), working.texts.get(name)
    if table is None and text is None:
        raise Http404
    checked = results_of(working)
    grid, problem = None, ""
    if table is not None:
        try:
            grid = section_grid(working, checked, table=table)
        except InputError as error:
            problem = str(error)
    findings = checked.of_section(name)
    context = {
        "plan": found,
        "working": working,
        "section": name,
        "text": text or "",
        "checksum": working.checksums.get(name, ""),
        "grid": grid,
        "problem": problem,
        "narrative": bool(NARRATIVE_FILE.match(name)),
        "checked": checked,
        "grid_data": htmlsafe_json_dumps(asdict(grid)) if grid else "",
        "findings": findings,
        "findings_data": htmlsafe_json_dumps([asdict(each) for each in findings]),
        "totals": section_totals(working, checked, name=name),
        "threads": open_counts(found),
        "threads_data": htmlsafe_json_dumps(open_counts(found)),
        "changed": working.draft is not None and working.draft.sections.filter(name=name).exists(),
        "may_edit": may_with_plan(request.user, "edit-plan", plan=found),
    }
    if context["narrative"]:
        context |= preview_context(found, working, text=text or "")
    return render(request, "planning/section.html.jinja", context)


@require_POST
def write(request: HttpRequest, *, slug: str, name: str) -> JsonResponse:
    """Write a section of the draft and answer with what is found in it now."""
    found = visible_plan(request.user, slug)
    lines: list[int] = []
    try:
        given = json.loads(request.body)
        if "rows" in given:
            lines = lines_of_grid(given["headings"], given["rows"])
            text = text_of_grid(given["headings"], given["rows"])
        else:
            text = given["text"] if given["text"] is None else _words(given["text"])
        replaces = str(given["replaces"])
    except (ValueError, KeyError, TypeError):
        return JsonResponse({"problem": "This could not be read. Load the page again."}, status=UNREADABLE)
    draft = actions.open_draft(actor=request.user, plan=found)
    try:
        checksum = actions.write_section(actor=request.user, draft=draft, section=name, text=text, replaces=replaces)
    except OvertakenError as error:
        both = selectors.both_windows(name, replaces, typed=text, stands=error.text)
        answer = {"problem": str(error), "text": error.text, "checksum": error.checksum, "both": both}
        return JsonResponse(answer, status=CONFLICT)
    except WriteRefusedError as error:
        return JsonResponse({"problem": str(error)}, status=UNREADABLE)
    answer = told(selectors.working(request.user, found), name, lines=lines)
    return JsonResponse({"checksum": checksum, **answer, "shown": _shown(request, found, name=name)})


def _words(text: object) -> str:
    if not isinstance(text, str):
        raise TypeError("a text is a string")
    return text


def _shown(request: HttpRequest, plan: Plan, *, name: str) -> dict[str, str]:
    """The parts of the page that change with each write."""
    working = selectors.working(request.user, plan)
    checked = results_of(working)
    context = {
        "plan": plan,
        "checked": checked,
        "findings": checked.of_section(name),
        "totals": section_totals(working, checked, name=name),
        "may_edit": True,
    }
    parts = ("found", "totals")
    return {part: render_to_string(f"editing/{part}.html.jinja", context, request) for part in parts}


@require_http_methods(["GET", "POST"])
def undo(request: HttpRequest, *, slug: str, name: str) -> HttpResponse:
    """Put a section of the draft back as it stands in the revision that the draft began from."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=found)
    draft = selectors.draft_of(request.user, found)
    if draft is None or not draft.sections.filter(name=name).exists():
        raise Http404
    problem = ""
    if request.method == "POST":
        try:
            replaces = request.POST.get("replaces", "")
            actions.undo_section(actor=request.user, draft=draft, section=name, replaces=replaces)
            messages.success(request, f"{name} is as it was in revision {draft.base.number}.")
            there = name in selectors.texts_of_revision(draft.base) or table_of(name) is not None
            return redirect("planning:section", slug, name) if there else redirect("planning:plan", slug)
        except OvertakenError as error:
            problem = str(error)
    mine, base = selectors.texts_of_draft(draft).get(name), selectors.texts_of_revision(draft.base).get(name)
    context: dict[str, Any] = {
        "plan": found,
        "draft": draft,
        "section": name,
        "table": table_of(name),
        "changes": section_changes(name, base, after=mine),
        "checksum": selectors.checksums_of_draft(draft).get(name, ""),
        "problem": problem,
        "back": reverse("planning:section", args=[slug, name]) if mine is not None else "",
    }
    return render(request, "editing/undo.html.jinja", context, status=CONFLICT if problem else None)
