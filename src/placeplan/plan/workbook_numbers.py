"""Numbers in a worksheet: a cell keeps a value and a number format, a plan keeps a number as printed.

A printed number is written as a number only when value and format give exactly the same text back; otherwise it is
written as text.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

from placeplan.plan.cells import PER_CENT

GENERAL = "General"
TEXT_FORMAT = "@"
MOST_DIGITS = 15  # what a spreadsheet keeps of a number
COMMAS_COUNT = "_)"  # ends a format whose commas stand on the page; the commas of #,##0 only stand on the screen
_CANONICAL = re.compile(
    r"^(?P<open>\()?(?P<sign>-)?(?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?:\.(?P<fraction>\d+))?(?P<percent>%)?(?P<close>\))?$",
    re.ASCII,
)
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]|_.|\*.')
_PLACES = re.compile(r"[0#?]\.([0#?]+)")


@dataclass(frozen=True, slots=True)
class NumberCell:
    """A number as a worksheet holds it."""

    value: int | float
    number_format: str


def number_cell(text: str) -> NumberCell | None:
    """The cell that reads back as ``text``, or nothing when no cell surely does."""
    match = _CANONICAL.match(text)
    if match is None or sum(character.isdigit() for character in text) > MOST_DIGITS:
        return None
    places = len(match["fraction"] or "")
    exact = Decimal(f"{match['whole'].replace(',', '')}.{match['fraction'] or '0'}")
    negative = bool(match["sign"] or match["open"])
    scaled = exact / PER_CENT if match["percent"] else exact
    signed = -scaled if negative else scaled
    cell = NumberCell(
        int(signed) if signed == signed.to_integral_value() else float(signed),
        _format(places, grouped="," in text, percent=bool(match["percent"]), brackets=bool(match["open"])),
    )
    return cell if printed(cell.value, cell.number_format) == text else None


def _format(places: int, *, grouped: bool, percent: bool, brackets: bool) -> str:
    whole = "#,##0" if grouped or not brackets else "0"
    shown = f"{whole}.{'0' * places}" if places else whole
    if percent:
        shown += "%"
    positive = f"{shown}{COMMAS_COUNT}" if grouped else shown
    return f"{positive};({shown})" if brackets else positive


def printed(value: int | float, number_format: str) -> str:
    """The text that a numeric cell stands for: every digit that it holds, and zeros as its format adds them.

    A format never takes a digit away: 1234.5 formatted ``#,##0`` reads as ``1234.5``.
    """
    exact = Decimal(value if isinstance(value, int) else f"{value:.{MOST_DIGITS}g}")
    shape = _shape(number_format)
    if shape.percent:
        exact *= PER_CENT
    size = _digits(abs(exact), shape.places, grouped=shape.commas) + ("%" if shape.percent else "")
    if exact >= 0:
        return size
    return f"({size})" if shape.brackets else f"-{size}"


class _Shape(NamedTuple):
    """What a number format adds to a number."""

    places: int
    percent: bool
    commas: bool
    brackets: bool


@lru_cache(maxsize=1024)
def _shape(number_format: str) -> _Shape:
    positive, *others = _QUOTED.sub("", number_format).split(";")
    commas = "," in positive and number_format.partition(";")[0].endswith(COMMAS_COUNT)
    places = _PLACES.search(positive)
    return _Shape(
        places[1].count("0") if places else 0,
        percent=positive.count("%") == 1,
        commas=commas,
        brackets=bool(others) and "(" in others[-1],
    )


def _digits(size: Decimal, places: int, *, grouped: bool) -> str:
    whole, _, fraction = f"{size:f}".partition(".")
    shown = fraction.rstrip("0").ljust(places, "0")
    if grouped and whole.isdigit():
        whole = f"{Decimal(whole):,f}"
    return f"{whole}.{shown}" if shown else whole
