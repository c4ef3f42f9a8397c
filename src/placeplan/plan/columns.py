"""Columns of a plan's tables: what may stand in them, and how a text becomes a value.

A table of the plan is a frozen dataclass whose fields are declared with :func:`column`. That one declaration drives the
CSV reader and writer, the worksheets with their validation lists, the folder that ``placeplan new`` writes, and the
reference page.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from placeplan.kernel.periods import FinancialYear, Month
from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.plan.cells import CELL_EXPECTED, FIGURE_ID, Cell, parse_cell

LONGEST_TEXT = 20_000
_IDENTIFIER = re.compile(r"^[a-z0-9]+(?:-[a-z0-9]+)*$")
_CODE = re.compile(r"^[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*$")
_ISO_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}\Z", re.ASCII)
_YES_NO = {"yes": True, "no": False}
MOST_MONTHS = 240
_SCORES = ("1", "2", "3", "4", "5")


@dataclass(frozen=True, slots=True)
class Kind:
    """What a column holds.

    ``parse`` turns a text that is not blank into a value, or raises ``ValueError``; ``expected`` completes "Expected
    …".
    """

    name: str
    parse: Callable[[str], Any]
    expected: str
    choices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its heading, kind, whether it must be filled and whether it is part of the row's key.

    ``refers_to`` names the list that the value must be found in (``service``).
    """

    name: str
    kind: Kind
    title: str
    required: bool = False
    key: bool = False
    refers_to: str = ""

    @property
    def by_year(self) -> bool:
        """Whether this stands for one column a year."""
        return self.kind is CELLS


def column(kind: Kind, title: str, *, required: bool = False, key: bool = False, refers_to: str = "") -> Any:
    """Declare a field of a row dataclass as a column of its table."""
    return field(metadata={"column": (kind, title, required, key, refers_to)})


def _text(text: str) -> str:
    if len(text) > LONGEST_TEXT:
        raise ValueError(f"{len(text):,} characters")
    return text


def _identifier(text: str) -> str:
    if not _IDENTIFIER.match(text):
        raise ValueError(text)
    return text


def _code(text: str) -> str:
    if not _CODE.match(text):
        raise ValueError(text)
    return text


def _identifiers(text: str) -> tuple[str, ...]:
    return tuple(_identifier(part) for part in text.split())


def _number(text: str) -> PrintedNumber:
    number = parse_printed(text)
    if number is None or number.percent:
        raise ValueError(text)
    return number


def _percentage(text: str) -> PrintedNumber:
    number = parse_printed(text)
    if number is None or not number.percent:
        raise ValueError(text)
    return number


def _measured(text: str) -> PrintedNumber:
    number = parse_printed(text)
    if number is None:
        raise ValueError(text)
    return number


def _cell(text: str) -> Cell:
    cell = parse_cell(text)
    if cell is None:
        raise ValueError(text)
    return cell


def _figure(text: str) -> str:
    if not FIGURE_ID.match(text):
        raise ValueError(text)
    return text


def _flag(text: str) -> bool:
    return _YES_NO[text.lower()] if text.lower() in _YES_NO else _refuse(text)


def _refuse(text: str) -> Any:
    raise ValueError(text)


def _score(text: str) -> int:
    if text not in _SCORES:
        raise ValueError(text)
    return int(text)


def _months(text: str) -> int:
    if not (text.isascii() and text.isdigit() and len(text) <= len(str(MOST_MONTHS)) and int(text) <= MOST_MONTHS):
        raise ValueError(text)
    return int(text)


def _day(text: str) -> date:
    if not _ISO_DAY.match(text):
        raise ValueError(text)
    return date.fromisoformat(text)


def _shares(text: str) -> tuple[PrintedNumber, ...]:
    shares = tuple(_percentage(part) for part in text.split())
    if len(shares) != MONTHS:
        raise ValueError(text)
    return shares


MONTHS = 12

TEXT = Kind("text", _text, f"text of at most {LONGEST_TEXT:,} characters")
IDENTIFIER = Kind("identifier", _identifier, "a short name in small letters, digits and hyphens, such as primary-care")
IDENTIFIERS = Kind(
    "identifiers", _identifiers, "short names in small letters, digits and hyphens, with spaces between them"
)
CODE = Kind("code", _code, "a code of letters, digits and hyphens, such as EF26 or rtt-18-weeks")
CELLS = Kind("cell", _cell, CELL_EXPECTED)
NUMBER = Kind("number", _number, "a number such as 1,234.5 or (1,234.5), without a per cent sign")
PERCENTAGE = Kind("percentage", _percentage, "a percentage such as 85%")
MEASURED = Kind("number or percentage", _measured, "a number such as 1,234.5, (1,234.5) or 85%")
FIGURE = Kind("figure", _figure, "the identifier of a figure, such as finance.primary-care.2014-15.total")
FLAG = Kind("flag", _flag, "yes or no", ("yes", "no"))
SCORE = Kind("score", _score, "a whole number from 1 to 5", _SCORES)
COUNT_OF_MONTHS = Kind("months", _months, f"a whole number of months, at most {MOST_MONTHS}")
DATE = Kind("date", _day, "a date such as 2014-04-01")
MONTH = Kind("month", Month.parse, "a month such as 2014-04")
YEAR = Kind("year", FinancialYear.parse, "a financial year such as 2014-15")
MONTHLY_SHARES = Kind("monthly shares", _shares, "twelve percentages from April to March with spaces between them")


def choice(choices: type[StrEnum]) -> Kind:
    """A kind that holds one word of a closed list."""
    words = tuple(str(member) for member in choices)
    return Kind("choice", choices, f"one of {', '.join(words)}", words)
