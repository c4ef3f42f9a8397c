"""Pages of signing in and out."""

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.base import AuthProcess
from allauth.socialaccount.providers.openid_connect import views as protocol
from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placeplan.web.access import accounts, signing_in
from placeplan.web.access.actions import EntryError
from placeplan.web.access.adapters import NotVouchedError, Vouched
from placeplan.web.access.demonstration import DEMONSTRATED
from placeplan.web.access.signing_in import SignInError

UNAUTHORISED, FORBIDDEN, UNREADABLE, UNAVAILABLE = 401, 403, 422, 503
FOLLOWING = "following"
NOT_AS_IT_SHOULD = (OSError, KeyError, ValueError)
"""What comes of a provider that does not answer, or not as the protocol says."""


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with an address and a password."""
    following = request.POST.get("next", request.GET.get("next", ""))
    email, problem = request.POST.get("email", ""), ""
    if request.method == "POST":
        try:
            person = signing_in.sign_in(request=request, email=email, password=request.POST.get("password", ""))
            if person is not None:
                return redirect(safe(following, request))
            request.session[FOLLOWING] = safe(following, request)
            return redirect("access:code")
        except SignInError as error:
            problem = str(error)
    context = {
        "email": email,
        "problem": problem,
        "following": following,
        "demonstrated": DEMONSTRATED if settings.DEMONSTRATION else None,
        "single_sign_on": settings.SINGLE_SIGN_ON,
        "ended": request.session.pop(signing_in.ENDED, ""),
    }
    return render(request, "access/sign-in.html.jinja", context, status=UNAUTHORISED if problem else None)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def code(request: HttpRequest) -> HttpResponse:
    """Give the code of the second factor, after the password."""
    if signing_in.waiting_for_code(request) is None:
        return redirect("access:sign-in")
    problem = ""
    if request.method == "POST":
        following = request.session.get(FOLLOWING, "")
        try:
            signing_in.sign_in_with_code(request=request, code=request.POST.get("code", ""))
            request.session.pop(FOLLOWING, None)
            return redirect(safe(following, request))
        except SignInError as error:
            problem = str(error)
    return render(request, "access/code.html.jinja", {"problem": problem}, status=UNAUTHORISED if problem else None)


@login_not_required
@never_cache
@require_GET
def single_sign_on(request: HttpRequest) -> HttpResponse:
    """Go to the sign-on service of the organisation."""
    if settings.SINGLE_SIGN_ON is None:
        raise Http404
    following = safe(request.GET.get("next", ""), request)
    request.GET = QueryDict()  # the library would take more from the address than which page comes after
    provider = get_adapter(request).get_provider(request, provider=settings.SINGLE_SIGN_ON["provider_id"])
    try:
        return provider.redirect(request, process=AuthProcess.LOGIN, next_url=following)
    except NOT_AS_IT_SHOULD as error:
        reason = f"the provider does not answer ({type(error).__name__})"
        return _not_vouched(request, NotVouchedError(reason), status=UNAVAILABLE)
    except NotVouchedError as error:
        return _not_vouched(request, error, status=UNAVAILABLE)


@login_not_required
@never_cache
@require_GET
def single_sign_on_back(request: HttpRequest, *, provider_id: str) -> HttpResponse:
    """Come back from the sign-on service."""
    if settings.SINGLE_SIGN_ON is None or provider_id != settings.SINGLE_SIGN_ON["provider_id"]:
        raise Http404
    try:
        protocol.callback(request, provider_id)
    except Vouched as vouched:
        return _vouched(request, vouched)
    except NOT_AS_IT_SHOULD as error:
        return _not_vouched(request, NotVouchedError(f"the answer cannot be used ({type(error).__name__})"))
    except NotVouchedError as error:
        return _not_vouched(request, error)
    return _not_vouched(request, NotVouchedError("no answer to take"))


def _vouched(request: HttpRequest, vouched: Vouched) -> HttpResponse:
    try:
        signing_in.sign_in_by_provider(request=request, account=vouched.account)
    except SignInError as error:
        context = {"reason": str(error), "title": "You have no role here yet"}
        return render(request, "access/not-let-in.html.jinja", context, status=FORBIDDEN)
    return redirect(safe(vouched.following, request))


def _not_vouched(request: HttpRequest, error: NotVouchedError, *, status: int = UNAUTHORISED) -> HttpResponse:
    reason = "cancelled" if error.cancelled else error.reason
    signing_in.refuse_by_provider(request=request, reason=reason)
    words = signing_in.CANCELLED if error.cancelled else signing_in.NO_ANSWER
    return render(
        request, "access/not-let-in.html.jinja", {"reason": words, "title": "You are not signed in"}, status=status
    )


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Sign out."""
    signing_in.sign_out(request=request)
    return redirect(settings.LOGOUT_REDIRECT_URL)


@login_not_required
@never_cache
@require_http_methods(["GET", "POST"])
def choose_password(request: HttpRequest, *, secret: str) -> HttpResponse:
    """Choose a password with a link that an administrator made."""
    person, problem = accounts.person_of_link(secret), ""
    if request.method == "POST":
        try:
            accounts.choose_password(
                secret=secret, new=request.POST.get("new", ""), again=request.POST.get("again", "")
            )
            return redirect("access:sign-in")
        except EntryError as error:
            problem = str(error)
        except SignInError:
            person = None
    context = {"person": person, "problem": problem, "spent": accounts.SPENT}
    status = UNAUTHORISED if person is None else UNREADABLE if problem else None
    return render(request, "access/choose-password.html.jinja", context, status=status)


def stale_page(request: HttpRequest, reason: str = "") -> HttpResponse:  # noqa: ARG001 - Django's signature
    """A form that was sent from a page of another session: nothing is written."""
    words = "This page was open before you signed in, or your session has ended. Nothing was written."
    if "application/json" in request.headers.get("Accept", ""):
        return JsonResponse({"problem": f"{words} Sign in in another window, then load this page again."}, status=403)
    return render(request, "access/stale.html.jinja", {"reason": words}, status=FORBIDDEN)


def safe(following: str, request: HttpRequest) -> str:
    """Where to go after signing in: a page of this site, or the list of plans."""
    if url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure()):
        return following
    return str(settings.LOGIN_REDIRECT_URL)
