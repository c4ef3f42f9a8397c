"""Many runs of a path, each with other draws, in blocks that stay within memory.

Before anything is drawn, all that does not differ between runs is multiplied into the baseline, and axes along which no
uncertain factor differs are added up. What is left is the exact aggregate: the runs are those of every cell on its own.

Each run is added up by itself in one order. So neither the size of blocks nor the order of factors moves a digit.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod
from typing import Self

import numpy as np

from placeplan.demand.activity import Activity, FloatArray
from placeplan.demand.adjustments import Adjustment, checked
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Distribution
from placeplan.demand.do_nothing import path_axes
from placeplan.demand.draws import USUAL_RUNS, Draws, draw
from placeplan.demand.errors import DemandError
from placeplan.demand.factors import Factor
from placeplan.demand.uncertainty import Runs

AXIS_NAMES = ("points", "segments", "areas", "years")
USUAL_FIGURES = ("points", "years")
BLOCK_BYTES = 8_000_000


@dataclass(frozen=True, eq=False)
class Model:
    """A path reduced to what its figures need.

    Attributes:
        axes: of the figures; an axis that is added up has the one entry ``all``.
        keep: which axes the figures tell apart.
        factors: those that are uncertain, by identifier in alphabetical order.
        steady: the baseline with all that is certain, on four axes; 1 long where it was added up already.
    """

    axes: Axes
    keep: tuple[str, ...]
    factors: tuple[Factor, ...]
    steady: FloatArray

    @property
    def beliefs(self) -> dict[str, Distribution]:
        """What is uncertain, by identifier of the factor."""
        return {factor.identifier: factor.belief for factor in self.factors}

    def acting_on(self, point: str) -> dict[str, Distribution]:
        """What is uncertain of one point of delivery.

        Raises:
            DemandError: there is no such point, or the figures do not tell points apart.
        """
        place = self.axes.position("points", point)
        return {one.identifier: one.belief for one in self.factors if _acts(one, place)}

    @property
    def cells(self) -> int:
        """How many numbers one run multiplies."""
        return prod(np.broadcast_shapes(self.steady.shape, *(factor.shape for factor in self.factors)))

    def expected(self) -> FloatArray:
        """Expectation of the figures in closed form, in the shape of ``axes``."""
        return self.expected_when({})

    def expected_when(self, held: Mapping[str, float]) -> FloatArray:
        """Expectation of the figures when some factors are held at a value and all others stay uncertain.

        Raises:
            DemandError: a factor is not in the model.
        """
        unknown = sorted(set(held) - set(self.beliefs))
        if unknown:
            raise DemandError([f"the factor '{unknown[0]}' is not uncertain here; known are {', '.join(self.beliefs)}"])
        found = self.steady
        for factor in self.factors:
            name = factor.identifier
            found = found * (factor.at(held[name]) if name in held else factor.expected())
        return np.asarray(found.sum(axis=self._added, keepdims=True))

    def run(self, draws: Draws, *, block: int | None = None) -> Runs:
        """The figures of every run.

        Args:
            draws: of ``beliefs``; draws of other factors are passed over.
            block: how many runs at a time; as many as fit in a processor cache when left out. It changes no digit.

        Raises:
            DemandError: a factor was not drawn, or the block is below 1.
        """
        size = block if block is not None else max(1, BLOCK_BYTES // (8 * self.cells))
        laid = _Laid.of(self, self._added)
        figures = np.empty((draws.runs, *self.axes.shape))
        start = 0
        for values in draws.only(self.beliefs).blocks(size):
            found = laid.figures(values, count=min(size, draws.runs - start))
            figures[start : start + len(found)] = found.reshape(-1, *self.axes.shape)
            start += len(found)
        return Runs(self.axes, figures, draws)

    @property
    def _added(self) -> tuple[int, ...]:
        return tuple(place for place, name in enumerate(AXIS_NAMES) if name not in self.keep)


@dataclass(frozen=True, eq=False)
class _Laid:
    """A model with the axes that are added up last, so that the cells of a figure lie together in memory.

    ``outside`` are factors that are the same for all cells of a figure: they multiply it after adding up.
    """

    steady: FloatArray
    inside: tuple[Factor, ...]
    outside: tuple[Factor, ...]
    kept: int

    @classmethod
    def of(cls, model: Model, added: Sequence[int]) -> Self:
        order = [*(place for place in range(4) if place not in added), *added]
        by_size = sorted(model.factors, key=lambda one: (prod(one.shape), one.identifier))
        outside = [one for one in by_size if all(one.shape[place] == 1 for place in added)]
        inside = [one for one in by_size if one not in outside]
        shape = np.broadcast_shapes(model.steady.shape, *(one.shape for one in inside))
        steady = np.ascontiguousarray(np.broadcast_to(model.steady, shape).transpose(order))
        return cls(
            steady, tuple(one.laid(order) for one in inside), tuple(one.laid(order) for one in outside), 4 - len(added)
        )

    def figures(self, values: Mapping[str, FloatArray], *, count: int) -> FloatArray:
        """Figures of some runs; each run's cells are added up by themselves, in one order."""
        cells: FloatArray = np.broadcast_to(self.steady, (count, *self.steady.shape))
        if self.inside:
            cells = cells.copy()
        for factor in self.inside:
            cells *= factor.at(values[factor.identifier])
        found = cells.reshape(count, *self.steady.shape[: self.kept], -1).sum(axis=-1)
        found = found.reshape(count, *self.steady.shape[: self.kept], *(1,) * (4 - self.kept))
        for factor in self.outside:
            found = found * factor.at(values[factor.identifier])
        return np.asarray(found)


