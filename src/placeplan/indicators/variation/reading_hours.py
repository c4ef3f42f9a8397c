"""Opening hours as people write them, read into minutes of the week. What cannot be read is said, never guessed."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

MINUTES_IN_HOUR, HOURS_IN_DAY, DAYS_IN_WEEK = 60, 24, 7
MINUTES_IN_DAY = HOURS_IN_DAY * MINUTES_IN_HOUR
MINUTES_IN_WEEK = DAYS_IN_WEEK * MINUTES_IN_DAY
NOON = 12
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
EXPECTED_TIME = "a time such as 08:00, 6.30pm or 24:00"
EXPECTED_HOURS = "hours such as 08:00-13:00, 14:00-18:30, or 'closed', or '24 hours'"
EXPECTED_WEEK = "days with hours such as Mon-Fri 08:00-18:30; Sat closed"

Stretch = tuple[int, int]
"""Minutes after the start of Monday at which a site opens and closes; the end may lie in the next week."""


class HoursError(ValueError):
    """A text that is no opening hours; the message says what was found."""


@dataclass(frozen=True, slots=True)
class WeekHours:
    """Hours of a week as a text gives them: stretches in minutes of the week, days called open and closed, notes."""

    stretches: tuple[Stretch, ...] = ()
    open_days: frozenset[int] = frozenset()
    closed_days: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()


class _Kind(StrEnum):
    DAY = "day"
    TIME = "time"
    DASH = "dash"
    COMMA = "comma"
    BREAK = "break"
    CLOSED = "closed"
    ALL_DAY = "all day"


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str
    value: tuple[int, ...] = ()


_DAY_NAMES = {
    name: (place,)
    for place, names in enumerate(
        (
            ("monday", "mon", "mo"),
            ("tuesday", "tues", "tue", "tu"),
            ("wednesday", "weds", "wed", "we"),
            ("thursday", "thurs", "thur", "thu", "th"),
            ("friday", "fri", "fr"),
            ("saturday", "sat", "sa"),
            ("sunday", "sun", "su"),
        )
    )
    for name in names
} | {
    "weekdays": (0, 1, 2, 3, 4),
    "weekday": (0, 1, 2, 3, 4),
    "weekends": (5, 6),
    "weekend": (5, 6),
    "every day": tuple(range(DAYS_IN_WEEK)),
    "daily": tuple(range(DAYS_IN_WEEK)),
}
_DAYS = "|".join(re.escape(name) for name in sorted(_DAY_NAMES, key=len, reverse=True))
_TOKENS = re.compile(
    rf"""
    (?P<day>\b(?:{_DAYS})\b\.?)
  | (?P<closed>\bclosed\b)
  | (?P<all>\b(?:24\s*(?:hours|hrs)|24/7|open\s+all\s+day)\b)
  | (?P<time>\b(?:noon|midday|midnight)\b|\d{{1,2}}(?:[:.]\d{{2}})?\s*[ap]\.?m\b\.?|\d{{1,2}}[:.]\d{{2}}|\d{{4}}(?!\d))
  | (?P<dash>\s*(?:-|–|—|\bto\b|\buntil\b)\s*)
  | (?P<comma>,|&|\+|/|\band\b)
  | (?P<break>[;|\n])
  | (?P<space>[\s:]+)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_CLOCK = re.compile(r"(\d{1,2}?)(?:[:.]?(\d{2}))?\s*([ap])?\.?m?\.?", re.ASCII)
_HALF_OF_DAY_UNSAID = re.compile(r"[1-9][:.]\d{2}", re.ASCII)
_KINDS = {
    "day": _Kind.DAY,
    "closed": _Kind.CLOSED,
    "all": _Kind.ALL_DAY,
    "time": _Kind.TIME,
    "dash": _Kind.DASH,
    "comma": _Kind.COMMA,
    "break": _Kind.BREAK,
}


