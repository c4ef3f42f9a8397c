"""A factor that is one of several tables: which of some projections, or of some scenarios, comes true.

The number behind it is the place of a table, from 0; its belief is the probability of each. The expectation is the mean
of the tables by probability, so that nothing has to be drawn for it.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import FloatArray, frozen
from placeplan.demand.distribution import Distribution
from placeplan.demand.errors import refuse
from placeplan.demand.factors import AXES, NO_CHANGE, BoolArray, Factor

ADDS_UP_WITHIN = 1e-9


@dataclass(frozen=True, slots=True)
class Choice(Distribution):
    """Places 0, 1, 2, … with a probability each.

    Raises:
        DemandError: there is none, one is below 0, or they do not add up to 1.
    """

    probabilities: tuple[float, ...]

    def __post_init__(self) -> None:
        object.__setattr__(self, "probabilities", tuple(map(float, self.probabilities)))
        refuse(f"choice: {problem}" for problem in self._problems())

    @classmethod
    def equal(cls, count: int) -> "Choice":
        """Each of ``count`` as likely.

        Raises:
            DemandError: there is none.
        """
        return cls((1 / count,) * count if count > 0 else ())

    @property
    def low(self) -> float:
        """The first place."""
        return 0.0

    @property
    def high(self) -> float:
        """The last place."""
        return float(len(self.probabilities) - 1)

    def raw_moment(self, order: int) -> float:
        """Mean of the power of the place."""
        return float(sum(share * place**order for place, share in enumerate(self.probabilities)))

    def _quantile(self, shares: FloatArray) -> FloatArray:
        found = np.searchsorted(np.cumsum(self.probabilities), shares - ADDS_UP_WITHIN)
        return np.minimum(found, len(self.probabilities) - 1).astype(np.float64)

    def _problems(self) -> Iterator[str]:
        if not self.probabilities:
            yield "expected at least one probability, found none"
        elif not all(0 <= share <= 1 for share in self.probabilities):
            yield f"the probabilities are {self.probabilities}; expected each between 0 and 1"
        elif abs(sum(self.probabilities) - 1) > ADDS_UP_WITHIN:
            yield f"the probabilities add up to {sum(self.probabilities):.6g}; expected 1"


@dataclass(frozen=True, eq=False)
class Alternatives(Factor):
    """One of several tables.

    Attributes:
        identifier: see ``Factor``.
        names: of the tables, for people.
        tables: tables first, then four axes (points, segments, areas, years), any of length 1. Where they stand in the
            order of what they come to, a quantile of the belief is one of the answer.
        belief: probability of each table.

    Raises:
        DemandError: shapes or counts do not fit, or a number is missing or below 0.
    """

    identifier: str
    names: tuple[str, ...]
    tables: FloatArray
    belief: Choice

    def __post_init__(self) -> None:
        object.__setattr__(self, "names", tuple(self.names))
        object.__setattr__(self, "tables", frozen(self.identifier, self.tables))
        refuse(f"{self.identifier}: {problem}" for problem in self._problems())

    @property
    def shape(self) -> tuple[int, ...]:
        """That of each table."""
        return self.tables.shape[1:]

    def at(self, values: npt.ArrayLike) -> FloatArray:
        """The tables at the places that ``values`` are nearest to."""
        places = np.rint(np.asarray(values, dtype=np.float64)).astype(np.intp)
        return np.asarray(self.tables[np.clip(places, 0, len(self.tables) - 1)])

    def expected(self) -> FloatArray:
        """Mean of the tables by probability."""
        return np.asarray(np.tensordot(np.array(self.belief.probabilities), self.tables, axes=1))

    @property
    def acts(self) -> BoolArray:
        """Where any table is not 1."""
        return np.asarray((self.tables != NO_CHANGE).any(axis=0))

    def laid(self, order: Sequence[int]) -> "Alternatives":
        """See ``Factor``."""
        return replace(self, tables=self.tables.transpose(0, *(place + 1 for place in order)))

    def _problems(self) -> Iterator[str]:
        if self.tables.ndim != AXES + 1:
            yield f"expected tables on 4 axes, one after another; found {self.tables.ndim} axes"
        elif not len(self.tables) == len(self.names) == len(self.belief.probabilities):
            counts = (
                f"{len(self.tables)} tables, {len(self.names)} names, {len(self.belief.probabilities)} probabilities"
            )
            yield f"{counts}; expected as many of each"
        if not np.isfinite(self.tables).all():
            yield "a number is missing or infinite"
        elif (self.tables < 0).any():
            yield f"{self.tables.min():g} is below 0; expected 0 or more"
