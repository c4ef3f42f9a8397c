"""How an intervention grows up: the share of its full effect that it has in its first, second and later years."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np

from placeplan.demand.activity import FloatArray
from placeplan.demand.axes import Axes
from placeplan.demand.errors import refuse

FULL = 1.0


@dataclass(frozen=True, slots=True)
class Ramp:
    """Shares of maturity in the years after a start.

    Attributes:
        shares: in the first year, the second, and so on, each from 0 to 1. They do not fall.
        ends: the intervention stops. Then shares may fall, and after the last of them nothing is left; otherwise the
            last one holds for good.

    Raises:
        DemandError: there is no share, one is not between 0 and 1, or they fall and the ramp does not say that it ends.
    """

    shares: tuple[float, ...]
    ends: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "shares", tuple(map(float, self.shares)))
        refuse(self._problems())

    def share(self, years_since_start: int) -> float:
        """The share of maturity so many years after the year of the start: 0 is that year, and below 0 is before it."""
        if years_since_start < 0:
            return 0.0
        if years_since_start < len(self.shares):
            return self.shares[years_since_start]
        return 0.0 if self.ends else self.shares[-1]

    def over(self, count: int, *, start: int) -> FloatArray:
        """Shares of ``count`` years, of which the one at ``start`` (from 0) is the first of the ramp."""
        return np.array([self.share(year - start) for year in range(count)])

    def _problems(self) -> Iterator[str]:
        if not self.shares:
            yield "ramp: expected a share of maturity for at least one year, found none"
        for number, share in enumerate(self.shares, 1):
            if not (isfinite(share) and 0 <= share <= FULL):
                yield f"ramp: the share of year {number} is {share:g}; expected 0 to 1"
        for number, (before, after) in enumerate(pairwise(self.shares), 2):
            if after < before and not self.ends:
                yield (
                    f"ramp: the share falls from {before:g} to {after:g} in year {number}; expected it not to fall, "
                    f"unless the ramp says that it ends"
                )


def maturity(
    ramp: Ramp, axes: Axes, *, start: str, areas: Sequence[str] = (), starts: Mapping[str, str] | None = None
) -> FloatArray:
    """Share of maturity of each area in each year, areas by years.

    Args:
        ramp: from the year of the start.
        axes: whose areas and years.
        start: the year of the start.
        areas: where the intervention is; everywhere when empty. It is 0 elsewhere.
        starts: years of the areas that start in another year.

    Raises:
        DemandError: an area or a year is not on its axis.
    """
    here = axes.positions("areas", tuple(areas)) if areas else tuple(range(len(axes.areas)))
    own = starts or {}
    refuse(f"the area '{area}' is given a start, but the intervention is not there" for area in _strangers(own, areas))
    first = dict.fromkeys(here, axes.position("years", start))
    places = axes.positions("areas", tuple(own))
    first |= dict(zip(places, axes.positions("years", tuple(own.values())), strict=True))
    grown = np.zeros((len(axes.areas), len(axes.years)))
    for place, year in first.items():
        grown[place] = ramp.over(len(axes.years), start=year)
    return grown


def _strangers(starts: Mapping[str, str], areas: Sequence[str]) -> list[str]:
    return [area for area in starts if areas and area not in areas]
