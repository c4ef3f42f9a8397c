"""A workspace whose organisation has a plan with a care model, beside the small plan that has none."""

from tests.functional.web.conftest import Workspace
from tests.unit.app.care.small_care_plan import HEADER, care_plan

from placeplan.web.planning.actions import bring_in_plan
from placeplan.web.planning.models import Plan

SLUG = "care-place"
CARE_HEADER = HEADER.replace("id: small-place", f"id: {SLUG}").replace("place: Small Place", "place: West Kent")


def with_care_plan(workspace: Workspace) -> Plan:
    """Bring the plan in, shared as the small plan is."""
    texts = care_plan(header=CARE_HEADER)
    plan = bring_in_plan(actor=None, organisation=workspace.own, texts=texts, message="First")
    plan.partners.add(workspace.partner)
    return plan
