"""Scales and printed numbers: round ends, units in words, and a word where a scale does not start at zero."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import ceil, floor, isfinite, log10
from typing import Any

PER_CENT = ("per cent", "%")
FROM_ZERO_BELOW = 0.2
ROOM = 0.06
ROUND_STEPS = (1, 2, 5, 10)
TICKS = 6
WHOLE = 100.0
EVEN = TINY = 1e-9
NOT_FROM_ZERO = "the scale does not start at zero"


@dataclass(frozen=True, slots=True)
class Scale:
    """The ends of an axis and the step between its marks."""

    low: float
    high: float
    step: float

    @property
    def from_zero(self) -> bool:
        """Whether zero is on it."""
        return self.low <= 0 <= self.high

    def axis(self, title: str, **more: Any) -> dict[str, Any]:
        """An axis with this scale's marks, which says when it does not start at zero."""
        words = title if self.from_zero else f"{title} ({NOT_FROM_ZERO})"
        return {"title": words, "values": list(self.ticks), "format": self.number_format, **more}

    @property
    def ticks(self) -> tuple[float, ...]:
        """Where marks stand."""
        count = round((self.high - self.low) / self.step)
        return tuple(round(self.low + self.step * number, 10) for number in range(count + 1))

    @property
    def number_format(self) -> str:
        """How the engine prints the numbers of the axis."""
        return f",.{places_of(self.step)}f"

    @property
    def domain(self) -> Mapping[str, Any]:
        """The scale for the engine."""
        return {"domain": [self.low, self.high], "nice": False, "zero": False}


def scale_of(numbers: Iterable[float | None], *, unit: str = "", from_zero: bool = False) -> Scale:
    """A scale with round ends that holds all numbers, with some room; per cents stay between 0 and 100.

    It starts at zero when the lowest number is near it in comparison with the highest.
    """
    known = [_not_tiny(number) for number in numbers if number is not None and isfinite(number)] or [0.0, 1.0]
    lowest, highest = min(known), max(known)
    low, high = lowest, highest
    if from_zero or 0 <= low <= FROM_ZERO_BELOW * high:
        low = min(low, 0.0)
    room = (high - low or abs(high) or 1.0) * ROOM
    step = _round_step((high - low + 2 * room) / TICKS)
    low = 0.0 if low == 0 else floor((low - room) / step) * step
    high = 0.0 if high == 0 and low < 0 else ceil((high + room) / step) * step
    if lowest >= 0:
        low = max(low, 0.0)
    if is_per_cent(unit) and highest <= WHOLE < high:
        low, high = max(WHOLE - ceil((WHOLE - low) / step) * step, 0.0), WHOLE
        step = step if (high - low) % step < EVEN else WHOLE / 5
    return Scale(round(low, 10), round(high, 10), step)


def _not_tiny(number: float) -> float:
    return 0.0 if abs(number) < TINY else number


def _round_step(step: float) -> float:
    size = 10.0 ** floor(log10(step))
    return next(one * size for one in ROUND_STEPS if one * size >= step * 0.999999)


def places_of(step: float) -> int:
    """How many decimal places numbers need that are this far apart."""
    places = 0
    while places < 6 and abs(step * 10**places - round(step * 10**places)) > 1e-6:
        places += 1
    return places


def is_per_cent(unit: str) -> bool:
    """Whether a unit is per cent."""
    return unit.strip().lower() in PER_CENT


def printed(number: float | None, unit: str = "") -> str:
    """A number for a sentence, with its unit; three figures that matter, per cents with one decimal place."""
    if number is None:
        return "not known"
    if is_per_cent(unit):
        return f"{number:.{2 if abs(number) < 1 and number else 1}f}%"
    words = bare(number)
    return f"{words} {unit}" if unit else words


def bare(number: float) -> str:
    """A number with about three figures that matter."""
    size = abs(number)
    places = 0 if size >= 1000 or float(number).is_integer() else 1 if size >= 10 else 2 if size >= 1 else 3
    return f"{number:,.{places}f}"


def number_or_none(number: float | None) -> float | None:
    """A number for the engine: unknown instead of NaN or infinite."""
    return float(number) if number is not None and isfinite(number) else None


def sentence(words: str) -> str:
    """Words that begin with a capital."""
    return words[:1].upper() + words[1:]


def how_many(count: int, one: str, *, many: str = "") -> str:
    """A count and its noun: ``1 area``, ``13 areas``."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"
