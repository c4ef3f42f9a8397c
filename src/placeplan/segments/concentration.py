"""How spend is spread over people: the Lorenz curve and the Gini coefficient, without taking a person out.

The engine counts people in bins of spend: up to 999 pence each amount is a bin, above it amounts that share their first
three digits. Bins are in order of spend, so the curve at their borders is exact; within a bin it is bounded.
"""

from bisect import bisect_left
from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction
from itertools import accumulate, pairwise

import narwhals.stable.v2 as nw

from placeplan.segments.engine import Frame
from placeplan.segments.features import SPEND
from placeplan.segments.results import PEOPLE

BIN = "from_pence"
_DIGITS, _MOST_DIGITS = 3, 15


def width_of(pence: int) -> int:
    """How many amounts share the bin of an amount."""
    return int(10 ** max(0, len(str(pence)) - _DIGITS))


def spend_bins(people: Frame) -> Frame:
    """Whole numbers of people and pence for each bin that occurs, by its lowest amount.

    Args:
        people: one row a person, with ``spend_pence``, none below zero.
    """
    spend = nw.col(SPEND)
    width = nw.lit(1)
    for digits in range(_DIGITS + 1, _MOST_DIGITS + 1):
        width = nw.when(spend >= 10 ** (digits - 1)).then(nw.lit(10 ** (digits - _DIGITS))).otherwise(width)
    binned = people.select(SPEND, width.alias("width")).with_columns((spend - spend % nw.col("width")).alias(BIN))
    found = binned.group_by(BIN).agg(nw.len().alias(PEOPLE), nw.col(SPEND).sum())
    return found.select(nw.col(BIN, PEOPLE, SPEND).cast(nw.Int64)).sort(BIN)


@dataclass(frozen=True, slots=True)
class SpendBin:
    """People whose spend lies in a bin: its lowest amount, how many they are, and what they cost together."""

    from_pence: int
    people: int
    spend_pence: int


@dataclass(frozen=True)
class SpendConcentration:
    """Spend by people in order of what they cost.

    Attributes:
        bins: cheapest first.
        people: how many there are.
        spend_pence: what they cost.

    Raises:
        ValueError: bins are out of order, or an amount does not belong to its bin.
    """

    bins: tuple[SpendBin, ...]

    def __post_init__(self) -> None:
        starts = [one.from_pence for one in self.bins]
        if starts != sorted(set(starts)) or any(start < 0 for start in starts):
            message = "bins of spend must be in order and not below zero"
            raise ValueError(message)
        for one in self.bins:
            last = one.from_pence + width_of(one.from_pence) - 1
            if not one.people or not one.from_pence * one.people <= one.spend_pence <= last * one.people:
                message = (
                    f"{one.people:,} people with {one.spend_pence:,} pence are not in the bin from {one.from_pence:,}"
                )
                raise ValueError(message)

    @property
    def people(self) -> int:
        """How many people there are."""
        return sum(one.people for one in self.bins)

    @property
    def spend_pence(self) -> int:
        """What they cost together."""
        return sum(one.spend_pence for one in self.bins)

    @property
    def points(self) -> tuple[tuple[Fraction, Fraction], ...]:
        """The Lorenz curve: the share of people, cheapest first, and their share of spend. Empty without spend."""
        people, spend = self.people, self.spend_pence
        if not spend:
            return ()
        some = accumulate(one.people for one in self.bins)
        theirs = accumulate(one.spend_pence for one in self.bins)
        zero = Fraction(0)
        return ((zero, zero), *((Fraction(n, people), Fraction(s, spend)) for n, s in zip(some, theirs, strict=True)))

    @property
    def gini(self) -> tuple[float, float] | None:
        """The Gini coefficient: not below the first and not above the second. None without spend.

        The first takes all people of a bin to cost the same, the second puts them at its two ends.
        """
        points = self.points
        if not points:
            return None
        area = sum(((b[0] - a[0]) * (a[1] + b[1]) for a, b in pairwise(points)), Fraction(0))
        low = 1 - area
        return float(low), float(low + sum((_inside(one) for one in self.bins), Fraction(0)) / self._scale)

    @property
    def _scale(self) -> int:
        return self.people * self.spend_pence

    def share_of_dearest(self, share: Fraction) -> tuple[float, float] | None:
        """The share of spend of so large a share of people, dearest first: not below the first, not above the second.

        Both are the same at a border of bins. None without spend.

        Raises:
            ValueError: the share is not between 0 and 1.
        """
        if not 0 <= share <= 1:
            message = f"a share of people of {float(share):g}: expected 0 to 1"
            raise ValueError(message)
        if not self.spend_pence:
            return None
        wanted, above = share * self.people, list(accumulate((one.people for one in reversed(self.bins)), initial=0))
        number = bisect_left(above, wanted)
        whole = list(reversed(self.bins))[: max(0, number - 1)]
        spend = sum(one.spend_pence for one in whole)
        if not number:
            return 0.0, 0.0
        part = list(reversed(self.bins))[number - 1]
        some = wanted - above[number - 1]
        least, most = _part_of(part, some)
        return float(Fraction(spend + least, self.spend_pence)), float(Fraction(spend + most, self.spend_pence))


def _inside(one: SpendBin) -> Fraction:
    """The most that the differences inside a bin can add to the Gini coefficient, times people and spend.

    Of so many people between two amounts, with the mean that they have, differences are largest when all are at the
    two ends.
    """
    width = width_of(one.from_pence) - 1
    if not width:
        return Fraction(0)
    over = one.spend_pence - one.from_pence * one.people
    return Fraction(over * (width * one.people - over), width)


def _part_of(one: SpendBin, people: Fraction) -> tuple[Fraction, Fraction]:
    """The least and the most that the dearest so many people of a bin can cost."""
    mean = Fraction(one.spend_pence, one.people)
    last = one.from_pence + width_of(one.from_pence) - 1
    left = one.people - people
    return people * mean, min(people * last, one.spend_pence - left * one.from_pence)


def concentration_of(rows: Iterable[tuple[int, int, int]]) -> SpendConcentration:
    """The bins that an engine counted, in the order of ``spend_bins``.

    Raises:
        ValueError: as ``SpendConcentration``.
    """
    return SpendConcentration(tuple(SpendBin(*row) for row in rows))
