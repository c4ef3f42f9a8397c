"""Pages of intentions, contracts and risks with what is due; letters to providers; what serves what."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placeplan.app.commitments import Commitments, commitments_of
from placeplan.app.plan_texts import read_texts
from placeplan.app.tracing import matrix_of
from placeplan.web.chapters.parts import parts_context
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import Working, texts_of_revision, working


@require_GET
def commitments(request: HttpRequest, slug: str) -> HttpResponse:
    """Intentions, contracts, risks and what is due, with the sections of the document below."""
    plan = visible_plan(request.user, slug)
    seen = working(request.user, plan)
    context = _context(plan, seen, name="commitments") | {"found": _found(seen)}
    return render(request, "commitments/commitments.html.jinja", context)


@require_GET
def providers(request: HttpRequest, slug: str) -> HttpResponse:
    """The intentions of one provider, as the letter that tells them."""
    plan = visible_plan(request.user, slug)
    seen = working(request.user, plan)
    found, results = _found(seen), results_of(seen).results
    wanted = request.GET.get("provider", "")
    chosen = next((each for each in found.providers if each.name == wanted), None) if found else None
    if wanted and chosen is None:
        raise Http404
    context = {"plan": plan, "found": found, "chosen": chosen, "about": results.header if results else None}
    return render(request, "commitments/providers.html.jinja", context)


@require_GET
def traceability(request: HttpRequest, slug: str) -> HttpResponse:
    """Projects against must-dos, outcomes and ambitions; a cell says what links the two."""
    plan = visible_plan(request.user, slug)
    seen = working(request.user, plan)
    results = results_of(seen).results
    matrix = matrix_of(results) if results else None
    context = _context(plan, seen, name="traceability") | {
        "matrix": matrix,
        "project": matrix.project(request.GET.get("project", "")) if matrix else None,
        "goal": matrix.goal(request.GET.get("goal", "")) if matrix else None,
    }
    return render(request, "commitments/traceability.html.jinja", context)


def _context(plan: Plan, seen: Working, *, name: str) -> dict[str, Any]:
    titles = {"commitments": "Commitments", "traceability": "Traceability"}
    return {"plan": plan, "working": seen, "title": titles[name]} | parts_context(plan, chapter_in(seen, name))


def _found(seen: Working) -> Commitments | None:
    results = results_of(seen).results
    if results is None:
        return None
    before = seen.draft.base if seen.draft else seen.revision.parent
    return commitments_of(results, before=read_texts(texts_of_revision(before)) if before else None)
