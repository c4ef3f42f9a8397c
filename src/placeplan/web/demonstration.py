"""What the demonstration holds: organisations, somebody for each role, and the plans that come with Placeplan."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings

from placeplan.app.plan_texts import bundled_plans, texts_of_folder
from placeplan.app.segments.demonstration_run import write_demonstration_run
from placeplan.kernel.errors import InputError
from placeplan.web.access.actions import set_up_organisation, set_up_person, set_up_role
from placeplan.web.access.demonstration import DEMONSTRATED
from placeplan.web.access.models import Organisation, Person
from placeplan.web.meetings.demonstration import set_up_meetings
from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.selectors import plan_named

OWNER = "kent-and-medway"
SEGMENTED = "west-kent-2017"
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
    if settings.SEGMENT_RUNS and not os.environ.get("PLACEPLAN_SEGMENT_RUNS", "").strip():
        _set_up_segments(Path(settings.SEGMENT_RUNS), say=say)


def _set_up_segments(folder: Path, *, say: Callable[[str], None]) -> None:
    """A run of segments of people who do not exist, for one of the plans."""
    target = folder / SEGMENTED / "made-up"
    if target.exists():
        return
    say("making people up, and finding who needs care")
    try:
        write_demonstration_run(target, today=datetime.now(tz=UTC).date())
    except InputError as error:
        say(f"without them: {error}")


def _organisations() -> dict[str, Organisation]:
    found: dict[str, Organisation] = {}
    for slug, name, above in DEMONSTRATED.organisations:
        there = Organisation.objects.filter(slug=slug).first()
        found[slug] = there or set_up_organisation(slug=slug, name=name, overseen_by=found.get(above))
    return found
