"""Do nothing: the activity of later years if everything goes on as it does, and which adjustment brings how much.

``activity[year] = activity[base year] x factor of each adjustment``. What an adjustment does alone, from the base year,
is its own; what is left to the total is their interaction.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from placeplan.demand.activity import Activity, Attribution, cut_of
from placeplan.demand.adjustments import Adjustment, checked
from placeplan.demand.axes import Axes
from placeplan.demand.errors import DemandError


@dataclass(frozen=True, eq=False)
class DoNothing:
    """The path year by year, in expectation.

    Attributes:
        path: activity of the base year and every later year.
        attribution: from the base year to the path by adjustment, in the shape of the path.
        adjustments: what was applied.
    """

    path: Activity
    attribution: Attribution
    adjustments: tuple[Adjustment, ...]

    @property
    def axes(self) -> Axes:
        """Of the path."""
        return self.path.axes

    @property
    def confirmed(self) -> bool:
        """Whether the source of every adjustment was read."""
        return all(adjustment.confirmed for adjustment in self.adjustments)

    def waterfall(
        self, year: str, *, point: str | None = None, segment: str | None = None, area: str | None = None
    ) -> Attribution:
        """From the base year to ``year`` in single numbers, for what is named and all of the rest.

        Raises:
            DemandError: a name is not on its axis.
        """
        return cut_of(self.attribution, self.axes, year=year, point=point, segment=segment, area=area)

    def growth(self, year: str, *, point: str | None = None, area: str | None = None) -> float:
        """Share by which activity of ``year`` is above that of the base year, such as 0.083.

        Raises:
            DemandError: a name is not on its axis, or there is no activity in the base year.
        """
        base = self.path.total(point=point, area=area, year=self.axes.years[0])
        if base == 0:
            raise DemandError([f"{point or 'all points'}: no activity in {self.axes.years[0]}, so there is no growth"])
        return self.path.total(point=point, area=area, year=year) / base - 1


def do_nothing(baseline: Activity, adjustments: Iterable[Adjustment], *, years: Sequence[str]) -> DoNothing:
    """The path of activity under named adjustments, in expectation.

    Args:
        baseline: activity of the base year, its only year.
        adjustments: each acts by its factors; their order is that of the attribution and changes no number.
        years: the base year and the years after it.

    Raises:
        DemandError: the baseline has not one year, the years do not begin with it, or an adjustment does not fit.
    """
    axes = path_axes(baseline, years)
    given = checked(adjustments, axes)
    base = np.broadcast_to(baseline.values, axes.shape)
    expected = {adjustment.identifier: adjustment.expected() for adjustment in given}
    total = base.copy()
    for name in sorted(expected):
        total *= expected[name]
    own = {name: base * (factor - 1.0) for name, factor in expected.items()}
    return DoNothing(Activity(axes, total), Attribution.of(base, own, total=total), given)


def path_axes(baseline: Activity, years: Sequence[str]) -> Axes:
    """Axes of the path that begins with a baseline.

    Raises:
        DemandError: see ``do_nothing``.
    """
    known = baseline.axes.years
    if len(known) != 1:
        raise DemandError([f"the baseline has {len(known)} years; expected the base year alone"])
    axes = replace(baseline.axes, years=tuple(years))
    if axes.years[0] != known[0]:
        raise DemandError([f"the years begin with {axes.years[0]}; expected the base year {known[0]}"])
    return axes
