"""The page of signing: who has signed, whose turn it is, what is open, and what a change re-opened."""

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from placeplan.app.register_definitions import read_evidence_rules
from placeplan.registers.sign_off import Verdict, turns
from placeplan.web.access.policies import may_person
from placeplan.web.access.selectors import every_organisation
from placeplan.web.evidencing.views import sent_evidence
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.policies import demand_with_plan, may_with_plan, visible_plan
from placeplan.web.planning.selectors import checksums_of_revision
from placeplan.web.signing import actions, selectors
from placeplan.web.signing.actions import Said

UNREADABLE = 422


@dataclass(frozen=True, slots=True)
class _Refused:
    """What was not done and why, with what was typed and the number of the condition that it was about (0: none)."""

    problem: str = ""
    words: str = ""
    condition: int = 0


@require_GET
def signing(request: HttpRequest, slug: str) -> HttpResponse:
    """Where signing stands."""
    return _page(request, slug)


@require_POST
def submit(request: HttpRequest, slug: str) -> HttpResponse:
    """Put the revision that stands forward."""
    plan = visible_plan(request.user, slug)
    try:
        submission = actions.submit_plan(actor=request.user, plan=plan)
    except WriteRefusedError as error:
        return _page(request, slug, refused=_Refused(str(error)))
    messages.success(request, f"Revision {submission.revision.number} is put forward for signature.")
    return redirect("signing:signing", slug)


@require_POST
def sign(request: HttpRequest, slug: str) -> HttpResponse:
    """Sign for a body."""
    plan = visible_plan(request.user, slug)
    body, words = request.POST.get("body", ""), request.POST.get("words", "")
    try:
        verdict = Verdict(request.POST.get("verdict", ""))
    except ValueError:
        return _page(request, slug, refused=_Refused("Choose what the body says.", words))
    try:
        said = Said(verdict=verdict, words=words, file=sent_evidence(request))
        actions.sign_plan(actor=request.user, plan=plan, body=body, said=said)
    except WriteRefusedError as error:
        return _page(request, slug, refused=_Refused(str(error), words))
    messages.success(request, f"{body}: {verdict.replace('-', ' ')}.")
    return redirect("signing:signing", slug)


@require_POST
def meet(request: HttpRequest, slug: str, *, number: int) -> HttpResponse:
    """Say that a condition is met."""
    plan = visible_plan(request.user, slug)
    condition = selectors.condition_of(plan, number)
    if condition is None:
        raise Http404
    words = request.POST.get("words", "")
    try:
        actions.meet_condition(actor=request.user, condition=condition, words=words, file=sent_evidence(request))
    except WriteRefusedError as error:
        return _page(request, slug, refused=_Refused(str(error), words, condition.pk))
    messages.success(request, f"The condition of {condition.signature.body} is met.")
    return redirect("signing:signing", slug)


@require_POST
def seat(request: HttpRequest, slug: str) -> HttpResponse:
    """Say whose members sign for a body."""
    plan = visible_plan(request.user, slug)
    demand_with_plan(request.user, "submit-plan", plan=plan)
    organisation = next((each for each in every_organisation() if each.slug == request.POST.get("organisation")), None)
    if organisation is None:
        return _page(request, slug, refused=_Refused("Choose the organisation whose members sign."))
    body = request.POST.get("body", "")
    try:
        actions.seat_body(actor=request.user, plan=plan, body=body, organisation=organisation)
    except WriteRefusedError as error:
        return _page(request, slug, refused=_Refused(str(error)))
    messages.success(request, f"Members of {organisation} sign for {body}.")
    return redirect("signing:signing", slug)


@require_GET
def submission(request: HttpRequest, slug: str, *, number: int) -> HttpResponse:
    """A revision that was put forward: what was signed, by whom, and the checksum that says so."""
    plan = visible_plan(request.user, slug)
    found = selectors.submission_of(plan, number)
    if found is None:
        raise Http404
    context = {
        "plan": plan,
        "submission": found,
        "signatures": selectors.signatures_on(found.revision),
        "checksums": checksums_of_revision(found.revision),
        "may_take": may_with_plan(request.user, "take-plan-out", plan=plan),
    }
    return render(request, "signing/submission.html.jinja", context)


@require_GET
def checksums(request: HttpRequest, slug: str, *, number: int) -> HttpResponse:
    """The checksums of the sections of a submission, as ``sha256sum -c`` reads them; theirs is that of the revision."""
    plan = visible_plan(request.user, slug)
    found = selectors.submission_of(plan, number)
    if found is None:
        raise Http404
    each = sorted(checksums_of_revision(found.revision).items())
    answer = HttpResponse("".join(f"{checksum}  {name}\n" for name, checksum in each), content_type="text/plain")
    answer["Content-Disposition"] = f'attachment; filename="{slug}-revision-{number}.sha256"'
    return answer


def _page(request: HttpRequest, slug: str, *, refused: _Refused | None = None) -> HttpResponse:
    plan = visible_plan(request.user, slug)
    found = selectors.sign_off_of(plan)
    next_ones = turns(found.states) if found.submission else ()
    context = {
        "plan": plan,
        "sign_off": found,
        "turns": next_ones,
        "mine": [body for body in next_ones if _speaks_for(request, body, action="sign-plan", found=found)],
        "conditions": [
            (each, _speaks_for(request, each.signature.body, action="meet-condition", found=found))
            for each in selectors.conditions_of(plan)
        ],
        "signatures": selectors.signatures_of(plan),
        "submissions": selectors.submissions_of(plan),
        "may_submit": may_with_plan(request.user, "submit-plan", plan=plan),
        "seats": selectors.seats_of(plan),
        "bodies": selectors.seats_in(found),
        "organisations": every_organisation(),
        "verdicts": list(Verdict),
        "evidence_rules": read_evidence_rules(),
        "refused": refused or _Refused(),
    }
    status = UNREADABLE if refused else None
    return render(request, "signing/signing.html.jinja", context, status=status)


def _speaks_for(request: HttpRequest, body: str, *, action: str, found: selectors.SignOff) -> bool:
    standing = selectors.standing_of_body(found.revision.plan, body)
    return bool(may_person(request.user, action, standing=standing))
