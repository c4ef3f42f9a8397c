"""Periods of observation: from the text that a file holds to the first and last day."""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from placeplan.kernel.periods import FIRST_READ, LAST_READ, FinancialYear, Month, Quarter

_YEAR = re.compile(r"\d{4}", re.ASCII)
_WEEK = re.compile(r"(\d{4})-W(\d{2})", re.ASCII)
_SEVERAL = re.compile(r"(\d{4}(?:[-/]\d{2,4})?)\s*(?:to|-|–)\s*(\d{4}(?:[-/]\d{2,4})?)", re.ASCII)
DAYS_IN_WEEK = 7


class Frequency(StrEnum):
    """How long one period is."""

    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    FINANCIAL_YEAR = "financial-year"
    CALENDAR_YEAR = "calendar-year"
    SEVERAL_YEARS = "several-years"

    @property
    def expected(self) -> str:
        """What a text of such a period looks like, for a message."""
        return _EXPECTED[self]


_EXPECTED = {
    Frequency.DAY: "a day such as 2014-04-30",
    Frequency.WEEK: "a week such as 2014-W18 (Monday to Sunday)",
    Frequency.MONTH: "a month such as 2014-04",
    Frequency.QUARTER: "a quarter of a financial year such as 2014-15 Q1",
    Frequency.FINANCIAL_YEAR: "a financial year such as 2014-15",
    Frequency.CALENDAR_YEAR: "a calendar year such as 2014",
    Frequency.SEVERAL_YEARS: "several years such as 2012 to 2014, or 2012-13 to 2014-15",
}


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """A period: its first and last day, its length, and its text in one form."""

    starts: date
    ends: date
    frequency: Frequency
    text: str


def parse_span(text: str, *, frequency: Frequency) -> Span:
    """Read a period of a known length. The length must be known: ``2011-12`` is a month and also a financial year.

    Raises:
        ValueError: the text is no such period; the message says what was expected.
    """
    try:
        return _READERS[frequency](text.strip())
    except ValueError as error:
        raise ValueError(f"{text!r} is not {frequency.expected}") from error


def _day(text: str) -> Span:
    day = date.fromisoformat(text)
    return _near(Span(day, day, Frequency.DAY, day.isoformat()))


def _week(text: str) -> Span:
    match = _WEEK.fullmatch(text)
    if match is None:
        raise ValueError(text)
    monday = date.fromisocalendar(int(match[1]), int(match[2]), 1)
    return _near(Span(monday, monday + timedelta(days=DAYS_IN_WEEK - 1), Frequency.WEEK, text))


def _month(text: str) -> Span:
    month = Month.parse(text)
    return Span(_first_day(month), _last_day(month), Frequency.MONTH, str(month))


def _quarter(text: str) -> Span:
    year, _, number = text.rpartition(" Q")
    quarter = Quarter(FinancialYear.parse(year), int(number))
    months = quarter.months
    return Span(_first_day(months[0]), _last_day(months[-1]), Frequency.QUARTER, str(quarter))


def _financial_year(text: str) -> Span:
    year = FinancialYear.parse(text)
    return Span(year.first_day, year.last_day, Frequency.FINANCIAL_YEAR, str(year))


def _calendar_year(text: str) -> Span:
    if not _YEAR.fullmatch(text):
        raise ValueError(text)
    year = int(text)
    return _near(Span(date(year, 1, 1), date(year, 12, 31), Frequency.CALENDAR_YEAR, text))


def _several_years(text: str) -> Span:
    match = _SEVERAL.fullmatch(text)
    if match is None:
        raise ValueError(text)
    first, last = (_calendar_year(part) if _YEAR.fullmatch(part) else _financial_year(part) for part in match.groups())
    if first.frequency is not last.frequency or last.starts <= first.starts:
        raise ValueError(text)
    return Span(first.starts, last.ends, Frequency.SEVERAL_YEARS, f"{first.text} to {last.text}")


def _first_day(month: Month) -> date:
    return date(month.year, month.month, 1)


def _last_day(month: Month) -> date:
    return _first_day(month.plus(1)) - timedelta(days=1)


def _near(span: Span) -> Span:
    """A span that observations can be about."""
    if not FIRST_READ <= span.starts.year <= LAST_READ:
        raise ValueError(span.text)
    return span


_READERS: dict[Frequency, Callable[[str], Span]] = {
    Frequency.DAY: _day,
    Frequency.WEEK: _week,
    Frequency.MONTH: _month,
    Frequency.QUARTER: _quarter,
    Frequency.FINANCIAL_YEAR: _financial_year,
    Frequency.CALENDAR_YEAR: _calendar_year,
    Frequency.SEVERAL_YEARS: _several_years,
}


def next_span(span: Span) -> Span:
    """The period that follows at once, of the same length. For several years: the same number of years, one year on."""
    if span.frequency is Frequency.SEVERAL_YEARS:
        return Span(_year_on(span.starts), _year_on(span.ends), span.frequency, _moved_on(span.text))
    starts = span.ends + timedelta(days=1)
    return parse_span(_TEXTS[span.frequency](starts), frequency=span.frequency)


_TEXTS: dict[Frequency, Callable[[date], str]] = {
    Frequency.DAY: lambda day: day.isoformat(),
    Frequency.WEEK: lambda day: f"{day.isocalendar().year}-W{day.isocalendar().week:02d}",
    Frequency.MONTH: lambda day: str(Month(day.year, day.month)),
    Frequency.QUARTER: lambda day: _quarter_text(Month(day.year, day.month)),
    Frequency.FINANCIAL_YEAR: lambda day: str(FinancialYear(day.year)),
    Frequency.CALENDAR_YEAR: lambda day: str(day.year),
}


def _quarter_text(month: Month) -> str:
    number = (month.number_in_financial_year - 1) // 3 + 1
    return str(Quarter(month.financial_year, number))


def _year_on(day: date) -> date:
    return day.replace(year=day.year + 1)


def _moved_on(text: str) -> str:
    ends = (part.strip() for part in text.split(" to "))
    return " to ".join(
        str(int(part) + 1) if _YEAR.fullmatch(part) else str(FinancialYear.parse(part).next) for part in ends
    )


def gaps_in(spans: Iterable[Span]) -> tuple[Span, ...]:
    """The periods that are missing between the first and the last of some periods of one length."""
    there = sorted(set(spans))
    if len(there) < 2:
        return ()
    missing = []
    expected = next_span(there[0])
    known = set(there)
    while expected < there[-1]:
        if expected not in known:
            missing.append(expected)
        expected = next_span(expected)
    return tuple(missing)
