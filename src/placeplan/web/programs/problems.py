"""What went wrong, as problem objects (RFC 9457)."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError

from placeplan.kernel.errors import InputError
from placeplan.web.access.policies import RefusedError
from placeplan.web.access.throttling import TooOftenError
from placeplan.web.planning.actions import ConflictError, OvertakenError, WriteRefusedError
from placeplan.web.programs.acting import StaleError
from placeplan.web.programs.actions import TokenRefusedError

TYPE = "application/problem+json"
ANSWERED_WITH_A_PROBLEM = {
    "description": "What went wrong",
    "content": {TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
}


def described_problem() -> dict[str, Any]:
    """The shape of a problem, for the description. What more it holds depends on what went wrong."""
    problems = {"type": "array", "items": {"type": "object"}}
    properties = {"status": {"type": "integer"}, "title": {"type": "string"}, "problems": problems}
    words = "What went wrong."
    return {
        "type": "object",
        "description": words,
        "title": "Problem",
        "properties": properties,
        "required": ["status", "title"],
    }


UNAUTHORISED = 401


def answers_problems(api: NinjaAPI) -> None:
    """Let an interface answer with a problem object whatever goes wrong in it."""
    api.add_exception_handler(AuthenticationError, _of(401, "A token that is valid is needed."))
    api.add_exception_handler(TokenRefusedError, _of(401))
    api.add_exception_handler(TooOftenError, _of(429))
    api.add_exception_handler(Http404, _of(404, "There is nothing of this name that you may see."))
    api.add_exception_handler(RefusedError, _of(403))
    api.add_exception_handler(WriteRefusedError, _of(422))
    api.add_exception_handler(InputError, _unreadable)
    api.add_exception_handler(OvertakenError, _overtaken)
    api.add_exception_handler(ConflictError, _conflict)
    api.add_exception_handler(StaleError, _stale)
    api.add_exception_handler(ValidationError, _not_as_described)
    api.add_exception_handler(HttpError, _unparsed)


def problem(status: int, title: str, **more: Any) -> HttpResponse:
    """One problem."""
    answer = JsonResponse({"status": status, "title": title, **more}, status=status, content_type=TYPE)
    if status == UNAUTHORISED:
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _of(status: int, title: str = "") -> Any:
    def answer(_: HttpRequest, error: Exception) -> HttpResponse:
        return problem(status, title or str(error))

    return answer


def _unreadable(_: HttpRequest, error: Any) -> HttpResponse:
    found = [
        {
            "file": each.location.file,
            "line": each.location.line,
            "field": each.location.field,
            "message": each.message,
            "expected": each.expected,
            "mend": each.mend,
        }
        for each in error.problems
    ]
    return problem(422, "This cannot be read.", problems=found)


def _overtaken(_: HttpRequest, error: Any) -> HttpResponse:
    return problem(409, str(error), text=error.text, checksum=error.checksum)


def _stale(_: HttpRequest, error: Any) -> HttpResponse:
    return problem(409, str(error), checksum=error.checksum)


def _conflict(_: HttpRequest, error: Any) -> HttpResponse:
    return problem(409, str(error), sections=[each.section for each in error.merge.conflicts])


def _not_as_described(_: HttpRequest, error: Any) -> HttpResponse:
    found = [{"field": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in error.errors]
    return problem(422, "The request is not as the description says.", problems=found)


def _unparsed(_: HttpRequest, error: Any) -> HttpResponse:
    return problem(error.status_code, str(error))
