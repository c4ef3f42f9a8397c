"""Second factors of local accounts: codes of an app (RFC 6238), and codes for recovery that each open once.

The only module that uses the inner parts of the library for second factors. The library remembers used codes in a
cache; here the last code's place in time is kept in its row, under a lock, so that all workers agree on it.
"""

import base64
from dataclasses import dataclass

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import (
    format_hotp_value,
    generate_totp_secret,
    hotp_value,
    yield_hotp_counters_from_time,
)
from cryptography.fernet import InvalidToken
from django.db import transaction
from django.http import HttpRequest
from django.utils.crypto import constant_time_compare

from placeplan.app.workspace_rights import read_rights
from placeplan.web.access.models import Membership, Person

SET_UP, LAST = "second_factor_to_set_up", "last_counter"
Kind = Authenticator.Type


@dataclass(frozen=True, slots=True)
class ToSetUp:
    """What somebody puts into their app: a picture (an address with its content in it), or the secret by hand."""

    picture: str
    secret: str


def has_second_factor(person: Person) -> bool:
    """Whether somebody has set one up."""
    return Authenticator.objects.filter(user=person, type=Kind.TOTP).exists()


def needs_second_factor(person: Person) -> bool:
    """Whether a role of somebody's asks for one."""
    roles = Membership.objects.filter(person=person).values_list("role", flat=True)
    return read_rights().wants_second_factor(roles)


def recovery_codes_left(person: Person) -> int:
    """How many codes for recovery somebody has not used."""
    found = Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).first()
    if found is None:
        return 0
    try:
        return len(RecoveryCodes(found).get_unused_codes())
    except InvalidToken:
        return 0


def to_set_up(request: HttpRequest) -> ToSetUp:
    """What is put into an app; the same until it is set up or given up."""
    kept = request.session.get(SET_UP)
    secret = _readable(kept) if kept else ""
    if not secret:
        secret = generate_totp_secret()
        request.session[SET_UP] = get_adapter().encrypt(secret)
    picture = get_adapter().build_totp_svg(get_adapter().build_totp_url(request.user, secret))
    encoded = base64.b64encode(picture.encode()).decode()
    parts = (secret[start : start + 4] for start in range(0, len(secret), 4))
    return ToSetUp(f"data:image/svg+xml;base64,{encoded}", " ".join(parts))


def set_up(*, request: HttpRequest, person: Person, code: str) -> tuple[str, ...] | None:
    """Turn the second factor on, if the code shows that the app has the secret.

    Returns:
        The codes for recovery, which are shown once; ``None`` if the code does not fit.
    """
    secret = _readable(request.session.get(SET_UP, ""))
    counter = _counter_of(secret, code=code, after=0) if secret else None
    if counter is None:
        return None
    with transaction.atomic():
        take_away(person=person)
        data = {"secret": get_adapter().encrypt(secret), LAST: counter}
        Authenticator.objects.create(user=person, type=Kind.TOTP, data=data)
        codes = new_recovery_codes(person=person)
    request.session.pop(SET_UP)
    return codes


def new_recovery_codes(*, person: Person) -> tuple[str, ...]:
    """New codes for recovery; those of before open nothing any more."""
    with transaction.atomic():
        Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).delete()
        return tuple(RecoveryCodes.activate(person).generate_codes())


def take_away(*, person: Person) -> bool:
    """Turn the second factor off, with its codes for recovery. Returns whether there was one."""
    found, _ = Authenticator.objects.filter(user=person).delete()
    return bool(found)


def fits(*, person: Person, code: str) -> bool:
    """Whether a code is right: of the app and newer than the last that was used, or for recovery and not used yet.

    It counts as used from now on.
    """
    typed = "".join(code.split())
    return _fits_app(person, typed) or _fits_recovery(person, typed)


def _fits_app(person: Person, code: str) -> bool:
    with transaction.atomic():
        found = Authenticator.objects.select_for_update().filter(user=person, type=Kind.TOTP).first()
        if found is None:
            return False
        secret = _readable(found.data["secret"])
        counter = _counter_of(secret, code=code, after=found.data.get(LAST, 0))
        if counter is None:
            return False
        # Kept anew under the secret key of now: the key of before can then go.
        found.data |= {LAST: counter, "secret": get_adapter().encrypt(secret)}
        _keep_recovery_anew(person)
        found.record_usage()
        found.save()
    return True


def _keep_recovery_anew(person: Person) -> None:
    found = Authenticator.objects.select_for_update().filter(user=person, type=Kind.RECOVERY_CODES).first()
    seed = _readable(found.data.get("seed", "")) if found else ""
    if found and seed:
        found.data["seed"] = get_adapter().encrypt(seed)
        found.save()


def _fits_recovery(person: Person, code: str) -> bool:
    found = Authenticator.objects.filter(user=person, type=Kind.RECOVERY_CODES).first()
    try:
        return found is not None and RecoveryCodes(found).validate_code(code)
    except InvalidToken:
        return False


def _counter_of(secret: str, *, code: str, after: int) -> int | None:
    """The place in time of a code that is right and newer than another."""
    if not secret:
        return None
    for counter in yield_hotp_counters_from_time():
        if counter > after and constant_time_compare(code, format_hotp_value(hotp_value(secret, counter))):
            return counter
    return None


def _readable(kept: str) -> str:
    """What was kept; nothing if it was kept under a secret key that counts no more."""
    try:
        return get_adapter().decrypt(kept) if kept else ""
    except InvalidToken:
        return ""
