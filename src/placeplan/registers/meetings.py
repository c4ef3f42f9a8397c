"""Meetings: who was there, whether it could decide, how minutes are numbered and confirmed, which interests touch.

Pure rules; the words that a decision or an attendance can have are data (``definitions/meetings.yaml``).
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from pydantic import Field

from placeplan.documents.models import DocumentModel, Words
from placeplan.plan.header import Identifier
from placeplan.registers.calendar import months_on
from placeplan.rounds.governance import Confidence, Review

PRESENT = "present"
_LEAST_LETTERS = 3


class Named(DocumentModel):
    """A word of a closed list, with what people read."""

    id: Identifier
    title: Words


class Verb(Named):
    """What a decision says; ``stays_open``: it waits until its conditions are met."""

    stays_open: bool = False


class MeetingRules(DocumentModel):
    """The closed lists and the clocks of meetings."""

    reference: Words
    confidence: Confidence
    review: Review
    grace_days: int = Field(ge=0)
    standings: tuple[Named, ...]
    verbs: tuple[Verb, ...]
    interests: tuple[Named, ...]
    handlings: tuple[Named, ...]
    reports: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class Attendee:
    """Somebody at a meeting, or sorry not to be; ``member``: whether they count for the quorum."""

    name: str
    standing: str
    member: bool


def same_name(name: str) -> str:
    """A name as it is compared: whatever its case and spaces."""
    return " ".join(name.casefold().split())


def attendance_problems(attendees: Iterable[Attendee]) -> tuple[str, ...]:
    """Whoever stands in an attendance twice, in words: nobody is both present and absent."""
    found: dict[str, list[Attendee]] = {}
    for each in attendees:
        found.setdefault(same_name(each.name), []).append(each)
    twice = (group for group in found.values() if len(group) > 1)
    return tuple(
        f"{group[0].name} stands there as {' and as '.join(each.standing.replace('-', ' ') for each in group)}."
        for group in twice
    )


def is_quorate(attendees: Iterable[Attendee], quorum: int) -> bool:
    """Whether enough members are present. Those in attendance do not count."""
    return sum(each.member and each.standing == PRESENT for each in attendees) >= quorum


@dataclass(frozen=True, slots=True)
class Interest:
    """What a member declared in the register: about which supplier or matter, and how long it holds."""

    name: str
    about: str
    declared: date
    until: date | None = None

    def holds(self, day: date) -> bool:
        """Whether it holds on a day."""
        return self.declared <= day and (self.until is None or day <= self.until)

    def touches(self, *texts: str) -> bool:
        """Whether a title or a list of suppliers names what it is about, as a whole word, whatever the case."""
        wanted = same_name(self.about)
        if len(wanted) < _LEAST_LETTERS:
            return False
        pattern = rf"(?<!\w){re.escape(wanted)}(?!\w)"
        return any(re.search(pattern, same_name(text)) for text in texts)


def touching(interests: Iterable[Interest], *texts: str, day: date, there: Iterable[str]) -> tuple[Interest, ...]:
    """The interests of those who are there that touch an item on the day of the meeting."""
    names = {same_name(name) for name in there}
    return tuple(
        each for each in interests if same_name(each.name) in names and each.holds(day) and each.touches(*texts)
    )


def numbered(first: int, count: int, *, before: int = 0) -> range:
    """The numbers of the minutes of a meeting: consecutive, after those of the meetings before.

    Args:
        first: number of the first minute of the first meeting.
        count: how many minutes this meeting has.
        before: how many the meetings before it have.
    """
    return range(first + before, first + before + count)


@dataclass(frozen=True, slots=True, kw_only=True)
class DraftMinutes:
    """What confirming minutes asks about.

    Attributes:
        held: the day of the meeting.
        attendees: who was there.
        quorum: members that must be present for a decision.
        unminuted: titles of items that say nothing yet.
        decides: whether any decision was taken.
        undeclared: interests that touch an item and of which nothing is said, in words.
        earlier_open: whether the minutes of a meeting before this one are not confirmed.
    """

    held: date
    attendees: tuple[Attendee, ...]
    quorum: int
    unminuted: tuple[str, ...]
    decides: bool
    undeclared: tuple[str, ...]
    earlier_open: bool


def confirming_problems(minutes: DraftMinutes, *, confirmed_on: date, confirming_quorate: bool) -> tuple[str, ...]:
    """Everything that stands against confirming minutes at another meeting, in words; none: they may be confirmed."""
    return tuple(_confirming_problems(minutes, confirmed_on=confirmed_on, confirming_quorate=confirming_quorate))


def _confirming_problems(minutes: DraftMinutes, *, confirmed_on: date, confirming_quorate: bool) -> Iterator[str]:
    if confirmed_on <= minutes.held:
        yield "Minutes are confirmed by a later meeting of the same body."
    if not confirming_quorate:
        yield "The meeting that confirms them has no quorum."
    if minutes.earlier_open:
        yield "The minutes of an earlier meeting are not confirmed yet."
    if not minutes.attendees:
        yield "Nobody is recorded as present."
    yield from attendance_problems(minutes.attendees)
    if minutes.decides and not is_quorate(minutes.attendees, minutes.quorum):
        yield "The meeting had no quorum, and cannot have decided."
    yield from (f"Nothing is minuted of: {title}." for title in minutes.unminuted)
    yield from minutes.undeclared


def expected_by(last: date, *, every_months: int, grace_days: int) -> date:
    """The day by which the next minutes of a local board are expected, from the meeting whose minutes came last."""
    return months_on(last, every_months) + timedelta(days=grace_days)


def recurrences(first: date, *, every_months: int, until: date) -> tuple[date, ...]:
    """The days on which a recurring item falls due, the first included, up to a day.

    Each is counted from the first, so that an item of the 31st does not slip to the 28th for ever.
    """
    if every_months < 1:
        raise ValueError("an item recurs after a month at the least")
    found: list[date] = []
    while (due := months_on(first, every_months * len(found))) <= until:
        found.append(due)
    return tuple(found)


def lines_of_report(reports_to: Mapping[str, str | None]) -> dict[str, tuple[str, ...]]:
    """For each body, those above it, the nearest first.

    Raises:
        ValueError: a body reports, by way of others, to itself.
    """
    return {body: _above(body, reports_to) for body in reports_to}


def _above(body: str, reports_to: Mapping[str, str | None]) -> tuple[str, ...]:
    found: list[str] = []
    above = reports_to[body]
    while above is not None:
        if above == body or above in found:
            raise ValueError(f"{body} would report, by way of others, to itself")
        found.append(above)
        above = reports_to.get(above)
    return tuple(found)


def names_in(text: str) -> Sequence[str]:
    """The names in a text, one on each line."""
    return [" ".join(line.split()) for line in text.splitlines() if line.strip()]
