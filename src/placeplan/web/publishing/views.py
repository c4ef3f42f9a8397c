"""The page of documents: ask for one, see how far it is, take it."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods

from placeplan.app.building import FORMATS
from placeplan.app.building_texts import MEDIA_TYPES
from placeplan.web.planning.policies import demand_with_plan, may_with_plan, visible_plan
from placeplan.web.planning.selectors import latest_revision, revision_of
from placeplan.web.publishing import actions, selectors

TITLES = {"html": "Web page", "pdf": "PDF", "docx": "Word document", "xlsx": "Workbook"}
SECONDS_BETWEEN_LOOKS = 2


@require_http_methods(["GET", "POST"])
def documents(request: HttpRequest, slug: str) -> HttpResponse:
    """The documents of the revision that stands."""
    plan = visible_plan(request.user, slug)
    revision = latest_revision(plan)
    if request.method == "POST":
        form = request.POST.get("form", "")
        if form not in FORMATS:
            raise Http404
        actions.ask_for_document(actor=request.user, revision=revision, form=form)
        return redirect("publishing:documents", slug)
    jobs = {job.form: job for job in selectors.jobs_of(revision)}
    context = {
        "plan": plan,
        "revision": revision,
        "forms": [(form, TITLES[form], jobs.get(form)) for form in FORMATS],
        "may_take": may_with_plan(request.user, "take-plan-out", plan=plan),
        "refresh": SECONDS_BETWEEN_LOOKS if any(job.state in ("waiting", "running") for job in jobs.values()) else None,
    }
    return render(request, "publishing/documents.html.jinja", context)


@require_GET
def document(request: HttpRequest, slug: str, *, number: int, form: str) -> HttpResponse:
    """One document."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "take-plan-out", plan=plan)
    revision = revision_of(plan, number)
    found = selectors.document_of(revision, form) if revision else None
    if found is None:
        raise Http404
    answer = HttpResponse(bytes(found.content), content_type=MEDIA_TYPES[form])
    # A page of the plan is taken away as a file: here it would run under the rights of this site.
    answer["Content-Disposition"] = f'attachment; filename="{slug}-revision-{number}.{form}"'
    return answer
