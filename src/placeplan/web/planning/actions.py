"""Writes plans, drafts and revisions.

A right is asked for before the transaction of the write begins: a refusal is recorded, and must not be rolled back.
"""

import re
from collections.abc import Mapping
from datetime import UTC, datetime

from django.db import transaction

from placeplan.app.plan_texts import checksum_of, checksum_of_sections, read_texts
from placeplan.app.plan_uploads import changed_by
from placeplan.kernel.errors import PlaceplanError
from placeplan.plan.folder_files import belongs
from placeplan.plan.merging import Merge
from placeplan.plan.model import Plan as ReadPlan
from placeplan.web.access.models import Organisation, Person
from placeplan.web.access.policies import demand_right, standing_of
from placeplan.web.auditing.actions import record
from placeplan.web.planning.models import Draft, DraftSection, Plan, Revision, RevisionSection, Text
from placeplan.web.planning.policies import demand_with_plan
from placeplan.web.planning.selectors import (
    checksums_of_draft,
    latest_revision,
    merge_of,
    sides_of,
    texts_of_draft,
    texts_of_revision,
)

LONGEST_MESSAGE = 500
LONGEST_SECTION = 4_000_000
_NO_TEXT = re.compile("[\0\ud800-\udfff]")
Texts = Mapping[str, str]


class WriteRefusedError(PlaceplanError):
    """What was sent cannot be written; the message says why and how to mend it."""


class OvertakenError(PlaceplanError):
    """The section was changed since it was read. Nothing was written.

    Attributes:
        text: the section as it stands now (``None``: it is gone).
        checksum: its checksum, to be named by a write that means to replace it.
    """

    def __init__(self, section: str, *, text: str | None, checksum: str) -> None:
        super().__init__(f"{section} was changed in another window since you opened it. Nothing was written over.")
        self.text = text
        self.checksum = checksum


class ConflictError(PlaceplanError):
    """Somebody published a change of what this draft changed too. Nothing was published."""

    def __init__(self, merged: Merge) -> None:
        super().__init__(f"Somebody else changed {', '.join(each.section for each in merged.conflicts)} too.")
        self.merge = merged


def bring_in_plan(*, actor: Person | None, organisation: Organisation, texts: Texts, message: str) -> Plan:
    """Make a plan from texts, as its first revision. ``actor`` is ``None`` for those who set the workspace up.

    Raises:
        RefusedError: the actor may not.
        InputError: the texts hold no plan, with every problem of them.
        WriteRefusedError: there is a plan of this name, or no message.
    """
    if actor is not None:
        subject = f"organisation {organisation.slug}"
        demand_right(actor, "bring-in-plan", standing=standing_of(organisation), subject=subject)
    for section, text in texts.items():
        _writable(section, text)
    header = read_texts(texts).header
    words = _message(message)
    with transaction.atomic():
        plan, new = Plan.objects.get_or_create(
            slug=header.id, defaults={"title": header.title, "organisation": organisation}
        )
        if not new:
            raise WriteRefusedError(f"There is a plan called {header.id}. Give this one another id in plan.yaml.")
        revision = _add_revision(plan, parent=None, author=actor, texts=texts, message=words)
        _record(actor, "bring-in-plan", plan=plan, detail={"checksum": revision.checksum})
    return plan


def share_plan(*, actor: Person, plan: Plan, organisation: Organisation) -> None:
    """Let another organisation work on a plan.

    Raises:
        RefusedError: the actor may not.
    """
    demand_with_plan(actor, "share-plan", plan=plan)
    with transaction.atomic():
        plan.partners.add(organisation)
        _record(actor, "share-plan", plan=plan, detail={"organisation": organisation.slug})


def stop_sharing(*, actor: Person, plan: Plan, organisation: Organisation) -> None:
    """Let another organisation work on a plan no more. Drafts of its people stay, and nobody sees them.

    Raises:
        RefusedError: the actor may not.
    """
    demand_with_plan(actor, "share-plan", plan=plan)
    with transaction.atomic():
        plan.partners.remove(organisation)
        _record(actor, "stop-sharing", plan=plan, detail={"organisation": organisation.slug})


