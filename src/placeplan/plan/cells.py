"""Cells of a plan's tables: an amount, a rate, a link to a figure, a word, or blank.

Blank is unknown, never zero, and is represented by ``None``.
"""

import re
from collections.abc import Container
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from placeplan.kernel.printed import PrintedNumber, parse_printed

PER_CENT = Decimal(100)
_LINK = re.compile(r"^(-)?@([a-z0-9]+(?:[.-][a-z0-9]+)*)$")
FIGURE_ID = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*(?:\.[a-z0-9]+(?:-[a-z0-9]+)*)+$")


class Word(StrEnum):
    """The closed list of words that may stand where a number belongs. All of them mean: the number is not known."""

    TO_BE_CONFIRMED = "tbc"
    NOT_AVAILABLE = "not available"
    ILLEGIBLE = "illegible"


@dataclass(frozen=True, slots=True)
class Amount:
    """A number in the unit of the table, as printed."""

    number: PrintedNumber

    def __str__(self) -> str:
        """Print as it was written."""
        return self.number.text


@dataclass(frozen=True, slots=True)
class Rate:
    """A percentage of the line's base, as printed: ``2.7%``."""

    percent: PrintedNumber

    @property
    def fraction(self) -> Decimal:
        """The rate as a fraction of one."""
        return self.percent.value / PER_CENT

    def __str__(self) -> str:
        """Print as it was written."""
        return self.percent.text


@dataclass(frozen=True, slots=True)
class Link:
    """A link to a computed figure, or to its negative."""

    figure: str
    negative: bool

    def named(self, year: object, known: Container[str]) -> str:
        """The identifier of the figure that it points at from the column of a year.

        A link may leave the year out: ``@demand.elective-admissions.saving`` in the column of 2018-19 is
        ``demand.elective-admissions.2018-19.saving``, where there is such a figure and none of the name as written.
        """
        start, _, measure = self.figure.rpartition(".")
        dated = f"{start}.{year}.{measure}"
        return dated if self.figure not in known and dated in known else self.figure

    def __str__(self) -> str:
        """Print as ``@figure`` or ``-@figure``."""
        return f"{'-' if self.negative else ''}@{self.figure}"


Cell = Amount | Rate | Link | Word

CELL_EXPECTED = (
    "a number such as 1,234.5 or (1,234.5), a rate such as 2.7%, a link such as @efficiency.primary-care.2014-15.net, "
    f"one of the words {', '.join(Word)}, or a blank"
)


def parse_cell(text: str) -> Cell | None:
    """Read a cell that is not blank; ``None`` when it is none of the things a cell may be."""
    number = parse_printed(text)
    if number is not None:
        return Rate(number) if number.percent else Amount(number)
    link = _LINK.match(text)
    if link is not None:
        return Link(link[2], negative=link[1] is not None)
    return _WORDS.get(text.lower())


_WORDS: dict[str, Word] = {str(word): word for word in Word}
