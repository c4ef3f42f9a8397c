"""The interface of programs, about agreeing: comments and queries, where signing stands, putting forward, signing."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from ninja import Router, Status

from placeplan.app.register_definitions import read_evidence_rules
from placeplan.registers.sign_off import Verdict, turns
from placeplan.web.access.selectors import organisation_named
from placeplan.web.discussing import actions as discussing
from placeplan.web.discussing.models import Thread
from placeplan.web.discussing.selectors import thread_of, threads_of
from placeplan.web.evidencing.selectors import evidence_of
from placeplan.web.evidencing.views import as_attachment
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan, visible_plan
from placeplan.web.planning.selectors import checksums_of_revision
from placeplan.web.programs import shapes
from placeplan.web.programs.acting import PLAN, actor_of, answered_as, file_of, there
from placeplan.web.signing import actions as signing
from placeplan.web.signing import selectors
from placeplan.web.signing.models import SignatureRow

router = Router()
KEPT_AS = tuple(kind.media_type for kind in read_evidence_rules().kinds)


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
    said = signing.Said(verdict=verdict, words=sent.words, file=file_of(sent.file))
    signing.sign_plan(actor=actor_of(request), plan=plan, body=sent.body, said=said)
    return Status(201, _signing(plan))


@router.post(f"{PLAN}/signing/conditions/{{int:number}}", response=shapes.SigningShown, url_name="meet-condition")
def meet(request: HttpRequest, slug: str, *, number: int, sent: shapes.Shown) -> dict[str, Any]:
    """Say that a condition of a body is met, and what shows it."""
    plan, actor = visible_plan(actor_of(request), slug), actor_of(request)
    condition = there(selectors.condition_of(plan, number))
    signing.meet_condition(actor=actor, condition=condition, words=sent.words, file=file_of(sent.file))
    return _signing(plan)


@router.put(f"{PLAN}/signing/seats", response=shapes.SigningShown, url_name="seat")
def seat(request: HttpRequest, slug: str, *, sent: shapes.SeatGiven) -> dict[str, Any]:
    """Say whose members sign for a body."""
    plan, actor = visible_plan(actor_of(request), slug), actor_of(request)
    demand_with_plan(actor, "submit-plan", plan=plan)
    signing.seat_body(actor=actor, plan=plan, body=sent.body, organisation=there(organisation_named(sent.organisation)))
    return _signing(plan)


@router.get(f"{PLAN}/signing/submissions/{{int:number}}", response=shapes.SubmittedShown, url_name="submission")
def submission(request: HttpRequest, slug: str, *, number: int) -> dict[str, Any]:
    """A revision that was put forward: what was signed, by whom, and the checksums that say so."""
    found = there(selectors.submission_of(visible_plan(actor_of(request), slug), number))
    signed = [_signature(each) for each in selectors.signatures_on(found.revision)]
    told = {"revision": number, "checksum": found.revision.checksum, "at": found.at, "person": found.person.name}
    return {**told, "signatures": signed, "checksums": checksums_of_revision(found.revision)}


@router.get(f"{PLAN}/evidence/{{int:number}}", url_name="evidence", openapi_extra=answered_as(*KEPT_AS))
def evidence(request: HttpRequest, slug: str, *, number: int) -> HttpResponse:
    """A file of evidence."""
    return as_attachment(there(evidence_of(visible_plan(actor_of(request), slug), number)))


def _named(plan: Plan, number: int) -> Thread:
    return there(thread_of(plan, number))


def _thread(thread: Thread) -> dict[str, Any]:
    remarks = thread.remarks.select_related("person")
    said = [{"person": each.person.name, "at": each.at, "words": each.words} for each in remarks]
    told = {"number": thread.pk, "kind": thread.kind, "about": thread.about, "closed": thread.closed}
    return {**told, "revision": thread.revision.number, "remarks": said}


def _signing(plan: Plan) -> dict[str, Any]:
    found = selectors.sign_off_of(plan)
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
        for each in selectors.submissions_of(plan)
    ]
    told = {"revision": found.revision.number, "put_forward": found.submission is not None}
    return {
        **told,
        "complete": found.complete,
        "turns": list(turns(found.states)) if found.submission else [],
        "bodies": bodies,
        "conditions": _conditions(plan),
        "signatures": [_signature(each) for each in selectors.signatures_of(plan)],
        "submissions": submissions,
        "seats": {body: each.slug for body, each in selectors.seats_of(plan).items()},
    }


def _conditions(plan: Plan) -> list[dict[str, Any]]:
    return [
        {
            "id": each.pk,
            "body": each.signature.body,
            "words": each.words,
            "met": each.met,
            "met_words": each.met_words,
            "evidence": each.evidence_id,
        }
        for each in selectors.conditions_of(plan)
    ]


def _signature(row: SignatureRow) -> dict[str, Any]:
    told = {"body": row.body, "revision": row.revision.number, "verdict": row.verdict, "words": row.words}
    return {**told, "person": row.person.name, "at": row.at, "evidence": row.evidence_id}
