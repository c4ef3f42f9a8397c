"""Reads threads."""

from django.db.models import Count, F, QuerySet

from placeplan.web.discussing.models import Thread
from placeplan.web.planning.models import Plan


def threads_of(plan: Plan, *, about: str = "") -> QuerySet[Thread]:
    """The threads of a plan, or those about one thing: open ones first, queries before comments, the newest first."""
    found = Thread.objects.filter(plan=plan).select_related("revision", "closed_by").prefetch_related("remarks__person")
    if about:
        found = found.filter(about=about)
    return found.order_by(F("closed").asc(nulls_first=True), "-kind", "-pk")


def thread_of(plan: Plan, number: int) -> Thread | None:
    """A thread of a plan."""
    return Thread.objects.filter(plan=plan, pk=number).select_related("plan").first()


def open_counts(plan: Plan) -> dict[str, int]:
    """How many open threads there are on each figure, row and section."""
    found = Thread.objects.filter(plan=plan, closed=None).values_list("about")
    return dict(found.annotate(many=Count("pk")).order_by("about"))


def open_queries_of(plan: Plan) -> int:
    """How many assurance queries of a plan are open."""
    return Thread.objects.filter(plan=plan, kind=Thread.Kind.QUERY, closed=None).count()
