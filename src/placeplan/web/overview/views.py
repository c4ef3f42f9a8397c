"""The list of plans, and the first page of one: where it stands, what is wrong, and where to go on."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placeplan.app.plan_chapters import summary_of
from placeplan.web.access.selectors import where_may
from placeplan.web.chapters.parts import parts_context
from placeplan.web.discussing.selectors import open_queries_of
from placeplan.web.meetings.groups import endings_of
from placeplan.web.meetings.selectors import today
from placeplan.web.overview.sections import areas_of
from placeplan.web.planning import selectors
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import results_of

ASKED = ("edit-plan", "publish-revision", "share-plan")


@require_GET
def plans(request: HttpRequest) -> HttpResponse:
    """The plans that somebody may see, with the revision that stands of each, and whether they have a draft."""
    context = {
        "plans": selectors.plans_with_revisions(request.user),
        "may_bring_in": bool(where_may(request.user, "bring-in-plan")),
    }
    return render(request, "overview/plans.html.jinja", context)


@require_GET
def plan(request: HttpRequest, *, slug: str) -> HttpResponse:
    """A plan: where it stands, its sections, and what is wrong with it."""
    found = visible_plan(request.user, slug)
    working = selectors.working(request.user, found)
    checked = results_of(working)
    summary = summary_of(checked.results) if checked.results else None
    context = {
        "plan": found,
        "working": working,
        "checked": checked,
        "areas": areas_of(working, checked.findings),
        "rights": {action: may_with_plan(request.user, action, plan=found) for action in ASKED},
        "about": checked.results.header if checked.results else None,
        "open_queries": open_queries_of(found),
        "endings": endings_of(found, day=today()),
    }
    return render(request, "overview/plan.html.jinja", context | parts_context(found, summary))
