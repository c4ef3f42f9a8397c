"""What many runs say of a figure: its mean, how sure that is, and bands that hold a share of the runs."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from placeplan.demand.activity import FloatArray, frozen
from placeplan.demand.axes import Axes
from placeplan.demand.draws import Draws
from placeplan.demand.errors import DemandError, refuse

USUAL_LEVELS = (0.05, 0.1, 0.25, 0.5, 0.75, 0.9, 0.95)


@dataclass(frozen=True, eq=False)
class Bands:
    """Quantiles of figures over the runs.

    Attributes:
        levels: shares of runs, rising.
        values: levels first, then the axes of the figures; by straight lines between runs (Hyndman and Fan, type 7).
    """

    levels: tuple[float, ...]
    values: FloatArray

    def at(self, level: float) -> FloatArray:
        """The figures that a share of the runs does not exceed.

        Raises:
            DemandError: the level was not asked for.
        """
        if level not in self.levels:
            raise DemandError([f"the level {level:g} was not worked out; expected one of {self.levels}"])
        return np.asarray(self.values[self.levels.index(level)])


@dataclass(frozen=True, eq=False)
class Runs:
    """Figures of every run.

    Attributes:
        axes: of the figures; the one entry ``all`` where an axis is added up.
        values: runs first, then points, segments, areas and years; read-only.
        draws: what they come from. The same plan and seed give the same figures.
    """

    axes: Axes
    values: FloatArray
    draws: Draws

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", frozen("runs", self.values))
        refuse([] if np.isfinite(self.values).all() else ["runs: a figure is missing or too large to be a number"])

    @property
    def runs(self) -> int:
        """How many."""
        return len(self.values)

    @property
    def mean(self) -> FloatArray:
        """Mean of the runs; the expectation in closed form is surer."""
        return np.asarray(self.values.mean(axis=0))

    @property
    def standard_error(self) -> FloatArray:
        """Of the mean, for plain draws; those of a Latin hypercube are surer than it says.

        Raises:
            DemandError: there are fewer than two runs.
        """
        refuse([] if self.runs > 1 else ["a standard error needs two runs or more"])
        return np.asarray(self.values.std(axis=0, ddof=1) / np.sqrt(self.runs))

    def bands(self, levels: Sequence[float] = USUAL_LEVELS) -> Bands:
        """Quantile bands of every figure.

        Raises:
            DemandError: a level is not between 0 and 1, or they do not rise.
        """
        given = tuple(levels)
        wrong = [f"level {level:g}: expected a share between 0 and 1" for level in given if not 0 <= level <= 1]
        if list(given) != sorted(set(given)):
            wrong.append(f"levels {given}: expected them to rise")
        refuse(wrong)
        return Bands(given, frozen("bands", np.quantile(self.values, given, axis=0)))

    def figure(self, *, point: str = "all", segment: str = "all", area: str = "all", year: str) -> FloatArray:
        """One figure, a number for each run; ``all`` adds up an axis.

        Raises:
            DemandError: a name is not on its axis.
        """
        asked = {"points": point, "segments": segment, "areas": area, "years": year}
        cut = tuple(
            slice(None) if name == "all" else slice(place := self.axes.position(axis, name), place + 1)
            for axis, name in asked.items()
        )
        return np.asarray(self.values[(slice(None), *cut)].sum(axis=(1, 2, 3, 4)))
