"""Whose travel counts beside everybody's: that of a group of people, or that of the people who travel furthest."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.capacity.siting.types import BoolArray, FloatArray, SitingError


@dataclass(frozen=True, eq=False, kw_only=True)
class GroupTravel:
    """Travel of the people of some demand points, such as those in the most deprived fifth of areas.

    Attributes:
        who: for each demand point, whether its people are of the group.
        weight: how much more their travel counts in the objective; 1 counts it twice.
        most: their mean travel may not be above this.
        name: of the group, for messages.
    """

    who: npt.ArrayLike
    weight: float = 0.0
    most: float = np.inf
    name: str = "the group"

    def __post_init__(self) -> None:
        who = np.array(self.who, dtype=bool)
        if who.ndim != 1 or not who.any():
            raise SitingError([f"{self.name}: expected yes or no for each demand point, and one yes at least"])
        who.flags.writeable = False
        object.__setattr__(self, "who", who)
        _amounts(self.name, self.weight, most=self.most)

    @property
    def members(self) -> BoolArray:
        """Whether the people of each demand point are of the group."""
        return np.asarray(self.who, dtype=bool)


@dataclass(frozen=True, kw_only=True)
class WorstOffTravel:
    """Mean travel of the share of people who travel furthest, whoever they are.

    Source: Rockafellar and Uryasev, Journal of Risk 2000;2:21 (the mean of a tail as a linear program).

    Attributes:
        share: of people; 0.1 is the worst-off tenth.
        weight: how much it counts in the objective, times the demand of everybody.
        most: it may not be above this.
    """

    share: float = 0.1
    weight: float = 0.0
    most: float = np.inf
    name: str = "the worst-off"

    def __post_init__(self) -> None:
        if not 0 < self.share <= 1:
            raise SitingError([f"{self.name}: the share is {self.share!r}; expected above 0, 1 at most"])
        _amounts(self.name, self.weight, most=self.most)


Fairness = GroupTravel | WorstOffTravel


def mean_travel(travel: FloatArray, demand: FloatArray, *, of: Fairness) -> float:
    """Mean travel of a group or of the worst-off, given how far each point travels; ``nan`` where nobody is of it."""
    if isinstance(of, GroupTravel):
        weights = np.where(of.members, demand, 0.0)
    else:
        order = np.argsort(-travel, kind="stable")
        before = np.cumsum(demand[order]) - demand[order]
        weights = np.zeros_like(demand)
        weights[order] = np.clip(of.share * demand.sum() - before, 0.0, demand[order])
    counted = weights > 0
    return float(np.average(travel[counted], weights=weights[counted])) if counted.any() else float("nan")


def _amounts(name: str, weight: float, *, most: float) -> None:
    found = []
    if not 0 <= weight < np.inf:
        found.append(f"{name}: the weight is {weight!r}; expected a number of 0 or more")
    if not most >= 0:
        found.append(f"{name}: the most travel is {most!r}; expected a number of 0 or more")
    if found:
        raise SitingError(found)
