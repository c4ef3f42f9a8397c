"""Reads jobs and documents, and who makes them."""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import Count, Max
from django.utils.timezone import localtime

from placeplan.plan.revisions import PublishedRevision
from placeplan.web.planning.models import Revision
from placeplan.web.publishing.models import Document, Job, WorkerSign


def jobs_of(revision: Revision) -> tuple[Job, ...]:
    """The documents of a revision that were asked for, by format."""
    return tuple(Job.objects.filter(revision=revision).select_related("document").order_by("form"))


def document_of(revision: Revision, form: str) -> Document | None:
    """The document of a revision in a format, if it was made."""
    return Document.objects.filter(job__revision=revision, job__form=form).first()


def jobs_by_state() -> Mapping[str, int]:
    """How many jobs there are in each state."""
    found = dict(Job.objects.values_list("state").annotate(Count("pk")))
    return {str(state): found.get(state, 0) for state in Job.State}


def last_sign(*, worker: str = "") -> datetime | None:
    """When any worker, or the one that is named, last said that it is there."""
    found = WorkerSign.objects.filter(worker=worker) if worker else WorkerSign.objects.all()
    moment: datetime | None = found.aggregate(last=Max("at"))["last"]
    return moment


def published_until(revision: Revision) -> tuple[PublishedRevision, ...]:
    """The revisions that led to one, and that one, for the log of versions: the first one first."""
    found = Revision.objects.filter(plan=revision.plan_id, number__lte=revision.number).select_related("author")
    return tuple(
        PublishedRevision(each.number, localtime(each.at), str(each.author or "set-up"), each.message)
        for each in found.order_by("number")
    )
