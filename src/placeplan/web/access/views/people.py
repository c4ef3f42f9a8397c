"""Pages of the people of an organisation, for those who look after them."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from placeplan.app.workspace_rights import read_rights
from placeplan.web.access import actions, second_factors, selectors
from placeplan.web.access.actions import MANAGE, EntryError
from placeplan.web.access.models import Organisation, Person
from placeplan.web.access.policies import refuse

UNREADABLE = 422
NOT_YOURS = "You may not manage people and their roles. An administrator of your organisation may."


@never_cache
@require_http_methods(["GET", "POST"])
def people(request: HttpRequest) -> HttpResponse:
    """Who has which role in the organisations that an administrator looks after; add somebody, give a role."""
    own = _looked_after(request)
    problem, said, link = "", None, ""
    if request.method == "POST":
        organisation = selectors.organisation_named(request.POST.get("organisation", ""))
        if organisation is None:
            raise Http404
        given = {name: request.POST.get(name, "") for name in ("email", "name", "role")}
        try:
            said, secret = actions.add_person(actor=request.user, organisation=organisation, **given)
            link = _link(request, secret) if secret else ""
        except EntryError as error:
            problem = str(error)
    context = {
        "organisations": own,
        "memberships": selectors.people_of(own),
        "roles": read_rights().roles,
        "titles": selectors.titles(),
        "problem": problem,
        "said": said,
        "link": link,
        "hours": settings.PASSWORD_LINK_HOURS,
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


@never_cache
@require_GET
def person(request: HttpRequest, *, number: int) -> HttpResponse:
    """The account of somebody: how they sign in, and what can be done when they cannot."""
    own = _looked_after(request)
    found = selectors.person_in(own, number)
    if found is None:
        raise Http404
    return _person(request, found, own=own)


@never_cache
@require_POST
def make_link(request: HttpRequest, *, number: int) -> HttpResponse:
    """Make a link with which somebody chooses a new password. It is shown once, on this page."""
    found = _numbered(number)
    secret = actions.make_password_link(actor=request.user, person=found)
    return _person(request, found, own=_looked_after(request), link=_link(request, secret))


@require_POST
def take_second_factor(request: HttpRequest, *, number: int) -> HttpResponse:
    """Take the second factor of somebody away who lost it."""
    found = _numbered(number)
    actions.take_second_factor(actor=request.user, person=found)
    messages.success(request, f"{found} signs in without a second factor until they set one up again.")
    return redirect("access:person", number)


@require_POST
def switch(request: HttpRequest, *, number: int) -> HttpResponse:
    """Switch somebody off, or on again."""
    found = _numbered(number)
    if request.POST.get("to") == "on":
        actions.switch_on(actor=request.user, person=found)
        messages.success(request, f"{found} may sign in again.")
    else:
        actions.switch_off(actor=request.user, person=found)
        messages.success(request, f"{found} is signed out everywhere and may not sign in.")
    return redirect("access:person", number)


def _person(request: HttpRequest, found: Person, *, own: tuple[Organisation, ...], link: str = "") -> HttpResponse:
    context = {
        "person": found,
        "roles": selectors.roles_of(found),
        "own": own,
        "titles": selectors.titles(),
        "whole": selectors.is_whole_in(own, found),
        "second_factor": second_factors.has_second_factor(found),
        "joined": selectors.has_joined(found),
        "link": link,
        "hours": settings.PASSWORD_LINK_HOURS,
    }
    return render(request, "access/person.html.jinja", context)


def _looked_after(request: HttpRequest) -> tuple[Organisation, ...]:
    own = selectors.where_may(request.user, MANAGE)
    if not own:
        refuse(request.user, MANAGE, subject=request.user.subject, reason=NOT_YOURS)
    return own


def _numbered(number: int) -> Person:
    found = selectors.person_numbered(number)
    if found is None:
        raise Http404
    return found


def _link(request: HttpRequest, secret: str) -> str:
    return str(request.build_absolute_uri(reverse("access:choose-password", args=[secret])))
