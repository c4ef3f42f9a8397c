"""Pages of the record: search it, see whether its chain is whole, take it away."""

from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from placeplan.web.auditing import exporting, readable, selectors

A_PAGE = 100


@never_cache
@require_GET
def record(request: HttpRequest) -> HttpResponse:
    """What was done and refused in the organisations of an auditor, the newest first."""
    subjects = readable.subjects_demanded(request.user)
    words = request.GET.get("q", "")
    page = Paginator(selectors.events(subjects=subjects, words=words), A_PAGE).get_page(request.GET.get("page"))
    faults = tuple(selectors.chain_faults()) if "verify" in request.GET else None
    context = {"page": page, "words": words, "faults": faults}
    return render(request, "auditing/record.html.jinja", context)


@never_cache
@require_GET
def file(request: HttpRequest) -> HttpResponse:
    """The same as a table for a spreadsheet."""
    events = selectors.events(subjects=readable.subjects_demanded(request.user), words=request.GET.get("q", ""))
    answer = HttpResponse(exporting.csv_of(events), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="record.csv"'
    return answer
