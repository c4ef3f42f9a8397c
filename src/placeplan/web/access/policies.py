"""Asks whether somebody may do something. A refusal is recorded, and never depends on who remembers to ask."""

from typing import NoReturn

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
    """Whether a person may do something, and why. A token that acts for them must be of that action, too."""
    answer = may(read_rights(), action, memberships=memberships_of(person), standing=standing)
    if answer and person.acting_within is not None and action not in person.acting_within:
        reason = f"This token may not {read_rights().words_of(action)}: it was made without that."
        return Answer(allowed=False, reason=reason)
    return answer


def demand_right(person: Person, action: str, *, standing: Standing, subject: str) -> None:
    """Go on only if a person may do something.

    Raises:
        RefusedError: they may not; the attempt is in the record.
    """
    answer = may_person(person, action, standing=standing)
    if not answer:
        refuse(person, action, subject=subject, reason=answer.reason)


def refuse(person: Person, action: str, *, subject: str, reason: str) -> NoReturn:
    """Refuse something; outside of a transaction, so that the record stays.

    Raises:
        RefusedError: always; the attempt is in the record.
    """
    record(person_id=person.pk, verb=action, subject=subject, detail={"reason": reason}, refused=True)
    raise RefusedError(reason)
