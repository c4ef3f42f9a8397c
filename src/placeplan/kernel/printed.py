"""Numbers as they stand on a page: a value, and how finely it was printed.

A printed 343,222 stands for anything between 343,221.5 and 343,222.5. Sums of printed numbers can therefore differ from
a printed total without anybody being wrong; how far is the sum of half the resolutions.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

_NUMBER = re.compile(
    r"""^(?P<open>\()?\s*(?P<sign>[-+\u2212])?\s*£?\s*(?P<sign2>[-\u2212])?
        (?P<whole>\d{1,3}(?:,\d{3})+|\d+)(?P<fraction>\.\d+)?\s*(?P<percent>%)?\s*(?P<close>\))?$""",
    re.VERBOSE | re.ASCII,
)
_LONGEST = 40
_MOST_DIGITS = 20
HALF = Decimal("0.5")
ONE = Decimal(1)


@dataclass(frozen=True, slots=True)
class PrintedNumber:
    """A number, its resolution and how it was written.

    The resolution is the size of the last digit that was printed: 1 for 343,222; 0.1 for 2.4.

    ``percent``: whether it was written with a per cent sign; the value stays in per cent (2.7 for ``2.7%``).
    """

    value: Decimal
    resolution: Decimal
    text: str
    percent: bool = False

    def __str__(self) -> str:
        """Print as it was written."""
        return self.text

    @property
    def tolerance(self) -> Decimal:
        """How far the true value may lie from the printed one: half the resolution."""
        return self.resolution * HALF


def parse_printed(text: str) -> PrintedNumber | None:
    """Read a number as printed: thousands commas in threes, a minus or brackets for negative, an optional pound sign.

    A per cent sign is allowed and keeps the number in per cent (``2.7%`` is 2.7). ``None`` when the text is not such a
    number: commas out of place, letters, several numbers, more than 40 characters, or more than 20 digits, for sums of
    longer ones would no longer be exact.
    """
    if len(text) > _LONGEST or (len(text) > _MOST_DIGITS and sum(map(str.isdecimal, text)) > _MOST_DIGITS):
        return None
    if text.isascii() and text.removeprefix("-").isdecimal():
        return PrintedNumber(Decimal(text), ONE, text)
    match = _NUMBER.match(text)
    if match is None or bool(match["open"]) != bool(match["close"]):
        return None
    signs = [sign for sign in (match["open"], match["sign"], match["sign2"]) if sign and sign != "+"]
    if len(signs) > 1:
        return None
    fraction = match["fraction"] or ""
    value = Decimal(match["whole"].replace(",", "") + fraction)
    resolution = ONE.scaleb(1 - len(fraction)) if fraction else ONE
    return PrintedNumber(-value if signs else value, resolution, text, percent=match["percent"] is not None)


class Verdict(StrEnum):
    """How a stated number stands to the derived one."""

    EXACT = "exact"
    WITHIN_ROUNDING = "within rounding"
    FAILS = "fails"


def reconcile(stated: PrintedNumber, *, derived: Decimal, tolerance: Decimal) -> Verdict:
    """Compare a stated number with a derived one.

    Args:
        stated: the number as printed.
        derived: what the inputs give.
        tolerance: how far the derived value may be off because its own inputs were printed rounded.
    """
    gap = abs(stated.value - derived)
    if gap == 0:
        return Verdict.EXACT
    return Verdict.WITHIN_ROUNDING if gap <= stated.tolerance + tolerance else Verdict.FAILS
