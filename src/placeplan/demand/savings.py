"""What saved activity is worth: three numbers for three questions, which are never added.

- **at tariff**: what the payer stops paying;
- **at marginal cost**: what the system stops spending;
- **stranded cost**: what the activity used to cost and is still spent, until capacity is closed.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import Attribution, FloatArray, frozen
from placeplan.demand.axes import Axes
from placeplan.demand.errors import DemandError, refuse
from placeplan.demand.stranded import CostBehaviour, cost_released


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
    refuse(
        f"no price is given for {point}, where activity is saved; expected one for each point of delivery"
        for point, events in zip(axes.points, by_point.total, strict=True)
        if point not in prices and events.any()
    )
    return Savings(
        points=axes.points,
        years=axes.years,
        at_tariff=_valued(by_point, lambda events: events * _column(axes, prices, name="tariff") * level),
        at_marginal_cost=_valued(by_point, lambda events: _released(events, axes=axes, prices=prices) * level),
        at_full_cost=_valued(by_point, lambda events: events * _column(axes, prices, name="cost") * level),
    )


def _valued(saved: Attribution, worth: Callable[[FloatArray], FloatArray]) -> Attribution:
    """Each part at its worth: of one intervention alone, and of all together; the rest is interaction."""
    own = {change.name: worth(change.own) for change in saved.changes}
    return Attribution.of(np.zeros(saved.total.shape), own, total=worth(saved.total))


def _released(events: FloatArray, *, axes: Axes, prices: Mapping[str, UnitPrice]) -> FloatArray:
    released = np.zeros(events.shape)
    for place, point in enumerate(axes.points):
        if point in prices:
            price = prices[point]
            released[place] = cost_released(events[place], unit_cost=price.cost, behaviour=price.behaviour)
    return released


def _column(axes: Axes, prices: Mapping[str, UnitPrice], *, name: str) -> FloatArray:
    column = [getattr(prices[point], name) if point in prices else 0.0 for point in axes.points]
    return np.array(column)[:, np.newaxis]


def _level(index: npt.ArrayLike | None, axes: Axes) -> FloatArray:
    level = frozen("price index", np.ones(len(axes.years)) if index is None else index)
    if level.shape != (len(axes.years),):
        raise DemandError([f"price index: {level.size} numbers for {len(axes.years)} years; expected one for each"])
    if not (np.isfinite(level).all() and (level > 0).all()):
        raise DemandError(["price index: expected numbers above 0, such as 1.021 for prices 2.1% higher"])
    return level
