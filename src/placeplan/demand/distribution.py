"""What every belief about a number has: a mean, moments, quantiles, and parameters that are checked.

Quantiles turn draws into values (inverse transform), so that one stream of draws serves any belief. Raw moments are
closed forms, so that the expectation of a power of a factor needs no draws.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator
from dataclasses import fields
from math import comb, isfinite

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import FloatArray
from placeplan.demand.errors import DemandError, refuse


class Distribution(ABC):
    """A belief about one number."""

    def __post_init__(self) -> None:
        values = {field.name: getattr(self, field.name) for field in fields(self)}  # type: ignore[arg-type]
        name = type(self).__name__.lower()
        odd = [
            f"{name}: {key} is {value!r}; expected a number" for key, value in values.items() if not _is_number(value)
        ]
        refuse(odd)
        refuse(f"{name}: {problem}" for problem in self._problems())

    @property
    @abstractmethod
    def low(self) -> float:
        """The least value that can come; ``-inf`` where there is none."""

    @property
    @abstractmethod
    def high(self) -> float:
        """The greatest value that can come; ``inf`` where there is none."""

    @abstractmethod
    def raw_moment(self, order: int) -> float:
        """Expectation of the value to the power of ``order``, a whole number from 0."""

    @abstractmethod
    def _quantile(self, shares: FloatArray) -> FloatArray:
        """Quantiles of shares that are known to lie between 0 and 1."""

    @abstractmethod
    def _problems(self) -> Iterator[str]:
        """What is wrong with the parameters."""

    @property
    def mean(self) -> float:
        """Expectation."""
        return self.raw_moment(1)

    @property
    def variance(self) -> float:
        """Variance; 0 where nothing is uncertain."""
        return max(0.0, self.raw_moment(2) - self.mean**2)

    @property
    def is_fixed(self) -> bool:
        """Whether only one value can come."""
        return self.low == self.high

    def quantile(self, shares: npt.ArrayLike) -> FloatArray:
        """The values that a share of the outcomes does not exceed, in the shape of ``shares``.

        Raises:
            DemandError: a share is missing or not between 0 and 1.
        """
        asked = np.asarray(shares, dtype=np.float64)
        if not ((asked >= 0) & (asked <= 1)).all():
            raise DemandError([f"quantile: expected shares between 0 and 1, found {asked}"])
        return self._quantile(asked)

    def growth_moment(self, years: int) -> float:
        """Expectation of ``(1 + value) ** years``: growth at an uncertain yearly rate that is the same every year."""
        return sum(comb(years, order) * self.raw_moment(order) for order in range(years + 1))


def _is_number(value: object) -> bool:
    return isinstance(value, int | float | np.number) and not isinstance(value, bool) and value == value


def range_problems(least: float, most: float, *, mode: float | None = None) -> Iterator[str]:
    """What is wrong with a least, a greatest and a most likely value."""
    if not (isfinite(least) and isfinite(most)):
        yield f"it runs from {least:g} to {most:g}; expected finite numbers"
    elif least > most:
        yield f"it runs from {least:g} to {most:g}; expected the smaller number first"
    elif mode is not None and not least <= mode <= most:
        yield f"the mode {mode:g} lies outside {least:g} to {most:g}"
