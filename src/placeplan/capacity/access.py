"""Extended access: which share of people is registered where appointments outside core hours are offered.

Practices differ in size, so that 54 of 60 practices are not 90% of people. Where it is known which practices offer, the
share is weighted by list size; where only their number is known, the share lies between bounds.
"""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.capacity.arrays import (
    CapacityInputError,
    FloatArray,
    amounts,
    freeze,
    positive,
    refuse_where,
    shares,
    single,
    whole_numbers,
)

PER_THOUSAND = 1000


@dataclass(frozen=True, eq=False, kw_only=True)
class Coverage:
    """Shares of practices and of people that are covered, by period; ``people`` are those covered."""

    of_practices: FloatArray
    of_people: FloatArray
    people: FloatArray

    def __post_init__(self) -> None:
        freeze(self)


@dataclass(frozen=True, slots=True)
class CoverageBounds:
    """Between which shares the coverage of people lies, and the share of practices."""

    least: float
    most: float
    of_practices: float


def coverage(offered: npt.ArrayLike, *, lists: npt.ArrayLike) -> Coverage:
    """Coverage of practices and of people, by period.

    Args:
        offered: practices x periods: 1 where a practice offers it, 0 where not, or the share of its people.
        lists: people registered with each practice, or practices x periods.

    Raises:
        CapacityInputError: a share cannot be, the shapes do not fit, or nobody is registered.
    """
    share, people = shares("offered", offered), amounts("lists", lists)
    if not share.ndim or not people.ndim or len(share) != len(people):
        raise CapacityInputError(f"offered {share.shape} and lists {people.shape}: expected as many practices in both.")
    if people.ndim < share.ndim:
        people = people[:, np.newaxis]
    total = people.sum(axis=0)
    refuse_where(total == 0, "lists: nobody is registered")
    covered = (share * people).sum(axis=0)
    return Coverage(of_practices=share.mean(axis=0), of_people=covered / total, people=covered)


def coverage_bounds(*, covered: int, practices: int, people: float, smallest: float, largest: float) -> CoverageBounds:
    """Coverage of people where it is not known which practices are covered, but how small and large lists are.

    Args:
        covered: practices that are covered.
        practices: all practices.
        people: registered with all of them.
        smallest: the smallest list.
        largest: the largest list.

    Raises:
        CapacityInputError: more are covered than there are, or so many lists of such sizes cannot add up to the people.
    """
    count = int(single("practices", whole_numbers("practices", practices, least=1)))
    inside = int(single("covered", whole_numbers("covered", covered)))
    everybody = single("people", positive("people", people))
    refuse_where(inside > count, f"covered: {inside:,} practices of {count:,}")
    amounts("smallest", smallest)
    amounts("largest", largest)
    if not count * smallest <= everybody <= count * largest:
        message = f"people: {count:,} lists of {smallest:,g} to {largest:,g} cannot add up to {everybody:,g}"
        raise CapacityInputError(f"{message}; look at the lists.")
    outside = count - inside
    least = max(inside * smallest, everybody - outside * largest)
    most = min(inside * largest, everybody - outside * smallest)
    return CoverageBounds(least / everybody, most / everybody, inside / count)


def minutes_per_thousand(minutes: npt.ArrayLike, *, people: npt.ArrayLike) -> FloatArray:
    """Minutes of appointments a week for each 1,000 people.

    Raises:
        CapacityInputError: minutes are negative, or there are no people.
    """
    return np.asarray(amounts("minutes", minutes) / positive("people", people) * PER_THOUSAND)
