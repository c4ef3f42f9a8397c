"""Made-up models of the sizes that are measured: an uncertain path of 100,800 cells, and a full place."""

from dataclasses import dataclass

import numpy as np

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment, elapsed_years
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Normal, Triangular, Uniform
from placeplan.demand.factors import Factor, Growth, Scaled
from placeplan.rounds.governance import Confidence

POINTS = (
    "ae-attendances", "non-elective-admissions", "non-elective-bed-days", "elective-admissions", "elective-bed-days",
    "outpatient-first", "outpatient-follow-up",
)  # fmt: skip
YEARS = tuple(str(year) for year in range(2023, 2033))
SEED = 20


@dataclass(frozen=True, eq=False)
class PathModel:
    """A baseline and its adjustments."""

    baseline: Activity
    adjustments: tuple[Adjustment, ...]

    @property
    def factors(self) -> tuple[Factor, ...]:
        """Every factor."""
        return tuple(factor for one in self.adjustments for factor in one.factors)


def uncertain_path(*, segments: int = 60, areas: int = 24) -> PathModel:
    """Seven points, 60 segments, 24 areas, ten years: 100,800 cells; two patterns that differ in every one of them, a
    growth rate for each point of delivery, and a level.
    """
    axes = Axes(POINTS, _names("segment", segments), _names("area", areas), YEARS)
    made_up = np.random.default_rng(SEED)
    patterns = []
    for name, belief in (("structure", Triangular(0.6, 1.0, 1.3)), ("health-status", Uniform(0.0, 1.0))):
        table = made_up.uniform(0.9, 1.2, axes.shape)
        table[..., 0] = 1
        patterns.append(_adjustment(name, Scaled(name, table, belief)))
    rates = [
        Growth(f"growth/{point}", elapsed_years(axes, points=[point]), Normal(0.012, 0.004, at_least=-1))
        for point in POINTS
    ]
    level = np.linspace(1, 1.05, len(YEARS)).reshape(1, 1, 1, -1)
    waiting = _adjustment("waiting-list", Scaled("waiting-list", level, Uniform(0.5, 1.5)))
    first = Axes(axes.points, axes.segments, axes.areas, YEARS[:1])
    baseline = Activity(first, made_up.gamma(2.0, 50.0, first.shape))
    return PathModel(baseline, (*patterns, _adjustment("growth", *rates), waiting))


def full_place(*, clusters: int = 8, segments: int = 8) -> PathModel:
    """Eight clusters, eight segments, seven points, ten years."""
    return uncertain_path(segments=segments, areas=clusters)


def _adjustment(identifier: str, *factors: Factor) -> Adjustment:
    return Adjustment(identifier, identifier, factors, "made up for a benchmark", Confidence.UNCONFIRMED)


def _names(word: str, count: int) -> tuple[str, ...]:
    return tuple(f"{word} {number + 1}" for number in range(count))
