"""Writes who looked below the level of a place."""

from collections.abc import Mapping

from placeplan.web.access.models import Person
from placeplan.web.auditing.actions import record
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan

SEE_PRACTICES = "see-practices"


def look_at_clusters(*, actor: Person, plan: Plan, shown: Mapping[str, str]) -> None:
    """Note that somebody who may see the plan looked at its clusters."""
    record(person_id=actor.pk, verb="see-clusters", subject=plan.subject, detail=shown)


def look_at_practices(*, actor: Person, plan: Plan, shown: Mapping[str, str]) -> None:
    """Ask whether somebody may look at practices, and note that they did.

    Raises:
        RefusedError: they may not; the attempt is in the record.
    """
    demand_with_plan(actor, SEE_PRACTICES, plan=plan)
    record(person_id=actor.pk, verb=SEE_PRACTICES, subject=plan.subject, detail=shown)
