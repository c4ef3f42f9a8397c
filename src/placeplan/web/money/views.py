"""Pages of money."""

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from placeplan.app.money import reporting
from placeplan.app.money import requirement as solving
from placeplan.app.money.claims import Counting, claims_as_scenario
from placeplan.app.money.claims import claims as claims_of
from placeplan.app.money.position import bearing, standing
from placeplan.app.money.scenarios import comparison, new_scenario_of
from placeplan.app.money.sensitivity import sensitivity as swung
from placeplan.app.plan_chapters import Chapter
from placeplan.web.chapters.parts import parts_context
from placeplan.web.money import actions
from placeplan.web.planning.actions import OvertakenError, WriteRefusedError
from placeplan.web.planning.policies import demand_with_plan, may_with_plan, visible_plan
from placeplan.web.planning.results import chapter_in, results_of
from placeplan.web.planning.selectors import Working, working

CONFLICT, UNREADABLE = 409, 422
CHANGED = "Your plan was changed since this was worked out. It is worked out anew below: look again, then put it in."
CHANGED_REPORT = (
    "What is reported was changed since you opened this page. The form has what you typed; below it stands what is "
    "reported now. Look again, then write it."
)
NOT_PART_OF_AN_ANSWER = {"csrfmiddlewaretoken", "checksum"}


