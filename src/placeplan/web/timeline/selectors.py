"""Reads what happened to a plan."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from enum import StrEnum

from django.urls import reverse

from placeplan.web.assuring.models import LineJudgement
from placeplan.web.meetings.models import Meeting
from placeplan.web.planning.models import Plan
from placeplan.web.planning.selectors import history
from placeplan.web.signing.models import ConditionRow
from placeplan.web.signing.selectors import signatures_of, submissions_of


class Kind(StrEnum):
    """What an entry is of."""

    REVISION = "revision"
    SIGNING = "signing"
    MEETING = "meeting"
    ASSURANCE = "assurance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """Something that happened.

    Attributes:
        at: when; a meeting stands at the beginning of its day.
        kind: what it is of.
        title: what happened, in a few words.
        words: what was said, if anything.
        who: who did it.
        links: words and addresses of what is behind it.
    """

    at: datetime
    kind: Kind
    title: str
    words: str = ""
    who: str = ""
    links: tuple[tuple[str, str], ...] = ()


def timeline_of(plan: Plan) -> tuple[Entry, ...]:
    """Everything that happened to a plan, the newest first."""
    entries = [*_revisions(plan), *_signing(plan), *_conditions(plan), *_meetings(plan), *_judgements(plan)]
    return tuple(sorted(entries, key=lambda each: each.at, reverse=True))


def _revisions(plan: Plan) -> Iterator[Entry]:
    for each in history(plan):
        links = [(f"Files, {each.checksum[:12]}", reverse("planning:files", args=[plan.slug, each.number]))]
        if each.parent:
            words = f"Difference from revision {each.parent.number}"
            links.insert(0, (words, reverse("exchanging:difference", args=[plan.slug, each.number])))
        title, who = f"Revision {each.number}", str(each.author or "set-up")
        yield Entry(at=each.at, kind=Kind.REVISION, title=title, words=each.message, who=who, links=tuple(links))


def _signing(plan: Plan) -> Iterator[Entry]:
    for each in submissions_of(plan):
        number = each.revision.number
        links = (("Submission", reverse("signing:submission", args=[plan.slug, number])),)
        title = f"Revision {number} put forward"
        yield Entry(at=each.at, kind=Kind.SIGNING, title=title, who=str(each.person), links=links)
    for row in signatures_of(plan):
        title = f"{row.body}: {row.verdict.replace('-', ' ')}, revision {row.revision.number}"
        yield Entry(at=row.at, kind=Kind.SIGNING, title=title, words=row.words, who=str(row.person))


def _conditions(plan: Plan) -> Iterator[Entry]:
    found = ConditionRow.objects.filter(signature__plan=plan).exclude(met=None).select_related("signature", "met_by")
    for each in found:
        if each.met is not None:
            title = f"{each.signature.body}: condition met"
            words = f"{each.words} {each.met_words}"
            yield Entry(at=each.met, kind=Kind.SIGNING, title=title, words=words, who=str(each.met_by))


def _meetings(plan: Plan) -> Iterator[Entry]:
    now = datetime.now(tz=UTC)
    for each in Meeting.objects.filter(board__plan=plan).select_related("board", "confirmed_by"):
        address = reverse("meetings:meeting", args=[plan.slug, each.pk])
        held = datetime.combine(each.held, time.min, tzinfo=UTC)
        if held <= now:
            links = (("Meeting", address),)
            yield Entry(at=held, kind=Kind.MEETING, title=f"{each.board} met", words=each.place, links=links)
        if each.confirmed is not None:
            links = (("Minutes", reverse("meetings:minutes", args=[plan.slug, each.pk])),)
            title = f"{each.board}: minutes of {each.held.day} {each.held:%B %Y} confirmed"
            who = str(each.confirmed_by)
            yield Entry(at=each.confirmed, kind=Kind.MEETING, title=title, who=who, links=links)


def _judgements(plan: Plan) -> Iterator[Entry]:
    for each in LineJudgement.objects.filter(plan=plan).select_related("person"):
        said = each.judgement.replace("-", " ") or "as data say"
        links = (("Assurance", reverse("assuring:assurance", args=[plan.slug])),)
        title = f"Line {each.line}: {said}"
        yield Entry(at=each.at, kind=Kind.ASSURANCE, title=title, words=each.reason, who=str(each.person), links=links)
