"""Makes, revokes and takes tokens. Everybody may make them for their own roles, and for no one else's."""

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import NoReturn

from django.conf import settings
from django.db import transaction
from django.http import HttpRequest

from placeplan.app.workspace_rights import read_rights
from placeplan.kernel.errors import PlaceplanError
from placeplan.web.access.actions import EntryError
from placeplan.web.access.models import Membership, Person
from placeplan.web.access.policies import refuse
from placeplan.web.access.secrets_kept import hash_of_secret, new_secret
from placeplan.web.access.signing_in import UNKNOWN
from placeplan.web.access.throttling import client_of, count_a_try, of_client
from placeplan.web.auditing.actions import record
from placeplan.web.programs.models import Token

LONGEST_NAME = 200
SEE = "see-plan"
A_MINUTE = timedelta(minutes=1)


class TokenRefusedError(PlaceplanError):
    """A token opens nothing; the message is for those who run the program."""


def make_token(
    *,
    actor: Person,
    membership: Membership,
    name: str,
    days: int | None = None,
    wanted: Iterable[str] | None = None,
) -> tuple[Token, str]:
    """Make a token of a role that the actor has.

    Args:
        actor: who makes it.
        membership: the role that it acts in.
        name: what it is for.
        days: how long it lasts: one of ``TOKEN_DAYS`` of the settings (``None``: the shortest).
        wanted: what it may do, of what the role may (``None``: all of it). Seeing plans is always in it.

    Returns:
        The token as it is kept, and its secret, which cannot be read again.

    Raises:
        RefusedError: the role is somebody else's; the attempt is in the record.
        EntryError: the name is empty, too long, or no text; it would last too long, or do what the role may not.
    """
    _own(actor, membership, verb="make-token")
    words = " ".join(name.split())
    if not words or len(words) > LONGEST_NAME or "\0" in words:
        raise EntryError(f"Say in at most {LONGEST_NAME} characters what the token is for.")
    lasts = min(settings.TOKEN_DAYS) if days is None else days
    if lasts not in settings.TOKEN_DAYS:
        raise EntryError(f"Pick how long it lasts: {', '.join(map(str, settings.TOKEN_DAYS))} days.")
    actions, secret, now = _within(membership.role, wanted), new_secret(), _now()
    with transaction.atomic():
        token = Token.objects.create(
            membership=membership,
            name=words,
            hash=hash_of_secret(secret),
            made=now,
            expires=now + timedelta(days=lasts),
            actions=actions,
        )
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


def take_token(*, request: HttpRequest, secret: str) -> Person:
    """Whom a token acts as: kept to the one role that it is of, and to what it may do in it.

    Raises:
        TokenRefusedError: it is unknown, was revoked or has expired; the attempt is in the record.
        TooOftenError: too many that open nothing came from there.
    """
    found = Token.objects.filter(hash=hash_of_secret(secret)).select_related("membership__person").first()
    now = _now()
    if found is None or found.revoked or found.expires <= now or not found.membership.person.is_active:
        _refuse_token(request, found)
    if found.used is None or now - found.used > A_MINUTE:
        Token.objects.filter(pk=found.pk).update(used=now)
    person: Person = found.membership.person
    person.acting_as = found.membership_id
    person.acting_within = frozenset(found.actions)
    return person


def _refuse_token(request: HttpRequest, found: Token | None) -> NoReturn:
    if found is None:
        reason, words = "unknown", "A token that is valid is needed. Make one in the workspace, under Tokens."
    elif found.revoked or not found.membership.person.is_active:
        reason, words = "revoked", "This token was revoked. Make another in the workspace, under Tokens."
    else:
        expired = found.expires.date().isoformat()
        reason, words = "expired", f"This token expired on {expired}. Make another in the workspace, under Tokens."
    # Beyond the limit there is an answer and no event: one for each would let anybody fill the record.
    count_a_try(of_client("token from address", request))
    detail = {"reason": reason, "from": client_of(request)} | ({"token": found.pk} if found else {})
    subject = found.membership.person.subject if found else UNKNOWN
    record(person_id=None, verb="use-token", subject=subject, detail=detail, refused=True)
    raise TokenRefusedError(words)


def _within(role: str, wanted: Iterable[str] | None) -> list[str]:
    may = [each.id for each in read_rights().actions_of(role)]
    if wanted is None:
        return may
    chosen = set(wanted)
    strange = sorted(chosen - set(may))
    if strange:
        raise EntryError(f"Your role may not {', '.join(strange)}: a token of it cannot either.")
    return [each for each in may if each in chosen or each == SEE]


def _own(actor: Person, membership: Membership, *, verb: str) -> None:
    if membership.person_id != actor.pk or not actor.is_active:
        reason = "You may make and revoke tokens of your own roles only."
        refuse(actor, verb, subject=membership.person.subject, reason=reason)


def _record(actor: Person, verb: str, *, token: Token) -> None:
    held = token.membership
    detail = {"token": token.pk, "name": token.name, "role": held.role, "organisation": held.organisation.slug}
    if verb == "make-token":
        detail |= {"expires": token.expires.isoformat(), "actions": token.actions}
    record(person_id=actor.pk, verb=verb, subject=actor.subject, detail=detail)


def _now() -> datetime:
    return datetime.now(tz=UTC)
