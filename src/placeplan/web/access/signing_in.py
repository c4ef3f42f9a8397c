"""Signs people in and out: by password, by a second factor after it, by a provider; and says when a session ends.

Every attempt is in the record, refused or not. What was typed is not: somebody may type a password where an address
is asked for, so that only the address of somebody who is known is named.
"""

from datetime import UTC, datetime, timedelta
from typing import Any

from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from placeplan.kernel.errors import PlaceplanError
from placeplan.web.access.adapters import ProvidedAccount
from placeplan.web.access.models import Membership, Person
from placeplan.web.access.own_sessions import note_session
from placeplan.web.access.second_factors import fits, has_second_factor
from placeplan.web.access.selectors import person_of
from placeplan.web.access.throttling import (
    Counted,
    TooOftenError,
    client_of,
    count_a_try,
    of_account,
    of_client,
    take_a_try_back,
)
from placeplan.web.auditing.actions import record

BACKEND = "django.contrib.auth.backends.ModelBackend"
UNKNOWN = "person unknown"
WAITING, BEGAN, SEEN, BY, ENDED = "waiting_for_code", "began", "seen", "signed_in_by", "ended"
BY_PASSWORD, BY_SECOND_FACTOR, BY_PROVIDER = "password", "password and second factor", "single sign-on"
WRONG = "The address or the password is not right."
WRONG_CODE = "The code is not right, or it was used already. Enter the one that the app shows now."
NO_ROLE = (
    "Your organisation's sign-on knows you, but nobody has given you a role here. Ask an administrator of your "
    "organisation in Placeplan to add you with the email address that you sign on with."
)
OTHER_ACCOUNT = (
    "Somebody with your email address has signed on here with another account of your organisation. Ask an "
    "administrator of your organisation in Placeplan."
)
NO_ANSWER = "Single sign-on did not work: your organisation's sign-on service did not answer as it should. Try again."
CANCELLED = "You cancelled signing on."


class SignInError(PlaceplanError):
    """Signing in failed; the message is for the person, and does not say which part was wrong."""


def sign_in(*, request: HttpRequest, email: str, password: str) -> Person | None:
    """Sign somebody in with their password. The session gets a new key.

    Returns:
        The person; ``None`` where a code of their second factor must come before they are in.

    Raises:
        SignInError: the address or the password is wrong, or there were too many attempts.
    """
    address = email.strip().lower()
    counted = of_account("password of account", address), of_client("password from address", request)
    known = person_of(address)
    _not_too_often(request, known, verb="sign-in", counted=counted)
    if known is None:
        Person().set_password(password)  # as much work as for somebody, so that the time does not say who is known
    person = authenticate(request, username=address, password=password) if known else None
    if not isinstance(person, Person):
        _refused(request, known, verb="sign-in", reason="wrong address or password")
        raise SignInError(WRONG)
    take_a_try_back(*counted)
    if not has_second_factor(person):
        _let_in(request, person, by=BY_PASSWORD)
        return person
    record(person_id=None, verb="give-password", subject=person.subject, detail={"from": client_of(request)})
    request.session.cycle_key()
    request.session[WAITING] = {
        "person": person.pk,
        "hash": person.get_session_auth_hash(),
        "until": (_now() + timedelta(minutes=settings.MINUTES_FOR_A_CODE)).isoformat(),
    }
    return None


def waiting_for_code(request: HttpRequest) -> Person | None:
    """Who has given the right password in this browser and still owes a code."""
    waiting: dict[str, Any] | None = request.session.get(WAITING)
    if waiting is None or datetime.fromisoformat(waiting["until"]) < _now():
        return None
    person = Person.objects.filter(pk=waiting["person"], is_active=True).first()
    if person is None or not constant_time_compare(waiting["hash"], person.get_session_auth_hash()):
        return None
    return person


def sign_in_with_code(*, request: HttpRequest, code: str) -> Person:
    """Let somebody in who has given their password, with a code of the app or one for recovery.

    Raises:
        SignInError: nobody waits in this browser, the code is wrong, or there were too many attempts.
    """
    person = waiting_for_code(request)
    if person is None:
        raise SignInError("That took too long. Sign in again.")
    demand_code(request=request, person=person, code=code, verb="sign-in")
    request.session.pop(WAITING)
    _let_in(request, person, by=BY_SECOND_FACTOR)
    return person


def demand_code(*, request: HttpRequest, person: Person, code: str, verb: str) -> None:
    """Go on only with a right code.

    Raises:
        SignInError: it is wrong, or there were too many.
    """
    counted = of_account("code of account", person.email), of_client("code from address", request)
    _not_too_often(request, person, verb=verb, counted=counted)
    if not fits(person=person, code=code):
        _refused(request, person, verb=verb, reason="wrong code")
        raise SignInError(WRONG_CODE)
    take_a_try_back(*counted)


