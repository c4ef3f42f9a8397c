"""Interventions together: no admission is avoided twice, and every total says which intervention brings how much.

What is left is multiplied: after shares of 10% and 20%, 72% is left. So no number of interventions takes more than
there is. What an intervention takes alone, from the whole, is its own; what is left to the total is the interaction
(see decision 7). Taking an intervention away takes away its own share and alters the interaction, and nothing else.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from math import fsum, prod

import numpy as np

from placeplan.demand.activity import Activity, Attribution, FloatArray, cut_of
from placeplan.demand.axes import Axes
from placeplan.demand.effects import Left, left_by
from placeplan.demand.interventions import BedDays, Intervention, checked_interventions


@dataclass(frozen=True, eq=False)
class Combined:
    """A path of activity before and after interventions, in expectation.

    Attributes:
        before: the path with no intervention.
        after: the path with all of them.
        attribution: from ``before`` to ``after`` by intervention, on four axes. Own effects are below 0.
        saved: what is saved and has a price of its own, from nothing to the total, on four axes. It is the activity
            that does not happen; of bed days it is the shorter stays alone, since the bed days of an avoided
            admission are in the price of that admission.
        interventions: what was applied, in the order given.
    """

    before: Activity
    after: Activity
    attribution: Attribution
    saved: Attribution
    interventions: tuple[Intervention, ...]

    @property
    def axes(self) -> Axes:
        """Of the path."""
        return self.before.axes

    def waterfall(
        self, year: str, *, point: str | None = None, segment: str | None = None, area: str | None = None
    ) -> Attribution:
        """From activity before to activity after in single numbers, for what is named and all of the rest.

        Raises:
            DemandError: a name is not on its axis.
        """
        return cut_of(self.attribution, self.axes, year=year, point=point, segment=segment, area=area)


def combine(path: Activity, interventions: Iterable[Intervention], *, bed_days: BedDays) -> Combined:
    """What interventions leave of a path, in expectation and in closed form.

    Args:
        path: activity with no intervention, such as that of ``do_nothing``.
        interventions: their order is that of the attribution and changes no number.
        bed_days: points that count bed days, each with the point of the admissions behind them.

    Raises:
        DemandError: with every intervention that does not fit; see ``checked_interventions``.
    """
    given = tuple(interventions)
    left = left_of(given, path.axes, bed_days=bed_days)
    base, shape = path.values, path.axes.shape
    whole = _product({name: each.all for name, each in left.items()}, shape)
    followed = _product({name: each.by_admissions for name, each in left.items()}, shape)
    after = base * whole
    own = {name: base * (each.all - 1.0) for name, each in left.items()}
    saved = {name: base * (each.by_admissions - each.all) for name, each in left.items()}
    return Combined(
        before=path,
        after=Activity(path.axes, after),
        attribution=Attribution.of(base, own, total=after),
        saved=Attribution.of(np.zeros(shape), saved, total=base * (followed - whole)),
        interventions=given,
    )


def shares_of(attribution: Attribution) -> dict[str, float]:
    """Share of the whole change that each line brings, the interaction among them; they add up to 1.

    They are empty where nothing changes.
    """
    parts = {change.name: float(change.own.sum()) for change in attribution.changes}
    parts["interaction"] = float(attribution.interaction.sum())
    whole = fsum(parts.values())
    return {name: part / whole for name, part in parts.items()} if whole else {}


def left_of(interventions: Iterable[Intervention], axes: Axes, *, bed_days: BedDays) -> dict[str, Left]:
    """What each intervention leaves on its own, by identifier.

    Raises:
        DemandError: see ``combine``.
    """
    given = checked_interventions(interventions, axes, bed_days=bed_days)
    return {one.identifier: left_by(one, axes, bed_days=bed_days) for one in given}


def _product(factors: Mapping[str, FloatArray], shape: tuple[int, ...]) -> FloatArray:
    """In the order of names, so that the order in which interventions are given moves no digit."""
    return np.asarray(prod((factors[name] for name in sorted(factors)), start=np.ones(shape)))
