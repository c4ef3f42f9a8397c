"""Declared opening hours of sites: from rows and texts to hours of a week, with a remark for what cannot be read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.indicators.variation.reading_hours import (
    DAYS_IN_WEEK,
    EXPECTED_HOURS,
    EXPECTED_WEEK,
    MINUTES_IN_HOUR,
    MINUTES_IN_WEEK,
    WEEKDAYS,
    HoursError,
    Stretch,
    WeekHours,
    read_day,
    read_week,
    read_weekday,
)
from placeplan.kernel.errors import NOWHERE, Place, Problem

EVERY_DAY = frozenset(range(DAYS_IN_WEEK))
MEND_BLANK = "Write 'closed' for a day on which the site does not open."
MEND_HOURS = "Write times of the 24-hour clock, the opening time first."


@dataclass(frozen=True, slots=True)
class Site:
    """A place where patients are seen: the main surgery of a practice, or a branch. ``group`` is its CCG or hub."""

    code: str
    name: str = ""
    practice: str = ""
    main: bool = True
    group: str = ""


@dataclass(frozen=True, slots=True)
class DeclaredDay:
    """A row of declared hours: one stretch of one day, as written.

    ``opens`` may hold all hours of the day (``08:00-13:00, 14:00-18:30``, ``closed``) when ``closes`` is empty.
    """

    site: str
    weekday: str
    opens: str
    closes: str = ""
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class DeclaredWeek:
    """The declared hours of a week in one text, such as ``Mon-Fri 08:00-18:30; Sat closed``."""

    site: str
    hours: str
    place: Place = NOWHERE


@dataclass(frozen=True, slots=True)
class SiteHours:
    """The hours of a site: stretches in minutes of the week (0 is Monday 00:00), apart and in order.

    ``unknown_days`` (0 for Monday) are those whose hours could not be read or were not given. ``notes`` are sentences
    to know when reading the hours.
    """

    site: Site
    stretches: tuple[Stretch, ...]
    unknown_days: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()

    @property
    def hours_a_week(self) -> float | None:
        """Hours open in a week; not known when any day is not."""
        if self.unknown_days:
            return None
        return sum(end - start for start, end in self.stretches) / MINUTES_IN_HOUR


@dataclass(frozen=True, slots=True)
class DeclaredHours:
    """The hours of every site, in the order of the sites, and what could not be read."""

    sites: tuple[SiteHours, ...]
    remarks: tuple[Remark, ...]


@dataclass(slots=True)
class _Week:
    """What was read of one site so far."""

    stretches: list[Stretch] = field(default_factory=list)
    open_days: set[int] = field(default_factory=set)
    closed_days: set[int] = field(default_factory=set)
    unknown: set[int] = field(default_factory=set)
    notes: list[str] = field(default_factory=list)


def declared_hours(
    sites: Iterable[Site], rows: Iterable[DeclaredDay | DeclaredWeek], *, unnamed_days_are_closed: bool = True
) -> DeclaredHours:
    """Read the declared hours of sites.

    A row that cannot be read is remarked on, and its day is unknown for that site; so is the whole week when the day
    cannot be told. A blank is unknown too, never closed. A day that no row names is closed, unless
    ``unnamed_days_are_closed`` is false; a site that no row names is unknown all week. Hours that overlap count once.
    """
    known = {site.code: (site, _Week()) for site in sites}
    remarks: list[Remark] = []
    for row in rows:
        if row.site not in known:
            remarks.append(_unknown_site(row))
            continue
        week = known[row.site][1]
        remarks.extend(_add_day(week, row) if isinstance(row, DeclaredDay) else _add_week(week, row))
    found = tuple(_settled(site, week, closed=unnamed_days_are_closed) for site, week in known.values())
    return DeclaredHours(found, tuple(remarks))


def joined_stretches(stretches: Iterable[Stretch]) -> tuple[tuple[Stretch, ...], bool]:
    """Stretches apart and in order, those past the end of the week carried to its start; and whether any overlapped."""
    within = sorted(part for stretch in stretches for part in _within_week(stretch))
    joined: list[Stretch] = []
    overlap = False
    for start, end in within:
        if joined and start <= joined[-1][1]:
            overlap = overlap or start < joined[-1][1]
            joined[-1] = (joined[-1][0], max(joined[-1][1], end))
        else:
            joined.append((start, end))
    return tuple(joined), overlap


def _within_week(stretch: Stretch) -> tuple[Stretch, ...]:
    start, end = stretch
    if end <= MINUTES_IN_WEEK:
        return (stretch,)
    return (start, MINUTES_IN_WEEK), (0, end - MINUTES_IN_WEEK)


def _add_day(week: _Week, row: DeclaredDay) -> Iterable[Remark]:
    try:
        day = read_weekday(row.weekday)
    except HoursError as error:
        week.unknown |= EVERY_DAY
        yield _unreadable(row, "weekday", error=error, expected="a day of the week such as Monday or Mon")
        return
    if not row.opens.strip():
        week.unknown.add(day)
        yield _blank(row, "opens")
        return
    hours = f"{row.opens}-{row.closes}" if row.closes.strip() else row.opens
    yield from _add(week, row, read=lambda: read_day(hours, day=day), days={day}, field_name="opens")


def _add_week(week: _Week, row: DeclaredWeek) -> Iterable[Remark]:
    if not row.hours.strip():
        week.unknown |= EVERY_DAY
        yield _blank(row, "hours")
        return
    yield from _add(week, row, read=lambda: read_week(row.hours), days=set(EVERY_DAY), field_name="hours")


def _add(
    week: _Week,
    row: DeclaredDay | DeclaredWeek,
    *,
    read: Callable[[], WeekHours],
    days: set[int],
    field_name: str,
) -> Iterable[Remark]:
    expected = EXPECTED_HOURS if isinstance(row, DeclaredDay) else EXPECTED_WEEK
    try:
        found = read()
    except HoursError as error:
        week.unknown |= days
        yield _unreadable(row, field_name, error=error, expected=expected)
        return
    week.open_days |= found.open_days
    week.closed_days |= found.closed_days
    both = sorted((found.open_days | found.closed_days) & week.open_days & week.closed_days)
    week.stretches.extend(found.stretches)
    week.notes.extend(found.notes)
    if both:
        week.unknown |= set(both)
        names = ", ".join(WEEKDAYS[day] for day in both)
        yield _unreadable(row, field_name, error=HoursError(f"{names} is both closed and open"), expected=expected)


def _settled(site: Site, week: _Week, *, closed: bool) -> SiteHours:
    named = week.open_days | week.closed_days | week.unknown
    unknown = set(week.unknown) if named and closed else week.unknown | (EVERY_DAY - named)
    stretches, overlap = joined_stretches(week.stretches)
    notes = list(week.notes)
    if overlap:
        notes.append("hours that overlap are counted once")
    if unknown == EVERY_DAY:
        notes.append("no day's hours are known")
    elif unknown:
        notes.append(f"hours are not known for {', '.join(WEEKDAYS[day] for day in sorted(unknown))}")
    return SiteHours(site, stretches, frozenset(unknown), tuple(dict.fromkeys(notes)))


def _unreadable(row: DeclaredDay | DeclaredWeek, heading: str, *, error: HoursError, expected: str) -> Remark:
    message = f"hours of the site '{row.site}' cannot be read: {error}"
    return Remark(RemarkKind.UNREADABLE, Problem(row.place.at(heading), message, expected, MEND_HOURS))


def _blank(row: DeclaredDay | DeclaredWeek, heading: str) -> Remark:
    message = f"no hours are given for the site '{row.site}'"
    return Remark(RemarkKind.NOTHING_MEASURED, Problem(row.place.at(heading), message, EXPECTED_HOURS, MEND_BLANK))


def _unknown_site(row: DeclaredDay | DeclaredWeek) -> Remark:
    message = f"hours are given for '{row.site}', which is none of the sites"
    return Remark(
        RemarkKind.UNKNOWN_AREA,
        Problem(row.place.at("site"), message, "the code of a site", "Add it to the sites, or mend the code."),
    )
