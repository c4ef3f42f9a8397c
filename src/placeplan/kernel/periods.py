"""Financial years, quarters and months of the English public sector: a year runs from 1 April to 31 March."""

import re
from dataclasses import dataclass
from datetime import date
from typing import Self

_FINANCIAL_YEAR = re.compile(r"(\d{4})[-/](\d{2}|\d{4})", re.ASCII)
_MONTH = re.compile(r"(\d{4})-(\d{2})", re.ASCII)
_QUARTER = re.compile(r"(\d{4}-\d{2}) Q([1-4])", re.ASCII)
APRIL = 4
FIRST_START, LAST_START = 1000, 9998
FIRST_READ, LAST_READ = 1900, 2199
MONTHS_IN_YEAR = 12
MONTHS_IN_QUARTER = 3


class FinancialYear(str):
    """The year that starts on 1 April of ``start``.

    It is its own text, ``2014-15``, so that tables of years are quick to look up.
    """

    __slots__ = ()

    def __new__(cls, start: int) -> Self:
        """The year that starts on 1 April of ``start``.

        Raises:
            ValueError: ``start`` is not a year of four digits.
        """
        if not FIRST_START <= start <= LAST_START:
            raise ValueError(f"{start} is not a year of four digits")
        return super().__new__(cls, f"{start}-{(start + 1) % 100:02d}")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2014-15``, ``2014/15`` or ``2014-2015``.

        Raises:
            ValueError: the text is not a financial year, its second part is not the year after the first, or it lies
                so far away that it can only be a slip (before 1900 or after 2199).
        """
        match = _FINANCIAL_YEAR.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a financial year such as 2014-15")
        start, end = int(match[1]), match[2]
        if int(end) != (start + 1 if len(end) == len("2015") else (start + 1) % 100):
            raise ValueError(f"{text!r} is not a financial year: the second part must be the year after {start}")
        return cls(_near(start))

    def __getnewargs__(self) -> tuple[int]:  # type: ignore[override]
        """What a copy is made from."""
        return (self.start,)

    def __repr__(self) -> str:
        """Print as ``FinancialYear(2014)``."""
        return f"FinancialYear({self.start})"

    @property
    def start(self) -> int:
        """The calendar year in which it starts."""
        return int(self[:4])

    @property
    def next(self) -> "FinancialYear":
        """The year after."""
        return FinancialYear(self.start + 1)

    @property
    def previous(self) -> "FinancialYear":
        """The year before."""
        return FinancialYear(self.start - 1)

    @property
    def first_day(self) -> date:
        """1 April."""
        return date(self.start, APRIL, 1)

    @property
    def last_day(self) -> date:
        """31 March."""
        return date(self.start + 1, APRIL - 1, 31)

    @property
    def months(self) -> tuple["Month", ...]:
        """April to March, in order."""
        first = Month(self.start, APRIL)
        return tuple(first.plus(offset) for offset in range(MONTHS_IN_YEAR))

    def contains(self, day: date) -> bool:
        """Whether ``day`` falls in this year."""
        return self.first_day <= day <= self.last_day


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A calendar month; written ``2014-04``."""

    year: int
    month: int

    def __post_init__(self) -> None:
        if not 1 <= self.month <= MONTHS_IN_YEAR:
            raise ValueError(f"month {self.month} is not between 1 and 12")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2014-04``.

        Raises:
            ValueError: the text is not a year and a month.
        """
        match = _MONTH.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a month such as 2014-04")
        return cls(_near(int(match[1])), int(match[2]))

    def __str__(self) -> str:
        """Print as ``2014-04``."""
        return f"{self.year}-{self.month:02d}"

    @property
    def words(self) -> str:
        """The month as a person writes it: ``April 2014``."""
        return f"{date(self.year, self.month, 1):%B %Y}"

    def plus(self, months: int) -> "Month":
        """The month that is ``months`` later (earlier when negative)."""
        index = self.year * MONTHS_IN_YEAR + self.month - 1 + months
        return Month(index // MONTHS_IN_YEAR, index % MONTHS_IN_YEAR + 1)

    @property
    def financial_year(self) -> FinancialYear:
        """The financial year that the month falls in."""
        return FinancialYear(self.year if self.month >= APRIL else self.year - 1)

    @property
    def number_in_financial_year(self) -> int:
        """1 for April to 12 for March."""
        return (self.month - APRIL) % MONTHS_IN_YEAR + 1


@dataclass(frozen=True, slots=True, order=True)
class Quarter:
    """A quarter of a financial year: Q1 is April to June; written ``2014-15 Q1``."""

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if not 1 <= self.number <= MONTHS_IN_YEAR // MONTHS_IN_QUARTER:
            raise ValueError(f"quarter {self.number} is not between 1 and 4")

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read ``2014-15 Q1``.

        Raises:
            ValueError: the text is not a financial year and a quarter.
        """
        match = _QUARTER.fullmatch(text.strip())
        if match is None:
            raise ValueError(f"{text!r} is not a quarter such as 2014-15 Q1")
        return cls(FinancialYear.parse(match[1]), int(match[2]))

    def __str__(self) -> str:
        """Print as ``2014-15 Q1``."""
        return f"{self.year} Q{self.number}"

    @property
    def months(self) -> tuple[Month, ...]:
        """The three months of the quarter."""
        first = (self.number - 1) * MONTHS_IN_QUARTER
        return self.year.months[first : first + MONTHS_IN_QUARTER]


def _near(year: int) -> int:
    """A calendar year that was read, when a plan can be about it: its neighbours are then years too."""
    if not FIRST_READ <= year <= LAST_READ:
        raise ValueError(f"{year} is not a year from {FIRST_READ} to {LAST_READ}")
    return year
