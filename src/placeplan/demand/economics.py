"""Is it worth it: net benefit, payback, net present value and return for each pound.

Source of discounting: HM Treasury, The Green Book: amounts of a later year are divided by the discount rates of all
years up to it; the first year stands as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import FloatArray, frozen
from placeplan.demand.errors import DemandError, refuse

PENNY = 0.01


@dataclass(frozen=True, eq=False)
class CashFlow:
    """Pounds of each year, seen by one party; all amounts are above 0.

    Attributes:
        savings: at tariff for the payer, at marginal cost for the system. The two are never added.
        recurrent: investment of every year.
        non_recurrent: investment that comes once.
        double_running: what is paid while old and new services run side by side.

    Raises:
        DemandError: years are not of one number, or an amount is missing or below 0.
    """

    savings: FloatArray
    recurrent: FloatArray
    non_recurrent: FloatArray
    double_running: FloatArray

    def __post_init__(self) -> None:
        for field in fields(self):
            object.__setattr__(self, field.name, frozen(field.name, getattr(self, field.name)))
        refuse(self._problems())

    @classmethod
    def of(cls, savings: npt.ArrayLike, investment: npt.ArrayLike) -> "CashFlow":
        """Savings and a recurrent investment, with nothing that comes once and no double running."""
        nothing = np.zeros(np.shape(savings))
        return cls(frozen("savings", savings), frozen("investment", investment), nothing, nothing)

    @property
    def investment(self) -> FloatArray:
        """All that is paid."""
        return self.recurrent + self.non_recurrent + self.double_running

    @property
    def net(self) -> FloatArray:
        """Savings less investment, year by year."""
        return self.savings - self.investment

    def _problems(self) -> Iterator[str]:
        for field in fields(self):
            amounts = getattr(self, field.name)
            if amounts.ndim != 1 or amounts.shape != self.savings.shape:
                yield f"{field.name}: the shape is {amounts.shape}; expected one amount for each year"
            elif not (np.isfinite(amounts).all() and (amounts >= 0).all()):
                yield f"{field.name}: an amount is missing or below 0; expected pounds, 0 or more"


@dataclass(frozen=True, eq=False)
class Worth:
    """What a cash flow comes to.

    Attributes:
        net: of each year, and in ``cumulative`` up to each.
        cumulative: see ``net``.
        discounted: ``net`` in pounds of the first year.
        net_present_value: sum of ``discounted``.
        payback: years from the beginning until the cumulative net is at or above 0 and stays there, each year's amounts
            spread evenly; none where that does not happen.
        discounted_payback: the same, discounted.
        return_per_pound: savings over investment; none where less than a penny is invested.
        discounted_return_per_pound: the same, discounted.
    """

    net: FloatArray
    cumulative: FloatArray
    discounted: FloatArray
    net_present_value: float
    payback: float | None
    discounted_payback: float | None
    return_per_pound: float | None
    discounted_return_per_pound: float | None


def discount_factors(rates: npt.ArrayLike) -> FloatArray:
    """Worth today of a pound of each year: 1 for the first, then divided by ``1 + rate`` of each year that passes.

    Args:
        rates: of each year, such as 0.035; the first is not used.

    Raises:
        DemandError: a rate is missing, or -100% or less.
    """
    given = frozen("discount rate", rates)
    if given.ndim != 1 or not (np.isfinite(given).all() and (given > -1).all()):
        raise DemandError(["discount rate: expected one above -1 for each year, such as 0.035"])
    growth = 1.0 + given
    growth[:1] = 1.0
    return np.asarray(1.0 / np.cumprod(growth))


def worth(flow: CashFlow, *, rates: npt.ArrayLike) -> Worth:
    """What a cash flow comes to.

    Args:
        flow: of one party.
        rates: the discount rate, or one for each year.

    Raises:
        DemandError: the rates do not fit the years.
    """
    years = len(flow.net)
    given = np.broadcast_to(np.asarray(rates, dtype=np.float64), (years,)) if np.ndim(rates) == 0 else rates
    factors = discount_factors(given)
    if len(factors) != years:
        raise DemandError([f"discount rate: {len(factors)} rates for {years} years; expected one for each"])
    discounted = flow.net * factors
    return Worth(
        net=flow.net,
        cumulative=np.cumsum(flow.net),
        discounted=discounted,
        net_present_value=float(discounted.sum()),
        payback=payback(flow.net),
        discounted_payback=payback(discounted),
        return_per_pound=_over(flow.savings.sum(), flow.investment.sum()),
        discounted_return_per_pound=_over((flow.savings * factors).sum(), (flow.investment * factors).sum()),
    )


def payback(net: npt.ArrayLike) -> float | None:
    """Years until the cumulative net is at or above 0 for good; none where it ends below 0.

    Amounts of a year are spread evenly over it: -100 and then +200 pays back after 1.5 years.
    """
    amounts = frozen("net", net)
    cumulative = np.concatenate([[0.0], np.cumsum(amounts)])
    if cumulative[-1] < 0:
        return None
    below = np.flatnonzero(cumulative < 0)
    if len(below) == 0:
        return 0.0
    last = int(below[-1])
    return last - float(cumulative[last]) / float(amounts[last])


def _over(savings: float, investment: float) -> float | None:
    return float(savings / investment) if investment >= PENNY else None
