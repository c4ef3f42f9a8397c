"""What saved activity is worth: three numbers for three questions, which are never added.

- **at tariff**: what the payer stops paying;
- **at marginal cost**: what the system stops spending;
- **stranded cost**: what the activity used to cost and is still spent, until capacity is closed.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import Attribution, FloatArray, frozen
from placeplan.demand.axes import Axes
from placeplan.demand.errors import DemandError, refuse
from placeplan.demand.stranded import CostBehaviour, cost_released

RUN_AXES = 3


@dataclass(frozen=True, slots=True)
class UnitPrice:
    """What one event at a point of delivery is worth.

    Attributes:
        tariff: what the payer pays for it, in pounds; 0 where it is in the price of something else.
        cost: what it costs the provider in full, in pounds.
        behaviour: how that cost goes away.

    Raises:
        DemandError: a price is missing, infinite or below 0.
    """

    tariff: float
    cost: float
    behaviour: CostBehaviour

    def __post_init__(self) -> None:
        prices = {"tariff": self.tariff, "cost": self.cost}
        refuse(
            f"the {name} is {price:g}; expected pounds, 0 or more"
            for name, price in prices.items()
            if not (isfinite(price) and price >= 0)
        )


@dataclass(frozen=True, eq=False)
class Savings:
    """The worth of saved activity, by point of delivery and year; each an attribution that starts at nothing.

    Attributes:
        points: points of delivery, first axis of all arrays.
        years: second axis.
        at_tariff: what the payer stops paying.
        at_marginal_cost: what the system stops spending. An intervention's own part is what it would release alone;
            capacity closes in steps, so two small ones may close a ward that neither would close.
        at_full_cost: what the activity used to cost; at marginal cost and stranded cost together.
    """

    points: tuple[str, ...]
    years: tuple[str, ...]
    at_tariff: Attribution
    at_marginal_cost: Attribution
    at_full_cost: Attribution

    @property
    def stranded_cost(self) -> FloatArray:
        """Points by years: what is still spent on activity that has gone."""
        return self.at_full_cost.total - self.at_marginal_cost.total

    @property
    def income_gap(self) -> FloatArray:
        """Points by years: income that providers lose beyond the cost that they shed; below 0 it is a gain."""
        return self.at_tariff.total - self.at_marginal_cost.total


def savings(
    saved: Attribution, axes: Axes, *, prices: Mapping[str, UnitPrice], index: npt.ArrayLike | None = None
) -> Savings:
    """Put a worth on saved activity.

    Args:
        saved: events saved by intervention, on four axes; see ``Combined.saved``.
        axes: of ``saved``.
        prices: by point of delivery, at the prices of one year.
        index: prices of each year over those of that year; 1 throughout when left out.

    Raises:
        DemandError: a point has something saved and no price, or the index does not fit the years.
    """
    level = _level(index, axes)
    by_point = saved.summed(axis=(1, 2))
    refuse(_unpriced(np.asarray(by_point.total.any(axis=1)), axes, prices=prices))
    worth = _Worths(axes, prices, level)
    return Savings(
        points=axes.points,
        years=axes.years,
        at_tariff=_valued(by_point, worth.at_tariff),
        at_marginal_cost=_valued(by_point, worth.at_marginal_cost),
        at_full_cost=_valued(by_point, worth.at_full_cost),
    )


@dataclass(frozen=True, eq=False)
class SavingsRuns:
    """The worth of saved activity in every run: runs by points of delivery by years. The three are never added.

    Attributes:
        at_tariff: what the payer stops paying.
        at_marginal_cost: what the system stops spending.
        at_full_cost: what the activity used to cost.
    """

    at_tariff: FloatArray
    at_marginal_cost: FloatArray
    at_full_cost: FloatArray


def savings_of_runs(
    saved: npt.ArrayLike, axes: Axes, *, prices: Mapping[str, UnitPrice], index: npt.ArrayLike | None = None
) -> SavingsRuns:
    """Put a worth on activity saved in every run.

    Args:
        saved: runs by points by years; see ``run_saved``.
        axes: whose points and years.
        prices: see ``savings``.
        index: see ``savings``.

    Raises:
        DemandError: see ``savings``; or the runs do not fit the axes.
    """
    events = frozen("saved", saved)
    if events.ndim != RUN_AXES or events.shape[1:] != (len(axes.points), len(axes.years)):
        expected = f"runs x {len(axes.points)} points x {len(axes.years)} years"
        raise DemandError([f"saved: the shape is {events.shape}; expected {expected}"])
    refuse(_unpriced(np.asarray(events.any(axis=(0, 2))), axes, prices=prices))
    worth = _Worths(axes, prices, _level(index, axes))
    return SavingsRuns(worth.at_tariff(events), worth.at_marginal_cost(events), worth.at_full_cost(events))


@dataclass(frozen=True, eq=False)
class _Worths:
    """Worth of events by points and years, which are the last two axes of what is handed in."""

    axes: Axes
    prices: Mapping[str, UnitPrice]
    level: FloatArray

    def at_tariff(self, events: FloatArray) -> FloatArray:
        return events * self._column("tariff") * self.level

    def at_full_cost(self, events: FloatArray) -> FloatArray:
        return events * self._column("cost") * self.level

    def at_marginal_cost(self, events: FloatArray) -> FloatArray:
        released = np.zeros(events.shape)
        for place, point in enumerate(self.axes.points):
            if point in self.prices:
                price = self.prices[point]
                released[..., place, :] = cost_released(
                    events[..., place, :], unit_cost=price.cost, behaviour=price.behaviour
                )
        return released * self.level

    def _column(self, name: str) -> FloatArray:
        points = self.axes.points
        column = [getattr(self.prices[point], name) if point in self.prices else 0.0 for point in points]
        return np.array(column)[:, np.newaxis]


def _valued(saved: Attribution, worth: Callable[[FloatArray], FloatArray]) -> Attribution:
    """Each part at its worth: of one intervention alone, and of all together; the rest is interaction."""
    own = {change.name: worth(change.own) for change in saved.changes}
    return Attribution.of(np.zeros(saved.total.shape), own, total=worth(saved.total))


def _unpriced(saved_at: npt.NDArray[np.bool_], axes: Axes, *, prices: Mapping[str, UnitPrice]) -> Iterator[str]:
    for point, saved in zip(axes.points, saved_at, strict=True):
        if saved and point not in prices:
            yield f"no price is given for {point}, where activity is saved; expected one for each point of delivery"


def _level(index: npt.ArrayLike | None, axes: Axes) -> FloatArray:
    level = frozen("price index", np.ones(len(axes.years)) if index is None else index)
    if level.shape != (len(axes.years),):
        raise DemandError([f"price index: {level.size} numbers for {len(axes.years)} years; expected one for each"])
    if not (np.isfinite(level).all() and (level > 0).all()):
        raise DemandError(["price index: expected numbers above 0, such as 1.021 for prices 2.1% higher"])
    return level
