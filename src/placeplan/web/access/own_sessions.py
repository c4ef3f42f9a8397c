"""Where somebody is signed in: each session with its browser and when it was used last; end one that is not wanted.

The rows are those of django-allauth, written by ourselves, because people sign in by our own pages. A session whose
password was changed since, or which was ended, is none.
"""

import ipaddress
from dataclasses import dataclass
from datetime import UTC, datetime

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest

from placeplan.web.access.models import Person
from placeplan.web.access.throttling import client_of
from placeplan.web.auditing.actions import record

LONGEST_BROWSER = 200
NOWHERE = "0.0.0.0"  # noqa: S104 - stands for an address that is not known; nothing listens there


@dataclass(frozen=True, slots=True)
class OwnSession:
    """A session: its number, its browser as that calls itself, from where, when it began and was used last.

    ``here`` is the session that asks.
    """

    number: int
    browser: str
    place: str
    began: datetime
    used: datetime
    here: bool


def note_session(*, request: HttpRequest, person: Person) -> None:
    """Note that a session of somebody was used just now."""
    if request.session.session_key is None:
        request.session.save()
    told = {"user": person, "ip": _place(request), "last_seen_at": datetime.now(tz=UTC)}
    told |= {"user_agent": request.headers.get("User-Agent", "")[:LONGEST_BROWSER]}
    UserSession.objects.update_or_create(session_key=request.session.session_key, defaults=told)


def sessions_of(*, request: HttpRequest, person: Person) -> tuple[OwnSession, ...]:
    """The sessions in which somebody is signed in, this one first, then the one that was used last."""
    found = (_shown(each, request) for each in UserSession.objects.purge_and_list(person))
    return tuple(sorted(found, key=lambda each: (not each.here, -each.used.timestamp())))


def end_session(*, request: HttpRequest, actor: Person, number: int) -> bool:
    """End a session of one's own, but for the one that asks, which signing out ends.

    Says no where there is none of the number that is theirs.
    """
    with transaction.atomic():
        others = UserSession.objects.filter(user=actor).exclude(session_key=request.session.session_key)
        found = others.select_for_update(no_key=True).filter(pk=number).first()
        if found is None:
            return False
        record(person_id=actor.pk, verb="end-session", subject=actor.subject, detail={"why": "ended by themselves"})
        found.end()
    return True


def _shown(each: UserSession, request: HttpRequest) -> OwnSession:
    return OwnSession(
        number=each.pk,
        browser=each.user_agent,
        place="" if each.ip == NOWHERE else each.ip,
        began=each.created_at,
        used=each.last_seen_at,
        here=each.session_key == request.session.session_key,
    )


def _place(request: HttpRequest) -> str:
    """The address that a request came from: of IPv6 that of its network; of one that is not known, that of nowhere."""
    try:
        return str(ipaddress.ip_address(client_of(request).partition("/")[0]))
    except ValueError:
        return NOWHERE
