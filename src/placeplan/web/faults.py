"""Pages of what is not there and of faults. The page of a fault needs no database, for that may be what is gone."""

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string

from placeplan.web.requests import request_identity

UNREADABLE, MISSING, FAULT, UNAVAILABLE = 400, 404, 500, 503
OF_PROGRAMS = "/api/"
SECONDS_TO_WAIT = 30


def missing(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Called by Django where there is no such page: say so, to a program as a problem object."""
    if request.path.startswith(OF_PROGRAMS):
        found = {"status": MISSING, "title": "There is no such address."}
        return JsonResponse(found, status=MISSING, content_type="application/problem+json")
    return render(request, "404.html.jinja", status=MISSING)


def unreadable(request: HttpRequest, exception: Exception) -> HttpResponse:  # noqa: ARG001 - Django gives it
    """Called by Django where a request cannot be read: too large, too many fields, or no text."""
    words = "It is too large, or holds signs that no text holds. Nothing was written. Go back and send less, or other."
    if request.path.startswith(OF_PROGRAMS):
        found = {"status": UNREADABLE, "title": f"This request cannot be read. {words}"}
        return JsonResponse(found, status=UNREADABLE, content_type="application/problem+json")
    context = {"title": "This cannot be read", "words": words, "identity": request_identity()}
    return HttpResponse(render_to_string("fault.html.jinja", context), status=UNREADABLE)


def fault(request: HttpRequest) -> HttpResponse:
    """Called by Django, while an error is handled: say whether it is worth trying again."""
    gone = isinstance(sys.exc_info()[1], OperationalError | InterfaceError)
    status = UNAVAILABLE if gone else FAULT
    title = "The workspace does not answer at the moment" if gone else "Something went wrong here"
    words = (
        "Nothing that was kept is lost. Try again in a minute."
        if gone
        else "This is a fault of Placeplan, and it is in the log. Nothing was half written."
    )
    if "application/json" in request.headers.get("Accept", ""):
        answer: HttpResponse = JsonResponse({"problem": f"{title}. {words}"}, status=status)
    else:
        context = {"title": title, "words": words, "identity": request_identity()}
        answer = HttpResponse(render_to_string("fault.html.jinja", context), status=status)
    if gone:
        answer["Retry-After"] = str(SECONDS_TO_WAIT)
    return answer
