"""What a contract pays for activity: a block, and a variable part with marginal rates, a cap and a collar.

The marginal rates are the risk share: of a pound of activity above plan, the payer bears the rate and the provider the
rest; of a pound below plan, the payer keeps the rate.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from math import inf, isfinite

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import FloatArray, frozen
from placeplan.demand.errors import DemandError, refuse


@dataclass(frozen=True, slots=True)
class Band:
    """A marginal rate for activity that differs from plan by at least ``beyond``.

    Attributes:
        beyond: share of the planned value, such as 0.02; up to the next band.
        rate: share of its value that is paid (above plan) or kept back (below plan), 0 to 1.
    """

    beyond: float
    rate: float


FULL_RATE = (Band(0.0, 1.0),)


@dataclass(frozen=True, slots=True)
class ContractTerms:
    """How activity is paid for.

    Attributes:
        block: pounds a period, whatever the activity.
        above: rates above plan, by rising distance from it; the first begins at 0.
        below: rates below plan, likewise.
        cap: the most that the variable part may come to, over its plan, such as 1.05; none where it is open.
        collar: the least, such as 0.97.

    Raises:
        DemandError: a block below 0, bands out of order, a rate outside 0 to 1, a cap below 1, or a collar above 1.
    """

    block: float = 0.0
    above: tuple[Band, ...] = FULL_RATE
    below: tuple[Band, ...] = FULL_RATE
    cap: float | None = None
    collar: float | None = None

    def __post_init__(self) -> None:
        refuse(f"contract: {problem}" for problem in self._problems())

    def _problems(self) -> Iterator[str]:
        if not (isfinite(self.block) and self.block >= 0):
            yield f"the block is {self.block:g}; expected pounds, 0 or more"
        for side, bands in (("above", self.above), ("below", self.below)):
            yield from (f"{side} plan: {problem}" for problem in _band_problems(bands))
        if self.cap is not None and not self.cap >= 1:
            yield f"the cap is {self.cap:g}; expected 1 or more, such as 1.05 for 5% above plan"
        if self.collar is not None and not 0 <= self.collar <= 1:
            yield f"the collar is {self.collar:g}; expected 0 to 1, such as 0.97 for 3% below plan"


@dataclass(frozen=True, eq=False)
class Payment:
    """Pounds of each period.

    Attributes:
        block: whatever the activity.
        variable: for activity, after rates, cap and collar.
        value: of the activity at full price.
        planned: value that was planned.
        limited: whether the cap or the collar of the year so far was in force.
    """

    block: FloatArray
    variable: FloatArray
    value: FloatArray
    planned: FloatArray
    limited: np.ndarray

    @property
    def total(self) -> FloatArray:
        """Block and variable part."""
        return self.block + self.variable

    @property
    def borne_by_payer(self) -> FloatArray:
        """What the payer pays above plan; below 0 what it keeps."""
        return self.variable - self.planned

    @property
    def borne_by_provider(self) -> FloatArray:
        """Value of activity above plan that is not paid; below 0 it is paid without activity."""
        return self.value - self.variable


def variable_payment(planned: npt.ArrayLike, value: npt.ArrayLike, *, terms: ContractTerms) -> FloatArray:
    """The variable part for one or more contracts, or years so far.

    Args:
        planned: value of planned activity at full price, in pounds.
        value: of actual activity.
        terms: of the contract.

    Raises:
        DemandError: an amount is missing or below 0, or the two have not one shape.
    """
    plan, actual = _amounts(planned, value)
    paid = plan + _in_bands(actual - plan, plan, bands=terms.above) - _in_bands(plan - actual, plan, bands=terms.below)
    lowest = 0.0 if terms.collar is None else terms.collar * plan
    highest = inf if terms.cap is None else terms.cap * plan
    return np.asarray(np.clip(paid, lowest, highest))


def monthly_payments(planned: npt.ArrayLike, value: npt.ArrayLike, *, terms: ContractTerms) -> Payment:
    """Payments of successive periods of one year.

    Rates, cap and collar apply to the year so far, and each period pays what the year so far has grown by: a quiet
    month makes up for a busy one.

    Args:
        planned: value of planned activity of each period.
        value: of actual activity.
        terms: with the block of one period.

    Raises:
        DemandError: see ``variable_payment``.
    """
    plan, actual = _amounts(planned, value)
    so_far = variable_payment(np.cumsum(plan), np.cumsum(actual), terms=terms)
    free = ContractTerms(terms.block, terms.above, terms.below)
    limited = ~np.isclose(so_far, variable_payment(np.cumsum(plan), np.cumsum(actual), terms=free), rtol=1e-12, atol=0)
    return Payment(np.full(plan.shape, terms.block), np.diff(so_far, prepend=0.0), actual, plan, limited)


def _in_bands(difference: FloatArray, plan: FloatArray, *, bands: tuple[Band, ...]) -> FloatArray:
    """What the rates make of a difference from plan; nothing where it is below 0."""
    ends = [*(band.beyond for band in bands[1:]), inf]
    total = np.zeros(difference.shape)
    for band, end in zip(bands, ends, strict=True):
        width = inf if end == inf else (end - band.beyond) * plan
        total += band.rate * np.clip(difference - band.beyond * plan, 0.0, width)
    return total


def _band_problems(bands: tuple[Band, ...]) -> Iterator[str]:
    if not bands or bands[0].beyond != 0:
        yield "expected bands that begin at 0"
    for before, after in pairwise(bands):
        if not after.beyond > before.beyond:
            yield f"the band beyond {after.beyond:g} stands after that beyond {before.beyond:g}; expected them to rise"
    for band in bands:
        if not 0 <= band.rate <= 1:
            yield f"the rate beyond {band.beyond:g} is {band.rate:g}; expected 0 to 1"


def _amounts(planned: npt.ArrayLike, value: npt.ArrayLike) -> tuple[FloatArray, FloatArray]:
    plan, actual = frozen("planned", planned), frozen("value", value)
    if plan.shape != actual.shape:
        raise DemandError([f"planned is {plan.shape} and value {actual.shape}; expected one shape"])
    for name, amounts in (("planned", plan), ("value", actual)):
        if not (np.isfinite(amounts).all() and (amounts >= 0).all()):
            raise DemandError([f"{name}: an amount is missing or below 0; expected pounds, 0 or more"])
    return plan, actual