def open_draft(*, actor: Person, plan: Plan) -> Draft:
    """The actor's draft of a plan; a new one stands on the latest revision.

    Raises:
        RefusedError: the actor may not change the plan.
    """
    demand_with_plan(actor, "edit-plan", plan=plan)
    with transaction.atomic():
        base = latest_revision(plan)
        draft, new = Draft.objects.get_or_create(plan=plan, person=actor, defaults={"base": base, "changed": _now()})
        if new:
            _record(actor, "open-draft", plan=plan, detail={"revision": base.number})
    return draft


def write_section(*, actor: Person, draft: Draft, section: str, text: str | None, replaces: str) -> str:
    """Write a section of a draft; ``None`` takes it away. It may hold anything: the draft says what is wrong with it.

    Args:
        actor: whose draft it is.
        draft: the draft.
        section: the name of the section.
        text: what it holds from now on.
        replaces: checksum of the text that the writer saw (empty: there was none).

    Returns:
        The checksum of what stands now (empty: nothing).

    Raises:
        RefusedError: the actor may not change the plan.
        OvertakenError: another text stands there now.
        WriteRefusedError: it is no section of a plan, or too long, or the draft is somebody else's.
    """
    demand_with_plan(actor, "edit-plan", plan=draft.plan)
    _own(draft, actor)
    _writable(section, text)
    with transaction.atomic():
        locked = locked_draft(actor=actor, draft=draft)
        stands = checksums_of_draft(locked).get(section, "")
        written = "" if text is None else checksum_of(text)
        if stands == written:
            return written
        if stands != replaces:
            raise OvertakenError(section, text=texts_of_draft(locked).get(section), checksum=stands)
        _put(locked, section, text=text)
        detail = {"section": section, "before": stands, "after": written}
        _record(actor, "write-section", plan=draft.plan, detail=detail)
    return written


def undo_section(*, actor: Person, draft: Draft, section: str, replaces: str) -> str:
    """Put a section of a draft back as it stands in the revision that the draft began from.

    Args:
        actor: whose draft it is.
        draft: the draft.
        section: the name of the section.
        replaces: checksum of the text that the person saw before they undid it.

    Returns:
        The checksum of what stands now (empty: nothing).

    Raises:
        RefusedError: the actor may not change the plan.
        OvertakenError: another text stands there now.
        WriteRefusedError: the draft is somebody else's.
    """
    text = texts_of_revision(draft.base).get(section)
    return write_section(actor=actor, draft=draft, section=section, text=text, replaces=replaces)


def replace_sections(*, actor: Person, draft: Draft, texts: Texts, replaces: str) -> tuple[str, ...]:
    """Put the sections of a plan that was sent in the place of those of a draft.

    Args:
        actor: whose draft it is.
        draft: the draft.
        texts: every section of the plan that was sent.
        replaces: checksum of all sections of the draft that the sender saw.

    Returns:
        The sections that changed.

    Raises:
        RefusedError: the actor may not change the plan.
        InputError: the texts hold no plan.
        WriteRefusedError: it is another plan, the draft changed since, or it is somebody else's.
    """
    demand_with_plan(actor, "edit-plan", plan=draft.plan)
    _own(draft, actor)
    _same_id(read_texts(texts), draft.plan)
    for section, text in texts.items():
        _writable(section, text)
    with transaction.atomic():
        locked = locked_draft(actor=actor, draft=draft)
        stands = checksums_of_draft(locked)
        if checksum_of_sections(stands) != replaces:
            raise WriteRefusedError("Your draft was changed since you opened this page. Nothing was written over.")
        changes = changed_by(texts, current=texts_of_draft(locked))
        for section, changed in changes.items():
            _put(locked, section, text=changed)
        after = checksums_of_draft(locked)
        detail = {name: [stands.get(name, ""), after.get(name, "")] for name in changes}
        _record(actor, "replace-sections", plan=draft.plan, detail={"sections": detail})
    return tuple(changes)


