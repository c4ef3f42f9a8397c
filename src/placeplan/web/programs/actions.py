"""Makes and revokes tokens. Everybody may for their own roles, and for no one else's."""

import hashlib
import secrets
from datetime import UTC, datetime

from django.db import transaction

from placeplan.web.access.actions import EntryError
from placeplan.web.access.models import Membership, Person
from placeplan.web.access.policies import RefusedError
from placeplan.web.auditing.actions import record
from placeplan.web.programs.models import Token

TOKEN_BYTES = 32  # 256 random bits: guessing is hopeless, so that a plain hash keeps it
LONGEST_NAME = 200


def hash_of_token(secret: str) -> str:
    """What is kept of a token."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()


def make_token(*, actor: Person, membership: Membership, name: str) -> tuple[Token, str]:
    """Make a token of a role that the actor has.

    Returns:
        The token as it is kept, and its secret, which cannot be read again.

    Raises:
        RefusedError: the role is somebody else's; the attempt is in the record.
        EntryError: the name is empty, too long, or no text.
    """
    _own(actor, membership, verb="make-token")
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME or "\0" in words:
        raise EntryError(f"Say in at most {LONGEST_NAME} characters what the token is for.")
    secret = secrets.token_urlsafe(TOKEN_BYTES)
    with transaction.atomic():
        token = Token.objects.create(membership=membership, name=words, hash=hash_of_token(secret), made=_now())
        _record(actor, "make-token", token=token)
    return token, secret


def revoke_token(*, actor: Person, token: Token) -> None:
    """End a token of the actor's.

    Raises:
        RefusedError: it is somebody else's; the attempt is in the record.
    """
    _own(actor, token.membership, verb="revoke-token")
    with transaction.atomic():
        token.revoked = token.revoked or _now()
        token.save()
        _record(actor, "revoke-token", token=token)


def _own(actor: Person, membership: Membership, *, verb: str) -> None:
    if membership.person_id != actor.pk or not actor.is_active:
        record(person_id=actor.pk, verb=verb, subject=f"person {membership.person.email}", refused=True)
        raise RefusedError("You may make and revoke tokens of your own roles only.")


def _record(actor: Person, verb: str, *, token: Token) -> None:
    held = token.membership
    detail = {"token": token.pk, "name": token.name, "role": held.role, "organisation": held.organisation.slug}
    record(person_id=actor.pk, verb=verb, subject=f"person {actor.email}", detail=detail)


def _now() -> datetime:
    return datetime.now(tz=UTC)
