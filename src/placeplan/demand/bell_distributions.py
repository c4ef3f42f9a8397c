"""Beliefs stated by an interval that holds most outcomes: normal, also with ends cut off, and lognormal.

Source: Johnson, Kotz and Balakrishnan, Continuous Univariate Distributions, volume 1, 1994 (moments, truncation).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import exp, inf, isfinite, log, pi, sqrt
from typing import Self

import numpy as np
from scipy import special

from placeplan.demand.activity import FloatArray
from placeplan.demand.distribution import Distribution, range_problems
from placeplan.demand.errors import refuse

USUAL_SHARE = 0.8
LEAST_LEFT = 1e-9


@dataclass(frozen=True, slots=True)
class Normal(Distribution):
    """A normal distribution; with ``at_least`` or ``at_most``, what lies beyond is cut off and the rest scaled up.

    ``centre`` and ``spread`` are mean and standard deviation before anything is cut off.
    """

    centre: float
    spread: float
    at_least: float = -inf
    at_most: float = inf

    @classmethod
    def between(
        cls, low: float, high: float, *, share: float = USUAL_SHARE, at_least: float = -inf, at_most: float = inf
    ) -> Self:
        """The normal distribution with ``share`` of the outcomes between two values, as many below as above.

        Raises:
            DemandError: the values are the wrong way round, or the share is not between 0 and 1.
        """
        refuse(f"normal: {problem}" for problem in _interval_problems(low, high, share=share))
        return cls((low + high) / 2, (high - low) / (2 * _standard_score(share)), at_least, at_most)

    @property
    def low(self) -> float:
        """Where it is cut off below."""
        return self.centre if self.spread == 0 else self.at_least

    @property
    def high(self) -> float:
        """Where it is cut off above."""
        return self.centre if self.spread == 0 else self.at_most

    def raw_moment(self, order: int) -> float:
        """By the recursion for a truncated normal distribution."""
        if order == 0 or self.spread == 0:
            return float(self.centre**order)
        below, moment = 0.0, 1.0
        for power in range(1, order + 1):
            step = self.centre * moment + self.spread**2 * (power - 1) * below - self.spread * self._edges(power - 1)
            below, moment = moment, step
        return moment

    @property
    def variance(self) -> float:
        """In closed form where nothing is cut off."""
        whole = self.at_least == -inf and self.at_most == inf
        return self.spread**2 if whole else max(0.0, self.raw_moment(2) - self.raw_moment(1) ** 2)

    def _edges(self, power: int) -> float:
        upper = 0.0 if self.at_most == inf else self.at_most**power * _density(self._score(self.at_most))
        lower = 0.0 if self.at_least == -inf else self.at_least**power * _density(self._score(self.at_least))
        start, end = self._shares
        return (upper - lower) / (end - start)

    def _score(self, value: float) -> float:
        return (value - self.centre) / self.spread

    @property
    def _shares(self) -> tuple[float, float]:
        start, end = special.ndtr([self._score(self.at_least), self._score(self.at_most)])
        return float(start), float(end)

    def _quantile(self, shares: FloatArray) -> FloatArray:
        if self.spread == 0:
            return np.full(shares.shape, float(self.centre))
        start, end = self._shares
        found = self.centre + self.spread * special.ndtri(start + (end - start) * shares)
        return np.asarray(np.clip(found, self.low, self.high))

    def _problems(self) -> Iterator[str]:
        if not isfinite(self.centre):
            yield f"the centre is {self.centre}; expected a finite number"
        if not (self.spread >= 0 and isfinite(self.spread)):
            yield f"the spread is {self.spread:g}; expected 0 or more"
        if self.at_least > self.at_most:
            yield f"it is cut off below {self.at_least:g} and above {self.at_most:g}, so that nothing is left"
        elif self.spread > 0 and isfinite(self.centre) and isfinite(self.spread) and self._nothing_left():
            yield f"next to nothing lies between {self.at_least:g} and {self.at_most:g}"
        elif self.spread == 0 and not self.at_least <= self.centre <= self.at_most:
            yield f"the centre {self.centre:g} lies outside {self.at_least:g} to {self.at_most:g}"

    def _nothing_left(self) -> bool:
        start, end = self._shares
        return end - start < LEAST_LEFT


@dataclass(frozen=True, slots=True)
class LogNormal(Distribution):
    """A value whose logarithm is normal, so that it never falls below 0.

    ``log_centre`` and ``log_spread`` are mean and standard deviation of the logarithm.
    """

    log_centre: float
    log_spread: float

    @classmethod
    def between(cls, low: float, high: float, *, share: float = USUAL_SHARE) -> Self:
        """The lognormal distribution with ``share`` of the outcomes between two values, as many below as above.

        Raises:
            DemandError: a value is not above 0, the values are the wrong way round, or the share is not between 0
                and 1.
        """
        wrong = [*_interval_problems(low, high, share=share)]
        if not low > 0:
            wrong.append(f"the low value is {low:g}; expected more than 0")
        refuse(f"lognormal: {problem}" for problem in wrong)
        return cls((log(low) + log(high)) / 2, (log(high) - log(low)) / (2 * _standard_score(share)))

    @property
    def low(self) -> float:
        """Nothing comes below 0."""
        return exp(self.log_centre) if self.log_spread == 0 else 0.0

    @property
    def high(self) -> float:
        """There is no greatest value."""
        return exp(self.log_centre) if self.log_spread == 0 else inf

    def raw_moment(self, order: int) -> float:
        """From the moment generating function of the logarithm."""
        return exp(order * self.log_centre + order**2 * self.log_spread**2 / 2)

    def _quantile(self, shares: FloatArray) -> FloatArray:
        if self.log_spread == 0:
            return np.full(shares.shape, exp(self.log_centre))
        return np.asarray(np.exp(self.log_centre + self.log_spread * special.ndtri(shares)))

    def _problems(self) -> Iterator[str]:
        if not isfinite(self.log_centre):
            yield f"the centre of the logarithm is {self.log_centre}; expected a finite number"
        if not (self.log_spread >= 0 and isfinite(self.log_spread)):
            yield f"the spread of the logarithm is {self.log_spread:g}; expected 0 or more"


def _interval_problems(low: float, high: float, *, share: float) -> Iterator[str]:
    yield from range_problems(low, high)
    if not 0 < share < 1:
        yield f"the share of outcomes in the interval is {share:g}; expected a share between 0 and 1, such as 0.8"


def _standard_score(share: float) -> float:
    return float(special.ndtri((1 + share) / 2))


def _density(score: float) -> float:
    return exp(-score * score / 2) / sqrt(2 * pi)
