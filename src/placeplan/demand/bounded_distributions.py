"""Beliefs with a least and a greatest value.

Sources: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, volume 2, 1995 (moments); Malcolm and
others, Operations Research 1959;7:646 (PERT).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import comb, isfinite

import numpy as np
from scipy import special

from placeplan.demand.activity import FloatArray
from placeplan.demand.distribution import Distribution, range_problems

PERT_SHAPE = 4.0
NEXT_TO_NOTHING = 1e-100


@dataclass(frozen=True, slots=True)
class Fixed(Distribution):
    """One value, without doubt."""

    value: float

    @property
    def low(self) -> float:
        """The value."""
        return self.value

    @property
    def high(self) -> float:
        """The value."""
        return self.value

    def raw_moment(self, order: int) -> float:
        """The power of the value."""
        return float(self.value**order)

    def _quantile(self, shares: FloatArray) -> FloatArray:
        return np.full(shares.shape, float(self.value))

    def _problems(self) -> Iterator[str]:
        if not isfinite(self.value):
            yield f"the value is {self.value}; expected a finite number"


class _FromLeastToMost(Distribution):
    """A belief with ``least`` and ``most`` among its parameters."""

    least: float
    most: float

    @property
    def low(self) -> float:
        """The least value."""
        return self.least

    @property
    def high(self) -> float:
        """The greatest value."""
        return self.most


@dataclass(frozen=True, slots=True)
class Uniform(_FromLeastToMost):
    """Every value between two is as likely."""

    least: float
    most: float

    def raw_moment(self, order: int) -> float:
        """Mean of the products of powers of the two ends."""
        return sum(self.least**left * self.most ** (order - left) for left in range(order + 1)) / (order + 1)

    def _quantile(self, shares: FloatArray) -> FloatArray:
        return self.least + (self.most - self.least) * shares

    def _problems(self) -> Iterator[str]:
        yield from range_problems(self.least, self.most)


@dataclass(frozen=True, slots=True)
class Triangular(_FromLeastToMost):
    """From a least value straight up to the most likely one and straight down to the greatest."""

    least: float
    mode: float
    most: float

    def raw_moment(self, order: int) -> float:
        """Mean of the products of powers of the three corners (its density is a linear B-spline)."""
        corners = (self.least, self.mode, self.most)
        total = sum(
            corners[0] ** first * corners[1] ** second * corners[2] ** (order - first - second)
            for first in range(order + 1)
            for second in range(order + 1 - first)
        )
        return total / comb(order + 2, 2)

    def _quantile(self, shares: FloatArray) -> FloatArray:
        width, rise, fall = self.most - self.least, self.mode - self.least, self.most - self.mode
        up = self.least + np.sqrt(shares * width * rise)
        down = self.most - np.sqrt((1 - shares) * width * fall)
        return np.where(shares * width <= rise, up, down)

    def _problems(self) -> Iterator[str]:
        yield from range_problems(self.least, self.most, mode=self.mode)


@dataclass(frozen=True, slots=True)
class Beta(_FromLeastToMost):
    """A beta distribution, stretched from ``least`` to ``most``."""

    alpha: float
    beta: float
    least: float = 0.0
    most: float = 1.0

    def raw_moment(self, order: int) -> float:
        """From the moments of the beta distribution on 0 to 1."""
        width = self.most - self.least
        return sum(
            comb(order, power) * self.least ** (order - power) * width**power * self._unit_moment(power)
            for power in range(order + 1)
        )

    @property
    def variance(self) -> float:
        """In closed form, without the difference of two large numbers."""
        total = self.alpha + self.beta
        return (self.most - self.least) ** 2 * self.alpha * self.beta / (total**2 * (total + 1))

    def _unit_moment(self, order: int) -> float:
        found = 1.0
        for step in range(order):
            found *= (self.alpha + step) / (self.alpha + self.beta + step)
        return found

    def _quantile(self, shares: FloatArray) -> FloatArray:
        # SciPy has no number for shares as small as 1e-200. Such a share is the least value, to every digit.
        unit = special.betaincinv(self.alpha, self.beta, np.where(shares < NEXT_TO_NOTHING, 0.0, shares))
        return np.asarray(self.least + (self.most - self.least) * unit)

    def _problems(self) -> Iterator[str]:
        yield from range_problems(self.least, self.most)
        for name in ("alpha", "beta"):
            value = getattr(self, name)
            if not (value > 0 and isfinite(value)):
                yield f"{name} is {value:g}; expected more than 0"


@dataclass(frozen=True, slots=True)
class Pert(_FromLeastToMost):
    """Least, most likely and greatest value joined by a beta distribution; the usual ``shape`` is 4."""

    least: float
    mode: float
    most: float
    shape: float = PERT_SHAPE

    @property
    def variance(self) -> float:
        """That of the beta distribution behind it."""
        return 0.0 if self.is_fixed else self._beta.variance

    def raw_moment(self, order: int) -> float:
        """Those of the beta distribution behind it."""
        return float(self.mode**order) if self.is_fixed else self._beta.raw_moment(order)

    @property
    def _beta(self) -> Beta:
        width = self.most - self.least
        left, right = (self.mode - self.least) / width, (self.most - self.mode) / width
        return Beta(1 + self.shape * left, 1 + self.shape * right, self.least, self.most)

    def _quantile(self, shares: FloatArray) -> FloatArray:
        return np.full(shares.shape, float(self.mode)) if self.is_fixed else self._beta.quantile(shares)

    def _problems(self) -> Iterator[str]:
        yield from range_problems(self.least, self.most, mode=self.mode)
        if not (self.shape > 0 and isfinite(self.shape)):
            yield f"the shape is {self.shape:g}; expected more than 0, usually {PERT_SHAPE:g}"
