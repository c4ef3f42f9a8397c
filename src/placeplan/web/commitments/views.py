"""Pages of intentions, contracts and risks with what is due; letters to providers; what serves what."""

import json
from collections.abc import Mapping
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placeplan.app.goals_by_programme import goals_of, goals_table, row_of_goal, said_in
from placeplan.app.tracing import matrix_of
from placeplan.registers.goals import GoalsMatrix
from placeplan.web.chapters.parts import parts_context
from placeplan.web.commitments.selectors import commitments_seen
from placeplan.web.editing.answers import section_grid
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import Working, working


@require_GET
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    """Intentions, contracts, risks and what is due, with the sections of the document below."""
    plan = visible_plan(request.user, slug)
    seen = working(request.user, plan)
    context = _context(plan, seen, name="commitments") | {"found": commitments_seen(seen)}
    return render(request, "commitments/commitments.html.jinja", context)


@require_GET
def providers(request: HttpRequest, slug: str) -> HttpResponse:
    """The intentions of one provider, as the letter that tells them."""
    plan = visible_plan(request.user, slug)
    seen = working(request.user, plan)
    found, results = commitments_seen(seen), results_of(seen).results
    wanted = request.GET.get("provider", "")
    chosen = next((each for each in found.providers if each.name == wanted), None) if found else None
    if wanted and chosen is None:
        raise Http404
    context = {"plan": plan, "found": found, "chosen": chosen, "about": results.header if results else None}
    return render(request, "commitments/providers.html.jinja", context)


@require_GET
def traceability(request: HttpRequest, slug: str) -> HttpResponse:
    """Projects against must-dos, outcomes and ambitions, and goals by programme of care; a cell says what it holds."""
    return traceability_page(request, working(request.user, visible_plan(request.user, slug)))


def traceability_page(
    request: HttpRequest, seen: Working, *, more: Mapping[str, Any] | None = None, status: int | None = None
) -> HttpResponse:
    """The page, with a cell that is being filled in ``more`` where one was refused."""
    plan, results = seen.plan, results_of(seen).results
    matrix = matrix_of(results) if results else None
    goals = goals_of(results) if results else None
    context = _context(plan, seen, name="traceability") | {
        "matrix": matrix,
        "project": matrix.project(request.GET.get("project", "")) if matrix else None,
        "goal": matrix.goal(request.GET.get("goal", "")) if matrix else None,
        "goals": goals,
        "entered": bool(results and results.plan.goals),
        "answers": goals.counts() if goals else {},
        "may_edit": may_with_plan(request.user, "edit-plan", plan=plan),
        **(more or _opened(request, seen, goals=goals)),
    }
    return render(request, "commitments/traceability.html.jinja", context, status=status)


def _opened(request: HttpRequest, seen: Working, *, goals: GoalsMatrix | None) -> dict[str, Any]:
    """The cell that the address opens, with what stands in it."""
    cell = goals.cell(request.GET.get("fill", ""), request.GET.get("programme", "")) if goals else None
    row = row_of_goal(section_grid(seen, results_of(seen), table=goals_table()), cell) if cell else None
    said = said_in(row)
    return {"filling": cell, "typed": said, "stands": None, "before": json.dumps(said), "fill_problem": ""}


def _context(plan: Plan, seen: Working, *, name: str) -> dict[str, Any]:
    titles = {"commitments": "Commitments", "traceability": "Traceability"}
    return {"plan": plan, "working": seen, "title": titles[name]} | parts_context(plan, chapter_in(seen, name))
