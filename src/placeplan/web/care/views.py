"""The page of the care model: sliders and what they come to, live; kept in the draft or as a scenario; and hubs."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST
from jinja2.utils import htmlsafe_json_dumps

from placeplan.app.care.beginning import beginning
from placeplan.app.care.kept_answers import answered
from placeplan.app.care.long_runs import runs_of_a_long_run
from placeplan.app.care.moved_answer import CareAnswer
from placeplan.app.care.moved_figures import Asked, asked_of
from placeplan.app.care.plan_inputs import has_care_model
from placeplan.app.plan_chapters import Chapter
from placeplan.app.siting.hub_desk import hub_desk, hubs_asked, known_places, place_with_hubs
from placeplan.app.workspace_checks import CheckedTexts
from placeplan.kernel.errors import InputError, Problem
from placeplan.plan.model import TABLES
from placeplan.web.care import actions, selectors
from placeplan.web.chapters.parts import parts_context
from placeplan.web.planning.actions import OvertakenError, WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, may_with_plan, visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import Working, working

UNREADABLE = 422
STANDS_ON = "on"
LONGEST_CHECKSUM = 12
FOLDER = "care/"
Kept = Callable[[Asked], HttpResponse]


@require_GET
def care(request: HttpRequest, *, slug: str) -> HttpResponse:
    """The care model: where the sliders stand is in the address, so that a colleague sees the same."""
    found = visible_plan(request.user, slug)
    return _page(request, found, given=request.GET, said=())


@require_GET
def answer(request: HttpRequest, *, slug: str) -> HttpResponse:
    """What the sliders come to, as a part of the page."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    checked = results_of(seen)
    if checked.results is None or not has_care_model(checked.results.plan):
        raise Http404
    context, status = _shown(found, seen=seen, checked=checked, given=request.GET)
    return render(request, "care/answer.html.jinja", context, status=status)


