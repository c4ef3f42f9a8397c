"""Writes people, organisations, roles, and who signed in.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

import secrets
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.contrib.auth import authenticate, login, logout
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db import transaction
from django.http import HttpRequest

from placeplan.app.workspace_rights import read_rights
from placeplan.kernel.errors import PlaceplanError
from placeplan.web.access.models import Membership, Organisation, Person, SignInAttempt
from placeplan.web.access.policies import demand_right, standing_of
from placeplan.web.auditing.actions import record

FIRST_PASSWORD_BYTES = 18
LONGEST_NAME = LONGEST_SUBJECT = 200
LONGEST_ADDRESS = LONGEST_SUBJECT - len("person ")


class EntryError(PlaceplanError):
    """What was entered cannot be taken; the message says how to mend it."""


class SignInError(PlaceplanError):
    """Signing in failed; the message is for the person, and does not say which part was wrong."""


@transaction.atomic
def set_up_organisation(*, slug: str, name: str, overseen_by: Organisation | None = None) -> Organisation:
    """Add an organisation, or bring its name up to date. For those who set the workspace up on its host."""
    found, _ = Organisation.objects.update_or_create(slug=slug, defaults={"name": name, "overseen_by": overseen_by})
    record(person_id=None, verb="set-up-organisation", subject=f"organisation {slug}", detail={"name": name})
    return found


@transaction.atomic
def set_up_person(*, email: str, name: str, password: str | None) -> Person:
    """Add somebody who can sign in, or bring their name up to date. Without a password they need single sign-on."""
    person = Person.objects.filter(email__iexact=email).first() or Person(email=email.lower())
    person.name = name
    if password is None:
        person.set_unusable_password()
    else:
        person.set_password(password)
    person.save()
    record(person_id=None, verb="set-up-person", subject=f"person {person.email}", detail={"name": name})
    return person


@transaction.atomic
def set_up_role(*, person: Person, organisation: Organisation, role: str) -> Membership:
    """Give somebody a role. For those who set the workspace up on its host.

    Raises:
        ValueError: there is no such role.
    """
    _known(role)
    found, _ = Membership.objects.get_or_create(person=person, organisation=organisation, role=role)
    record(person_id=None, verb="give-role", subject=f"person {person.email}", detail=_role(organisation, role))
    return found


def give_role(*, actor: Person, person: Person, organisation: Organisation, role: str) -> Membership:
    """Give somebody a role in an organisation of the actor's.

    Raises:
        RefusedError: the actor may not.
        ValueError: there is no such role.
    """
    subject = f"person {person.email}"
    demand_right(actor, "manage-people", standing=standing_of(organisation), subject=subject)
    _known(role)
    with transaction.atomic():
        found, _ = Membership.objects.get_or_create(person=person, organisation=organisation, role=role)
        record(person_id=actor.pk, verb="give-role", subject=subject, detail=_role(organisation, role))
    return found


def add_person(*, actor: Person, organisation: Organisation, email: str, name: str, role: str) -> tuple[Person, str]:
    """Add somebody to an organisation of the actor's. Who has an account already keeps it, and its name.

    Returns:
        The person, and their first password, said once (empty: they had an account).

    Raises:
        RefusedError: the actor may not.
        EntryError: the address is none, the name is empty or too long, or there is no such role.
    """
    address = email.strip().lower()
    subject = f"person {address}".replace("\0", "")[:LONGEST_SUBJECT]
    demand_right(actor, "manage-people", standing=standing_of(organisation), subject=subject)
    words = _entered(address, name, role=role)
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=address).first()
        password = ""
        if person is None:
            password = secrets.token_urlsafe(FIRST_PASSWORD_BYTES)
            person = Person(email=address, name=words)
            person.set_password(password)
            person.save()
            record(person_id=actor.pk, verb="add-person", subject=subject, detail={"name": words})
        Membership.objects.get_or_create(person=person, organisation=organisation, role=role)
        record(person_id=actor.pk, verb="give-role", subject=subject, detail=_role(organisation, role))
    return person, password


def _entered(address: str, name: str, *, role: str) -> str:
    words = " ".join(name.split())
    try:
        EmailValidator()(address)
        MaxLengthValidator(LONGEST_ADDRESS)(address)
        _known(role)
    except ValidationError as error:
        raise EntryError(f"{address or 'Nothing'} is no email address.") from error
    except ValueError as error:
        raise EntryError(str(error)) from error
    if not words or len(words) > LONGEST_NAME or "\0" in words:
        raise EntryError(f"Give a name of at most {LONGEST_NAME} characters.")
    return words


def take_role(*, actor: Person, membership: Membership) -> None:
    """Take a role away.

    Raises:
        RefusedError: the actor may not.
    """
    organisation, subject = membership.organisation, f"person {membership.person.email}"
    demand_right(actor, "manage-people", standing=standing_of(organisation), subject=subject)
    with transaction.atomic():
        record(person_id=actor.pk, verb="take-role", subject=subject, detail=_role(organisation, membership.role))
        membership.delete()


def sign_in(*, request: HttpRequest, email: str, password: str) -> Person:
    """Sign somebody in with their password. The session gets a new key.

    Raises:
        SignInError: the address or the password is wrong, or there were too many attempts.
    """
    address = email.strip().lower()
    _not_too_often(address)
    person = authenticate(request, username=address, password=password)
    if person is None or not isinstance(person, Person):
        with transaction.atomic():
            SignInAttempt.objects.create(address=address, at=datetime.now(tz=UTC))
            record(person_id=None, verb="sign-in", subject=f"person {address}", refused=True)
        raise SignInError("The address or the password is not right.")
    with transaction.atomic():
        SignInAttempt.objects.filter(address=address).delete()
        login(request, person)
        record(person_id=person.pk, verb="sign-in", subject=f"person {person.email}")
    return person


@transaction.atomic
def sign_out(*, request: HttpRequest) -> None:
    """End the session."""
    if isinstance(request.user, Person):
        record(person_id=request.user.pk, verb="sign-out", subject=f"person {request.user.email}")
    logout(request)


def _not_too_often(address: str) -> None:
    since = datetime.now(tz=UTC) - timedelta(seconds=settings.SIGN_IN_PAUSE_SECONDS)
    if SignInAttempt.objects.filter(address=address, at__gte=since).count() >= settings.SIGN_IN_ATTEMPTS:
        raise SignInError("Too many attempts. Wait five minutes, then try again.")


def _known(role: str) -> None:
    roles = [each.id for each in read_rights().roles]
    if role not in roles:
        raise ValueError(f"there is no role {role!r}; expected one of {', '.join(roles)}")


def _role(organisation: Organisation, role: str) -> dict[str, str]:
    return {"organisation": organisation.slug, "role": role}
