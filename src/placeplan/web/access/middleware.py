"""Turns a refusal into a page that says why."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from placeplan.web.access.policies import RefusedError

FORBIDDEN = 403


class RefusalPages:
    """Answers a refused request with the reason: as JSON where JSON was asked for, else as a page."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
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
