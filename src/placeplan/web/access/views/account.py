"""Pages of one's own account: password, second factor, codes for recovery."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placeplan.web.access import accounts, own_sessions, second_factors, selectors, signing_in
from placeplan.web.access.actions import EntryError
from placeplan.web.access.middleware import before_second_factor
from placeplan.web.access.signing_in import SignInError

UNREADABLE = 422


@never_cache
@require_GET
def account(request: HttpRequest) -> HttpResponse:
    """What an account has: roles, password, second factor, single sign-on."""
    return _account(request)


@never_cache
@require_POST
def change_password(request: HttpRequest) -> HttpResponse:
    """Give oneself another password."""
    given = {name: request.POST.get(name, "") for name in ("old", "new", "again")}
    try:
        accounts.change_password(request=request, person=request.user, **given)
    except (SignInError, EntryError) as error:
        return _account(request, problem=str(error), field="old" if isinstance(error, SignInError) else "new")
    messages.success(request, "Your password is changed. Elsewhere you are signed out.")
    return redirect("access:account")


@before_second_factor
@never_cache
@require_http_methods(["GET", "POST"])
def second_factor(request: HttpRequest) -> HttpResponse:
    """Set a second factor up: put the secret into an app, and show that it has it."""
    if second_factors.has_second_factor(request.user):
        return redirect("access:account")
    problem = ""
    if request.method == "POST":
        try:
            codes = accounts.set_up_second_factor(
                request=request, person=request.user, code=request.POST.get("code", "")
            )
            return render(request, "access/recovery-codes.html.jinja", {"codes": codes, "new": True})
        except SignInError as error:
            problem = str(error)
    context = {
        "to_set_up": second_factors.to_set_up(request),
        "compulsory": settings.SECOND_FACTOR_COMPULSORY and second_factors.needs_second_factor(request.user),
        "problem": problem,
    }
    return render(request, "access/second-factor.html.jinja", context, status=UNREADABLE if problem else None)


@never_cache
@require_POST
def second_factor_off(request: HttpRequest) -> HttpResponse:
    """Turn the second factor off, with the password."""
    try:
        accounts.turn_second_factor_off(request=request, person=request.user, password=request.POST.get("password", ""))
    except SignInError as error:
        return _account(request, problem=str(error), field="password")
    messages.success(request, "Your second factor is off. Elsewhere you are signed out.")
    return redirect("access:account")


@never_cache
@require_POST
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """New codes for recovery, with the password."""
    try:
        codes = accounts.renew_recovery_codes(
            request=request, person=request.user, password=request.POST.get("password", "")
        )
    except SignInError as error:
        return _account(request, problem=str(error), field="password")
    return render(request, "access/recovery-codes.html.jinja", {"codes": codes, "new": False})


@never_cache
@require_POST
def end_session(request: HttpRequest, *, number: int) -> HttpResponse:
    """End a session of one's own in another window or on another device."""
    if not own_sessions.end_session(request=request, actor=request.user, number=number):
        raise Http404
    messages.success(request, "That session is ended.")
    return redirect("access:account")


def _account(request: HttpRequest, *, problem: str = "", field: str = "") -> HttpResponse:
    person = request.user
    context = {
        "roles": selectors.roles_of(person),
        "titles": selectors.titles(),
        "has_password": person.has_usable_password(),
        "second_factor": second_factors.has_second_factor(person),
        "needs_second_factor": settings.SECOND_FACTOR_COMPULSORY and second_factors.needs_second_factor(person),
        "sessions": own_sessions.sessions_of(request=request, person=person),
        "codes_left": second_factors.recovery_codes_left(person),
        "single_sign_on": settings.SINGLE_SIGN_ON,
        "by_provider": signing_in.signed_in_by_provider(request),
        "problem": problem,
        "field": field,
    }
    return render(request, "access/account.html.jinja", context, status=UNREADABLE if problem else None)
