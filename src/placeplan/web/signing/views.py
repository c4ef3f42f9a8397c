"""The page of signing: who has signed, whose turn it is, and what a change re-opened."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from placeplan.registers.sign_off import Verdict, may_sign
from placeplan.web.access.policies import may_person
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.policies import may_with_plan, visible_plan
from placeplan.web.signing import actions, selectors

UNREADABLE = 422


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
        return _page(request, slug, problem=str(error))
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
        return _page(request, slug, problem="Choose what the body says.", words=words)
    try:
        actions.sign_plan(actor=request.user, plan=plan, body=body, verdict=verdict, words=words)
    except WriteRefusedError as error:
        return _page(request, slug, problem=str(error), words=words)
    messages.success(request, f"{body}: {verdict.replace('-', ' ')}.")
    return redirect("signing:signing", slug)


def _page(request: HttpRequest, slug: str, *, problem: str = "", words: str = "") -> HttpResponse:
    plan = visible_plan(request.user, slug)
    found = selectors.sign_off_of(plan)
    mine = [
        state.body.name
        for state in found.states
        if may_person(request.user, "sign-plan", standing=selectors.standing_of_body(plan, state.body.name))
    ]
    context = {
        "plan": plan,
        "sign_off": found,
        "signatures": selectors.signatures_of(plan),
        "submissions": selectors.submissions_of(plan),
        "may_submit": may_with_plan(request.user, "submit-plan", plan=plan),
        "turns": [body for body in mine if found.submission and not may_sign(found.states, body)],
        "verdicts": list(Verdict),
        "problem": problem,
        "words": words,
    }
    return render(request, "signing/signing.html.jinja", context, status=UNREADABLE if problem else None)
