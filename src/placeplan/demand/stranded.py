"""Cost that stays when activity goes: part of it leaves at once, part with the capacity that is closed, part never.

Closing follows activity in steps (a ward, a clinic), late, and only what has been saved for as long as the lag.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from math import isfinite

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import FloatArray, frozen
from placeplan.demand.errors import DemandError, refuse

SHARES_WITHIN = 1e-9
A_HAIR = 1e-9


@dataclass(frozen=True, slots=True)
class CostBehaviour:
    """How the cost of one point of delivery behaves when activity falls.

    Attributes:
        variable: share of the full cost that goes at once (drugs, consumables, agency staff).
        stepped: share that goes when capacity is closed (ward staff).
        fixed: share that stays within the years looked at (estate, overheads).
        step: events a year that one unit of capacity serves, such as the bed days of a ward.
        lag: whole years from activity saved to capacity closed.

    Raises:
        DemandError: shares are not between 0 and 1 or do not add up to 1, a step is not above 0, or a lag is not a
            whole number of years.
    """

    variable: float
    stepped: float
    fixed: float
    step: float
    lag: int = 0

    def __post_init__(self) -> None:
        refuse(f"cost: {problem}" for problem in self._problems())

    def _problems(self) -> Iterator[str]:
        shares = {"variable": self.variable, "stepped": self.stepped, "fixed": self.fixed}
        wrong = [name for name, share in shares.items() if not (isfinite(share) and 0 <= share <= 1)]
        yield from (f"the {name} share is {shares[name]:g}; expected 0 to 1" for name in wrong)
        if not wrong and abs(sum(shares.values()) - 1) > SHARES_WITHIN:
            yield f"the shares variable, stepped and fixed add up to {sum(shares.values()):g}; expected 1"
        if not (isfinite(self.step) and self.step > 0):
            yield f"the step of capacity is {self.step:g}; expected more than 0 events a year"
        if isinstance(self.lag, bool) or self.lag != int(self.lag) or self.lag < 0:
            yield f"the lag is {self.lag!r}; expected whole years, 0 or more"


def closed_capacity(saved: npt.ArrayLike, *, step: float, lag: int) -> FloatArray:
    """Activity whose capacity is closed, for each year.

    Whole steps close, once the activity has stayed away for ``lag`` further years; where it comes back, capacity opens
    again. It is never more than what is saved.

    Args:
        saved: events that do not happen, year by year along the last axis.
        step: events that one unit of capacity serves.
        lag: whole years.

    Raises:
        DemandError: something saved is missing or below 0.
    """
    given = _saved(saved)
    lasting = np.zeros_like(given)
    for year in range(lag, given.shape[-1]):
        lasting[..., year] = given[..., year - lag : year + 1].min(axis=-1)
    steps = np.floor(lasting / step * (1 + A_HAIR))
    return np.asarray(np.minimum(steps * step, given))


def cost_released(saved: npt.ArrayLike, *, unit_cost: npt.ArrayLike, behaviour: CostBehaviour) -> FloatArray:
    """Pounds that the system stops spending, for each year: the variable part, and the stepped part once closed.

    Args:
        saved: events that do not happen, year by year along the last axis.
        unit_cost: full cost of an event in pounds; one number or one for each year.
        behaviour: of that cost.

    Raises:
        DemandError: see ``closed_capacity``.
    """
    given = _saved(saved)
    closed = closed_capacity(given, step=behaviour.step, lag=behaviour.lag)
    return np.asarray((behaviour.variable * given + behaviour.stepped * closed) * np.asarray(unit_cost))


def _saved(saved: npt.ArrayLike) -> FloatArray:
    given = frozen("saved", saved)
    if not np.isfinite(given).all():
        raise DemandError(["saved: a number is missing or infinite"])
    if (given < 0).any():
        raise DemandError([f"saved: {given.min():g} events; expected 0 or more. Activity that is added is a cost"])
    return given