def apply_sections(*, actor: Person, draft: Draft, changes: Mapping[str, str | None], verb: str) -> tuple[str, ...]:
    """Put texts that came of merging into a draft (``None``: the section is gone), inside of a transaction that reads
    what they were merged with.

    Args:
        actor: whose draft it is; the right was asked for.
        draft: the draft, locked.
        changes: the new text of each section.
        verb: what the record calls it.

    Returns:
        The sections that changed.
    """
    for section, text in changes.items():
        _writable(section, text)
    stands = checksums_of_draft(draft)
    for section, text in changes.items():
        _put(draft, section, text=text)
    after = checksums_of_draft(draft)
    detail = {name: [stands.get(name, ""), after.get(name, "")] for name in changes}
    _record(actor, verb, plan=draft.plan, detail={"sections": detail})
    return tuple(changes)


def keep_texts(texts: Texts) -> dict[str, str]:
    """Keep texts under their checksums, as part of another write.

    Returns:
        The checksum of each, by section.

    Raises:
        WriteRefusedError: one is no section of a plan, or too long.
    """
    for section, text in texts.items():
        _writable(section, text)
    return {section: _kept(text) for section, text in texts.items()}


def locked_draft(*, actor: Person, draft: Draft) -> Draft:
    """A draft of one's own, held until the transaction ends.

    Raises:
        WriteRefusedError: the draft is somebody else's, or is gone.
    """
    _own(draft, actor)
    found = Draft.objects.select_for_update(no_key=True).select_related("base", "plan").filter(pk=draft.pk).first()
    if found is None:
        raise WriteRefusedError("This draft is gone: it was published or thrown away in another window.")
    return found


def discard_draft(*, actor: Person, draft: Draft) -> None:
    """Throw a draft away. The record keeps the checksums of what it held, and the texts stay.

    Raises:
        RefusedError: the actor may not change the plan.
        WriteRefusedError: the draft is somebody else's.
    """
    demand_with_plan(actor, "edit-plan", plan=draft.plan)
    _own(draft, actor)
    with transaction.atomic():
        held = dict(draft.sections.values_list("name", "text_id"))
        _record(actor, "discard-draft", plan=draft.plan, detail={"revision": draft.base.number, "held": held})
        draft.delete()


def bring_draft_up_to_date(*, actor: Person, draft: Draft, resolved: Mapping[str, str | None], seen: str = "") -> Draft:
    """Put a draft on the latest revision, with what others published since merged in.

    Args:
        actor: whose draft it is.
        draft: the draft.
        resolved: for each section in conflict, the text that the person decided on (``None``: gone).
        seen: the sides that the decision rests on, as ``selectors.sides_of`` names them (empty: as they stand).

    Raises:
        RefusedError: the actor may not change the plan.
        ConflictError: a section is in conflict and not among ``resolved``.
        WriteRefusedError: the draft is somebody else's, something was published or typed since ``seen``, or a text
            cannot be kept.
    """
    demand_with_plan(actor, "edit-plan", plan=draft.plan)
    _own(draft, actor)
    for section, text in resolved.items():
        _writable(section, text)
    with transaction.atomic():
        locked = locked_draft(actor=actor, draft=draft)
        latest = latest_revision(locked.plan)
        merged = merge_of(locked)
        if {each.section for each in merged.conflicts} - set(resolved):
            raise ConflictError(merged)
        if resolved and seen and seen != sides_of(locked):
            raise WriteRefusedError("Something was published, or typed in your draft, since you opened this page.")
        texts = {each.section: each.text for each in merged.sections if each not in merged.conflicts}
        texts |= {each.section: resolved[each.section] for each in merged.conflicts}
        theirs = texts_of_revision(latest)
        locked.sections.all().delete()
        locked.base = latest
        locked.save()
        for section, text in texts.items():
            if text != theirs.get(section):
                _put(locked, section, text=text)
        detail = {"revision": latest.number, "conflicts": sorted(each.section for each in merged.conflicts)}
        _record(actor, "bring-draft-up-to-date", plan=locked.plan, detail=detail)
    return locked


