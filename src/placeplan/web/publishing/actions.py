"""Asks for documents, and moves jobs on."""

import hashlib
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Q, QuerySet

from placeplan.app.building import FORMATS
from placeplan.web.access.models import Person
from placeplan.web.auditing.actions import record
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Revision
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.publishing.models import LONGEST_WORDS, RUNS, Document, Job, WorkerSign
from placeplan.web.publishing.selectors import checksum_of_request

LEASE = timedelta(seconds=60)
MOST_ATTEMPTS = 3
KEPT_SIGNS = timedelta(days=7)


def ask_for_document(*, actor: Person, revision: Revision, form: str) -> Job:
    """Ask for a document of a revision. One that was asked for before is not made again, unless it failed.

    Raises:
        RefusedError: the actor may not take the plan out.
        WriteRefusedError: there is no such format.
    """
    demand_with_plan(actor, "take-plan-out", plan=revision.plan)
    if form not in FORMATS:
        raise WriteRefusedError(f"A document is one of {', '.join(FORMATS)}.")
    return _ask(actor, revision, form=form, asked_for={})


def ask_for_runs(*, actor: Person, revision: Revision, asked_for: Mapping[str, Any], most: int) -> Job:
    """Ask for many runs of a care model. Runs that were asked for before are not made again, unless they failed.

    Args:
        actor: who sees the plan.
        revision: that the sections stand in, or that a draft stands on.
        asked_for: the checksums of its ``sections``, and where ``sliders`` stand.
        most: how many one person may have under way.

    Raises:
        RefusedError: the actor may not see the plan.
        WriteRefusedError: they have too many under way.
    """
    demand_with_plan(actor, "see-plan", plan=revision.plan)
    under_way = Job.objects.filter(asked_by=actor, form=RUNS, state__in=(Job.State.WAITING, Job.State.RUNNING))
    others = under_way.exclude(asked_for_checksum=checksum_of_request(asked_for))
    if others.count() >= most:
        raise WriteRefusedError(f"You have {others.count()} long runs under way. Wait until one of them has ended.")
    return _ask(actor, revision, form=RUNS, asked_for=asked_for)


def _ask(actor: Person, revision: Revision, *, form: str, asked_for: Mapping[str, Any]) -> Job:
    plan = revision.plan
    with transaction.atomic():
        job, new = Job.objects.select_for_update(no_key=True).get_or_create(
            revision=revision,
            form=form,
            asked_for_checksum=checksum_of_request(asked_for),
            defaults={"asked_by": actor, "asked": _now(), "asked_for": dict(asked_for)},
        )
        if job.state == Job.State.FAILED:
            job.state, job.attempts, job.problem, job.token = Job.State.WAITING, 0, "", ""
            job.save()
            new = True
        if new:
            sliders = {"sliders": asked_for["sliders"]} if form == RUNS else {}
            detail = {"revision": revision.number, "format": form, **sliders}
            record(person_id=actor.pk, verb=f"ask-for-{_kind(form)}", subject=plan.subject, detail=detail)
    return job


def take_job() -> Job | None:
    """Take the job that has waited longest, or one whose worker has gone silent; nothing when there is none.

    A job that was taken too often and never ended fails: something in it stops its workers. The next is taken then.
    """
    while True:
        with transaction.atomic():
            found = _first_to_take()
            if found is None or found.attempts < MOST_ATTEMPTS:
                return found and _taken(found)
            _fail(found, problem="It stopped its worker each time that it was tried.")


def _first_to_take() -> Job | None:
    silent = Q(state=Job.State.RUNNING, lease__lt=_now())
    free = Job.objects.select_for_update(skip_locked=True, no_key=True)
    return free.filter(Q(state=Job.State.WAITING) | silent).order_by("asked").first()


def _taken(job: Job) -> Job:
    job.state, job.token, job.lease = Job.State.RUNNING, uuid.uuid4().hex, _now() + LEASE
    job.attempts += 1
    job.progress = ""
    job.save()
    return job


def still_working(*, job: Job, progress: str) -> bool:
    """Say that a job is still worked on, and how far it is. Says no when it is another worker's by now."""
    return bool(_running(job).update(lease=_now() + LEASE, progress=progress[:200]))


def finish_job(*, job: Job, content: bytes) -> bool:
    """Hand in the document of a job. Says no, and takes nothing, when the job is another worker's by now."""
    with transaction.atomic():
        mine = _running(job).select_for_update(no_key=True).first()
        if mine is None:
            return False
        checksum = hashlib.sha256(content).hexdigest()
        Document.objects.create(job=mine, content=content, checksum=checksum, made=_now())
        _end(mine, Job.State.DONE, problem="")
        detail = {"revision": mine.revision.number, "format": mine.form, "checksum": checksum}
        record(
            person_id=mine.asked_by_id,
            verb=f"make-{_kind(mine.form)}",
            subject=mine.revision.plan.subject,
            detail=detail,
        )
    return True


def fail_job(*, job: Job, problem: str) -> bool:
    """Say why a document cannot be made. Says no when the job is another worker's by now."""
    with transaction.atomic():
        mine = _running(job).select_for_update(no_key=True).first()
        if mine is None:
            return False
        _fail(mine, problem=problem)
    return True


def _kind(form: str) -> str:
    return "runs" if form == RUNS else "document"


def _running(job: Job) -> QuerySet[Job]:
    """The job as its worker took it; nothing where it is another worker's by now."""
    return Job.objects.filter(pk=job.pk, token=job.token, state=Job.State.RUNNING)


def _fail(job: Job, *, problem: str) -> None:
    """End a job without a document, in the transaction that is open. What stood in the way may hold words of the plan,
    and is kept with the job and not in the record.
    """
    _end(job, Job.State.FAILED, problem=problem)
    detail = {"revision": job.revision.number, "format": job.form, "attempts": job.attempts}
    record(person_id=job.asked_by_id, verb=f"fail-{_kind(job.form)}", subject=job.revision.plan.subject, detail=detail)


def _end(job: Job, state: str, *, problem: str) -> None:
    job.state, job.problem, job.ended, job.lease = state, problem[:LONGEST_WORDS], _now(), None
    job.save()


def give_sign(*, worker: str) -> None:
    """Say that a worker is there. Signs that are long past go with it."""
    moment = _now()
    WorkerSign.objects.update_or_create(worker=worker, defaults={"at": moment})
    WorkerSign.objects.filter(at__lt=moment - KEPT_SIGNS).delete()


def _now() -> datetime:
    return datetime.now(tz=UTC)
