"""Writes people, organisations and roles.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

import re
from datetime import UTC, datetime, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator, MaxLengthValidator
from django.db import transaction
from django.db.models import F

from placeplan.app.workspace_rights import read_rights
from placeplan.kernel.errors import PlaceplanError
from placeplan.web.access import second_factors
from placeplan.web.access.models import Membership, Organisation, PasswordLink, Person
from placeplan.web.access.policies import demand_right, refuse, standing_of
from placeplan.web.access.secrets_kept import hash_of_secret, new_secret
from placeplan.web.auditing.actions import record

MANAGE = "manage-people"
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
LONGEST_NAME = LONGEST_SUBJECT = 200
LONGEST_ADDRESS = LONGEST_SUBJECT - len("person ")


class EntryError(PlaceplanError):
    """What was entered cannot be taken; the message says how to mend it."""


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


def set_up_administrator(*, organisation: str, organisation_name: str, overseen_by: str, email: str, name: str) -> str:
    """Add an organisation and its administrator, or what is missing of them. For those at the host of the workspace.

    Returns:
        The secret of a link with which the administrator chooses a password.

    Raises:
        EntryError: a name or the address cannot be taken, or there is no such body that oversees it.
    """
    role, address = "administrator", email.strip().lower()
    words = _entered(address, name, role=role)
    if not SLUG.fullmatch(organisation) or not organisation_name.strip():
        raise EntryError("An organisation has a short name of small letters, digits and hyphens, and a name.")
    above = Organisation.objects.filter(slug=overseen_by).first()
    if overseen_by and above is None:
        raise EntryError(f"There is no organisation {overseen_by}. Add the body that oversees first.")
    with transaction.atomic():
        found = Organisation.objects.filter(slug=organisation).first()
        found = found or set_up_organisation(slug=organisation, name=organisation_name.strip(), overseen_by=above)
        person = Person.objects.filter(email__iexact=address).first()
        person = person or set_up_person(email=address, name=words, password=None)
        set_up_role(person=person, organisation=found, role=role)
        record(person_id=None, verb="make-password-link", subject=person.subject)
        return _link(person)


@transaction.atomic
def set_up_without_second_factor(*, email: str) -> None:
    """Take the second factor of somebody away who lost it. For those at the host of the workspace."""
    person = Person.objects.get(email__iexact=email.strip())
    second_factors.take_away(person=person)
    _end_sessions(person)
    record(person_id=None, verb="take-second-factor", subject=person.subject)


def give_role(*, actor: Person, person: Person, organisation: Organisation, role: str) -> Membership:
    """Give somebody a role in an organisation of the actor's.

    Raises:
        RefusedError: the actor may not.
        ValueError: there is no such role.
    """
    subject = f"person {person.email}"
    demand_right(actor, MANAGE, standing=standing_of(organisation), subject=subject)
    _known(role)
    with transaction.atomic():
        found, _ = Membership.objects.get_or_create(person=person, organisation=organisation, role=role)
        record(person_id=actor.pk, verb="give-role", subject=subject, detail=_role(organisation, role))
    return found


def add_person(*, actor: Person, organisation: Organisation, email: str, name: str, role: str) -> tuple[Person, str]:
    """Add somebody to an organisation of the actor's. Who has an account already keeps it, and its name.

    Returns:
        The person, and the secret of a link with which they choose a password, said once (empty: they had an account).

    Raises:
        RefusedError: the actor may not.
        EntryError: the address is none, the name is empty or too long, or there is no such role.
    """
    address = email.strip().lower()
    subject = f"person {address}".replace("\0", "")[:LONGEST_SUBJECT]
    demand_right(actor, MANAGE, standing=standing_of(organisation), subject=subject)
    words = _entered(address, name, role=role)
    with transaction.atomic():
        person = Person.objects.filter(email__iexact=address).first()
        secret = ""
        if person is None:
            person = Person(email=address, name=words)
            person.set_unusable_password()
            person.save()
            record(person_id=actor.pk, verb="add-person", subject=subject, detail={"name": words})
            secret = _link(person)
        Membership.objects.get_or_create(person=person, organisation=organisation, role=role)
        record(person_id=actor.pk, verb="give-role", subject=subject, detail=_role(organisation, role))
    return person, secret


def make_password_link(*, actor: Person, person: Person) -> str:
    """Make a link with which somebody chooses a new password. One that was made before opens nothing any more.

    Returns:
        Its secret, said once.

    Raises:
        RefusedError: the actor does not look after every organisation of the person, or it is the actor.
    """
    _demand_whole_account(actor, person, verb="make-password-link")
    with transaction.atomic():
        secret = _link(person)
        record(person_id=actor.pk, verb="make-password-link", subject=person.subject)
    return secret


def take_second_factor(*, actor: Person, person: Person) -> None:
    """Take the second factor of somebody away who has lost it. All their sessions end.

    Raises:
        RefusedError: the actor does not look after every organisation of the person.
    """
    _demand_whole_account(actor, person, verb="take-second-factor")
    with transaction.atomic():
        second_factors.take_away(person=person)
        _end_sessions(person)
        record(person_id=actor.pk, verb="take-second-factor", subject=person.subject)


def switch_off(*, actor: Person, person: Person) -> None:
    """Let somebody in no more: their sessions, tokens and links end at once, and do not come back.

    Raises:
        RefusedError: the actor does not look after every organisation of the person, or it is the actor.
    """
    _demand_whole_account(actor, person, verb="switch-off-person")
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=False)
        _end_sessions(person)
        PasswordLink.objects.filter(person=person).delete()
        ended = _revoke_tokens(person)
        record(person_id=actor.pk, verb="switch-off-person", subject=person.subject, detail={"tokens": ended})


def switch_on(*, actor: Person, person: Person) -> None:
    """Let somebody in again who was switched off.

    Raises:
        RefusedError: the actor does not look after every organisation of the person.
    """
    _demand_whole_account(actor, person, verb="switch-on-person")
    with transaction.atomic():
        Person.objects.filter(pk=person.pk).update(is_active=True)
        record(person_id=actor.pk, verb="switch-on-person", subject=person.subject)


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
    """Take a role away, and the tokens of it.

    Raises:
        RefusedError: the actor may not, or nobody would be left to look after the people of the organisation.
    """
    organisation, subject = membership.organisation, membership.person.subject
    demand_right(actor, MANAGE, standing=standing_of(organisation), subject=subject)
    with transaction.atomic():
        # Two administrators who take each other's role queue here.
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        last = _is_last_to_manage(membership)
        if not last:
            record(person_id=actor.pk, verb="take-role", subject=subject, detail=_role(organisation, membership.role))
            membership.delete()
    if last:
        reason = f"Nobody would be left to look after the people of {organisation}. Give somebody else the role first."
        refuse(actor, "take-role", subject=subject, reason=reason)


def _is_last_to_manage(membership: Membership) -> bool:
    roles = read_rights().roles_that_may(MANAGE)
    if membership.role not in roles:
        return False
    others = Membership.objects.filter(organisation=membership.organisation, role__in=roles, person__is_active=True)
    return not others.exclude(pk=membership.pk).exists()


def _demand_whole_account(actor: Person, person: Person, *, verb: str) -> None:
    """Go on only if the actor looks after every organisation of a person.

    Who could touch the account of somebody with a role in one organisation could otherwise become them in another. Nor
    their own: who found the session of an administrator open would keep it so.
    """
    if actor.pk == person.pk:
        reason = "This is your own account. Look after it under your own name, at the top of each page."
        refuse(actor, verb, subject=person.subject, reason=reason)
    held = Membership.objects.filter(person=person).select_related("organisation")
    organisations = {each.organisation_id: each.organisation for each in held}
    for organisation in organisations.values():
        demand_right(actor, MANAGE, standing=standing_of(organisation), subject=person.subject)
    if not organisations:
        refuse(actor, verb, subject=person.subject, reason="They have no role in an organisation that you look after.")


def _link(person: Person) -> str:
    secret = new_secret()
    ends = datetime.now(tz=UTC) + timedelta(hours=settings.PASSWORD_LINK_HOURS)
    PasswordLink.objects.update_or_create(person=person, defaults={"hash": hash_of_secret(secret), "ends": ends})
    return secret


def _revoke_tokens(person: Person) -> int:
    ended = 0
    for each in Membership.objects.filter(person=person):
        ended += each.tokens.filter(revoked=None).update(revoked=datetime.now(tz=UTC))
    return ended


def _end_sessions(person: Person) -> None:
    Person.objects.filter(pk=person.pk).update(sessions_ended=F("sessions_ended") + 1)


def _known(role: str) -> None:
    roles = [each.id for each in read_rights().roles]
    if role not in roles:
        raise ValueError(f"there is no role {role!r}; expected one of {', '.join(roles)}")


def _role(organisation: Organisation, role: str) -> dict[str, str]:
    return {"organisation": organisation.slug, "role": role}
