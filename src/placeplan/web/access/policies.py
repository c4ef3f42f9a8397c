"""Asks whether somebody may do something. A refusal is recorded, and never depends on who remembers to ask."""

from placeplan.app.workspace_rights import read_rights
from placeplan.kernel.errors import PlaceplanError
from placeplan.registers.rights import Answer, Standing, may
from placeplan.web.access.models import Organisation, Person
from placeplan.web.access.selectors import memberships_of, overseers_of
from placeplan.web.auditing.actions import record


class RefusedError(PlaceplanError):
    """Somebody may not do what they asked for. The message is for that person."""


def standing_of(organisation: Organisation) -> Standing:
    """How organisations stand to something that one of them has."""
    return Standing(organisation.slug, overseers=overseers_of(organisation))


def may_person(person: Person, action: str, *, standing: Standing) -> Answer:
    """Whether a person may do something, and why."""
    return may(read_rights(), action, memberships=memberships_of(person), standing=standing)


def demand_right(person: Person, action: str, *, standing: Standing, subject: str) -> None:
    """Go on only if a person may do something.

    Raises:
        RefusedError: they may not; the attempt is in the record.
    """
    answer = may_person(person, action, standing=standing)
    if not answer:
        record(person_id=person.pk, verb=action, subject=subject, detail={"reason": answer.reason}, refused=True)
        raise RefusedError(answer.reason)
