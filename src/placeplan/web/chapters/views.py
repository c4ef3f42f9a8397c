"""Chapters that need no more than what the document of the plan says."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placeplan.web.chapters.parts import parts_context
from placeplan.web.planning.policies import visible_plan
from placeplan.web.planning.results import chapter_in
from placeplan.web.planning.selectors import working

# The other chapters have pages of their own.
TITLES = {
    "on-a-page": "Plan on a page",
    "words": "The plan in words",
}


@require_GET
def chapter(request: HttpRequest, *, slug: str, name: str) -> HttpResponse:
    """A chapter of the plan."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    context = {"plan": found, "working": seen, "title": TITLES[name]}
    return render(request, "chapters/chapter.html.jinja", context | parts_context(found, chapter_in(seen, name)))
