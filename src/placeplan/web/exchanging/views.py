"""Pages on which plans come in and go out as files, and on which two states of one are laid side by side."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placeplan.app.comparing import Comparison
from placeplan.app.comparing_sections import section_changes
from placeplan.app.comparing_texts import compare_texts
from placeplan.app.places_compared import side_by_side
from placeplan.app.plan_uploads import LARGEST_UPLOAD, MEBIBYTE, texts_of_upload
from placeplan.app.workspace_checks import CheckedTexts, printed
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.web.access.selectors import every_organisation, where_may
from placeplan.web.assuring.comparing import SORTS, places_beside
from placeplan.web.planning import actions, selectors
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.planning.results import results_of

UNREADABLE = 422
PLACES = 2


@dataclass(frozen=True, slots=True)
class Refused:
    """Why a file was not taken: problems with their places, or one sentence."""

    problems: tuple[Problem, ...] = ()
    words: str = ""

    def __bool__(self) -> bool:
        return bool(self.problems or self.words)


@require_http_methods(["GET", "POST"])
def bring_in(request: HttpRequest) -> HttpResponse:
    """Bring a plan in from an archive of its folder or from a workbook."""
    into = {each.slug: each for each in where_may(request.user, "bring-in-plan")}
    refused = Refused()
    if request.method == "POST":
        organisation = into.get(request.POST.get("organisation", "")) or selectors.organisation_to_refuse(request.user)
        if organisation is None:
            raise Http404
        try:
            name, content = sent_file(request)
            texts = texts_of_upload(content, file=name)
            message = request.POST.get("message", "")
            plan = actions.bring_in_plan(actor=request.user, organisation=organisation, texts=texts, message=message)
            messages.success(request, f"{plan.title} is in.")
            return redirect("planning:plan", plan.slug)
        except (InputError, WriteRefusedError) as error:
            refused = refused_by(error)
    context = {
        "organisations": into.values(),
        "message": request.POST.get("message", ""),
        "chosen": request.POST.get("organisation", ""),
        "refused": refused,
        "most": LARGEST_UPLOAD // MEBIBYTE,
    }
    return render(request, "exchanging/bring-in.html.jinja", context, status=UNREADABLE if refused else None)


@require_GET
def draft_difference(request: HttpRequest, *, slug: str) -> HttpResponse:
    """What a draft changes of the revision that it stands on."""
    plan = visible_plan(request.user, slug)
    draft = selectors.draft_of(request.user, plan)
    if draft is None:
        raise Http404
    texts = selectors.texts_of_revision(draft.base), selectors.texts_of_draft(draft)
    return _difference(request, plan, names=(f"revision {draft.base.number}", "your draft"), texts=texts)


@require_GET
def difference(request: HttpRequest, *, slug: str, number: int) -> HttpResponse:
    """What a revision changed of the one before it."""
    plan = visible_plan(request.user, slug)
    revision = selectors.revision_of(plan, number)
    if revision is None or revision.parent is None:
        raise Http404
    texts = selectors.texts_of_revision(revision.parent), selectors.texts_of_revision(revision)
    return _difference(request, plan, names=(f"revision {revision.parent.number}", f"revision {number}"), texts=texts)


@require_http_methods(["GET", "POST"])
def sharing(request: HttpRequest, *, slug: str) -> HttpResponse:
    """With whom a plan is shared; share it with another organisation."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "share-plan", plan=plan)
    partners = selectors.partners_of(plan)
    others = {each.slug: each for each in every_organisation() if each not in (plan.organisation, *partners)}
    if request.method == "POST":
        organisation = others.get(request.POST.get("organisation", ""))
        if organisation is None:
            raise Http404
        actions.share_plan(actor=request.user, plan=plan, organisation=organisation)
        messages.success(request, f"{organisation} may work on this plan.")
        return redirect("exchanging:sharing", slug)
    context = {"plan": plan, "partners": partners, "others": others.values()}
    return render(request, "exchanging/sharing.html.jinja", context)


@require_POST
def stop_sharing(request: HttpRequest, *, slug: str) -> HttpResponse:
    """Take the sharing of a plan with an organisation back."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "share-plan", plan=plan)
    partners = {each.slug: each for each in selectors.partners_of(plan)}
    organisation = partners.get(request.POST.get("organisation", ""))
    if organisation is None:
        raise Http404
    actions.stop_sharing(actor=request.user, plan=plan, organisation=organisation)
    messages.success(request, f"{organisation} works on this plan no more.")
    return redirect("exchanging:sharing", slug)


@require_GET
def places(request: HttpRequest) -> HttpResponse:
    """Places beside each other, as each was last published; of two, the figures that both have."""
    plans = selectors.plans_for(request.user)
    chosen = [visible_plan(request.user, slug) for slug in dict.fromkeys(request.GET.getlist("plan"))]
    sides: tuple[CheckedTexts, ...] = ()
    if len(chosen) == PLACES:
        sides = tuple(results_of(selectors.published(each)) for each in chosen)
    words, sort = request.GET.get("q", ""), request.GET.get("sort", "")
    context = {
        "plans": plans,
        "chosen": chosen,
        "places": places_beside(chosen, sort=sort),
        "sort": sort,
        "sorts": SORTS,
        "sides": sides,
        "words": words,
        "rows": side_by_side(*sides, words=words) if sides else (),
    }
    return render(request, "exchanging/places.html.jinja", context)


def _difference(
    request: HttpRequest, plan: Plan, *, names: tuple[str, str], texts: tuple[Mapping[str, str], Mapping[str, str]]
) -> HttpResponse:
    found: Comparison | None = None
    problems: tuple[Problem, ...] = ()
    try:
        found = compare_texts(*texts)
    except InputError as error:
        problems = error.problems
    lines = {
        each.name: section_changes(each.name, each.before, after=each.after)
        for each in (found.narrative if found else ())
    }
    context = {"plan": plan, "names": names, "found": found, "problems": problems, "lines": lines, "printed": printed}
    return render(request, "exchanging/difference.html.jinja", context)


def sent_file(request: HttpRequest) -> tuple[str, bytes]:
    """Name and content of the file that was sent.

    Raises:
        InputError: no file came, or one that is too large.
    """
    file = request.FILES.get("file")
    if not isinstance(file, UploadedFile) or file.size is None:
        expected = f"a file of at most {LARGEST_UPLOAD // MEBIBYTE} MiB"
        raise InputError([Problem(Location("file"), "no file came, or one that is far too large", expected)])
    name = str(file.name)
    if file.size > LARGEST_UPLOAD:
        message = f"this file has {file.size:,} bytes"
        raise InputError([Problem(Location(name), message, f"at most {LARGEST_UPLOAD // MEBIBYTE} MiB")])
    return name, file.read()


def refused_by(error: InputError | WriteRefusedError) -> Refused:
    """Why a file was not taken."""
    return Refused(error.problems) if isinstance(error, InputError) else Refused(words=str(error))
