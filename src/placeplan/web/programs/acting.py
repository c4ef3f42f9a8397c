"""What every operation of the interface needs: who asks, by the token, and how an answer is described."""

from base64 import b64decode
from typing import Any, TypeVar

from django.http import Http404, HttpRequest
from ninja import Schema
from ninja.errors import HttpError

from placeplan.kernel.errors import PlaceplanError
from placeplan.web.access.models import Person
from placeplan.web.entries import Entry
from placeplan.web.evidencing.actions import SentFile
from placeplan.web.planning.policies import visible_plan
from placeplan.web.planning.results import results_of
from placeplan.web.planning.selectors import Working, working
from placeplan.web.programs.shapes import FileSent

PLAN = "plans/{slug:slug}"
Found = TypeVar("Found")
MISSING, UNREADABLE = 404, 422
NO_PLAN_NOW = "This plan cannot be read as it stands. GET findings says why, with the place of each problem."


class StaleError(PlaceplanError):
    """What a write replaces is not what stands now. Nothing was written.

    Attributes:
        checksum: of all sections now.
    """

    def __init__(self, checksum: str) -> None:
        super().__init__("The plan was changed since this was worked out. Nothing was written. Ask again, then write.")
        self.checksum = checksum


def actor_of(request: HttpRequest) -> Person:
    """The person that the token of a request acts as, kept to the one role that it is of."""
    actor: Person = request.auth  # set by Django Ninja
    return actor


def seen_by(request: HttpRequest, slug: str) -> Working:
    """What the actor sees of a plan: their draft, or the revision that stands.

    Raises:
        Http404: there is no plan of the name that they may see.
    """
    return working(actor_of(request), visible_plan(actor_of(request), slug))


def results_in(seen: Working) -> Any:
    """What was computed of a plan.

    Raises:
        HttpError: it cannot be read.
    """
    found = results_of(seen).results
    if found is None:
        raise HttpError(UNREADABLE, NO_PLAN_NOW)
    return found


def not_stale(seen: Working, replaces: str) -> None:
    """Go on only if a write was made from what stands now.

    Raises:
        StaleError: it was not.
    """
    if replaces != seen.checksum:
        raise StaleError(seen.checksum)


def entry_of(sent: Schema) -> Entry:
    """What was sent, as the fields of the form of the page: what is absent is empty, and a yes is ticked."""
    return Entry({name: "yes" if value is True else str(value or "") for name, value in sent.model_dump().items()})


def file_of(sent: FileSent | None) -> SentFile | None:
    """A file of evidence that was sent.

    Raises:
        HttpError: its content is not base64.
    """
    if sent is None:
        return None
    try:
        return SentFile(sent.name, b64decode(sent.content, validate=True))
    except ValueError as error:
        raise HttpError(UNREADABLE, f"The content of {sent.name!r} is not base64.") from error


def there(found: Found | None) -> Found:
    """What was found.

    Raises:
        Http404: nothing was.
    """
    if found is None:
        raise Http404
    return found


def answered_as(*media_types: str) -> dict[str, Any]:
    """For the description of an operation: it is answered with a file or a text of one of some media types."""
    kinds = [each.partition(";")[0] for each in media_types]
    shape = {
        kind: {"schema": {} if kind.endswith("json") else {"type": "string", "format": "binary"}} for kind in kinds
    }
    return {"responses": {200: {"description": "OK", "content": shape}}}
