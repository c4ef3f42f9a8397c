"""The gap if nothing is done: cost less resources, year by year, and how it comes from three drivers.

Cost grows with demand and with prices, resources grow with funding, each compounded from the base year, and
``gap = cost - resources``. Each driver's own part is the change of the gap when it alone acts from the base year;
funding grows on the other side and takes away.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from placeplan.demand.activity import Attribution, FloatArray, frozen
from placeplan.demand.errors import DemandError, refuse

DEMAND, INFLATION, FUNDING = "demand-growth", "cost-inflation", "funding-growth"


@dataclass(frozen=True, eq=False)
class Gap:
    """Cost, resources and what is missing between them.

    Attributes:
        years: the base year and those after it.
        cost: in each year if nothing is done, in the unit that the base was given in.
        resources: likewise.
        attribution: of the gap in each year, from that of the base year, by driver.
    """

    years: tuple[str, ...]
    cost: FloatArray
    resources: FloatArray
    attribution: Attribution

    @property
    def gap(self) -> FloatArray:
        """Cost less resources; above 0, money is missing."""
        return np.asarray(self.cost - self.resources)

    def local_share(self, share: float) -> FloatArray:
        """The gap of a place that has this share of the weighted population.

        Raises:
            DemandError: the share is not between 0 and 1.
        """
        refuse([] if 0 <= share <= 1 else [f"share of the population: {share:g}; expected between 0 and 1"])
        return np.asarray(self.gap * share)

    def closing(self, solutions: Mapping[str, npt.ArrayLike]) -> Attribution:
        """From the gap to what is left of it after solutions, each a saving by year that takes away.

        Raises:
            DemandError: a solution has not one number for each year.
        """
        savings = {name: frozen(name, saving) for name, saving in solutions.items()}
        refuse(
            f"solution '{name}': expected one number for each of {len(self.years)} years"
            for name, saving in savings.items()
            if saving.shape != self.gap.shape
        )
        left = self.gap - sum(savings.values(), start=np.zeros(len(self.years)))
        return Attribution.of(self.gap, {name: -saving for name, saving in savings.items()}, total=left)


def gap_of(
    years: Sequence[str],
    *,
    cost: float,
    resources: float,
    demand_growth: Sequence[float],
    cost_inflation: Sequence[float],
    funding_growth: Sequence[float],
) -> Gap:
    """The gap of every year.

    Args:
        years: the base year and those after it.
        cost: in the base year.
        resources: in the base year, same unit.
        demand_growth: yearly, such as 0.023, for each year after the base year.
        cost_inflation: likewise.
        funding_growth: likewise.

    Raises:
        DemandError: a list has not one rate for each year after the base year, a rate is missing or below -100%, or
            cost or resources are below 0.
    """
    given = {DEMAND: demand_growth, INFLATION: cost_inflation, FUNDING: funding_growth}
    refuse(_problems(years, {"cost": cost, "resources": resources}, given=given))
    grown = {
        name: np.concatenate([[1.0], np.cumprod(1 + np.asarray(rates, dtype=np.float64))])
        for name, rates in given.items()
    }
    spent = cost * grown[DEMAND] * grown[INFLATION]
    there = resources * grown[FUNDING]
    base = np.full(len(years), cost - resources)
    own = {
        DEMAND: cost * (grown[DEMAND] - 1),
        INFLATION: cost * (grown[INFLATION] - 1),
        FUNDING: -resources * (grown[FUNDING] - 1),
    }
    attribution = Attribution.of(base, own, total=spent - there)
    return Gap(tuple(years), frozen("cost", spent), frozen("resources", there), attribution)


def steady_growth(base: float, target: float, *, years: int) -> float:
    """The yearly growth that leads from one number to another.

    Raises:
        DemandError: a number is not above 0, or there is no year.
    """
    if not (base > 0 and target > 0 and years >= 1):
        raise DemandError([f"growth from {base:g} to {target:g} in {years} years: expected numbers above 0 and a year"])
    return float((target / base) ** (1 / years) - 1)


def _problems(
    years: Sequence[str], amounts: Mapping[str, float], *, given: Mapping[str, Sequence[float]]
) -> Iterator[str]:
    if not years:
        yield "gap: expected the base year and the years after it"
    for before, after in pairwise(years):
        if after <= before:
            yield f"gap: '{after}' stands after '{before}'; expected years in order, each once"
    for name, amount in amounts.items():
        if not (np.isfinite(amount) and amount >= 0):
            yield f"gap: {name} of {amount:g}; expected 0 or more"
    for name, rates in given.items():
        if len(rates) != len(years) - 1:
            yield f"{name}: {len(rates)} rates for {len(years)} years; expected one for each year after the base year"
        for rate in rates:
            if not (np.isfinite(rate) and rate >= -1):
                yield f"{name}: a yearly rate of {rate:g}; expected -1 (-100%) or more"