@require_GET
def money(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Where a service stands in a year, and below it everything that the document says of money."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    results = results_of(seen).results
    stands = standing(results, request.GET.dict()) if results else None
    at = stands.chosen if stands else None
    more = bearing(results, at) if results else None
    context = {
        **_context(
            seen, title="Money", drawn=(stands.shown if stands else None, more), chapter=chapter_in(seen, "money")
        ),
        "stands": stands,
        "at": at,
        "bearing": more,
    }
    return render(request, "money/money.html.jinja", context)


@require_GET
def requirement(request: HttpRequest, *, slug: str) -> HttpResponse:
    """What must be saved to reach a position; the answer alone for a script that asks while somebody types."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    live = request.headers.get("HX-Request") == "true"
    template = "money/requirement-answer.html.jinja" if live else "money/requirement.html.jinja"
    return render(request, template, _solved(request, seen, given=request.GET.dict()) | {"live": live})


@require_POST
def put(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Put the saving that was worked out into the draft."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=found)
    seen = working(request.user, found)
    given = {name: value for name, value in request.POST.items() if name not in NOT_PART_OF_AN_ANSWER}
    context = _solved(request, seen, given=given)
    asked, results = context["asked"], results_of(seen).results
    if results is None or asked is None or asked.answer is None or not asked.answer.changes:
        return render(request, "money/requirement.html.jinja", context, status=UNREADABLE)
    problem = "" if request.POST.get("checksum") == seen.checksum else CHANGED
    if not problem:
        sections = solving.sections_with(seen.texts, results, answer=asked.answer)
        problem = _written(request, seen, sections=sections)
    if problem:
        return render(request, "money/requirement.html.jinja", context | {"problem": problem}, status=CONFLICT)
    messages.success(request, "The saving is in your draft. The page is worked out with it.")
    return redirect(f"{reverse('money:requirement', args=[found.slug])}?{urlencode(given)}")


def _solved(request: HttpRequest, seen: Working, *, given: dict[str, str]) -> dict[str, Any]:
    results = results_of(seen).results
    asked = solving.requirement(results, given) if results else None
    rules = solving.rules_now(results, asked.chosen) if results and asked else None
    return {
        **_context(seen, title="Savings requirement", drawn=(rules,)),
        "asked": asked,
        "at": asked and asked.chosen,
        "given": given,
        "readable": results is not None,
        "rules": rules,
        "splits": solving.SPLITS,
        "wishes": solving.WISHES,
        "may_edit": may_with_plan(request.user, "edit-plan", plan=seen.plan),
    }


@require_GET
def delivery(request: HttpRequest, *, slug: str) -> HttpResponse:
    """How savings are delivered in the year, and the form on which a month is reported."""
    found = visible_plan(request.user, slug)
    return render(request, "money/delivery.html.jinja", _delivered(request, working(request.user, found)))


@require_POST
def report(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Put a month that was reported into the draft."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=found)
    seen = working(request.user, found)
    results = results_of(seen).results
    given = {name: value for name, value in request.POST.items() if name not in NOT_PART_OF_AN_ANSWER}
    section = reporting.SECTION
    made = reporting.reported(results, given, text=seen.texts.get(section)) if results else None
    if made is None or made.wrong:
        context = _delivered(request, seen) | {"wrong": made.wrong if made else ()}
        return render(request, "money/delivery.html.jinja", context, status=UNREADABLE)
    stands = seen.checksums.get(section, "")
    problem = "" if request.POST.get("checksum") == stands else CHANGED_REPORT
    problem = problem or _written(request, seen, sections={section: made.text})
    if problem:
        context = _delivered(request, seen) | {"problem": problem}
        return render(request, "money/delivery.html.jinja", context, status=CONFLICT)
    messages.success(request, f"{made.month} is in your draft: schemes reported: {made.rows}.")
    shown = urlencode({"service": given["service"], "month": given["month"]})
    return redirect(f"{reverse('money:delivery', args=[found.slug])}?{shown}")


def _delivered(request: HttpRequest, seen: Working) -> dict[str, Any]:
    results = results_of(seen).results
    given = request.POST.dict() if request.method == "POST" else request.GET.dict()
    text = seen.texts.get(reporting.SECTION)
    shown = reporting.delivery_chapter(results) if results else None
    return {
        **_context(seen, title="Delivery of savings", drawn=(shown,)),
        "readable": results is not None,
        "form": reporting.month_report(results, given, text=text) if results else None,
        "ratings": reporting.RATINGS,
        "shown": shown,
        "stands": seen.checksums.get(reporting.SECTION, ""),
        "wrong": (),
        "may_edit": may_with_plan(request.user, "edit-plan", plan=seen.plan),
    }


@require_GET
def scenarios(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Scenarios side by side."""
    found = visible_plan(request.user, slug)
    return render(request, "money/scenarios.html.jinja", _compared(request, working(request.user, found)))


@require_POST
def new_scenario(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Make a scenario in the draft, from assumptions that are changed."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=found)
    seen = working(request.user, found)
    results = results_of(seen).results
    made = new_scenario_of(results, request.POST.dict()) if results else None
    wrong = made.wrong if made else ()
    if made is None or made.wrong:
        context = _compared(request, seen) | {"wrong": wrong, "typed": request.POST.dict()}
        return render(request, "money/scenarios.html.jinja", context, status=UNREADABLE)
    problem = _written(request, seen, sections={made.section: made.text})
    if problem:
        context = _compared(request, seen) | {"problem": problem, "typed": request.POST.dict()}
        return render(request, "money/scenarios.html.jinja", context, status=CONFLICT)
    messages.success(request, f"“{made.title}” is in your draft.")
    shown = urlencode([("scenario", ""), ("scenario", made.name), ("service", made.service)])
    return redirect(f"{reverse('money:scenarios', args=[found.slug])}?{shown}")


def _compared(request: HttpRequest, seen: Working) -> dict[str, Any]:
    results = results_of(seen).results
    compared = comparison(results, request.GET.dict(), names=request.GET.getlist("scenario")) if results else None
    return {
        **_context(seen, title="Scenarios side by side", drawn=(compared.shown if compared else None,)),
        "compared": compared,
        "at": compared and compared.chosen,
        "readable": results is not None,
        "wrong": (),
        "typed": {},
        "may_edit": may_with_plan(request.user, "edit-plan", plan=seen.plan),
    }


@require_GET
def claims(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Claims on allocations, and where the plan would stand with some of them."""
    found = visible_plan(request.user, slug)
    return render(
        request, "money/claims.html.jinja", _with_claims(request, working(request.user, found), given=request.GET)
    )


@require_POST
def keep_claims(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Keep the claims that are counted as a scenario in the draft."""
    found = visible_plan(request.user, slug)
    demand_with_plan(request.user, "edit-plan", plan=found)
    seen = working(request.user, found)
    results, typed = results_of(seen).results, request.POST.dict()
    made = claims_as_scenario(results, typed, counting=_counting(request.POST)) if results else None
    if made is None or made.wrong:
        context = _with_claims(request, seen, given=request.POST) | {
            "wrong": made.wrong if made else (),
            "typed": typed,
        }
        return render(request, "money/claims.html.jinja", context, status=UNREADABLE)
    problem = _written(request, seen, sections={made.section: made.text})
    if problem:
        context = _with_claims(request, seen, given=request.POST) | {"problem": problem, "typed": typed}
        return render(request, "money/claims.html.jinja", context, status=CONFLICT)
    messages.success(request, f"“{made.title}” is in your draft.")
    shown = urlencode([("scenario", ""), ("scenario", made.name), ("service", made.service)])
    return redirect(f"{reverse('money:scenarios', args=[found.slug])}?{shown}")


def _counting(given: QueryDict) -> Counting:
    return Counting(given.getlist("claim"), given.getlist("state"), first="count" not in given)


def _with_claims(request: HttpRequest, seen: Working, *, given: QueryDict) -> dict[str, Any]:
    results = results_of(seen).results
    found = claims_of(results, given.dict(), counting=_counting(given)) if results else None
    return {
        **_context(seen, title="Claims", drawn=(found.register, found.shown) if found else ()),
        "found": found,
        "at": found and found.chosen,
        "readable": results is not None,
        "wrong": (),
        "typed": {},
        "may_edit": may_with_plan(request.user, "edit-plan", plan=seen.plan),
    }


@require_GET
def sensitivity(request: HttpRequest, *, slug: str) -> HttpResponse:
    """What a position rests on: each assumption changed by itself."""
    found = visible_plan(request.user, slug)
    seen = working(request.user, found)
    results = results_of(seen).results
    answer = swung(results, request.GET.dict()) if results else None
    context = {
        **_context(seen, title="What a position rests on", drawn=(answer.shown if answer else None,)),
        "answer": answer,
        "at": answer and answer.chosen,
        "readable": results is not None,
    }
    return render(request, "money/sensitivity.html.jinja", context)


def _written(request: HttpRequest, seen: Working, *, sections: Mapping[str, str | None]) -> str:
    """Write sections to the draft; what is in the way in words, or nothing."""
    try:
        actions.put_into_draft(actor=request.user, plan=seen.plan, sections=sections, replaces=seen.checksums)
    except (OvertakenError, WriteRefusedError) as error:
        return str(error)
    return ""


def _context(
    seen: Working, *, title: str, drawn: Iterable[Chapter | None], chapter: Chapter | None = None
) -> dict[str, Any]:
    """What a page of money is given: a chapter of the document, and drawings of what is made for the page alone."""
    context = {"plan": seen.plan, "working": seen, "title": title, **parts_context(seen.plan, chapter)}
    for each in filter(None, drawn):
        context["drawings"] = {**context["drawings"], **each.drawings}
        context["synthetic"] = each.synthetic
    return context
