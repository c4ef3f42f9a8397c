"""Writes comments and queries.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

from datetime import UTC, datetime

from django.db import transaction

from placeplan.web.access.models import Person
from placeplan.web.auditing.actions import record
from placeplan.web.discussing.models import LONGEST_ABOUT, LONGEST_WORDS, Remark, Thread
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import latest_revision

_RIGHTS = {Thread.Kind.COMMENT: "comment", Thread.Kind.QUERY: "raise-query"}


def begin_thread(*, actor: Person, plan: Plan, kind: Thread.Kind, about: str, words: str) -> Thread:
    """Comment on a part of a plan, or raise a query on it.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: nothing is said, or too much.
    """
    demand_with_plan(actor, _RIGHTS[kind], plan=plan)
    said, part = _said(words), about.strip()
    if not part or len(part) > LONGEST_ABOUT or "\0" in part:
        raise WriteRefusedError(f"Say what it is about, in at most {LONGEST_ABOUT} characters.")
    with transaction.atomic():
        thread = Thread.objects.create(plan=plan, revision=latest_revision(plan), kind=kind, about=part)
        Remark.objects.create(thread=thread, person=actor, at=_now(), words=said)
        _record(actor, _RIGHTS[kind], thread=thread)
    return thread


def reply(*, actor: Person, thread: Thread, words: str) -> Remark:
    """Answer in a thread.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: nothing is said, or the thread is closed.
    """
    action = "comment"
    demand_with_plan(actor, action, plan=thread.plan)
    said = _said(words)
    with transaction.atomic():
        locked = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
        if locked.closed is not None:
            raise WriteRefusedError("This is closed. Begin a new one.")
        remark = Remark.objects.create(thread=locked, person=actor, at=_now(), words=said)
        _record(actor, "reply", thread=locked)
    return remark


def close_thread(*, actor: Person, thread: Thread) -> Thread:
    """Close a thread. A query is closed by those who may raise one; a comment by whoever may comment.

    Raises:
        RefusedError: the actor may not.
    """
    demand_with_plan(actor, "close-query" if thread.is_query else "comment", plan=thread.plan)
    with transaction.atomic():
        locked = Thread.objects.select_for_update(no_key=True).get(pk=thread.pk)
        if locked.closed is None:
            locked.closed, locked.closed_by = _now(), actor
            locked.save()
            _record(actor, "close-thread", thread=locked)
    return locked


def _said(words: str) -> str:
    said = words.strip()
    if not said or len(said) > LONGEST_WORDS or "\0" in said:
        raise WriteRefusedError(f"Say something, in at most {LONGEST_WORDS:,} characters.")
    return said


def _record(actor: Person, verb: str, *, thread: Thread) -> None:
    detail = {"thread": thread.pk, "kind": thread.kind, "about": thread.about}
    record(person_id=actor.pk, verb=verb, subject=thread.plan.subject, detail=detail)


def _now() -> datetime:
    return datetime.now(tz=UTC)
