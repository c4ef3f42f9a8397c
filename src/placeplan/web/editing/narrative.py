"""Beside a text that somebody writes: how the document will show it, and figures to put in."""

import json
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET, require_POST

from placeplan.app.narrative_preview import preview_of
from placeplan.web.chapters.parts import parts_context
from placeplan.web.planning import selectors
from placeplan.web.planning.actions import LONGEST_SECTION
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import visible_plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import Working

UNREADABLE = 422
MOST_FIGURES = 30


def preview_context(plan: Plan, working: Working, *, text: str) -> dict[str, Any]:
    """What the preview of a text is shown from. Figures are those that are published while the draft cannot be read."""
    checked = results_of(working)
    readable = checked if checked.results else results_of(selectors.published(plan))
    return {"plan": plan, **parts_context(plan, preview_of(text, readable.results))}


@require_POST
def preview(request: HttpRequest, *, slug: str) -> HttpResponse:
    """A text as the document shows it. Nothing is written."""
    plan = visible_plan(request.user, slug)
    try:
        text = json.loads(request.body)["text"]
    except (ValueError, KeyError, TypeError):
        text = None
    if not isinstance(text, str) or len(text) > LONGEST_SECTION:
        return JsonResponse({"problem": "This could not be shown."}, status=UNREADABLE)
    working = selectors.working(request.user, plan)
    return render(request, "editing/preview.html.jinja", preview_context(plan, working, text=text))


@require_GET
def find_figures(request: HttpRequest, *, slug: str) -> JsonResponse:
    """The first figures whose name holds some words, to be put into a text."""
    plan = visible_plan(request.user, slug)
    working = selectors.working(request.user, plan)
    shown = results_of(working).figures_with(request.GET.get("q", ""), most=MOST_FIGURES + 1)
    figures = [{"id": each.id, "label": each.label, "printed": each.printed} for each in shown[:MOST_FIGURES]]
    return JsonResponse({"figures": figures, "more": len(shown) > MOST_FIGURES})
