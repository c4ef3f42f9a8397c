"""Pages of people: who lives here; who needs care, from the place to clusters to practices."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

from placeplan.app.population.people_parts import PeopleAsked, place_offered, places_offered
from placeplan.app.segments.run_parts import MEASURED, measured_called
from placeplan.kernel.errors import InputError
from placeplan.web.chapters.parts import parts_context
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import Working, working
from placeplan.web.population import actions, selectors

UNREADABLE = 422
PRINCIPAL = "principal"


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
        "given": given | {"place": given["place"] or _place_of(seen), "variant": given["variant"] or PRINCIPAL},
        "shown": shown,
        "problems": problems,
        "places": places_offered(),
        "projections": (PRINCIPAL, *selectors.projections()),
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
    return PeopleAsked(given["place"] or default, years[0], years[1], given["variant"] or PRINCIPAL), ()


@require_GET
def segments(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Who needs care in the whole place: segments by age."""
    found = visible_plan(request.user, slug)
    asked = _Look(request, found)
    chapter = selectors.place_chapter(**asked.key) if asked.key else None
    return _shown(request, asked, level="segments", chapter=chapter)


@never_cache
@require_GET
def clusters(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Who needs care in each cluster of practices. The look is in the record."""
    found = visible_plan(request.user, slug)
    asked = _Look(request, found)
    chapter = None
    if asked.key and asked.year is not None and asked.year.has_clusters:
        actions.look_at_clusters(actor=request.user, plan=found, shown=asked.told)
        may = may_with_plan(request.user, actions.SEE_PRACTICES, plan=found)
        further = bool(may) and asked.year.has_practices
        address = f"{reverse('population:practices', args=[slug])}?{urlencode(asked.chosen)}&cluster="
        chapter = selectors.clusters_chapter(**asked.key, practices=address if further else "")
    return _shown(request, asked, level="clusters", chapter=chapter)


@never_cache
@require_GET
def practices(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Who needs care in each practice, for those who have the right. The look is in the record."""
    found = visible_plan(request.user, slug)
    asked = _Look(request, found)
    cluster = request.GET.get("cluster", "")
    known = asked.year is not None and (not cluster or cluster in asked.year.clusters)
    actions.look_at_practices(actor=request.user, plan=found, shown=asked.told | {"cluster": cluster[:100]})
    chapter = None
    if asked.key and asked.year is not None and asked.year.has_practices and known:
        chapter = selectors.practices_chapter(**asked.key, cluster=cluster)
    problems = () if known or asked.year is None else (f"'{cluster}' is no cluster of this run.",)
    return _shown(request, asked, level="practices", chapter=chapter, problems=problems, cluster=cluster)


class _Look:
    """What somebody asks to see of the runs of a plan: a year and a measure, and what is wrong with what they asked."""

    def __init__(self, request: HttpRequest, plan: Plan) -> None:
        self.plan = plan
        self.runs = selectors.runs_of(plan)
        year, measure = (request.GET.get(name, "").strip() for name in ("year", "measure"))
        served = self.runs.value if self.runs else None
        self.year = served.of(year) if served else None
        self.measured = measured_called(measure)
        self.problems = tuple(_unknown(year, measure, look=self))

    @property
    def key(self) -> dict[str, Any]:
        """What the tables are kept by; empty where nothing may be shown."""
        if self.runs is None or self.year is None or self.measured is None:
            return {}
        return {"runs": self.runs, "year": self.year.year, "measured": self.measured}

    @property
    def chosen(self) -> dict[str, str]:
        """What was chosen, for an address."""
        return {
            "year": self.year.year if self.year else "",
            "measure": self.measured.id if self.measured else "",
        }

    @property
    def told(self) -> dict[str, str]:
        """What the record says of a look."""
        return self.chosen | {"run": self.year.run if self.year else ""}


def _unknown(year: str, measure: str, *, look: _Look) -> Iterator[str]:
    if look.measured is None:
        yield f"'{measure}' is nothing that can be shown. Expected one of: {', '.join(each.id for each in MEASURED)}."
    if look.runs and look.runs.value.years and look.year is None:
        years = ", ".join(each.year for each in look.runs.value.years)
        yield f"There is no run for '{year}'. Expected one of: {years}."


def _shown(
    request: HttpRequest,
    asked: _Look,
    *,
    level: str,
    chapter: Any,
    problems: tuple[str, ...] = (),
    cluster: str = "",
) -> HttpResponse:
    """A page of one level."""
    plan = asked.plan
    wrong = (*asked.problems, *problems)
    context = {
        "plan": plan,
        "working": working(request.user, plan),
        "title": "Who needs care",
        "level": level,
        "cluster": cluster,
        "runs": asked.runs.value if asked.runs else None,
        "year": asked.year,
        "measured": asked.measured,
        "measures": MEASURED,
        "chosen": urlencode(asked.chosen),
        "problems": wrong,
        "may_see_practices": may_with_plan(request.user, actions.SEE_PRACTICES, plan=plan),
    }
    page = context | parts_context(plan, chapter)
    return render(request, "population/segments.html.jinja", page, status=UNREADABLE if wrong else 200)
