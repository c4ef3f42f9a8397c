"""The history of a plan."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placeplan.web.planning.policies import visible_plan
from placeplan.web.timeline.selectors import Kind, timeline_of


@require_GET
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that happened to a plan, the newest first, or what is of one kind."""
    plan = visible_plan(request.user, slug)
    wanted = request.GET.get("kind", "")
    entries = timeline_of(plan)
    if wanted in list(Kind):
        entries = tuple(each for each in entries if each.kind == wanted)
    context = {"plan": plan, "entries": entries, "kinds": list(Kind), "wanted": wanted}
    return render(request, "timeline/history.html.jinja", context)
