"""Each request has an identity, which its log lines and its audit events carry."""

import re
import uuid
from collections.abc import Callable
from contextvars import ContextVar

from django.http import HttpRequest, HttpResponse

HEADER = "X-Request-Id"
_PLAIN = re.compile(r"^[A-Za-z0-9._-]{8,64}\Z")
_current: ContextVar[str] = ContextVar("request_identity", default="")


def request_identity() -> str:
    """The identity of the request that is being answered; empty outside of one."""
    return _current.get()


class RequestIdentity:
    """Takes the identity that a proxy gave, if it is plain, or makes one; and sends it back."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request."""
        given = request.headers.get(HEADER, "")
        identity = given if _PLAIN.match(given) else uuid.uuid4().hex
        token = _current.set(identity)
        try:
            response = self._get_response(request)
        finally:
            _current.reset(token)
        response[HEADER] = identity
        return response
