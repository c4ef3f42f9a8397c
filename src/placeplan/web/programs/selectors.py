"""Reads tokens, and who a token acts as."""

from placeplan.web.access.models import Membership, Person
from placeplan.web.programs.actions import hash_of_token
from placeplan.web.programs.models import Token


def tokens_of(person: Person) -> tuple[Token, ...]:
    """The tokens of a person, the newest first."""
    found = Token.objects.filter(membership__person=person).select_related("membership__organisation")
    return tuple(found.order_by("-made"))


def token_numbered(number: int) -> Token | None:
    """The token of a number, whoever asks; the action asks whose it is."""
    return Token.objects.filter(pk=number).select_related("membership__person", "membership__organisation").first()


def roles_of(person: Person) -> tuple[Membership, ...]:
    """The roles of a person that a token can be of."""
    found = Membership.objects.filter(person=person).select_related("organisation", "person")
    return tuple(found.order_by("organisation__name", "role"))


def acting_person(secret: str) -> Person | None:
    """Whom a token acts as, kept to the one role that it is of; nothing for one that is unknown or revoked."""
    tokens = Token.objects.filter(revoked=None, membership__person__is_active=True)
    token = tokens.filter(hash=hash_of_token(secret)).select_related("membership__person").first()
    if token is None:
        return None
    person = token.membership.person
    person.acting_as = token.membership_id
    return person
