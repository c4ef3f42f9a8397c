"""Reads jobs and documents, and who makes them."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db.models import Count, Max, QuerySet
from django.utils.timezone import localtime

from placeplan.app.plan_texts import checksum_of
from placeplan.plan.revisions import PublishedRevision
from placeplan.web.planning.models import Revision
from placeplan.web.publishing.models import RUNS, Document, Job, WorkerSign


def jobs_of(revision: Revision) -> tuple[Job, ...]:
    """The documents of a revision that were asked for, by format."""
    return tuple(_documents(revision).select_related("document").order_by("form"))


def _documents(revision: Revision) -> QuerySet[Job]:
    return Job.objects.filter(revision=revision).exclude(form=RUNS)


def checksum_of_request(asked_for: Mapping[str, Any]) -> str:
    """The name of what was asked for beside a revision and a form; empty for nothing."""
    if not asked_for:
        return ""
    return checksum_of(json.dumps(asked_for, sort_keys=True, separators=(",", ":")))


def runs_asked_for(asked_for: Mapping[str, Any]) -> Job | None:
    """The job that was asked for the same runs of a care model, whoever asked; the one that is furthest."""
    same = Job.objects.filter(form=RUNS, asked_for_checksum=checksum_of_request(asked_for))
    jobs = same.select_related("document").order_by("-asked")
    return next((job for job in jobs if job.state == Job.State.DONE), jobs.first())


def document_of(revision: Revision, form: str) -> Document | None:
    """The document of a revision in a format, if it was made."""
    return Document.objects.filter(job__in=_documents(revision), job__form=form).first()


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
