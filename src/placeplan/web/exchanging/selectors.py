"""Reads what went out as a workbook, and what came back and waits."""

from collections.abc import Mapping
from dataclasses import dataclass

from placeplan.app.plan_uploads import meant
from placeplan.plan.merging import Merge, merge
from placeplan.web.exchanging.models import Incoming, WorkbookTaken
from placeplan.web.planning.models import Draft, Plan, Text
from placeplan.web.planning.selectors import texts_of_draft, texts_of_revision


def texts_kept(checksums: Mapping[str, str]) -> dict[str, str]:
    """Texts by section, from the checksum of each."""
    bodies = dict(Text.objects.filter(checksum__in=checksums.values()).values_list("checksum", "body"))
    return {section: bodies[checksum] for section, checksum in checksums.items()}


def texts_made_from(plan: Plan, checksum: str) -> dict[str, str] | None:
    """The texts of the state of a plan that a file says it was made from; nothing when no such state is known."""
    revision = plan.revisions.filter(checksum=checksum).order_by("-number").first() if checksum else None
    if revision is not None:
        return texts_of_revision(revision)
    taken = WorkbookTaken.objects.filter(plan=plan, made_from=checksum).first()
    return texts_kept(taken.sections) if taken else None


def incoming_of(draft: Draft) -> Incoming | None:
    """What was sent into a draft and waits for a decision."""
    return Incoming.objects.filter(draft=draft).first()


@dataclass(frozen=True, slots=True)
class SentMerge:
    """What comes of merging a plan that was sent with a draft: the three sides as Placeplan writes them."""

    base: Mapping[str, str]
    mine: Mapping[str, str]
    sent: Mapping[str, str]
    merged: Merge


def merge_sent(draft: Draft, *, base: Mapping[str, str], sent: Mapping[str, str]) -> SentMerge:
    """Merge a plan that was sent with a draft as it stands. What says the same in other words is no change."""
    sides = meant(base), meant(texts_of_draft(draft)), meant(sent)
    return SentMerge(*sides, merge(sides[0], sides[1], theirs=sides[2]))


def merge_of_incoming(incoming: Incoming) -> SentMerge:
    """What comes of merging what waits with the draft as it stands now."""
    return merge_sent(incoming.draft, base=texts_kept(incoming.base), sent=texts_kept(incoming.sent))
