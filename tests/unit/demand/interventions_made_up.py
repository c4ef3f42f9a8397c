"""A small place with a few interventions, for tests."""

import numpy as np

from placeplan.demand.activity import Activity
from placeplan.demand.axes import Axes
from placeplan.demand.distributions import Distribution, Fixed
from placeplan.demand.interventions import Effect, EffectKind, Intervention
from placeplan.demand.ramps import Ramp

BED_DAYS = {"bed-days": "admissions"}
YEARS = ("2017-18", "2018-19", "2019-20")
AXES = Axes(("ae", "admissions", "bed-days"), ("frail", "others"), ("Ashford", "Swale"), YEARS)
PATH = Activity(AXES, np.full(AXES.shape, 100.0))
FULL = Ramp((1.0,))


def avoids(point: str, share: float | Distribution, **more: object) -> Effect:
    return Effect(point, Fixed(share) if isinstance(share, int | float) else share, **more)


def shortens(point: str, share: float) -> Effect:
    return Effect(point, Fixed(share), EffectKind.SHORTER_STAY)


def intervention(
    name: str,
    *effects: Effect,
    reach: dict[str, float] | None = None,
    ramp: Ramp = FULL,
    start: str = "2017-18",
    **more: object,
) -> Intervention:
    everybody = {"frail": 1.0, "others": 1.0}
    return Intervention(name, name.title(), everybody if reach is None else reach, effects, ramp, start, **more)