def model_of(
    baseline: Activity, adjustments: Iterable[Adjustment], *, years: Sequence[str], keep: Sequence[str] = USUAL_FIGURES
) -> Model:
    """Reduce a path to what is uncertain in its figures.

    Args:
        baseline: see ``do_nothing``.
        adjustments: see ``do_nothing``.
        years: see ``do_nothing``.
        keep: which of points, segments, areas and years the figures tell apart; the others are added up.

    Raises:
        DemandError: see ``do_nothing``; or ``keep`` names another axis.
    """
    odd = [name for name in keep if name not in AXIS_NAMES]
    if odd:
        raise DemandError([f"figures by '{odd[0]}': expected some of {', '.join(AXIS_NAMES)}"])
    axes = path_axes(baseline, years)
    factors = sorted(_factors(checked(adjustments, axes)), key=lambda factor: factor.identifier)
    steady = np.broadcast_to(baseline.values, axes.shape).copy()
    for factor in factors:
        if factor.belief.is_fixed:
            steady *= factor.expected()
    uncertain = tuple(factor for factor in factors if not factor.belief.is_fixed)
    added = tuple(
        place
        for place, name in enumerate(AXIS_NAMES)
        if name not in keep and all(factor.shape[place] == 1 for factor in uncertain)
    )
    kept = tuple(name for name in AXIS_NAMES if name in keep)
    return Model(_figure_axes(axes, kept), kept, uncertain, steady.sum(axis=added, keepdims=True))


def run_do_nothing(
    baseline: Activity,
    adjustments: Iterable[Adjustment],
    *,
    years: Sequence[str],
    seed: int,
    runs: int = USUAL_RUNS,
    keep: Sequence[str] = USUAL_FIGURES,
    latin: bool = False,
) -> Runs:
    """Draw every uncertain factor and run the path; see ``model_of`` and ``draw``.

    Raises:
        DemandError: see ``model_of`` and ``draw``.
    """
    model = model_of(baseline, adjustments, years=years, keep=keep)
    return model.run(draw(model.beliefs, seed=seed, runs=runs, latin=latin))


def _acts(factor: Factor, place: int) -> bool:
    """Whether a factor changes the point of delivery at this place of the axis."""
    acts = factor.acts
    return bool(acts[min(place, len(acts) - 1)].any())


def _factors(adjustments: Iterable[Adjustment]) -> Iterator[Factor]:
    return (factor for adjustment in adjustments for factor in adjustment.factors)


def _figure_axes(axes: Axes, keep: Sequence[str]) -> Axes:
    told = {name: getattr(axes, name) if name in keep else ("all",) for name in AXIS_NAMES}
    return Axes(**told)
