"""Each request has an identity, which its log lines and its audit events carry, and one line in the log."""

import logging
import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar
from time import perf_counter

from django.conf import settings
from django.contrib.auth import SESSION_KEY
from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse

from placeplan.web.counters import count_request

HEADER = "X-Request-Id"
FAULT, UNHAPPY = 500, 400
NULL = "%00"
_PLAIN = re.compile(r"^[A-Za-z0-9._-]{8,64}\Z")
_PART = re.compile(r"<(?:[^<>:]*:)?([^<>:]*)>")
_TOLD = {"slug", "number", "form"}  # parts of an address that name a plan, a number or a format, and never content
_QUIET = ("health/", "static files")
_current: ContextVar[str] = ContextVar("request_identity", default="")
_log = logging.getLogger(__name__)


def request_identity() -> str:
    """The identity of the request that is being answered; empty outside of one."""
    return _current.get()


class RequestIdentity:
    """Takes the identity that a proxy gave, if it is plain, or makes one. Logs and counts requests."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        given = request.headers.get(HEADER, "")
        identity = given if _PLAIN.match(given) else uuid.uuid4().hex
        token = _current.set(identity)
        started = perf_counter()
        try:
            response = self._get_response(request)
            _tell(request, response, seconds=perf_counter() - started)
        finally:
            _current.reset(token)
        response[HEADER] = identity
        return response


class NoNulls:
    """Refuses an address with null characters, which no page means and no database takes."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request.

        Raises:
            BadRequest: there is one in its path or its query.
        """
        if "\0" in request.path or NULL in request.META.get("QUERY_STRING", ""):
            raise BadRequest("a null character in an address")
        return self._get_response(request)


def route_of(request: HttpRequest) -> str:
    """The pattern of the address of a request."""
    if request.resolver_match is not None:
        return str(request.resolver_match.route) or "/"
    return "static files" if request.path.startswith(settings.STATIC_URL) else "no such address"


def address_of(request: HttpRequest) -> str:
    """The address of a request as the log tells it: without its query, and without parts that may hold content."""
    parts = request.resolver_match.kwargs if request.resolver_match else {}

    def told(found: re.Match[str]) -> str:
        name = found[1]
        return str(parts[name]) if name in _TOLD and name in parts else f"<{name}>"

    return _PART.sub(told, route_of(request))


def _tell(request: HttpRequest, response: HttpResponse, *, seconds: float) -> None:
    route, status = route_of(request), response.status_code
    count_request(method=request.method or "", route=route, status=status, seconds=seconds)
    level = logging.ERROR if status >= FAULT else logging.INFO
    if status < UNHAPPY and route.startswith(_QUIET):
        level = logging.DEBUG
    told = {
        "method": request.method,
        "address": address_of(request),
        "status": status,
        "milliseconds": round(seconds * 1_000, 1),
        "person": _person(request),
        "request_identity": request_identity(),
    }
    _log.log(level, "request", extra=told)


def _person(request: HttpRequest) -> int | None:
    """Who asks, as far as that was found out on the way: by a token, or by a session."""
    acting = getattr(request, "auth", None)
    if acting is not None:
        return int(acting.pk)
    session = getattr(request, "session", None)
    if session is None or not session.accessed:
        return None
    found = session.get(SESSION_KEY)
    return int(found) if found else None
