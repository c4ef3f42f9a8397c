"""What somebody may do to a plan."""

from django.http import Http404

from placeplan.registers.rights import Answer, Standing
from placeplan.web.access.models import Person
from placeplan.web.access.policies import demand_right, may_person
from placeplan.web.access.selectors import overseers_of
from placeplan.web.auditing.actions import record
from placeplan.web.planning.models import Plan
from placeplan.web.planning.selectors import plan_named


def standing_of_plan(plan: Plan) -> Standing:
    """How organisations stand to a plan."""
    partners = frozenset(plan.partners.values_list("slug", flat=True))
    return Standing(plan.organisation.slug, partners=partners, overseers=overseers_of(plan.organisation))


def may_with_plan(person: Person, action: str, *, plan: Plan) -> Answer:
    """Whether a person may do something with a plan, and why."""
    return may_person(person, action, standing=standing_of_plan(plan))


def demand_with_plan(person: Person, action: str, *, plan: Plan) -> None:
    """Go on only if a person may do something with a plan.

    Raises:
        RefusedError: they may not; the attempt is in the record.
    """
    demand_right(person, action, standing=standing_of_plan(plan), subject=plan.subject)


def visible_plan(person: Person, slug: str) -> Plan:
    """The plan of a name, if this person may see it.

    Raises:
        Http404: there is none, or they may not (which is in the record): one that they may not see is not said to
            exist.
    """
    plan = plan_named(slug)
    if plan is None:
        raise Http404
    answer = may_with_plan(person, "see-plan", plan=plan)
    if not answer:
        detail = {"reason": answer.reason}
        record(person_id=person.pk, verb="see-plan", subject=plan.subject, detail=detail, refused=True)
        raise Http404
    return plan
