"""Signing in and out."""

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from placeplan.web.access import actions
from placeplan.web.access.actions import SignInError
from placeplan.web.access.demonstration import DEMONSTRATED

UNAUTHORISED = 401


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with an address and a password."""
    following = request.POST.get("next", request.GET.get("next", ""))
    email, problem = request.POST.get("email", ""), ""
    if request.method == "POST":
        try:
            actions.sign_in(request=request, email=email, password=request.POST.get("password", ""))
            return redirect(_safe(following, request))
        except SignInError as error:
            problem = str(error)
    demonstrated = DEMONSTRATED if settings.DEMONSTRATION else None
    context = {"email": email, "problem": problem, "following": following, "demonstrated": demonstrated}
    return render(request, "access/sign-in.html.jinja", context, status=UNAUTHORISED if problem else None)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    actions.sign_out(request=request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


def _safe(following: str, request: HttpRequest) -> str:
    """Where to go after signing in: a page of this site, or the list of plans."""
    if url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure()):
        return following
    return str(settings.LOGIN_REDIRECT_URL)
