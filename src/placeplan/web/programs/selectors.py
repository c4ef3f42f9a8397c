"""Reads tokens."""

from placeplan.web.access.models import Person
from placeplan.web.programs.models import Token


def tokens_of(person: Person) -> tuple[Token, ...]:
    """The tokens of a person, the newest first."""
    found = Token.objects.filter(membership__person=person).select_related("membership__organisation")
    return tuple(found.order_by("-made"))


def token_numbered(number: int) -> Token | None:
    """The token of a number, whoever asks; the action asks whose it is."""
    return Token.objects.filter(pk=number).select_related("membership__person", "membership__organisation").first()
