"""References in the text of a plan: which figure a passage quotes, where, and what number is printed there.

Two forms are known. ``{{ finance.primary-care.2014-15.total }}`` is replaced by the figure.
``[£2.4m](figure:finance.x.2014-15.total)`` keeps the number as somebody typed it and ties it to the figure. A minus
before the identifier turns the sign: a deficit of ``[£2.4m](figure:-finance.public-health.2014-15.cumulative)``.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from placeplan.kernel.figures import Figure
from placeplan.kernel.money import MoneyUnit
from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.kernel.wording import PER_CENT

FIGURE_SCHEME = "figure:"
PLACEHOLDER = re.compile(r"\{\{\s*(?P<minus>-?)(?P<figure>[^{}\s]*)\s*\}\}")
_REFERENCE = re.compile(
    rf"{PLACEHOLDER.pattern}|\[(?P<printed>[^\[\]]+)\]\({FIGURE_SCHEME}(?P<minus2>-?)(?P<figure2>[^()\s]*)\)"
)
_NUMBER = r"\d[\d,]*(?:\.\d+)?"
_SCALE = r"(?:\s?(?:k|m|bn|thousand|million|billion)\b)?"
_LOOSE = re.compile(rf"[-\u2212(]?£\s?{_NUMBER}{_SCALE}|{_NUMBER}\s?(?:%|per cent\b)")
_SCALED = re.compile(r"^(?P<number>.*?\d)\s?(?P<scale>k|m|bn|thousand|million|billion)(?P<close>\)?)$")
_SCALES = {
    "k": Decimal(10**3),
    "thousand": Decimal(10**3),
    "m": Decimal(10**6),
    "million": Decimal(10**6),
    "bn": Decimal(10**9),
    "billion": Decimal(10**9),
}
_MONEY = {str(unit): unit.pounds for unit in MoneyUnit}
ONE, HALF = Decimal(1), Decimal("0.5")


class Measure(StrEnum):
    """What a number in the text counts: pounds, per cent, or whatever the figure counts."""

    MONEY = "money"
    PERCENT = "percent"
    PLAIN = "plain"


@dataclass(frozen=True, slots=True)
class TypedAmount:
    """A number as typed in a text. ``scale`` is what one unit of ``number`` stands for: a million in ``£2.4m``."""

    number: PrintedNumber
    scale: Decimal
    measure: Measure

    @property
    def value(self) -> Decimal:
        """The number in pounds, per cent or single things."""
        return self.number.value * self.scale

    @property
    def tolerance(self) -> Decimal:
        """How far the true number may lie from it: half of its last digit."""
        return self.number.resolution * HALF * self.scale


@dataclass(frozen=True, slots=True)
class Reference:
    """One quotation of a figure. ``printed`` is the typed text, empty where the figure itself is put in."""

    figure: str
    negative: bool
    printed: str
    line: int
    column: int


@dataclass(frozen=True, slots=True)
class LooseNumber:
    """An amount of money or a percentage that is tied to no figure."""

    text: str
    line: int
    column: int


def references(text: str) -> Iterator[Reference]:
    """The references in a text, in order."""
    for number, line in enumerate(text.splitlines(), start=1):
        for match in _REFERENCE.finditer(line) if "{{" in line or "](figure:" in line else ():
            figure = match["figure"] if match["figure"] is not None else match["figure2"]
            negative = bool(match["minus"] or match["minus2"])
            yield Reference(figure, negative, match["printed"] or "", number, match.start() + 1)


def loose_numbers(text: str) -> Iterator[LooseNumber]:
    """Amounts of money and percentages outside of references, in order."""
    for number, line in enumerate(text.splitlines(), start=1):
        bare = _REFERENCE.sub(lambda match: " " * len(match[0]), line)
        for match in _LOOSE.finditer(bare) if "£" in bare or "%" in bare or "per cent" in bare else ():
            yield LooseNumber(match[0].lstrip("("), number, match.start() + 1)


def typed_amount(text: str) -> TypedAmount | None:
    """Read ``£2.4m``, ``£1,544,190``, ``2.4%``, ``(2.4)``, ``421`` or ``1.4 million``; nothing when it is none of
    these.
    """
    words = text.strip().replace(" per cent", "%")
    scaled = _SCALED.match(words)
    scale = _SCALES[scaled["scale"]] if scaled else ONE
    number = parse_printed(f"{scaled['number']}{scaled['close']}" if scaled else words)
    if number is None:
        return None
    if number.percent:
        return TypedAmount(number, ONE, Measure.PERCENT)
    return TypedAmount(number, scale, Measure.MONEY if "£" in words else Measure.PLAIN)


def agrees(typed: TypedAmount, figure: Figure, *, negative: bool) -> bool:
    """Whether a typed number says of a figure what the figure is, within the digits that were typed.

    A number without a pound sign or a scale counts in the unit of the figure. A figure that is not known
    contradicts nothing.
    """
    if figure.value is None:
        return True
    gap = _gap(typed, figure, negative=negative)
    return gap is not None and abs(gap) <= typed.tolerance + figure.tolerance * _factor(typed, figure)


def is_cut_off(typed: TypedAmount, figure: Figure, *, negative: bool) -> bool:
    """Whether a typed number is the figure cut off and not rounded: £2.7m for 2,772 thousand."""
    gap = _gap(typed, figure, negative=negative)
    return gap is not None and abs(gap) < typed.tolerance * 2 and typed.value * gap >= 0


def _factor(typed: TypedAmount, figure: Figure) -> Decimal:
    """What one unit of the figure stands for beside the typed number."""
    own_unit = typed.measure is Measure.PLAIN and typed.scale == ONE
    return ONE if own_unit else _MONEY.get(figure.unit) or _SCALES.get(figure.unit, ONE)


def _gap(typed: TypedAmount, figure: Figure, *, negative: bool) -> Decimal | None:
    """Figure less typed number; nothing when they cannot be compared, or the figure is not known."""
    if figure.value is None or (typed.measure is Measure.PERCENT) is not (figure.unit == PER_CENT):
        return None
    return (-figure.value if negative else figure.value) * _factor(typed, figure) - typed.value
