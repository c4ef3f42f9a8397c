"""Puts a revision forward, and signs it.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

from dataclasses import dataclass
from datetime import UTC, datetime

from django.db import transaction

from placeplan.registers.sign_off import Signature, Verdict, may_sign
from placeplan.web.access.models import Organisation, Person
from placeplan.web.access.policies import demand_right
from placeplan.web.auditing.actions import record
from placeplan.web.evidencing.actions import SentFile, checked_file, keep_evidence
from placeplan.web.planning.actions import WriteRefusedError
from placeplan.web.planning.models import Plan
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import checksums_of_revision, latest_revision
from placeplan.web.signing.models import LONGEST_WORDS, ConditionRow, Seat, SignatureRow, Submission
from placeplan.web.signing.selectors import seats_in, sign_off_of, standing_of_body


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
    if body not in seats_in(sign_off_of(plan)):
        raise WriteRefusedError(f"{body} does not sign this plan.")
    with transaction.atomic():
        seat, _ = Seat.objects.update_or_create(plan=plan, body=body, defaults={"organisation": organisation})
        detail = {"body": body, "organisation": organisation.slug}
        record(person_id=actor.pk, verb="seat-body", subject=plan.subject, detail=detail)
    return seat


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a body says: its verdict, the reason or the conditions (one on each line), and a file that shows it."""

    verdict: Verdict
    words: str = ""
    file: SentFile | None = None

    @property
    def conditions(self) -> tuple[str, ...]:
        """The conditions, where it approves with any."""
        lines = self.words.splitlines() if self.verdict is Verdict.CONDITIONS else ()
        return tuple(line.strip() for line in lines if line.strip())


def sign_plan(*, actor: Person, plan: Plan, body: str, said: Said) -> SignatureRow:
    """Say for a body what it says of the plan as it stands.

    Raises:
        RefusedError: the actor does not sign for that body.
        WriteRefusedError: it was not put forward, it is not the body's turn, conditions are not said, or the file may
            not be kept.
    """
    demand_right(actor, "sign-plan", standing=standing_of_body(plan, body), subject=plan.subject)
    file = checked_file(said.file)
    if len(said.words) > LONGEST_WORDS or "\0" in said.words:
        raise WriteRefusedError(f"Say it in at most {LONGEST_WORDS:,} characters.")
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
            given = Signature(body=body, verdict=said.verdict, at=_now(), sections=sections, words=said.words)
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
            evidence=keep_evidence(actor=actor, plan=plan, file=file),
        )
        ConditionRow.objects.bulk_create(
            ConditionRow(signature=row, number=number, words=words)
            for number, words in enumerate(said.conditions, start=1)
        )
        detail = {"body": body, "verdict": str(said.verdict), "revision": now.revision.number, "words": said.words}
        detail |= {"evidence": row.evidence.file_id} if row.evidence else {}
        record(person_id=actor.pk, verb="sign-plan", subject=plan.subject, detail=detail)
    return row


def meet_condition(*, actor: Person, condition: ConditionRow, words: str, file: SentFile | None = None) -> ConditionRow:
    """Say that a condition of a body is met, and what shows it. It is said once.

    Raises:
        RefusedError: the actor speaks for another body.
        WriteRefusedError: it is met already, nothing shows it, or the file may not be kept.
    """
    signature = condition.signature
    plan = signature.plan
    demand_right(actor, "meet-condition", standing=standing_of_body(plan, signature.body), subject=plan.subject)
    checked, shown = checked_file(file), words.strip()
    if not shown or len(shown) > LONGEST_WORDS or "\0" in shown:
        raise WriteRefusedError(f"Say what shows that the condition is met, in at most {LONGEST_WORDS:,} characters.")
    with transaction.atomic():
        locked = ConditionRow.objects.select_for_update(no_key=True).get(pk=condition.pk)
        if locked.met is not None:
            raise WriteRefusedError("This condition is met already.")
        locked.met, locked.met_by, locked.met_words = _now(), actor, shown
        locked.evidence = keep_evidence(actor=actor, plan=plan, file=checked)
        locked.save()
        detail = {"body": signature.body, "condition": locked.words, "words": shown}
        detail |= {"evidence": locked.evidence.file_id} if locked.evidence else {}
        record(person_id=actor.pk, verb="meet-condition", subject=plan.subject, detail=detail)
    return locked


def _now() -> datetime:
    return datetime.now(tz=UTC)
