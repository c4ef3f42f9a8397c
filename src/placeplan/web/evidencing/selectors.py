"""Reads evidence."""

from placeplan.web.evidencing.models import Evidence
from placeplan.web.planning.models import Plan


def evidence_of(plan: Plan, number: int) -> Evidence | None:
    """A file of evidence of a plan."""
    return Evidence.objects.filter(plan=plan, pk=number).select_related("file").first()
