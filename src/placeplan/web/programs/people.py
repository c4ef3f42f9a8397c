"""The interface of programs, about people and measures: who lives in a place, who needs care, any public measure."""

from typing import Any, Literal

from django.http import HttpRequest
from ninja import Query, Router, Schema
from ninja.errors import HttpError

from placeplan.app.indicators.looking_up import MeasureAsked
from placeplan.app.population.people_parts import USUAL_VARIANT, PeopleAsked, place_offered
from placeplan.web.performance.selectors import measure_chapter, measures_with, public_data, rows_of
from placeplan.web.planning.results import results_of
from placeplan.web.population.looking import Look, chapter_at
from placeplan.web.population.selectors import people_asked
from placeplan.web.programs.acting import MISSING, PLAN, UNREADABLE, actor_of, seen_by
from placeplan.web.programs.document_shapes import ChapterTold, chapter_told
from placeplan.web.programs.shapes import Plain

router = Router()
NO_DATA = "This installation has no folder of public data that can be read."
NO_RUNS = "This installation has no run of segments of this plan that can be shown so."
EARLIEST, LATEST = 0, 9_999


class PeopleWanted(Schema):
    """A place (empty: that of the plan), years (0: the last estimate, the last projected), and a projection.

    ``invented``: made-up people where there is no public data.
    """

    place: Plain = ""
    now: int = 0
    then: int = 0
    variant: Plain = USUAL_VARIANT
    invented: bool = False


class PeopleTold(Schema):
    """The people of a place: pyramid, growth, projections, lists, cohorts; and the years that can be asked for."""

    title: str
    now: int
    then: int
    years: list[int]
    shown: ChapterTold


class LookTold(Schema):
    """Who needs care at one level, of one run for a year. What is withheld to protect people is said to be."""

    level: str
    year: str
    measure: str
    run: str
    years: list[str]
    shown: ChapterTold


class LookWanted(Schema):
    """A year that was run (empty: the first), a measure (empty: people), and for practices a cluster (empty: all)."""

    year: Plain = ""
    measure: Plain = ""
    cluster: Plain = ""


class MeasureOffered(Schema):
    """A measure that a file of the public data gives."""

    id: str
    title: str
    dataset: str
    file: str


class MeasureWanted(Schema):
    """The file of a measure, and an area and a period (empty: none; the latest)."""

    file: Plain
    area: Plain = ""
    period: Plain = ""


class AreaOffered(Schema):
    """An area of a measure."""

    code: str
    name: str


class MeasureTold(Schema):
    """A measure: the areas and the periods that there are, and what is known of the area."""

    areas: list[AreaOffered]
    periods: list[str]
    shown: ChapterTold


@router.get(f"{PLAN}/people", response=PeopleTold, url_name="people")
def people(request: HttpRequest, slug: str, *, asked: Query[PeopleWanted]) -> dict[str, Any]:
    """Who lives in the place of a plan."""
    seen = seen_by(request, slug)
    data = public_data()
    if data.folder is None and (data.problem or not asked.invented):
        raise HttpError(MISSING, data.problem or NO_DATA)
    if not all(EARLIEST <= year <= LATEST for year in (asked.now, asked.then)):
        raise HttpError(UNREADABLE, "A year has four digits, such as 2030.")
    results = results_of(seen).results
    place = asked.place or (place_offered(results.header.place) if results else "")
    found, chapter = people_asked(seen, PeopleAsked(place, asked.now, asked.then, asked.variant))
    told = {"title": found.title, "now": found.now, "then": found.then, "years": list(found.years)}
    return {**told, "shown": chapter_told(chapter)}


@router.get(f"{PLAN}/segments/{{str:level}}", response=LookTold, url_name="segments")
def segments(
    request: HttpRequest, slug: str, *, level: Literal["place", "clusters", "practices"], asked: Query[LookWanted]
) -> dict[str, Any]:
    """Who needs care in the place, its clusters or its practices, under disclosure control. A look is in the record."""
    seen = seen_by(request, slug)
    look = Look(seen.plan, year=asked.year.strip(), measure=asked.measure.strip(), cluster=asked.cluster)
    chapter = chapter_at(look, level, actor=actor_of(request))
    if look.problems:
        raise HttpError(UNREADABLE, " ".join(look.problems))
    if chapter is None or look.runs is None or look.year is None:
        raise HttpError(MISSING, NO_RUNS)
    told = {"level": level, "run": look.year.run, "years": [each.year for each in look.runs.value.years]}
    return {**told, **look.chosen, "shown": chapter_told(chapter)}


@router.get(f"{PLAN}/measures", response=list[MeasureOffered], url_name="measures")
def measures(request: HttpRequest, slug: str, *, words: Plain = "") -> list[Any]:
    """The measures of the public data whose name holds some words."""
    seen_by(request, slug)
    return list(measures_with(words))


@router.get(f"{PLAN}/measures/{{str:measure}}", response=MeasureTold, url_name="measure")
def measure(request: HttpRequest, slug: str, *, measure: str, asked: Query[MeasureWanted]) -> dict[str, Any]:
    """A measure of the public data for an area, beside what the plan has planned of it."""
    seen = seen_by(request, slug)
    if public_data().folder is None:
        raise HttpError(MISSING, public_data().problem or NO_DATA)
    wanted = MeasureAsked(measure, asked.file, asked.area, asked.period)
    rows = rows_of(wanted)
    shown = chapter_told(measure_chapter(wanted, seen))
    areas = [{"code": code, "name": name} for code, name in rows.areas]
    return {"areas": areas, "periods": list(rows.periods), "shown": shown}
