"""Puts a revision forward, and signs it.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

from datetime import UTC, datetime

from django.db import transaction

from placeplan.registers.sign_off import Signature, Verdict, may_sign
from placeplan.web.access.models import Organisation, Person
from placeplan.web.access.policies import demand_right
from placeplan.web.auditing.actions import record
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import checksums_of_revision, latest_revision
from placeplan.web.signing.models import Seat, SignatureRow, Submission
from placeplan.web.signing.selectors import sign_off_of, standing_of_body


def submit_plan(*, actor: Person, plan: Plan) -> Submission:
    """Put the revision that stands forward for signature. It is frozen: it can be taken out for ever as it is.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: nobody signs the plan.
    """
    demand_with_plan(actor, "submit-plan", plan=plan)
    if not sign_off_of(plan).states:
        raise WriteRefusedError("Nobody signs this plan: name the bodies under partners in plan.yaml.")
    with transaction.atomic():
        revision = latest_revision(plan)
        found, new = Submission.objects.get_or_create(revision=revision, defaults={"person": actor, "at": _now()})
        if new:
            detail = {"revision": revision.number, "checksum": revision.checksum}
            record(person_id=actor.pk, verb="submit-plan", subject=plan.subject, detail=detail)
    return found


def seat_body(*, actor: Person, plan: Plan, body: str, organisation: Organisation) -> Seat:
    """Say whose board members sign for a body.

    Raises:
        RefusedError: the actor may not.
        WriteRefusedError: the plan names no such body.
    """
    demand_with_plan(actor, "submit-plan", plan=plan)
    if body not in [state.body.name for state in sign_off_of(plan).states]:
        raise WriteRefusedError(f"{body} does not sign this plan.")
    with transaction.atomic():
        seat, _ = Seat.objects.update_or_create(plan=plan, body=body, defaults={"organisation": organisation})
        detail = {"body": body, "organisation": organisation.slug}
        record(person_id=actor.pk, verb="seat-body", subject=plan.subject, detail=detail)
    return seat


def sign_plan(*, actor: Person, plan: Plan, body: str, verdict: Verdict, words: str) -> SignatureRow:
    """Say for a body what it says of the plan as it stands.

    Raises:
        RefusedError: the actor does not sign for that body.
        WriteRefusedError: it was not put forward, it is not the body's turn, or conditions are not said.
    """
    demand_right(actor, "sign-plan", standing=standing_of_body(plan, body), subject=plan.subject)
    with transaction.atomic():
        Plan.objects.select_for_update(no_key=True).get(pk=plan.pk)
        now = sign_off_of(plan)
        if now.submission is None:
            raise WriteRefusedError("The plan as it stands was not put forward for signature.")
        why_not = may_sign(now.states, body)
        if why_not:
            raise WriteRefusedError(why_not)
        signs = next(state.body for state in now.states if state.body.name == body)
        sections = signs.sections(checksums_of_revision(now.revision))
        try:
            given = Signature(body=body, verdict=verdict, at=_now(), sections=sections, words=words)
        except ValueError as error:
            raise WriteRefusedError(f"{str(error).capitalize()}.") from error
        row = SignatureRow.objects.create(
            plan=plan,
            revision=now.revision,
            body=body,
            person=actor,
            verdict=given.verdict,
            words=given.words,
            at=given.at,
            sections=dict(given.sections),
        )
        detail = {"body": body, "verdict": str(verdict), "revision": now.revision.number, "words": words}
        record(person_id=actor.pk, verb="sign-plan", subject=plan.subject, detail=detail)
    return row


def _now() -> datetime:
    return datetime.now(tz=UTC)
