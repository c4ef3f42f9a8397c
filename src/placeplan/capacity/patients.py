"""Who comes to a ward and how long they stay, as distributions that a simulation draws from.

Time is in days. Arrivals are Poisson, at one rate or at a rate that follows the hours of the week.
"""

from dataclasses import dataclass
from typing import ClassVar, Protocol

import numpy as np

from placeplan.capacity.arrays import (
    CapacityInputError,
    FloatArray,
    amounts,
    freeze,
    positive,
    single,
)

HOURS_IN_DAY, DAYS_IN_WEEK = 24, 7
HOURS_IN_WEEK = HOURS_IN_DAY * DAYS_IN_WEEK


class Stay(Protocol):
    """A distribution of length of stay in days."""

    name: ClassVar[str]

    @property
    def mean(self) -> float:
        """Mean stay in days."""

    def drawn(self, chance: np.random.Generator, *, count: int) -> FloatArray:
        """So many stays."""


@dataclass(frozen=True, slots=True)
class ExponentialStay:
    """Stays without memory: however long somebody has stayed, the rest is as long on average."""

    mean: float
    name: ClassVar[str] = "exponential"

    def __post_init__(self) -> None:
        single("mean", positive("mean", self.mean))

    def drawn(self, chance: np.random.Generator, *, count: int) -> FloatArray:
        """So many stays."""
        return chance.exponential(self.mean, count)


@dataclass(frozen=True, slots=True)
class LognormalStay:
    """Stays with a long tail: a few are very long. Given by their own mean and standard deviation in days."""

    mean: float
    deviation: float
    name: ClassVar[str] = "lognormal"

    def __post_init__(self) -> None:
        single("mean", positive("mean", self.mean))
        single("deviation", amounts("deviation", self.deviation))

    def drawn(self, chance: np.random.Generator, *, count: int) -> FloatArray:
        """So many stays; the parameters of the logarithm follow from the two moments."""
        variance = np.log1p((self.deviation / self.mean) ** 2)
        return chance.lognormal(np.log(self.mean) - variance / 2, np.sqrt(variance), count)


@dataclass(frozen=True, slots=True)
class FixedStay:
    """Everybody stays as long."""

    mean: float
    name: ClassVar[str] = "fixed"

    def __post_init__(self) -> None:
        single("mean", positive("mean", self.mean))

    def drawn(self, chance: np.random.Generator, *, count: int) -> FloatArray:  # noqa: ARG002 - nothing is drawn
        """So many stays."""
        return np.full(count, self.mean)


@dataclass(frozen=True, eq=False)
class ObservedStay:
    """Stays drawn from those that were seen, each as likely; a stay of 0 days is allowed."""

    stays: FloatArray
    name: ClassVar[str] = "observed"

    def __post_init__(self) -> None:
        seen = amounts("stays", self.stays)
        if seen.ndim != 1 or not seen.size or not seen.any():
            raise CapacityInputError("stays: expected a list of lengths of stay, at least one of them above 0.")
        object.__setattr__(self, "stays", seen)
        freeze(self)

    @property
    def mean(self) -> float:
        """Mean stay in days."""
        return float(self.stays.mean())

    def drawn(self, chance: np.random.Generator, *, count: int) -> FloatArray:
        """So many stays."""
        return self.stays[chance.integers(0, len(self.stays), count)]


@dataclass(frozen=True, eq=False)
class Arrivals:
    """Poisson arrivals: ``per_day`` on average over a week, which begins on a Monday at midnight.

    ``by_hour`` are 24 weights and ``by_day`` 7; only their proportions count. Without them the rate is constant.
    """

    per_day: float
    by_hour: FloatArray | None = None
    by_day: FloatArray | None = None

    def __post_init__(self) -> None:
        single("per_day", positive("per_day", self.per_day))
        for name, count in (("by_hour", HOURS_IN_DAY), ("by_day", DAYS_IN_WEEK)):
            given = getattr(self, name)
            if given is not None:
                object.__setattr__(self, name, _weights(name, given, count=count))
        freeze(self)

    @property
    def varies(self) -> bool:
        """Whether the rate is not the same at all hours."""
        return self.by_hour is not None or self.by_day is not None

    @property
    def hourly(self) -> FloatArray:
        """The rate per day in each of the 168 hours of the week."""
        hours = np.ones(HOURS_IN_DAY) if self.by_hour is None else self.by_hour
        days = np.ones(DAYS_IN_WEEK) if self.by_day is None else self.by_day
        weights = np.outer(days, hours).ravel()
        return np.asarray(self.per_day * weights / weights.mean())

    def drawn(self, chance: np.random.Generator, *, days: float) -> FloatArray:
        """Times of arrival from 0 to ``days``, in order.

        A count is drawn, then so many points of a process with rate 1, which the inverse of the cumulative rate maps to
        times (Cinlar, Introduction to Stochastic Processes, 1975).
        """
        if not self.varies:
            count = chance.poisson(self.per_day * days)
            return np.sort(chance.random(count)) * days
        clock = np.arange(int(np.ceil(days * HOURS_IN_DAY)) + 1) / HOURS_IN_DAY
        rates = np.resize(self.hourly, len(clock) - 1)
        expected = np.concatenate([[0.0], np.cumsum(rates / HOURS_IN_DAY)])
        until = float(np.interp(days, clock, expected))
        points = np.sort(chance.random(chance.poisson(until))) * until
        return np.interp(points, expected, clock)


def _weights(name: str, given: FloatArray, *, count: int) -> FloatArray:
    weights = amounts(name, given)
    if weights.shape != (count,) or not weights.any():
        raise CapacityInputError(f"{name}: expected {count} weights, at least one of them above 0.")
    return weights