def publish_draft(*, actor: Person, draft: Draft, message: str) -> Revision:
    """Make a draft the plan's next revision. What others published since is merged in.

    Raises:
        RefusedError: the actor may not publish.
        ConflictError: somebody changed the same; nothing was published.
        InputError: the draft holds no plan that can be read, with every problem.
        WriteRefusedError: nothing was changed, or there is no message.
    """
    demand_with_plan(actor, "publish-revision", plan=draft.plan)
    _own(draft, actor)
    words = _message(message)
    with transaction.atomic():
        plan = Plan.objects.select_for_update(no_key=True).get(pk=draft.plan_id)
        locked = locked_draft(actor=actor, draft=draft)
        latest = latest_revision(plan)
        merged = merge_of(locked)
        if merged.conflicts:
            raise ConflictError(merged)
        texts = merged.applied_to(texts_of_revision(locked.base))
        if texts == texts_of_revision(latest):
            raise WriteRefusedError("Nothing is changed, so there is nothing to publish.")
        _same_plan(texts, plan)
        revision = _add_revision(plan, parent=latest, author=actor, texts=texts, message=words)
        detail = {"revision": revision.number, "checksum": revision.checksum}
        _record(actor, "publish-revision", plan=plan, detail=detail)
        locked.delete()
    return revision


def _same_plan(texts: Texts, plan: Plan) -> None:
    read = read_texts(texts)
    _same_id(read, plan)
    header = read.header
    if header.title != plan.title:
        plan.title = header.title
        plan.save()


def _same_id(read: ReadPlan, plan: Plan) -> None:
    if read.header.id != plan.slug:
        raise WriteRefusedError(f"plan.yaml says id {read.header.id}; this is {plan.slug}, and a plan keeps its id.")


def _own(draft: Draft, actor: Person) -> None:
    if draft.person_id != actor.pk:
        raise WriteRefusedError("This draft is somebody else's.")


def _writable(section: str, text: str | None) -> None:
    if not belongs(section):
        raise WriteRefusedError(f"{section} is no section of a plan.")
    if text is not None and len(text) > LONGEST_SECTION:
        raise WriteRefusedError(f"{section} has {len(text):,} characters. At most {LONGEST_SECTION:,} can be kept.")
    if text is not None and _NO_TEXT.search(text):
        raise WriteRefusedError(f"{section} holds a null character or half a character. Copy it as plain text.")


def _message(message: str) -> str:
    words = " ".join(message.split())
    if not words:
        raise WriteRefusedError("Say in a few words what changed.")
    if _NO_TEXT.search(words):
        raise WriteRefusedError("What you say changed holds a null character or half a character.")
    if len(words) > LONGEST_MESSAGE:
        raise WriteRefusedError(f"Say what changed in at most {LONGEST_MESSAGE} characters.")
    return words


def _add_revision(
    plan: Plan, *, parent: Revision | None, author: Person | None, texts: Texts, message: str
) -> Revision:
    checksums = {name: _kept(text) for name, text in texts.items()}
    revision = Revision.objects.create(
        plan=plan,
        number=parent.number + 1 if parent else 1,
        parent=parent,
        author=author,
        at=_now(),
        message=message,
        checksum=checksum_of_sections(checksums),
    )
    RevisionSection.objects.bulk_create(
        RevisionSection(revision=revision, name=name, text_id=checksum) for name, checksum in sorted(checksums.items())
    )
    return revision


def _put(draft: Draft, section: str, *, text: str | None) -> None:
    """Keep what a draft says of a section; what is as in its base is not kept twice."""
    checksum = None if text is None else _kept(text)
    if draft.base.sections.filter(name=section).values_list("text_id", flat=True).first() == checksum:
        draft.sections.filter(name=section).delete()
    else:
        DraftSection.objects.update_or_create(draft=draft, name=section, defaults={"text_id": checksum})
    draft.changed = _now()
    draft.save()


def _kept(text: str) -> str:
    checksum = checksum_of(text)
    Text.objects.bulk_create([Text(checksum=checksum, body=text)], ignore_conflicts=True)
    return checksum


def _record(actor: Person | None, verb: str, *, plan: Plan, detail: Mapping[str, object]) -> None:
    record(person_id=actor.pk if actor else None, verb=verb, subject=plan.subject, detail=detail)


def _now() -> datetime:
    return datetime.now(tz=UTC)
