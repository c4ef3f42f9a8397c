"""Days: months counted on and back, and working days of England, with its bank holidays as data."""

from calendar import monthrange
from collections.abc import Collection
from datetime import date, timedelta

MONTHS_IN_YEAR = 12
SATURDAY = 5
ONE_DAY = timedelta(days=1)


def months_on(day: date, months: int) -> date:
    """The day some months later (earlier where negative); the last day of a shorter month stands for those it lacks."""
    year, month = divmod(day.year * MONTHS_IN_YEAR + day.month - 1 + months, MONTHS_IN_YEAR)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def is_working(day: date, holidays: Collection[date]) -> bool:
    """Whether it is no Saturday, Sunday or bank holiday."""
    return day.weekday() < SATURDAY and day not in holidays


def working_day_by(day: date, holidays: Collection[date]) -> date:
    """The day itself if it is a working day, else the last working day before it."""
    while not is_working(day, holidays):
        day -= ONE_DAY
    return day


def working_days_before(day: date, days: int, *, holidays: Collection[date]) -> date:
    """The working day that lies some working days before a day, which itself is not counted.

    Raises:
        ValueError: fewer than none were asked for.
    """
    if days < 0:
        raise ValueError("count working days from none upwards")
    day = working_day_by(day, holidays)
    for _ in range(days):
        day = working_day_by(day - ONE_DAY, holidays)
    return day
