"""What interventions save in many runs: each run with and without them, under the same draws."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from placeplan.demand.activity import Activity, FloatArray
from placeplan.demand.adjustments import Adjustment
from placeplan.demand.distributions import Distribution
from placeplan.demand.do_nothing import path_axes
from placeplan.demand.draws import USUAL_RUNS, Draws, draw
from placeplan.demand.effects import adjustment_of, bed_days_adjustment_of
from placeplan.demand.interventions import BedDays, Intervention, checked_interventions
from placeplan.demand.running import USUAL_FIGURES, Model, model_of
from placeplan.demand.uncertainty import Runs


@dataclass(frozen=True, eq=False)
class SavedModel:
    """Activity saved that has a price of its own, as the difference of two models; see ``Combined.saved``.

    Attributes:
        with_all: activity with every intervention.
        priced_elsewhere: activity with no intervention, less the bed days that go with avoided admissions.
    """

    with_all: Model
    priced_elsewhere: Model

    @property
    def beliefs(self) -> Mapping[str, Distribution]:
        """What is uncertain, by identifier."""
        return self.with_all.beliefs

    def run(self, draws: Draws) -> Runs:
        """Activity saved in every run. What is drawn is the same with and without interventions."""
        saved = self.priced_elsewhere.run(draws).values - self.with_all.run(draws).values
        return Runs(self.with_all.axes, saved.clip(min=0.0), draws)

    def expected_when(self, held: Mapping[str, float]) -> FloatArray:
        """Expectation of the activity saved when some factors are held at a value.

        Raises:
            DemandError: a factor is not in the model.
        """
        shared = {name: value for name, value in held.items() if name in self.priced_elsewhere.beliefs}
        return np.asarray(self.priced_elsewhere.expected_when(shared) - self.with_all.expected_when(held))


def saved_model(
    baseline: Activity,
    adjustments: Iterable[Adjustment],
    *,
    interventions: Iterable[Intervention],
    years: Sequence[str],
    bed_days: BedDays,
    keep: Sequence[str] = USUAL_FIGURES,
) -> SavedModel:
    """The two models whose difference is what is saved; arguments as of ``run_saved``.

    Raises:
        DemandError: see ``combine`` and ``model_of``.
    """
    axes = path_axes(baseline, years)
    given = checked_interventions(interventions, axes, bed_days=bed_days)
    nothing = tuple(adjustments)
    every = [adjustment_of(one, axes, bed_days=bed_days) for one in given]
    followed = [bed_days_adjustment_of(one, axes, bed_days=bed_days) for one in given]
    with_all = model_of(baseline, (*nothing, *every), years=years, keep=keep)
    return SavedModel(with_all, model_of(baseline, (*nothing, *filter(None, followed)), years=years, keep=keep))


def run_saved(
    baseline: Activity,
    adjustments: Iterable[Adjustment],
    *,
    interventions: Iterable[Intervention],
    years: Sequence[str],
    bed_days: BedDays,
    seed: int,
    runs: int = USUAL_RUNS,
    keep: Sequence[str] = USUAL_FIGURES,
    latin: bool = False,
) -> Runs:
    """Activity saved that has a price of its own, in every run; see ``Combined.saved``.

    In each run growth and effects are drawn together: the more activity there is, the more is saved. The draws of an
    adjustment are those that it has in ``run_do_nothing`` with the same seed.

    Args:
        baseline: activity of the base year.
        adjustments: of doing nothing.
        interventions: of one plan; none may have begun in the base year.
        years: the base year and the years after it.
        bed_days: points that count bed days.
        seed: of the plan.
        runs: how many.
        keep: which of points, segments, areas and years the figures tell apart.
        latin: see ``draw``.

    Raises:
        DemandError: see ``combine``, ``model_of`` and ``draw``.
    """
    model = saved_model(baseline, adjustments, interventions=interventions, years=years, bed_days=bed_days, keep=keep)
    return model.run(draw(model.beliefs, seed=seed, runs=runs, latin=latin))
