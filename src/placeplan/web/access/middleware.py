"""What happens around every request: sessions that end, a second factor that must come first, refusals as pages."""

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render

from placeplan.web.access.models import Person
from placeplan.web.access.policies import RefusedError
from placeplan.web.access.second_factors import has_second_factor, needs_second_factor
from placeplan.web.access.signing_in import end_if_too_old, signed_in_by_provider

FORBIDDEN = 403
FIRST = "Set up a second factor first: your role asks for one."
Answers = Callable[[HttpRequest], HttpResponse]
View = Callable[..., HttpResponse]


def before_second_factor(view: View) -> View:
    """Mark a page as open to those who owe a second factor."""
    view.before_second_factor = True  # type: ignore[attr-defined]  # a mark on a function, as Django's own are
    return view


class SessionEnds:
    """Ends a session that nobody used for too long, and every session some hours after signing in."""

    def __init__(self, get_response: Answers) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        end_if_too_old(request=request)
        return self._get_response(request)


class SecondFactorFirst:
    """Where a second factor is compulsory, those whose role asks for one set it up before anything else.

    Who signs on by a provider has the second factor of the provider.
    """

    def __init__(self, get_response: Answers) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: View, *_: Any) -> HttpResponse | None:
        """Called by Django before each page."""
        open_to_all = not getattr(view, "login_required", True) or getattr(view, "before_second_factor", False)
        if open_to_all or not settings.SECOND_FACTOR_COMPULSORY or not _owes(request):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"problem": FIRST}, status=FORBIDDEN)
        return redirect("access:second-factor")


def _owes(request: HttpRequest) -> bool:
    person = request.user
    if not isinstance(person, Person) or signed_in_by_provider(request) or has_second_factor(person):
        return False
    return needs_second_factor(person)


class RefusalPages:
    """Answers a refused request with the reason: as JSON where JSON was asked for, else as a page."""

    def __init__(self, get_response: Answers) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        return self._get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        """Called by Django for what a view raises."""
        if not isinstance(exception, RefusedError):
            return None
        if "application/json" in request.headers.get("Accept", ""):
            return JsonResponse({"problem": str(exception)}, status=FORBIDDEN)
        return render(request, "access/refused.html.jinja", {"reason": str(exception)}, status=FORBIDDEN)
