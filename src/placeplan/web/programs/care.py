"""The interface of programs, about the care model: sliders asked and kept, long runs, and hubs."""

from typing import Any

from django.http import HttpRequest
from ninja import Query, Router, Schema, Status
from ninja.errors import HttpError

from placeplan.app.care.kept_answers import answered
from placeplan.app.care.moved_figures import Asked, asked_of
from placeplan.app.care.plan_inputs import has_care_model
from placeplan.app.plan_chapters import Chapter
from placeplan.app.siting.hub_desk import hub_desk, hubs_asked, place_with_hubs
from placeplan.web.care import actions
from placeplan.web.care.selectors import LongRunSeen, long_run_seen
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import Working
from placeplan.web.programs.acting import MISSING, PLAN, actor_of, not_stale, results_in, seen_by, there
from placeplan.web.programs.document_shapes import ChapterTold, chapter_told
from placeplan.web.programs.shapes import Changed, Plain

router = Router()
NO_MODEL = "This plan has no care model. POST care/settings begins one."


class SliderTold(Schema):
    """A slider: where it can stand, where the plan has it, where it stands, and what that means."""

    name: str
    intervention: str
    title: str
    unit: str
    least: int
    most: int
    step: int
    planned: int
    position: int
    words: str


class CareTileTold(Schema):
    """One number: what it is, its value as printed, and how it differs from the plan."""

    title: str
    value: str
    change: str
    better: bool | None


class LongRunTold(Schema):
    """A long run: ``waiting``, ``running``, ``done`` or ``failed``. What it found is there once it is done.

    ``low``, ``middle`` and ``high`` are savings by year in the money of the plan; ``probability`` is per cent of the
    runs that save at least what is claimed.
    """

    state: str
    progress: str
    problem: str
    checksum: str
    runs: int
    seed: int
    years: list[str]
    low: list[float]
    middle: list[float]
    high: list[float]
    probability: list[float]


class CareTold(Schema):
    """What the care model comes to; ``checksum`` is that of all sections, for a write that keeps the sliders."""

    year: str
    worth: str
    says: str
    runs: int
    changed_cells: int
    tiles: list[CareTileTold]
    sliders: list[SliderTold]
    shown: ChapterTold
    long_run: LongRunTold | None
    checksum: str


class SlidersMoved(Schema):
    """Where sliders stand that were moved, by name: ``{"reach.self-care": 80}``; others stand as planned."""

    sliders: dict[str, int]


class CareAsked(SlidersMoved):
    """Sliders, a year of the plan (the last where none is named), and how savings are counted: tariff or marginal."""

    year: Plain = ""
    worth: Plain = ""


class SlidersKept(SlidersMoved):
    """Sliders that become cells of the draft; ``replaces`` is the ``checksum`` of the answer."""

    replaces: str


class SlidersAsScenario(SlidersKept):
    """Sliders that are kept as a scenario."""

    title: Plain
    description: Plain = ""


class SettingsBegun(Schema):
    """Titles of the segments of a population."""

    segments: list[Plain]


class HubTold(Schema):
    """What the choice of hubs means for somebody."""

    title: str
    value: str


class HubsTold(Schema):
    """Where hubs should be; ``most`` is how many can be asked for, ``proof`` whether the choice is proven."""

    place: str
    most: int
    says: str
    proof: str
    tiles: list[HubTold]
    shown: ChapterTold


class HubsAsked(Schema):
    """How many hubs (empty: as on the page), with existing hospitals first, and the most deprived fifth counting more.

    Each of the last two is ``yes`` or empty.
    """

    number: Plain = ""
    existing: Plain = ""
    deprived: Plain = ""


@router.post(f"{PLAN}/care", response=CareTold, url_name="care")
def care(request: HttpRequest, slug: str, *, sent: CareAsked) -> dict[str, Any]:
    """What the care model comes to with its sliders where they are said to stand. Nothing is written."""
    seen = seen_by(request, slug)
    results = _with_model(seen)
    asked = asked_of(results.plan, _given(sent.sliders) | {"year": sent.year, "worth": sent.worth})
    run = long_run_seen(seen, asked.positions)
    told, chapter = answered(results, asked, texts=seen.checksum, run=run.found if run else None)
    sliders = [
        {name: getattr(each, name) for name in ("name", "title", "unit", "position", "words")}
        | {name: getattr(each.slider, name) for name in ("intervention", "least", "most", "step", "planned")}
        for intervention in told.interventions
        for each in intervention.sliders
    ]
    return {
        "year": asked.year,
        "worth": str(asked.worth),
        "says": told.says,
        "runs": told.runs,
        "changed_cells": told.changed,
        "tiles": list(told.tiles),
        "sliders": sliders,
        "shown": chapter_told(chapter),
        "long_run": run and _run(run),
        "checksum": seen.checksum,
    }


