"""What every operation of the interface needs: who asks, by the token, and how an answer is described."""

from typing import Any

from django.http import HttpRequest

from placeplan.web.access.models import Person

PLAN = "plans/{slug:slug}"


def actor_of(request: HttpRequest) -> Person:
    """The person that the token of a request acts as, kept to the one role that it is of."""
    actor: Person = request.auth  # set by Django Ninja
    return actor


def answered_as(*media_types: str) -> dict[str, Any]:
    """For the description of an operation: it is answered with a file or a text of one of some media types."""
    kinds = [each.partition(";")[0] for each in media_types]
    shape = {
        kind: {"schema": {} if kind.endswith("json") else {"type": "string", "format": "binary"}} for kind in kinds
    }
    return {"responses": {200: {"description": "OK", "content": shape}}}
