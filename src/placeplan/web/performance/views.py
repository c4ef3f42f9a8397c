"""Pages of performance."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from placeplan.app.indicators.looking_up import MeasureAsked
from placeplan.kernel.errors import InputError
from placeplan.web.chapters.parts import parts_context
from placeplan.web.performance import selectors
from placeplan.web.planning.policies import visible_plan
from placeplan.web.planning.results import chapter_in
from placeplan.web.planning.selectors import working

UNREADABLE = 422


@require_GET
def performance(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Where every indicator of the plan stands, the worst first, and what the document says of them."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    context = {
        "plan": found,
        "working": seen,
        "title": "Performance",
        "off": selectors.off_trajectory(seen),
        "standings": selectors.standings(seen),
    }
    page = parts_context(found, chapter_in(seen, "performance"))
    return render(request, "performance/performance.html.jinja", context | page)


@require_GET
def measures(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Any measure of the public data: search, choose an area and a period, see its pictures."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    given = {name: request.GET.get(name, "").strip() for name in ("q", "measure", "file", "area", "period")}
    asked = MeasureAsked(given["measure"], given["file"], given["area"], given["period"])
    problems: tuple[str, ...] = ()
    rows, chapter = None, None
    data = selectors.public_data()
    if asked.measure and data.folder is not None:
        try:
            rows = selectors.rows_of(asked)
            chapter = selectors.measure_chapter(asked, seen)
        except InputError as error:
            problems = tuple(str(problem) for problem in error.problems)
    context = {
        "plan": found,
        "working": seen,
        "title": "Look up a measure",
        "data": data,
        "given": given,
        "offered": selectors.measures_with(given["q"]),
        "rows": rows,
        "problems": problems,
    }
    page = context | parts_context(found, chapter)
    return render(request, "performance/measures.html.jinja", page, status=UNREADABLE if problems else 200)
