"""Takes workbooks out and merges what comes back into a draft.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction

from placeplan.app.plan_texts import read_texts
from placeplan.plan.merging import Outcome
from placeplan.web.access.models import Person
from placeplan.web.auditing.actions import record
from placeplan.web.exchanging.models import LONGEST_NAME, Incoming, WorkbookTaken
from placeplan.web.exchanging.selectors import SentMerge, merge_of_incoming, merge_sent
from placeplan.web.planning.actions import WriteRefusedError, apply_sections, keep_texts, locked_draft
from placeplan.web.planning.deciding import Decided, decided
from placeplan.web.planning.models import Draft, Plan
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import Working

Texts = Mapping[str, str]


class UndecidedError(WriteRefusedError):
    """Not every conflict was decided. Nothing was written.

    Attributes:
        names: what still waits.
    """

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"Say for each which stands: {len(names)} still wait. Nothing was written.")
        self.names = names


def take_workbook(*, actor: Person, plan: Plan, working: Working) -> None:
    """Remember the state of a plan from which a workbook goes out, so that what comes back is merged from it.

    Raises:
        RefusedError: the actor may not take the plan out.
    """
    demand_with_plan(actor, "take-plan-out", plan=plan)
    with transaction.atomic():
        if working.draft is not None:
            state = {"sections": working.checksums, "at": _now()}
            WorkbookTaken.objects.get_or_create(plan=plan, made_from=working.checksum, defaults=state)
        _record(actor, "take-workbook", plan=plan, detail={"checksum": working.checksum})


def send_plan(*, actor: Person, draft: Draft, sent: Texts, base: Texts | None, file: str) -> tuple[str, ...] | None:
    """Merge a plan that was changed outside into a draft.

    Args:
        actor: whose draft it is.
        draft: the draft.
        sent: every section of the plan that was sent.
        base: the sections that it was made from (``None``: nobody knows).
        file: its name.

    Returns:
        The sections of the draft that changed; ``None`` when it changes what the draft changed too: it is then kept
        until somebody decides, and the draft is as it was.

    Raises:
        RefusedError: the actor may not change the plan.
        InputError: what was sent holds no plan.
        WriteRefusedError: it is another plan, nobody knows what it was made from, or the draft is somebody else's.
    """
    demand_with_plan(actor, "edit-plan", plan=draft.plan)
    header = read_texts(sent).header
    if header.id != draft.plan.slug:
        raise WriteRefusedError(f"This is the plan {header.id}, not {draft.plan.slug}: a plan keeps its id.")
    if base is None:
        raise WriteRefusedError(
            "This file does not say which state of this plan it was made from. Choose the revision under "
            "“What it was made from”, and send it again."
        )
    with transaction.atomic():
        locked = locked_draft(actor=actor, draft=draft)
        found = merge_sent(locked, base=base, sent=sent)
        if found.merged.conflicts:
            kept = {"file": file[:LONGEST_NAME], "base": keep_texts(base), "sent": keep_texts(sent), "at": _now()}
            Incoming.objects.update_or_create(draft=locked, defaults=kept)
            waiting = sorted(each.section for each in found.merged.conflicts)
            _record(actor, "send-plan", plan=locked.plan, detail={"file": kept["file"], "waiting": waiting})
            return None
        return apply_sections(actor=actor, draft=locked, changes=_changes(found, sent=sent), verb="send-plan")


def decide_incoming(*, actor: Person, incoming: Incoming, given: Mapping[str, str]) -> tuple[str, ...]:
    """Put what waits into the draft, as somebody decided.

    Args:
        actor: whose draft it is.
        incoming: what waits.
        given: for each conflict whether ``mine`` (the draft) or ``theirs`` (what was sent) stands.

    Returns:
        The sections of the draft that changed.

    Raises:
        RefusedError: the actor may not change the plan.
        UndecidedError: a conflict was not decided, or a new one came up since.
        WriteRefusedError: the draft is somebody else's.
    """
    demand_with_plan(actor, "edit-plan", plan=incoming.draft.plan)
    with transaction.atomic():
        locked = locked_draft(actor=actor, draft=incoming.draft)
        found = merge_of_incoming(incoming)
        said = decided(given, found.merged, base=found.base, mine=found.mine, theirs=found.sent)
        if said.undecided:
            raise UndecidedError(said.undecided)
        changes = _changes(found, sent=found.sent, said=said)
        done = apply_sections(actor=actor, draft=locked, changes=changes, verb="decide-sent-plan")
        incoming.delete()
    return done


def leave_incoming(*, actor: Person, incoming: Incoming) -> None:
    """Leave what waits out of the draft. The record keeps its checksums, and the texts stay.

    Raises:
        RefusedError: the actor may not change the plan.
        WriteRefusedError: the draft is somebody else's.
    """
    demand_with_plan(actor, "edit-plan", plan=incoming.draft.plan)
    with transaction.atomic():
        locked_draft(actor=actor, draft=incoming.draft)
        _record(actor, "leave-sent-plan", plan=incoming.draft.plan, detail={"sections": incoming.sent})
        incoming.delete()


def _changes(found: SentMerge, *, sent: Texts, said: Decided | None = None) -> dict[str, str | None]:
    """The new text of each section of the draft. What only the sender changed is taken to the byte."""
    changes: dict[str, str | None] = dict(said.texts) if said else {}
    for each in found.merged.sections:
        if each.outcome is Outcome.THEIRS:
            changes[each.section] = sent.get(each.section)
        elif each.outcome is Outcome.BOTH:
            changes[each.section] = each.text
    return {section: text for section, text in changes.items() if text != found.mine.get(section)}


def _record(actor: Person, verb: str, *, plan: Plan, detail: Mapping[str, object]) -> None:
    record(person_id=actor.pk, verb=verb, subject=plan.subject, detail=detail)


def _now() -> datetime:
    return datetime.now(tz=UTC)
