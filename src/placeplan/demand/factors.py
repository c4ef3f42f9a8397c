"""Factors that multiply activity: how one uncertain number spreads over points, segments, areas and years.

A factor has one belief about one number, and a table that says what that number does to each cell. Its expectation is
closed form. Factors are independent of each other, so the expectation of their product is the product of expectations.
"""

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import FloatArray, frozen
from placeplan.demand.distributions import Distribution, Fixed
from placeplan.demand.errors import refuse

BoolArray = npt.NDArray[np.bool_]
AXES = 4
NO_CHANGE = 1.0


class Factor(ABC):
    """What multiplies activity.

    Attributes:
        identifier: names its stream of draws; unique in a model.
        belief: what is believed of its number.
    """

    identifier: str
    belief: Distribution

    @property
    @abstractmethod
    def shape(self) -> tuple[int, ...]:
        """Points, segments, areas and years that it tells apart; 1 where it is the same for all."""

    @abstractmethod
    def at(self, values: npt.ArrayLike) -> FloatArray:
        """The factor for given values of its number: the axes of ``values``, followed by those of ``shape``."""

    @abstractmethod
    def expected(self) -> FloatArray:
        """Expectation of the factor, in closed form, of ``shape``."""

    @property
    @abstractmethod
    def acts(self) -> BoolArray:
        """Where it can be anything but 1, of ``shape``."""

    @abstractmethod
    def laid(self, order: Sequence[int]) -> "Factor":
        """The same factor with its axes in another order, each row of it in one piece of memory."""


@dataclass(frozen=True, eq=False)
class Scaled(Factor):
    """``1 + strength x (table - 1)``: a known pattern, more or less strong.

    Attributes:
        identifier: see ``Factor``.
        table: factors at full strength, on four axes (points, segments, areas, years), any of length 1.
        belief: about the strength; without doubt 1 where it is left out.

    Raises:
        DemandError: a number of the table is missing or below 0, or a strength that may come makes a factor fall
            below 0.
    """

    identifier: str
    table: FloatArray
    belief: Distribution = field(default_factory=lambda: Fixed(1.0))

    def __post_init__(self) -> None:
        object.__setattr__(self, "table", frozen(self.identifier, self.table))
        refuse(_table_problems(self.identifier, self.table))
        refuse(self._strength_problems())

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the table."""
        return self.table.shape

    def at(self, values: npt.ArrayLike) -> FloatArray:
        """See ``Factor``."""
        found = _with_axes(values) * (self.table - 1.0)
        found += 1.0
        return np.asarray(found)

    def expected(self) -> FloatArray:
        """Linear in the strength, so that its mean is enough."""
        return 1.0 + self.belief.mean * (self.table - 1.0)

    @property
    def acts(self) -> BoolArray:
        """Where the table is not 1."""
        return np.asarray(self.table != NO_CHANGE)

    def laid(self, order: Sequence[int]) -> "Scaled":
        """See ``Factor``."""
        return replace(self, table=self.table.transpose(order))

    def _strength_problems(self) -> Iterator[str]:
        for end in (self.belief.low, self.belief.high):
            with np.errstate(invalid="ignore"):
                worst = np.where(self.table == NO_CHANGE, 1.0, 1.0 + end * (self.table - 1.0)).min()
            if worst < 0:
                yield (
                    f"{self.identifier}: at a strength of {end:g} a factor would be {worst:g}; expected 0 or more. "
                    f"Cut its distribution off."
                )


@dataclass(frozen=True, eq=False)
class Growth(Factor):
    """``(1 + rate) ** years``: growth at an uncertain yearly rate, where and for as long as ``elapsed`` says.

    Attributes:
        identifier: see ``Factor``.
        elapsed: whole years of growth so far, on four axes (points, segments, areas, years), any of length 1; 0 where
            and when nothing grows.
        belief: about the yearly rate, such as 0.012 for 1.2%.

    Raises:
        DemandError: years are below 0 or not whole, or a rate below -100% may come.
    """

    identifier: str
    elapsed: FloatArray
    belief: Distribution

    def __post_init__(self) -> None:
        object.__setattr__(self, "elapsed", frozen(self.identifier, self.elapsed))
        refuse(_table_problems(self.identifier, self.elapsed))
        refuse(self._rate_problems())

    @property
    def shape(self) -> tuple[int, ...]:
        """That of the years elapsed."""
        return self.elapsed.shape

    def at(self, values: npt.ArrayLike) -> FloatArray:
        """See ``Factor``."""
        return np.asarray((1.0 + _with_axes(values)) ** self.elapsed)

    def expected(self) -> FloatArray:
        """From the moments of the rate."""
        years, place = np.unique(self.elapsed, return_inverse=True)
        moments = np.array([self.belief.growth_moment(int(count)) for count in years])
        return np.asarray(moments[place].reshape(self.shape))

    @property
    def acts(self) -> BoolArray:
        """Where something has grown for a year or more."""
        return np.asarray(self.elapsed > 0)

    def laid(self, order: Sequence[int]) -> "Growth":
        """See ``Factor``."""
        return replace(self, elapsed=self.elapsed.transpose(order))

    def _rate_problems(self) -> Iterator[str]:
        if (self.elapsed != np.round(self.elapsed)).any():
            yield f"{self.identifier}: years of growth are not whole; expected 0, 1, 2, …"
        if self.belief.low < -1:
            yield (
                f"{self.identifier}: a yearly rate of {self.belief.low:g} may come; expected -1 (all of it lost) or "
                f"more. Cut its distribution off."
            )


def _with_axes(values: npt.ArrayLike) -> FloatArray:
    given = np.asarray(values, dtype=np.float64)
    return given.reshape(given.shape + (1,) * AXES)


def _table_problems(identifier: str, table: FloatArray) -> Iterator[str]:
    if table.ndim != AXES:
        yield (
            f"{identifier}: expected 4 axes (points, segments, areas, years), of length 1 where they are not told "
            f"apart; found {table.ndim}"
        )
    if not np.isfinite(table).all():
        yield f"{identifier}: a number is missing or infinite"
    elif (table < 0).any():
        yield f"{identifier}: {table.min():g} is below 0; expected 0 or more"
