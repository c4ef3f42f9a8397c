"""Pages of signing in and out, and of the people of an organisation."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from placeplan.app.workspace_rights import read_rights
from placeplan.web.access import actions, selectors
from placeplan.web.access.actions import EntryError, SignInError
from placeplan.web.access.demonstration import DEMONSTRATED
from placeplan.web.access.policies import RefusedError

UNAUTHORISED, UNREADABLE = 401, 422


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


@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Who has which role in the organisations that an administrator looks after; add somebody, give a role."""
    own = selectors.where_may(request.user, "manage-people")
    if not own:
        raise RefusedError("You may not manage people and their roles. An administrator of your organisation may.")
    problem, said = "", None
    if request.method == "POST":
        organisation = selectors.organisation_named(request.POST.get("organisation", ""))
        if organisation is None:
            raise Http404
        given = {name: request.POST.get(name, "") for name in ("email", "name", "role")}
        try:
            said = actions.add_person(actor=request.user, organisation=organisation, **given)
        except EntryError as error:
            problem = str(error)
    context = {
        "organisations": own,
        "memberships": selectors.people_of(own),
        "roles": read_rights().roles,
        "titles": {role.id: role.title for role in read_rights().roles},
        "problem": problem,
        "said": said,
        "given": request.POST if problem else {},
    }
    return render(request, "access/people.html.jinja", context, status=UNREADABLE if problem else None)


@require_POST
def take_role(request: HttpRequest, *, number: int) -> HttpResponse:
    """Take a role away."""
    found = selectors.membership(number)
    if found is None:
        raise Http404
    actions.take_role(actor=request.user, membership=found)
    messages.success(request, f"{found.person} has that role no more.")
    return redirect("access:people")


def _safe(following: str, request: HttpRequest) -> str:
    """Where to go after signing in: a page of this site, or the list of plans."""
    if url_has_allowed_host_and_scheme(following, {request.get_host()}, require_https=request.is_secure()):
        return following
    return str(settings.LOGIN_REDIRECT_URL)
