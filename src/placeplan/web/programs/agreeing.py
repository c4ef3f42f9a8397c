"""The interface of programs, about agreeing: comments and queries, where signing stands, putting forward, signing."""

from typing import Any

from django.http import Http404, HttpRequest
from ninja import Router, Status

from placeplan.registers.sign_off import Verdict
from placeplan.web.discussing import actions as discussing
from placeplan.web.discussing.models import Thread
from placeplan.web.discussing.selectors import thread_of, threads_of
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import visible_plan
from placeplan.web.programs import shapes
from placeplan.web.programs.acting import PLAN, actor_of
from placeplan.web.signing import actions as signing
from placeplan.web.signing.selectors import sign_off_of, submissions_of

router = Router()


@router.get(f"{PLAN}/threads", response=list[shapes.ThreadShown], url_name="threads")
def threads(request: HttpRequest, slug: str, *, about: str = "") -> list[dict[str, Any]]:
    """Comments and assurance queries, with what was said; about one thing where it is named."""
    return [_thread(each) for each in threads_of(visible_plan(actor_of(request), slug), about=about)]


@router.post(f"{PLAN}/threads", response={201: shapes.ThreadShown}, url_name="begin-thread")
def begin_thread(request: HttpRequest, slug: str, *, sent: shapes.ThreadBegun) -> Status[dict[str, Any]]:
    """Comment on a figure, a row or a section, or raise an assurance query on it."""
    plan, kind = visible_plan(actor_of(request), slug), Thread.Kind(sent.kind)
    begun = discussing.begin_thread(actor=actor_of(request), plan=plan, kind=kind, about=sent.about, words=sent.words)
    return Status(201, _thread(begun))


@router.post(f"{PLAN}/threads/{{int:number}}/replies", response={201: shapes.ThreadShown}, url_name="reply")
def reply(request: HttpRequest, slug: str, *, number: int, sent: shapes.Said) -> Status[dict[str, Any]]:
    """Answer in a thread."""
    thread = _named(visible_plan(actor_of(request), slug), number)
    discussing.reply(actor=actor_of(request), thread=thread, words=sent.words)
    return Status(201, _thread(thread))


@router.post(f"{PLAN}/threads/{{int:number}}/close", response=shapes.ThreadShown, url_name="close-thread")
def close(request: HttpRequest, slug: str, *, number: int) -> dict[str, Any]:
    """Close a thread."""
    thread = _named(visible_plan(actor_of(request), slug), number)
    return _thread(discussing.close_thread(actor=actor_of(request), thread=thread))


@router.get(f"{PLAN}/signing", response=shapes.SigningShown, url_name="signing")
def state(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Where each body stands, in its order."""
    return _signing(visible_plan(actor_of(request), slug))


@router.post(f"{PLAN}/signing/submit", response=shapes.SigningShown, url_name="submit")
def submit(request: HttpRequest, slug: str) -> dict[str, Any]:
    """Put the revision that stands forward for signature."""
    plan = visible_plan(actor_of(request), slug)
    signing.submit_plan(actor=actor_of(request), plan=plan)
    return _signing(plan)


@router.post(f"{PLAN}/signing/signatures", response={201: shapes.SigningShown}, url_name="sign")
def sign(request: HttpRequest, slug: str, *, sent: shapes.Signed) -> Status[dict[str, Any]]:
    """Say for a body what it says of the plan as it stands."""
    plan = visible_plan(actor_of(request), slug)
    verdict = Verdict(sent.verdict)
    said = signing.Said(verdict=verdict, words=sent.words)
    signing.sign_plan(actor=actor_of(request), plan=plan, body=sent.body, said=said)
    return Status(201, _signing(plan))


def _named(plan: Plan, number: int) -> Thread:
    found = thread_of(plan, number)
    if found is None:
        raise Http404
    return found


def _thread(thread: Thread) -> dict[str, Any]:
    remarks = thread.remarks.select_related("person")
    said = [{"person": each.person.name, "at": each.at, "words": each.words} for each in remarks]
    told = {"number": thread.pk, "kind": thread.kind, "about": thread.about, "closed": thread.closed}
    return {**told, "revision": thread.revision.number, "remarks": said}


def _signing(plan: Plan) -> dict[str, Any]:
    found = sign_off_of(plan)
    bodies = [
        {
            "body": each.body.name,
            "state": str(each.state),
            "verdict": str(each.signature.verdict) if each.signature else "",
            "words": each.signature.words if each.signature else "",
            "changed": list(each.changed),
        }
        for each in found.states
    ]
    submissions = [
        {"revision": each.revision.number, "checksum": each.revision.checksum, "at": each.at}
        for each in submissions_of(plan)
    ]
    told = {"revision": found.revision.number, "put_forward": found.submission is not None}
    return {**told, "complete": found.complete, "bodies": bodies, "submissions": submissions}
