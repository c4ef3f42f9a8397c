"""What the demonstration holds: organisations, somebody for each role, and the plans that come with Placeplan."""

from collections.abc import Callable

from placeplan.app.plan_texts import bundled_plans, texts_of_folder
from placeplan.web.access.actions import set_up_organisation, set_up_person, set_up_role
from placeplan.web.access.demonstration import DEMONSTRATED
from placeplan.web.access.models import Organisation, Person
from placeplan.web.meetings.demonstration import set_up_meetings
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.selectors import plan_named

OWNER = "kent-and-medway"
PLAN_WITH_MEETINGS = "kent-medway-2014"


def set_up_demonstration(*, say: Callable[[str], None]) -> None:
    """Add what is missing of the demonstration. What is there is left alone."""
    organisations = _organisations()
    for each in DEMONSTRATED.people:
        if not Person.objects.filter(email=each.email).exists():
            person = set_up_person(email=each.email, name=each.name, password=DEMONSTRATED.password)
            set_up_role(person=person, organisation=organisations[each.organisation], role=each.role)
    for folder in bundled_plans():
        if plan_named(folder.name) is None:
            say(f"bringing in {folder.name}")
            message = "As it comes with Placeplan"
            texts = texts_of_folder(folder)
            bring_in_plan(actor=None, organisation=organisations[OWNER], texts=texts, message=message)
    set_up_meetings(PLAN_WITH_MEETINGS, secretary=DEMONSTRATED.of_role("board-secretary").email, say=say)


def _organisations() -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for slug, name, above in DEMONSTRATED.organisations:
        there = Organisation.objects.filter(slug=slug).first()
        found[slug] = there or set_up_organisation(slug=slug, name=name, overseen_by=found.get(above))
    return found
