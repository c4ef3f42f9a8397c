"""What interventions save in many runs: each run with and without them, under the same draws."""

from collections.abc import Iterable, Sequence

from placeplan.demand.activity import Activity
from placeplan.demand.adjustments import Adjustment
from placeplan.demand.do_nothing import path_axes
from placeplan.demand.draws import USUAL_RUNS, draw
from placeplan.demand.effects import adjustment_of, bed_days_adjustment_of
from placeplan.demand.interventions import BedDays, Intervention, checked_interventions
from placeplan.demand.running import USUAL_FIGURES, model_of
from placeplan.demand.uncertainty import Runs


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
    axes = path_axes(baseline, years)
    given = checked_interventions(interventions, axes, bed_days=bed_days)
    nothing = tuple(adjustments)
    every = [adjustment_of(one, axes, bed_days=bed_days) for one in given]
    followed = [bed_days_adjustment_of(one, axes, bed_days=bed_days) for one in given]
    with_all = model_of(baseline, (*nothing, *every), years=years, keep=keep)
    priced_elsewhere = model_of(baseline, (*nothing, *filter(None, followed)), years=years, keep=keep)
    draws = draw(with_all.beliefs, seed=seed, runs=runs, latin=latin)
    saved = priced_elsewhere.run(draws).values - with_all.run(draws).values
    return Runs(with_all.axes, saved.clip(min=0.0), draws)
