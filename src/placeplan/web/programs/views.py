"""Pages of tokens, and the description of the interface of programs."""

from datetime import UTC, datetime

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placeplan.app.workspace_rights import read_rights
from placeplan.web.access.actions import EntryError
from placeplan.web.access.models import Membership
from placeplan.web.access.selectors import roles_of, titles
from placeplan.web.programs import actions, selectors
from placeplan.web.programs.interface import openapi

UNREADABLE = 422


@never_cache
@require_http_methods(["GET", "POST"])
def tokens(request: HttpRequest) -> HttpResponse:
    """The tokens of somebody; make one for a role of theirs. Its secret is shown once, on this page."""
    roles = {str(each.pk): each for each in roles_of(request.user)}
    sent = request.POST if request.method == "POST" else request.GET
    membership = roles.get(sent.get("role", "")) or (next(iter(roles.values()), None) if "role" not in sent else None)
    if "role" in sent and membership is None:
        raise Http404
    problem, secret = "", ""
    if request.method == "POST":
        if membership is None:
            raise Http404
        try:
            secret = _made(request, membership)
        except EntryError as error:
            problem = str(error)
    context = {
        "roles": roles,
        "chosen": membership,
        "actions": read_rights().actions_of(membership.role) if membership else (),
        "days": settings.TOKEN_DAYS,
        "tokens": selectors.tokens_of(request.user),
        "titles": titles(),
        "now": datetime.now(tz=UTC),
        "secret": secret,
        "problem": problem,
        "given": request.POST if problem else {},
        "always": actions.SEE,
    }
    return render(request, "programs/tokens.html.jinja", context, status=UNREADABLE if problem else None)


def _made(request: HttpRequest, membership: Membership) -> str:
    days = request.POST.get("days", "")
    _, secret = actions.make_token(
        actor=request.user,
        membership=membership,
        name=request.POST.get("name", ""),
        days=int(days) if days.isascii() and days.isdecimal() else 0,
        wanted=request.POST.getlist("action"),
    )
    return secret


@require_POST
def revoke(request: HttpRequest, *, number: int) -> HttpResponse:
    """End a token."""
    token = selectors.token_numbered(number)
    if token is None:
        raise Http404
    actions.revoke_token(actor=request.user, token=token)
    messages.success(request, f"The token {token.name} opens nothing any more.")
    return redirect("programs:tokens")


@require_GET
def description(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the same for everybody who is signed in
    """The interface of programs as an OpenAPI document."""
    return JsonResponse(openapi())
