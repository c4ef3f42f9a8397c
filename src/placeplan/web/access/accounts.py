"""What somebody does with their own account: a new password, a second factor on and off, codes for recovery."""

from datetime import UTC, datetime

from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.http import HttpRequest

from placeplan.web.access import second_factors
from placeplan.web.access.actions import EntryError
from placeplan.web.access.models import PasswordLink, Person
from placeplan.web.access.secrets_kept import hash_of_secret
from placeplan.web.access.signing_in import WRONG_CODE, SignInError, demand_password
from placeplan.web.auditing.actions import record

LONGEST_PASSWORD = 1_000
SPENT = "This link was used, has ended, or was replaced by a newer one. Ask your administrator for another."


def change_password(*, request: HttpRequest, person: Person, old: str, new: str, again: str) -> None:
    """Give oneself another password. All other sessions of the person end.

    Raises:
        SignInError: the old password is wrong, or there were too many attempts.
        EntryError: the new one is too weak, or not the same twice; with every reason.
    """
    demand_password(request=request, person=person, password=old, verb="change-password")
    _choosable(person, new, again=again)
    with transaction.atomic():
        person.set_password(new)
        person.save(update_fields=["password"])
        PasswordLink.objects.filter(person=person).delete()
        record(person_id=person.pk, verb="change-password", subject=person.subject)
    update_session_auth_hash(request, person)


def person_of_link(secret: str) -> Person | None:
    """For whom a link is, if it still opens."""
    found = PasswordLink.objects.filter(hash=hash_of_secret(secret), person__is_active=True)
    link = found.filter(ends__gt=datetime.now(tz=UTC)).select_related("person").first()
    return link.person if link else None


def choose_password(*, secret: str, new: str, again: str) -> Person:
    """Choose a password with a link, which opens once. All sessions of the person end.

    Raises:
        SignInError: the link does not open; the attempt is in the record.
        EntryError: the password is too weak, or not the same twice; the link still opens.
    """
    person = person_of_link(secret)
    if person is None:
        record(person_id=None, verb="choose-password", subject="person unknown", refused=True)
        raise SignInError(SPENT)
    _choosable(person, new, again=again)
    with transaction.atomic():
        used, _ = PasswordLink.objects.filter(hash=hash_of_secret(secret)).delete()
        if used:
            person.set_password(new)
            person.save(update_fields=["password"])
            record(person_id=person.pk, verb="choose-password", subject=person.subject)
    if not used:
        raise SignInError(SPENT)
    return person


def set_up_second_factor(*, request: HttpRequest, person: Person, code: str) -> tuple[str, ...]:
    """Turn one's second factor on. All other sessions of the person end.

    Returns:
        The codes for recovery, which cannot be read again.

    Raises:
        SignInError: the code is not the one that the app must show; the attempt is in the record.
    """
    with transaction.atomic():
        codes = second_factors.set_up(request=request, person=person, code=code)
        if codes is not None:
            record(person_id=person.pk, verb="set-up-second-factor", subject=person.subject)
            _end_other_sessions(request, person)
    if codes is None:
        record(person_id=person.pk, verb="set-up-second-factor", subject=person.subject, refused=True)
        raise SignInError(WRONG_CODE)
    return codes


def turn_second_factor_off(*, request: HttpRequest, person: Person, password: str) -> None:
    """Turn one's second factor off. All other sessions of the person end.

    Raises:
        SignInError: the password is wrong, or there were too many attempts.
    """
    demand_password(request=request, person=person, password=password, verb="turn-second-factor-off")
    with transaction.atomic():
        if second_factors.take_away(person=person):
            record(person_id=person.pk, verb="turn-second-factor-off", subject=person.subject)
            _end_other_sessions(request, person)


def renew_recovery_codes(*, request: HttpRequest, person: Person, password: str) -> tuple[str, ...]:
    """New codes for recovery in the place of the old.

    Raises:
        SignInError: the password is wrong, there is no second factor, or there were too many attempts.
    """
    demand_password(request=request, person=person, password=password, verb="renew-recovery-codes")
    if not second_factors.has_second_factor(person):
        raise SignInError("You have no second factor. Set one up first.")
    with transaction.atomic():
        record(person_id=person.pk, verb="renew-recovery-codes", subject=person.subject)
        return second_factors.new_recovery_codes(person=person)


def _choosable(person: Person, new: str, *, again: str) -> None:
    problems = []
    if new != again:
        problems.append("The two new passwords are not the same.")
    if len(new) > LONGEST_PASSWORD:
        problems.append(f"A password has at most {LONGEST_PASSWORD} characters.")
    try:
        validate_password(new, person)
    except ValidationError as error:
        problems.extend(error.messages)
    if problems:
        raise EntryError(" ".join(problems))


def _end_other_sessions(request: HttpRequest, person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)
    person.refresh_from_db(fields=["sessions_ended"])
    update_session_auth_hash(request, person)
