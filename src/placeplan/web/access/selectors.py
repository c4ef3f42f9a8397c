"""Reads people, organisations and what somebody's memberships are."""

from collections.abc import Iterable

from allauth.socialaccount.models import SocialAccount

from placeplan.app.workspace_rights import read_rights
from placeplan.registers.rights import Membership as HeldRole
from placeplan.registers.rights import Standing, may
from placeplan.web.access.models import LONGEST_ADDRESS, Membership, Organisation, Person


def memberships_of(person: Person) -> tuple[HeldRole, ...]:
    """The roles that a person has, for asking what they may do; none for somebody who was switched off."""
    if not person.is_active:
        return ()
    held = Membership.objects.filter(person=person)
    if person.acting_as is not None:
        held = held.filter(pk=person.acting_as)
    rows = held.values_list("role", "organisation__slug")
    return tuple(HeldRole(role, organisation) for role, organisation in rows)


def organisations_of(person: Person) -> tuple[Organisation, ...]:
    """The organisations that a person belongs to, by name."""
    return tuple(Organisation.objects.filter(memberships__person=person).distinct().order_by("name"))


def overseers_of(organisation: Organisation) -> frozenset[str]:
    """The bodies that oversee an organisation, directly or through another."""
    found: list[str] = []
    above = organisation.overseen_by
    while above is not None and above.slug not in found:
        found.append(above.slug)
        above = above.overseen_by
    return frozenset(found)


def people_of(organisations: Iterable[Organisation]) -> tuple[Membership, ...]:
    """Everybody's roles in some organisations, by name."""
    rows = Membership.objects.filter(organisation__in=list(organisations)).select_related("person", "organisation")
    return tuple(rows.order_by("organisation__name", "person__name", "role"))


def where_may(person: Person, action: str) -> tuple[Organisation, ...]:
    """The organisations of a person in which they may do something that belongs to an organisation, by name.

    None for a token that is not of that action, whatever the role may.
    """
    if person.acting_within is not None and action not in person.acting_within:
        return ()
    rights, held = read_rights(), memberships_of(person)
    return tuple(
        each
        for each in organisations_of(person)
        if may(rights, action, memberships=held, standing=Standing(each.slug, overseers=overseers_of(each)))
    )


def membership(number: int) -> Membership | None:
    """The membership of a number, whoever asks; the action asks whether they may touch it."""
    return Membership.objects.filter(pk=number).select_related("person", "organisation").first()


def organisation_named(slug: str) -> Organisation | None:
    """The organisation of a name."""
    return Organisation.objects.filter(slug=slug).first()


def every_organisation() -> tuple[Organisation, ...]:
    """All organisations, by name."""
    return tuple(Organisation.objects.order_by("name"))


def titles() -> dict[str, str]:
    """The title of each role."""
    return {role.id: role.title for role in read_rights().roles}


def roles_of(person: Person) -> tuple[Membership, ...]:
    """The roles of a person, by organisation."""
    found = Membership.objects.filter(person=person).select_related("organisation", "person")
    return tuple(found.order_by("organisation__name", "role"))


def person_numbered(number: int) -> Person | None:
    """The person of a number, whoever asks; the action asks whether they may touch their account."""
    return Person.objects.filter(pk=number).first()


def person_of(address: str) -> Person | None:
    """The person of an email address, whatever its case; nobody for what cannot be one."""
    if "\0" in address or len(address) > LONGEST_ADDRESS:
        return None
    return Person.objects.filter(email__iexact=address).first()


def person_in(organisations: Iterable[Organisation], number: int) -> Person | None:
    """The person of a number, if they have a role in one of some organisations."""
    return Person.objects.filter(pk=number, memberships__organisation__in=list(organisations)).distinct().first()


def is_whole_in(organisations: Iterable[Organisation], person: Person) -> bool:
    """Whether every role of a person is in one of some organisations."""
    held = {each.organisation_id for each in roles_of(person)}
    return bool(held) and held <= {each.pk for each in organisations}


def has_joined(person: Person) -> bool:
    """Whether an account at the provider of single sign-on has joined a person."""
    return SocialAccount.objects.filter(user=person).exists()
