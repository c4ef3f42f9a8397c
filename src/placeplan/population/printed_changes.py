"""Printed changes: so many people, so many per cent, from one year to another, and what they rest on.

A printed change of 22% that is 2,803 people rests on about 12,741 people. Two printed changes from the same year rest
on the same people, so each can be checked by the other: their bases must have a common range, and what lies between
their ends is found by chaining, never by taking one percentage from another.
"""

from dataclasses import dataclass
from decimal import Decimal

from placeplan.kernel.printed import PrintedNumber
from placeplan.population.errors import PopulationError

HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Range:
    """From one number to another, both included."""

    low: Decimal
    high: Decimal

    def common(self, other: "Range") -> "Range | None":
        """What lies in both; None where nothing does."""
        low, high = max(self.low, other.low), min(self.high, other.high)
        return Range(low, high) if low <= high else None

    def holds(self, number: Decimal | float) -> bool:
        """Whether a number lies in it."""
        return self.low <= Decimal(number) <= self.high


@dataclass(frozen=True, slots=True)
class PrintedChange:
    """A change as a document prints it.

    Attributes:
        words: what changes, as printed.
        people: by how many people.
        per_cent: by how many per cent.

    Raises:
        PopulationError: the two do not have the same sign, or a change of 0% is of somebody.
    """

    words: str
    people: PrintedNumber
    per_cent: PrintedNumber

    def __post_init__(self) -> None:
        low = abs(self.per_cent.value) - self.per_cent.tolerance
        if low <= 0:
            raise PopulationError([f"{self.words}: {self.per_cent.text} may be no change; no base follows from it"])
        if (self.people.value < 0) != (self.per_cent.value < 0):
            message = f"{self.words}: {self.people.text} people and {self.per_cent.text} go different ways"
            raise PopulationError([message])

    @property
    def base(self) -> Range:
        """How many people there were before, within the rounding of both numbers."""
        people, share = abs(self.people.value), abs(self.per_cent.value) / HUNDRED
        slack = self.per_cent.tolerance / HUNDRED
        return Range(
            (people - self.people.tolerance) / (share + slack), (people + self.people.tolerance) / (share - slack)
        )

    @property
    def factor(self) -> Range:
        """What the base is multiplied by: 1.215 to 1.225 for 22%."""
        low = (self.per_cent.value - self.per_cent.tolerance) / HUNDRED
        high = (self.per_cent.value + self.per_cent.tolerance) / HUNDRED
        return Range(1 + low, 1 + high)


@dataclass(frozen=True, slots=True)
class ChainedChange:
    """Two printed changes from one year: what they rest on together, and what lies between their ends.

    Attributes:
        first: the change to the earlier end.
        second: the change to the later end.
        base: people in the common first year, by both; None where they cannot rest on the same people.
        between: the factor from the earlier end to the later one, within rounding.
    """

    first: PrintedChange
    second: PrintedChange
    base: Range | None
    between: Range

    @property
    def agrees(self) -> bool:
        """Whether both can rest on the same people."""
        return self.base is not None


def chained(first: PrintedChange, second: PrintedChange) -> ChainedChange:
    """Check two printed changes from the same year by each other."""
    one, other = first.factor, second.factor
    if one.low <= 0:
        raise PopulationError([f"{first.words}: {first.per_cent.text} may leave nobody; nothing can follow from it"])
    between = Range(other.low / one.high, other.high / one.low)
    return ChainedChange(first, second, first.base.common(second.base), between)