def read_weekday(text: str) -> int:
    """The number of a weekday from 0 for Monday, from its name or a usual short form.

    Raises:
        HoursError: it is no weekday.
    """
    found = _DAY_NAMES.get(text.strip().lower().rstrip("."), ())
    if len(found) != 1:
        raise HoursError(f"{text.strip()!r} is no day of the week")
    return found[0]


def read_clock(text: str) -> int:
    """Minutes after midnight, 1,440 for 24:00. ``noon`` and ``midnight`` (as 00:00) are read too.

    Raises:
        HoursError: it is no time of day.
    """
    word = text.strip().lower()
    named = {"noon": NOON * MINUTES_IN_HOUR, "midday": NOON * MINUTES_IN_HOUR, "midnight": 0}
    if word in named:
        return named[word]
    match = _CLOCK.fullmatch(word)
    if match is None or (match[2] is None and match[3] is None):
        raise HoursError(f"{text.strip()!r} is no time of day")
    hour, minute, half = int(match[1]), int(match[2] or 0), match[3]
    if half and not 1 <= hour <= NOON:
        raise HoursError(f"{text.strip()!r} is no time of day")
    if half:
        hour = hour % NOON + (NOON if half == "p" else 0)
    found = hour * MINUTES_IN_HOUR + minute
    if minute >= MINUTES_IN_HOUR or found > MINUTES_IN_DAY:
        raise HoursError(f"{text.strip()!r} is no time of day")
    return found


def stretch_of(day: int, opens: int, *, closes: int) -> Stretch:
    """Minutes of the week from a day and two times; a site that closes earlier than it opens does so the next day.

    Raises:
        HoursError: both times are the same, which could mean closed or 24 hours.
    """
    if opens == closes:
        raise HoursError("it opens and closes at the same time")
    if opens == MINUTES_IN_DAY:
        raise HoursError("it opens at 24:00, which is no time of that day")
    start = day * MINUTES_IN_DAY
    return start + opens, start + closes + (MINUTES_IN_DAY if closes < opens else 0)


def read_day(text: str, *, day: int) -> WeekHours:
    """The hours of one day, such as ``08:00-13:00, 14:00-18:30``, ``closed`` or ``24 hours``.

    Raises:
        HoursError: it cannot be read; also when days stand in it.
    """
    tokens = tuple(_tokens(text))
    if any(token.kind is _Kind.DAY for token in tokens):
        raise HoursError(f"{text.strip()!r} names a day where only hours are expected")
    return _hours((day,), [token for token in tokens if token.kind is not _Kind.BREAK], text=text)


def read_week(text: str) -> WeekHours:
    """The hours of a week, such as ``Mon-Fri 08:00-18:30; Sat 09:00-12:00; Sun closed``.

    A day that is not named is neither open nor closed. A day that is named twice keeps the hours of both.

    Raises:
        HoursError: something in it cannot be read, or days stand without hours or hours without days.
    """
    parts = [_hours(named, hours, text=text) for named, hours in _parts(text)]
    if not parts:
        raise HoursError("it says nothing")
    return WeekHours(
        tuple(stretch for part in parts for stretch in part.stretches),
        frozenset().union(*(part.open_days for part in parts)),
        frozenset().union(*(part.closed_days for part in parts)),
        tuple(note for part in parts for note in part.notes),
    )


def _tokens(text: str) -> Iterator[_Token]:
    at = 0
    while at < len(text):
        match = _TOKENS.match(text, at)
        if match is None:
            word = re.match(r"\w+|\W", text[at:])
            raise HoursError(f"{(word[0] if word else text[at])!r} in {text.strip()!r} cannot be read")
        at = match.end()
        if match.lastgroup and match.lastgroup != "space":
            kind = _KINDS[match.lastgroup]
            found = match[0].strip()
            value = _DAY_NAMES[found.lower().rstrip(".")] if kind is _Kind.DAY else ()
            yield _Token(kind, found, (read_clock(found),) if kind is _Kind.TIME else value)


