"""What interventions save in each of many runs, each effect drawn from what evidence says of it."""

from collections.abc import Iterable, Mapping
from math import prod

import numpy as np

from placeplan.demand.activity import Activity, FloatArray
from placeplan.demand.draws import USUAL_RUNS, draw
from placeplan.demand.effects import beliefs_of, left_in_runs
from placeplan.demand.interventions import BedDays, Intervention, checked_interventions
from placeplan.demand.savings import UnitPrice


def saved_in_runs(
    path: Activity, interventions: Iterable[Intervention], *, bed_days: BedDays, seed: int, runs: int = USUAL_RUNS
) -> FloatArray:
    """Activity that does not happen and has a price of its own; see ``Combined.saved``.

    Effects are drawn from streams of their own (see ``draws``), spread evenly over their beliefs (Latin hypercube). The
    path is taken as it is.

    Args:
        path: activity with no intervention.
        interventions: their order moves no digit.
        bed_days: points that count bed days.
        seed: of the plan.
        runs: how many.

    Returns:
        Runs first, then points, segments, areas and years.

    Raises:
        DemandError: see ``combine`` and ``draw``.
    """
    axes = path.axes
    given = sorted(checked_interventions(interventions, axes, bed_days=bed_days), key=lambda one: one.identifier)
    left = []
    for one in given:
        drawn = draw(beliefs_of(one), seed=seed, runs=runs, latin=True).values
        left.append(left_in_runs(one, axes, bed_days=bed_days, draws=drawn))
    start = np.ones((runs, *axes.shape))
    whole = prod((each.all for each in left), start=start)
    followed = prod((each.by_admissions for each in left), start=start)
    return np.asarray(path.values * (followed - whole))


def worth_in_runs(saved: FloatArray, points: Iterable[str], *, prices: Mapping[str, UnitPrice]) -> FloatArray:
    """Pounds at tariff of what is saved in each run: runs by points, segments, areas and years."""
    tariffs = np.array([prices[point].tariff if point in prices else 0.0 for point in points])
    return np.asarray(saved * tariffs[np.newaxis, :, np.newaxis, np.newaxis, np.newaxis])
