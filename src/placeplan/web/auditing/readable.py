"""Whose record somebody may read: that of the organisations in which a role of theirs says so."""

from placeplan.web.access.models import Person
from placeplan.web.access.selectors import people_of, where_may
from placeplan.web.planning.selectors import plans_of


def subjects_for(person: Person) -> tuple[str, ...]:
    """What the record calls the organisations, their plans and their people; nothing for who may read none."""
    organisations = where_may(person, "read-audit")
    people = {f"person {each.person.email}" for each in people_of(organisations)}
    plans = {plan.subject for plan in plans_of(organisations)}
    return tuple(sorted({f"organisation {each.slug}" for each in organisations} | people | plans))
