"""The period that a segmentation is for, and how far a look-back reaches."""

import calendar
from dataclasses import dataclass
from datetime import date

MONTHS = 12


@dataclass(frozen=True, slots=True)
class Period:
    """A named run of days, both ends included. Facts are as known on the last day, activity is of all its days.

    Raises:
        ValueError: the last day comes before the first.
    """

    name: str
    first: date
    last: date

    def __post_init__(self) -> None:
        if self.last < self.first:
            message = f"the period '{self.name}' ends before it begins"
            raise ValueError(message)

    @property
    def months(self) -> int:
        """The month of the last day, counted from year 0."""
        return self.last.year * MONTHS + self.last.month


def months_before(day: date, months: int) -> date:
    """The same day so many months earlier, or the last day of that month where it is shorter.

    What happened on that day is outside a look-back of so many months; what happened a day later is inside.
    """
    year, month = divmod(day.year * MONTHS + day.month - 1 - months, MONTHS)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
