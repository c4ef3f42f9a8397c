"""Whose record somebody may read: that of the organisations in which a role of theirs says so."""

from placeplan.web.access.models import Person
from placeplan.web.access.policies import refuse
from placeplan.web.access.selectors import people_of, where_may
from placeplan.web.planning.selectors import plans_of

NOT_YOURS = "You may not read the record of what was done. An auditor of your organisation may."


def subjects_for(person: Person) -> tuple[str, ...]:
    """What the record calls the organisations, their plans and their people; nothing for who may read none."""
    organisations = where_may(person, "read-audit")
    people = {f"person {each.person.email}" for each in people_of(organisations)}
    plans = {plan.subject for plan in plans_of(organisations)}
    return tuple(sorted({f"organisation {each.slug}" for each in organisations} | people | plans))


def subjects_demanded(person: Person) -> tuple[str, ...]:
    """The same, only for who may read some.

    Raises:
        RefusedError: they may read none; the attempt is in the record.
    """
    found = subjects_for(person)
    if not found:
        refuse(person, "read-audit", subject=person.subject, reason=NOT_YOURS)
    return found
