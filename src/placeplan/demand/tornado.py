"""What drives an answer: how far each factor swings it, and which share of its variance each explains.

- **Swing**: one factor is held at a low and at a high quantile of what is believed of it, all others stay uncertain,
  and the expectation of the figure is taken. This is exact, since factors are independent.
- **Share of variance**: the ranks of the figure over the runs are regressed on the ranks of the factors; shares are
  those of the squared standardised coefficients. The part that ranks explain (R squared) stands beside them. Source:
  Saltelli and others, Global Sensitivity Analysis, 2008, section 1.2.5 (standardised rank regression coefficients).
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
from scipy import stats

from placeplan.demand.activity import FloatArray
from placeplan.demand.distributions import Distribution
from placeplan.demand.draws import Draws
from placeplan.demand.errors import DemandError, refuse

USUAL_QUANTILES = (0.1, 0.9)
Figure = Callable[[Mapping[str, float]], float]


@dataclass(frozen=True, slots=True)
class Swing:
    """What one factor does to a figure.

    Attributes:
        identifier: of the factor.
        values: the factor at its low and at its high quantile.
        figures: the expected figure at each of them.
        share: of the variance of the figure; nothing where no runs were given.
    """

    identifier: str
    values: tuple[float, float]
    figures: tuple[float, float]
    share: float | None = None

    @property
    def width(self) -> float:
        """How far apart the two figures are."""
        return abs(self.figures[1] - self.figures[0])


@dataclass(frozen=True, slots=True)
class Tornado:
    """Swings of a figure, widest first.

    Attributes:
        expected: the figure with everything uncertain.
        quantiles: at which each factor was held.
        swings: one for each uncertain factor.
        explained: share of the variance of ranks that the factors explain; nothing where no runs were given.
    """

    expected: float
    quantiles: tuple[float, float]
    swings: tuple[Swing, ...]
    explained: float | None = None


@dataclass(frozen=True, slots=True)
class VarianceShares:
    """Shares of variance by factor, which add up to ``explained``."""

    shares: Mapping[str, float]
    explained: float


def tornado(
    beliefs: Mapping[str, Distribution],
    figure: Figure,
    *,
    quantiles: tuple[float, float] = USUAL_QUANTILES,
    shares: VarianceShares | None = None,
) -> Tornado:
    """Swing every factor on its own.

    Args:
        beliefs: what is uncertain, by identifier.
        figure: the expected figure when some factors are held at a value.
        quantiles: low and high.
        shares: of variance, from runs.

    Raises:
        DemandError: the quantiles are not two rising shares between 0 and 1.
    """
    low, high = quantiles
    if not 0 <= low < high <= 1:
        raise DemandError([f"quantiles {quantiles}: expected two rising shares between 0 and 1, such as 0.1 and 0.9"])
    known = shares.shares if shares else {}
    swings = []
    for name, belief in beliefs.items():
        ends = belief.quantile(quantiles)
        held = (float(ends[0]), float(ends[1]))
        swings.append(Swing(name, held, (figure({name: held[0]}), figure({name: held[1]})), known.get(name)))
    ordered = tuple(sorted(swings, key=lambda swing: (-swing.width, swing.identifier)))
    return Tornado(figure({}), quantiles, ordered, shares.explained if shares else None)


def variance_shares(draws: Draws, outcome: FloatArray) -> VarianceShares:
    """Shares of the variance of a figure over the runs, by rank regression.

    Raises:
        DemandError: the figure has not one number for each run, or there are not more runs than factors.
    """
    names = [name for name, values in draws.values.items() if np.ptp(values) > 0]
    refuse(_run_problems(draws, outcome, factors=len(names)))
    if not names or np.ptp(outcome) == 0:
        return VarianceShares(dict.fromkeys(draws.values, 0.0), 0.0)
    inputs = np.column_stack([_standardised_ranks(draws[name]) for name in names])
    target = _standardised_ranks(outcome)
    slopes = np.linalg.lstsq(inputs, target, rcond=None)[0]
    left = target - inputs @ slopes
    explained = float(1 - (left @ left) / (target @ target))
    squares = slopes**2
    scale = explained / squares.sum() if squares.sum() > 0 else 0.0
    found = dict(zip(names, map(float, squares * scale), strict=True))
    return VarianceShares({name: found.get(name, 0.0) for name in draws.values}, explained)


def _standardised_ranks(values: FloatArray) -> FloatArray:
    ranks = stats.rankdata(values)
    return np.asarray((ranks - ranks.mean()) / ranks.std())


def _run_problems(draws: Draws, outcome: FloatArray, *, factors: int) -> list[str]:
    if outcome.shape != (draws.runs,):
        return [f"the figure has the shape {outcome.shape}; expected one number for each of {draws.runs} runs"]
    if draws.runs <= factors + 1:
        return [f"{draws.runs} runs for {factors} factors; expected more runs than factors"]
    return []
