"""Delayed transfers of care: what lost bed days are in beds, and whether printed growth rests on one series.

A document prints growth as a percentage and a count, year after year, and leaves out what it grew from. Each pair
implies a base: +1,327 that is 18.8% grew from about 7,059. A chain of pairs is one series only if each base is the one
before with its count added, within what the printed percentage rounds away.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from math import ceil, floor

import numpy.typing as npt

from placeplan.capacity.arrays import CapacityInputError, FloatArray
from placeplan.capacity.beds import DAYS_IN_YEAR, beds_at_occupancy
from placeplan.kernel.printed import PrintedNumber, Verdict

PER_CENT = 100


def beds_lost(
    bed_days_lost: npt.ArrayLike, *, days: npt.ArrayLike = DAYS_IN_YEAR, occupancy: npt.ArrayLike = 1.0
) -> FloatArray:
    """Beds that delayed people are in, on average; at an occupancy below 1 the beds that could be closed for them.

    Raises:
        CapacityInputError: bed days are negative, or an occupancy is 0 or above 1.
    """
    return beds_at_occupancy(bed_days_lost, occupancy=occupancy, days=days)


@dataclass(frozen=True, slots=True)
class Change:
    """A change with the base that it is a change of."""

    before: Decimal
    after: Decimal

    @property
    def count(self) -> Decimal:
        """What was added; negative where it fell."""
        return self.after - self.before

    @property
    def share(self) -> Decimal | None:
        """The count as a share of the base; nothing where the base is 0."""
        return self.count / self.before if self.before else None

    def __str__(self) -> str:
        """Print as ``7,059 to 8,386 (+1,327, +18.8% of 7,059)``."""
        share = "no percentage of 0" if self.share is None else f"{self.share * PER_CENT:+,.1f}% of {self.before:,f}"
        return f"{self.before:,f} to {self.after:,f} ({self.count:+,f}, {share})"


@dataclass(frozen=True, slots=True)
class Between:
    """The whole numbers from ``low`` to ``high``, both included; ``high`` is nothing where there is no upper end."""

    low: int
    high: int | None

    @property
    def holds_none(self) -> bool:
        """Whether no whole number lies in it."""
        return self.high is not None and self.high < self.low

    def meet(self, other: "Between") -> "Between":
        """What lies in both."""
        ends = [one.high for one in (self, other) if one.high is not None]
        return Between(max(self.low, other.low), min(ends, default=None))

    def moved(self, by: int) -> "Between":
        """Every number with a count added."""
        return Between(self.low + by, None if self.high is None else self.high + by)

    def __str__(self) -> str:
        """Print as ``7,040 to 7,077``, ``259``, or ``no whole number``."""
        if self.high is None:
            return f"{self.low:,} or more"
        if self.holds_none:
            return "no whole number"
        return f"{self.low:,}" if self.low == self.high else f"{self.low:,} to {self.high:,}"


@dataclass(frozen=True, slots=True)
class StatedChange:
    """Growth over one period as a document prints it: a whole count, taken as exact, and a rounded percentage."""

    period: str
    count: int
    per_cent: PrintedNumber

    def __post_init__(self) -> None:
        if self.count == 0:
            raise CapacityInputError(f"{self.period}: no base can be told from a count of 0.")
        if self.count * self.per_cent.value < 0:
            message = f"{self.period}: a count of {self.count:+,} and {self.per_cent.value:f}% go opposite ways"
            raise CapacityInputError(f"{message}; look at their signs.")
        if self.per_cent.value + self.per_cent.tolerance < -PER_CENT:
            raise CapacityInputError(f"{self.period}: {self.per_cent.value:f}% takes away more than there was.")

    @property
    def base(self) -> Between:
        """What the count can be a change of, given what the printed percentage rounds away."""
        size, half = abs(Fraction(self.per_cent.value)), Fraction(self.per_cent.tolerance)
        count = abs(self.count) * PER_CENT
        return Between(ceil(count / (size + half)), floor(count / (size - half)) if size > half else None)


@dataclass(frozen=True, slots=True)
class ChainLink:
    """One printed change in a chain.

    ``own_base`` is what it implies by itself, ``carried`` what the changes before it lead to (nothing for the first),
    ``base`` what both allow. Where they contradict each other ``base`` holds no number, and the verdict is that the
    link fails.
    """

    change: StatedChange
    own_base: Between
    carried: Between | None

    @property
    def base(self) -> Between:
        """What the change by itself and those before it allow."""
        return self.own_base if self.carried is None else self.own_base.meet(self.carried)

    @property
    def verdict(self) -> Verdict:
        """Whether there is a base that fits; exact where it is the only one that the change by itself allows."""
        if self.base.holds_none:
            return Verdict.FAILS
        return Verdict.EXACT if self.own_base.low == self.own_base.high else Verdict.WITHIN_ROUNDING

    def __str__(self) -> str:
        """Print as a sentence."""
        change = self.change
        said = f"{change.period}: {change.count:+,} at {change.per_cent.value:f}% is a change of {self.own_base}"
        if self.carried is None:
            return f"{said}: {self.verdict}."
        return f"{said}; the changes before it lead to {self.carried}: {self.verdict}."


@dataclass(frozen=True, slots=True)
class ChangeChain:
    """Printed changes of one series, one after another, and the levels that all of them together allow.

    ``levels`` has one interval more than there are changes: before the first, and after each. It is empty where the
    changes cannot belong to one series.
    """

    links: tuple[ChainLink, ...]
    levels: tuple[Between, ...]

    @property
    def verdict(self) -> Verdict:
        """The worst verdict of any link."""
        order = (Verdict.EXACT, Verdict.WITHIN_ROUNDING, Verdict.FAILS)
        return max((link.verdict for link in self.links), key=order.index)


def chained(changes: Sequence[StatedChange]) -> ChangeChain:
    """Whether printed changes, in order of time, can be of one series; and what its levels then are.

    Raises:
        CapacityInputError: there is no change, or a period stands twice.
    """
    periods = [change.period for change in changes]
    if not periods or len(set(periods)) < len(periods):
        raise CapacityInputError("changes: expected at least one, each of another period, in order of time.")
    links: list[ChainLink] = []
    for change in changes:
        links.append(_linked(change, links[-1] if links else None))
    return ChangeChain(tuple(links), _levels(links))


def _linked(change: StatedChange, before: ChainLink | None) -> ChainLink:
    if before is None:
        return ChainLink(change, change.base, None)
    # After a contradiction the chain starts afresh, so that one wrong pair is told once.
    base = before.own_base if before.base.holds_none else before.base
    return ChainLink(change, change.base, base.moved(before.change.count))


def _levels(links: Sequence[ChainLink]) -> tuple[Between, ...]:
    """The last base is the narrowest: it is carried back to the start, since counts are exact."""
    if any(link.verdict is Verdict.FAILS for link in links):
        return ()
    counts = [link.change.count for link in links]
    start = links[-1].base.moved(-sum(counts[:-1]))
    return tuple(start.moved(sum(counts[:number])) for number in range(len(counts) + 1))