def _parts(text: str) -> Iterator[tuple[tuple[int, ...], list[_Token]]]:
    """Days with the hours that follow them."""
    tokens = list(_tokens(text))
    at = 0
    while at < len(tokens):
        if tokens[at].kind in {_Kind.BREAK, _Kind.COMMA}:
            at += 1
            continue
        named, at = _named_days(tokens, at)
        hours: list[_Token] = []
        while at < len(tokens) and tokens[at].kind not in {_Kind.DAY, _Kind.BREAK}:
            hours.append(tokens[at])
            at += 1
        while hours and hours[-1].kind is _Kind.COMMA:
            hours.pop()
        yield named, hours


def _named_days(tokens: list[_Token], at: int) -> tuple[tuple[int, ...], int]:
    """Days at the head of a part: ``Mon``, ``Mon-Fri``, ``Mon, Wed and Fri``; and where they end."""
    if tokens[at].kind is not _Kind.DAY:
        raise HoursError(f"{tokens[at].text!r} stands where a day is expected")
    named = list(tokens[at].value)
    at += 1
    while at + 1 < len(tokens) and tokens[at + 1].kind is _Kind.DAY:
        following = tokens[at + 1].value
        if tokens[at].kind is _Kind.DASH:
            named.extend(_days_to(named[-1], following[0]))
        elif tokens[at].kind is _Kind.COMMA:
            named.extend(following)
        else:
            break
        at += 2
    return tuple(dict.fromkeys(named)), at


def _days_to(first: int, last: int) -> Iterator[int]:
    """The days after the first up to the last, round the end of the week where needed."""
    yield from ((first + step) % DAYS_IN_WEEK for step in range(1, (last - first) % DAYS_IN_WEEK + 1))


def _hours(days: tuple[int, ...], tokens: list[_Token], *, text: str) -> WeekHours:
    kinds = [token.kind for token in tokens]
    if kinds == [_Kind.CLOSED]:
        return WeekHours(closed_days=frozenset(days))
    if kinds == [_Kind.ALL_DAY]:
        return WeekHours(tuple(stretch_of(day, 0, closes=MINUTES_IN_DAY) for day in days), frozenset(days))
    pairs = list(_pairs(tokens, text=text))
    return WeekHours(
        tuple(stretch_of(day, opens, closes=closes) for opens, closes in pairs for day in days),
        frozenset(days),
        notes=tuple(
            past_midnight(day, opens, closes=closes)
            for opens, closes in pairs
            if closes < opens and closes
            for day in days
        ),
    )


def _pairs(tokens: list[_Token], *, text: str) -> Iterator[tuple[int, int]]:
    """Opening and closing times: time, dash, time, with a comma or nothing between pairs."""
    rest = [token for token in tokens if token.kind is not _Kind.COMMA]
    if not rest or len(rest) % 3:
        raise HoursError(f"{text.strip()!r} is no list of opening and closing times")
    for at in range(0, len(rest), 3):
        opens, dash, closes = rest[at : at + 3]
        if (opens.kind, dash.kind, closes.kind) != (_Kind.TIME, _Kind.DASH, _Kind.TIME):
            raise HoursError(f"{text.strip()!r} is no list of opening and closing times")
        if closes.value[0] < opens.value[0] and _HALF_OF_DAY_UNSAID.fullmatch(closes.text):
            raise HoursError(f"it closes at {closes.text}, before it opens at {opens.text}: morning or evening")
        yield opens.value[0], closes.value[0]


def past_midnight(day: int, opens: int, *, closes: int) -> str:
    """A note on hours that end the next day, so that two times in the wrong order are seen."""
    return f"{WEEKDAYS[day]} {clock_text(opens)} to {clock_text(closes)} is read as open past midnight"


def clock_text(minutes: int) -> str:
    """Minutes after midnight as ``08:00``."""
    return f"{minutes // MINUTES_IN_HOUR:02d}:{minutes % MINUTES_IN_HOUR:02d}"