def demand_password(*, request: HttpRequest, person: Person, password: str, verb: str) -> None:
    """Go on only with somebody's own password.

    Raises:
        SignInError: it is wrong, or there were too many.
    """
    counted = of_account("password of account", person.email), of_client("password from address", request)
    _not_too_often(request, person, verb=verb, counted=counted)
    if not person.check_password(password):
        _refused(request, person, verb=verb, reason="wrong password")
        raise SignInError("Your password is not right.")
    take_a_try_back(*counted)


def sign_in_by_provider(*, request: HttpRequest, account: ProvidedAccount) -> Person:
    """Let somebody in for whom a provider vouches. An account that is new here joins the person of its address.

    Raises:
        SignInError: nobody with a role here has this account or one of its verified addresses.
    """
    joined = SocialAccount.objects.filter(provider=account.provider, uid=account.uid).select_related("user").first()
    person = joined.user if joined else Person.objects.filter(email__in=account.addresses).first()
    if person is None or not person.is_active or not Membership.objects.filter(person=person).exists():
        _refused(request, person, verb="sign-in", reason="nobody with a role here", by=BY_PROVIDER)
        raise SignInError(NO_ROLE)
    with transaction.atomic():
        Person.objects.select_for_update(no_key=True).get(pk=person.pk)
        others = SocialAccount.objects.filter(user=person, provider=account.provider).exclude(uid=account.uid)
        clash = others.exists()
        if not clash:
            # What a provider tells beside the name of the account is not kept.
            values = {"user": person, "extra_data": {}}
            _, new = SocialAccount.objects.update_or_create(provider=account.provider, uid=account.uid, defaults=values)
            if new:
                joins = {"by": account.provider}
                record(person_id=person.pk, verb="join-account", subject=person.subject, detail=joins)
            _let_in(request, person, by=BY_PROVIDER)
    if clash:
        _refused(request, person, verb="sign-in", reason="another account of the provider is joined", by=BY_PROVIDER)
        raise SignInError(OTHER_ACCOUNT)
    return person


def refuse_by_provider(*, request: HttpRequest, reason: str) -> None:
    """Record that a provider did not vouch for anybody."""
    _refused(request, None, verb="sign-in", reason=reason, by=BY_PROVIDER)


@transaction.atomic
def sign_out(*, request: HttpRequest) -> None:
    """End the session."""
    if isinstance(request.user, Person):
        record(person_id=request.user.pk, verb="sign-out", subject=request.user.subject)
    logout(request)


def end_if_too_old(*, request: HttpRequest) -> None:
    """End the session if nobody used it for too long, or it is too long since signing in; else remember the use."""
    person = request.user
    if not isinstance(person, Person):
        return
    now, session = _now(), request.session
    began, seen = (datetime.fromisoformat(session.get(name, now.isoformat())) for name in (BEGAN, SEEN))
    ended = ""
    if now - seen > timedelta(minutes=settings.SESSION_IDLE_MINUTES):
        ended = "idle"
    elif now - began > timedelta(hours=settings.SESSION_HOURS):
        ended = "long"
    if ended:
        with transaction.atomic():
            record(person_id=person.pk, verb="end-session", subject=person.subject, detail={"why": ended})
            logout(request)
        request.session[ENDED] = ended
    elif BEGAN not in session or now - seen > timedelta(minutes=1):
        session[BEGAN], session[SEEN] = began.isoformat(), now.isoformat()
        note_session(request=request, person=person)


def signed_in_by_provider(request: HttpRequest) -> bool:
    """Whether this session rests on a provider, whose second factor then counts."""
    return bool(request.session.get(BY) == BY_PROVIDER)


def _let_in(request: HttpRequest, person: Person, *, by: str) -> None:
    with transaction.atomic():
        login(request, person, backend=BACKEND)
        request.session[BEGAN] = request.session[SEEN] = _now().isoformat()
        request.session[BY] = by
        note_session(request=request, person=person)
        record(person_id=person.pk, verb="sign-in", subject=person.subject, detail={"by": by})


def _not_too_often(request: HttpRequest, person: Person | None, *, verb: str, counted: tuple[Counted, ...]) -> None:
    try:
        count_a_try(*counted)
    except TooOftenError as error:
        _refused(request, person, verb=verb, reason="too many attempts")
        raise SignInError(str(error)) from error


def _refused(request: HttpRequest, person: Person | None, *, verb: str, reason: str, by: str = BY_PASSWORD) -> None:
    detail = {"reason": reason, "by": by, "from": client_of(request)}
    subject = person.subject if person else UNKNOWN
    record(person_id=None, verb=verb, subject=subject, detail=detail, refused=True)


def _now() -> datetime:
    return datetime.now(tz=UTC)