@require_POST
def draft(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Write what the sliders say into the tables of the draft; begin a care model where there is none."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=found)
    if "segments" in request.POST:
        return _begun(request, found)

    def keep(asked: Asked) -> HttpResponse:
        changed = actions.put_into_draft(
            actor=request.user, plan=found, positions=asked.positions, stands=request.POST.get("stands", "")
        )
        messages.success(request, f"Written into your draft: {', '.join(changed)}.")
        return redirect(f"{reverse('care:care', args=[slug])}?year={asked.year}&worth={asked.worth}")

    return _keeping(request, found, keep=keep)


@require_POST
def scenario(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Keep what the sliders say as a scenario of the draft."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=found)

    def keep(asked: Asked) -> HttpResponse:
        section = actions.keep_as_scenario(
            actor=request.user,
            plan=found,
            positions=asked.positions,
            stands=request.POST.get("stands", ""),
            naming=actions.Naming(request.POST.get("title", ""), request.POST.get("description", "")),
        )
        messages.success(request, f"Kept as a scenario in your draft: {section}.")
        return redirect(f"{reverse('care:care', args=[slug])}?{asked.written}")

    return _keeping(request, found, keep=keep)


@require_POST
def long_run(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Ask for many more runs than a page can wait for."""
    found = visible_plan(request.user, slug)

    def keep(asked: Asked) -> HttpResponse:
        actions.ask_for_long_run(actor=request.user, plan=found, positions=asked.positions)
        return redirect(f"{reverse('care:care', args=[slug])}?{asked.written}#moved-sure")

    return _keeping(request, found, keep=keep)


@require_GET
def hubs(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Where hubs should be, how many, and whom that reaches; a part of the page where a script asks for it."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    checked = results_of(seen)
    place = place_with_hubs(checked.results.header.place) if checked.results else None
    context: dict[str, Any] = {"plan": found, "working": seen, "places": known_places(), "desk": None, "problems": ()}
    if place is not None:
        try:
            context["desk"] = hub_desk(place, hubs_asked(request.GET.dict()))
        except InputError as error:
            context["problems"] = error.problems
    desk = context["desk"]
    chapter = Chapter(desk.sections, desk.drawings, desk.synthetic) if desk else None
    context |= parts_context(found, chapter)
    part = "hubs-part" if "part" in request.headers.get("X-Part", "") else "hubs"
    return render(request, f"care/{part}.html.jinja", context, status=UNREADABLE if context["problems"] else None)


def _keeping(request: HttpRequest, found: Plan, *, keep: Kept) -> HttpResponse:
    """Keep sliders that a form names, or show the page again with why that cannot be, and the sliders as they were."""
    given = _given(QueryDict(request.POST.get("sliders", "")))
    results = results_of(working(request.user, found)).results
    if results is None or not has_care_model(results.plan):
        return _page(request, found, given=given, said=())
    try:
        return keep(asked_of(results.plan, given))
    except InputError as error:
        said: Iterable[object] = error.problems
    except (WriteRefusedError, OvertakenError) as error:
        said = (error,)
    return _page(request, found, given=given, said=tuple(map(str, said)))


def _begun(request: HttpRequest, found: Plan) -> HttpResponse:
    try:
        actions.begin(actor=request.user, plan=found, segments=request.POST["segments"])
    except InputError as error:
        return _page(request, found, given={}, said=tuple(map(str, error.problems)))
    except (WriteRefusedError, OvertakenError) as error:
        return _page(request, found, given={}, said=(str(error),))
    messages.success(request, "Your draft has settings of a care model. Its tables come next.")
    return redirect("care:care", found.slug)


def _page(request: HttpRequest, found: Plan, *, given: Mapping[str, str], said: tuple[str, ...]) -> HttpResponse:
    seen = working(request.user, found)
    checked = results_of(seen)
    may_edit = may_with_plan(request.user, "edit-plan", plan=found)
    if checked.results is None or not has_care_model(checked.results.plan):
        plan = checked.results.plan if checked.results else None
        context = {
            "plan": found,
            "working": seen,
            "may_edit": may_edit,
            "beginning": beginning(plan) if plan else None,
            "said": said,
            "segments": request.POST.get("segments", "Everybody"),
        }
        return render(request, "care/begin.html.jinja", context, status=UNREADABLE if said else None)
    context, status = _shown(found, seen=seen, checked=checked, given=_given(given))
    document = chapter_in(seen, "care")
    context |= {
        "document": document,
        "drawings": {**(document.drawings if document else {}), **context["drawings"]},
        "said": said,
        "may_edit": may_edit,
        "checked": checked,
        "findings": [each for each in checked.findings if each.section.startswith(FOLDER)],
        "tables": [table for table in TABLES if table.path.startswith(FOLDER)],
        "title": request.POST.get("title", ""),
        "description": request.POST.get("description", ""),
        "hubs_here": place_with_hubs(checked.results.header.place) is not None,
        "other_state": _other_state(given.get(STANDS_ON, ""), seen),
    }
    return render(request, "care/care.html.jinja", context, status=UNREADABLE if said else status)


def _given(sent: Mapping[str, str]) -> dict[str, str]:
    """What an address says of sliders, years and ways of counting."""
    return {name: text for name, text in sent.items() if name != STANDS_ON}


def _other_state(on: str, seen: Working) -> bool:
    """Whether a link was made on another state of the plan than the one that is shown."""
    return bool(on) and not seen.checksum.startswith(on[:LONGEST_CHECKSUM])


def _shown(
    found: Plan, *, seen: Working, checked: CheckedTexts, given: Mapping[str, str]
) -> tuple[dict[str, Any], int | None]:
    """What the answer needs. Where the sliders cannot stand so, all stand as in the plan, and every reason is told."""
    results = checked.results
    if results is None:
        raise Http404
    problems: tuple[Problem, ...] = ()
    try:
        asked = asked_of(results.plan, _given(given))
    except InputError as error:
        problems, asked = tuple(error.problems), asked_of(results.plan, {})
    run = selectors.long_run_seen(seen, asked.positions)
    told, chapter = answered(results, asked, texts=seen.checksum, run=run.found if run else None)
    context = {
        "plan": found,
        "working": seen,
        "problems": problems,
        "answer": told,
        "run": run,
        "long": runs_of_a_long_run(),
        "years": [str(year) for year in results.header.years],
        "stands": seen.checksum,
        "link": _link(found, told, seen=seen),
        "live": htmlsafe_json_dumps(_live(found, told, seen=seen, under_way=run is not None and run.under_way)),
        **parts_context(found, chapter),
    }
    return context, UNREADABLE if problems else None


def _link(found: Plan, told: CareAnswer, *, seen: Working) -> str:
    """The address of the page with the sliders where they stand, and the state of the plan that they stand on."""
    mark = f"{STANDS_ON}={seen.checksum[:LONGEST_CHECKSUM]}"
    return f"{reverse('care:care', args=[found.slug])}?{told.asked.written}&{mark}"


def _live(found: Plan, told: CareAnswer, *, seen: Working, under_way: bool) -> dict[str, Any]:
    """What the script of the page sets beside the parts that it puts in."""
    sliders = [slider for each in told.interventions for slider in each.sliders]
    return {
        "says": told.says,
        "sliders": told.asked.written,
        "link": _link(found, told, seen=seen),
        "changed": told.changed,
        "underWay": under_way,
        "readings": {each.name: {"words": each.words, "spoken": each.spoken, "moved": each.moved} for each in sliders},
    }