@router.post(f"{PLAN}/care/settings", response={201: Changed}, url_name="begin-care")
def begin(request: HttpRequest, slug: str, *, sent: SettingsBegun) -> Status[dict[str, Any]]:
    """Write settings of a care model into your draft of a plan that has none."""
    seen = seen_by(request, slug)
    actions.begin(actor=actor_of(request), plan=seen.plan, segments="\n".join(sent.segments))
    return Status(201, _changed(request, slug, sections=("plan.yaml",)))


@router.post(f"{PLAN}/care/draft", response=Changed, url_name="keep-sliders")
def keep(request: HttpRequest, slug: str, *, sent: SlidersKept) -> dict[str, Any]:
    """Write what the sliders say into the tables of your draft."""
    seen, asked = _to_keep(request, slug, sent=sent)
    actor = actor_of(request)
    changed = actions.put_into_draft(actor=actor, plan=seen.plan, positions=asked.positions, stands=sent.replaces)
    return _changed(request, slug, sections=changed)


@router.post(f"{PLAN}/care/scenarios", response={201: Changed}, url_name="keep-as-scenario")
def keep_as_scenario(request: HttpRequest, slug: str, *, sent: SlidersAsScenario) -> Status[dict[str, Any]]:
    """Keep what the sliders say as a scenario of your draft."""
    seen, asked = _to_keep(request, slug, sent=sent)
    section = actions.keep_as_scenario(
        actor=actor_of(request),
        plan=seen.plan,
        positions=asked.positions,
        stands=sent.replaces,
        naming=actions.Naming(sent.title, sent.description),
    )
    return Status(201, _changed(request, slug, sections=(section,)))


@router.post(f"{PLAN}/care/long-runs", response={202: LongRunTold}, url_name="ask-for-long-run")
def ask(request: HttpRequest, slug: str, *, sent: SlidersMoved) -> Status[dict[str, Any]]:
    """Ask for many more runs than an answer can wait for. Runs of the same plan and sliders are made once."""
    seen = seen_by(request, slug)
    asked = asked_of(_with_model(seen).plan, _given(sent.sliders))
    actions.ask_for_long_run(actor=actor_of(request), plan=seen.plan, positions=asked.positions)
    return Status(202, _run(there(long_run_seen(seen, asked.positions))))


@router.get(f"{PLAN}/care/long-runs", response=LongRunTold, url_name="long-run")
def long_run(
    request: HttpRequest,
    slug: str,
    *,
    slider: list[Plain] = Query([]),  # noqa: B008 - Django Ninja's way
) -> dict[str, Any]:
    """How far a long run is, and what it found. Moved sliders are named as in ``slider=reach.self-care=80``."""
    seen = seen_by(request, slug)
    given = {name: position for name, _, position in (each.partition("=") for each in slider)}
    asked = asked_of(_with_model(seen).plan, given)
    return _run(there(long_run_seen(seen, asked.positions)))


@router.get(f"{PLAN}/care/hubs", response=HubsTold, url_name="hubs")
def hubs(request: HttpRequest, slug: str, *, asked: Query[HubsAsked]) -> dict[str, Any]:
    """Where hubs of the place should be, how many, and whom that reaches."""
    results = results_in(seen_by(request, slug))
    desk = hub_desk(there(place_with_hubs(results.header.place)), hubs_asked(asked.dict()))
    return {
        "place": desk.title,
        "most": desk.most,
        "says": desk.says,
        "proof": desk.proof,
        "tiles": [{"title": title, "value": value} for title, value in desk.tiles],
        "shown": chapter_told(Chapter(desk.sections, {}, desk.synthetic)),
    }


def _with_model(seen: Working) -> Any:
    results = results_in(seen)
    if not has_care_model(results.plan):
        raise HttpError(MISSING, NO_MODEL)
    return results


def _given(sliders: dict[str, int]) -> dict[str, str]:
    return {name: str(position) for name, position in sliders.items()}


def _to_keep(request: HttpRequest, slug: str, *, sent: SlidersKept) -> tuple[Working, Asked]:
    seen = seen_by(request, slug)
    demand_with_plan(actor_of(request), "edit-plan", plan=seen.plan)
    not_stale(seen, sent.replaces)
    return seen, asked_of(_with_model(seen).plan, _given(sent.sliders))


def _changed(request: HttpRequest, slug: str, *, sections: tuple[str, ...]) -> dict[str, Any]:
    return {"sections": sorted(sections), "checksum": seen_by(request, slug).checksum}


def _run(seen: LongRunSeen) -> dict[str, Any]:
    told = {"state": seen.state, "progress": seen.progress, "problem": seen.problem, "checksum": seen.checksum}
    found = seen.found
    if found is None:
        nothing: dict[str, Any] = {name: [] for name in ("years", "low", "middle", "high", "probability")}
        return told | nothing | {"runs": 0, "seed": 0}
    levels = {name: list(found.levels[name]) for name in ("low", "middle", "high")}
    rest = {"years": list(found.years), "probability": list(found.probability)}
    return told | levels | rest | {"runs": found.runs, "seed": found.seed}
