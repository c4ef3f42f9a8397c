"""What drives the saving that evidence allows."""

from collections.abc import Mapping

import numpy as np

from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.plan_model import CareModel, at_tariff, believed_model, believed_runs
from placeplan.demand.tornado import Tornado, tornado, variance_shares


def saving_drivers(model: CareModel) -> Tornado:
    """Swings of the saving at tariff of the last year, in pounds, and shares of its variance.

    Raises:
        DemandError: there are not more runs than factors.
    """
    believed = believed_model(model)
    runs = believed_runs(model, believed)
    outcome = at_tariff(model, runs.values[:, :, 0, 0, :])[:, -1]

    def saving(held: Mapping[str, float]) -> float:
        events = believed.expected_when(held)[np.newaxis, :, 0, 0, :]
        return float(at_tariff(model, events)[0, -1])

    return tornado(believed.beliefs, saving, shares=variance_shares(runs.draws, outcome))


def driver_titles(model: CareModel) -> dict[str, str]:
    """A name for each factor: what it acts on, and the intervention or growth, in a line short enough to be read."""
    points = read_points().ids
    found = {}
    for name in believed_model(model).beliefs:
        first, *rest = name.split("/")
        words = [*(part for part in rest if part in points), first]
        found[name] = ": ".join(word.replace("-", " ") for word in words).capitalize()
    return found
