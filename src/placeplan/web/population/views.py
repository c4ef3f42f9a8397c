"""Pages of people: who lives here; who needs care, from the place to clusters to practices."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from placeplan.app.plan_chapters import Chapter
from placeplan.app.population.people_parts import USUAL_VARIANT, PeopleAsked, place_offered, places_offered
from placeplan.app.segments.run_parts import MEASURED
from placeplan.kernel.errors import InputError
from placeplan.web.chapters.parts import parts_context
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import Working, working
from placeplan.web.population import actions, selectors
from placeplan.web.population.looking import CLUSTERS, PLACE, PRACTICES, Look, chapter_at

UNREADABLE = 422


@require_GET
def people(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Who lives in the place of a plan: pyramid, growth, projections, lists, cohorts."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    given = {name: request.GET.get(name, "").strip() for name in ("place", "now", "then", "variant", "invented")}
    data = selectors.public_data()
    shown, chapter = None, None
    problems: tuple[str, ...] = ()
    if data.folder is not None or (given["invented"] and not data.problem):
        asked, problems = _asked(given, default=_place_of(seen))
        if not problems:
            try:
                shown, chapter = selectors.people_asked(seen, asked)
            except InputError as error:
                problems = tuple(str(problem) for problem in error.problems)
    context = {
        "plan": found,
        "working": seen,
        "title": "People",
        "data": data,
        "given": given | {"place": given["place"] or _place_of(seen), "variant": given["variant"] or USUAL_VARIANT},
        "shown": shown,
        "problems": problems,
        "places": places_offered(),
        "projections": (USUAL_VARIANT, *selectors.projections()),
        "printed": parts_context(found, chapter_in(seen, "people")),
    }
    status = UNREADABLE if problems else 200
    return render(request, "population/people.html.jinja", context | parts_context(found, chapter), status=status)


def _place_of(seen: Working) -> str:
    """The place of the plan, by the name under which its people are known."""
    results = results_of(seen).results
    return place_offered(results.header.place) if results else ""


def _asked(given: Mapping[str, str], *, default: str) -> tuple[PeopleAsked, tuple[str, ...]]:
    problems = tuple(
        f"'{given[name]}' is no year. Expected four digits, such as 2030."
        for name in ("now", "then")
        if given[name] and not (given[name].isascii() and given[name].isdigit())
    )
    if problems:
        return PeopleAsked(default), problems
    years = [int(given[name] or 0) for name in ("now", "then")]
    return PeopleAsked(given["place"] or default, years[0], years[1], given["variant"] or USUAL_VARIANT), ()


@require_GET
def segments(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Who needs care in the whole place: segments by age."""
    asked = _asked_to_see(request, visible_plan(request.user, slug))
    return _shown(request, asked, level="segments", chapter=chapter_at(asked, PLACE, actor=request.user))


@never_cache
@require_GET
def clusters(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Who needs care in each cluster of practices. The look is in the record."""
    asked = _asked_to_see(request, visible_plan(request.user, slug))

    def practices_from() -> str:
        may = may_with_plan(request.user, actions.SEE_PRACTICES, plan=asked.plan)
        address = f"{reverse('population:practices', args=[slug])}?{urlencode(asked.chosen)}&cluster="
        return address if may and asked.year is not None and asked.year.has_practices else ""

    chapter = chapter_at(asked, CLUSTERS, actor=request.user, practices=practices_from)
    return _shown(request, asked, level="clusters", chapter=chapter)


@never_cache
@require_GET
def practices(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Who needs care in each practice, for those who have the right. The look is in the record."""
    found = visible_plan(request.user, slug)
    asked = _asked_to_see(request, found, cluster=request.GET.get("cluster", ""))
    chapter = chapter_at(asked, PRACTICES, actor=request.user)
    return _shown(request, asked, level="practices", chapter=chapter)


def _asked_to_see(request: HttpRequest, plan: Plan, *, cluster: str = "") -> Look:
    year, measure = (request.GET.get(name, "").strip() for name in ("year", "measure"))
    return Look(plan, year=year, measure=measure, cluster=cluster)


def _shown(request: HttpRequest, asked: Look, *, level: str, chapter: Chapter | None) -> HttpResponse:
    """A page of one level."""
    plan = asked.plan
    context = {
        "plan": plan,
        "working": working(request.user, plan),
        "title": "Who needs care",
        "level": level,
        "cluster": asked.cluster,
        "runs": asked.runs.value if asked.runs else None,
        "year": asked.year,
        "measured": asked.measured,
        "measures": MEASURED,
        "chosen": urlencode(asked.chosen),
        "problems": asked.problems,
        "may_see_practices": may_with_plan(request.user, actions.SEE_PRACTICES, plan=plan),
    }
    page = context | parts_context(plan, chapter)
    status = UNREADABLE if asked.problems else 200
    return render(request, "population/segments.html.jinja", page, status=status)
