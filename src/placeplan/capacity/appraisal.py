"""Appraisal of options as the Green Book asks: discounted cost, weighted score, and each beside the do-minimum.

Source: HM Treasury, The Green Book (2022), chapters 4 and 5 and annex 6 (discounting). A flow of year 0 is not
discounted; later ones by the rate of each year passed, so that a rate that falls with time is compounded step by step.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import isfinite

import numpy as np

from placeplan.capacity.arrays import CapacityInputError, FloatArray

SUM_WITHIN = 1e-9


@dataclass(frozen=True, slots=True)
class DiscountStep:
    """A rate a year, from a year on: 0.035 from year 1."""

    from_year: int
    rate: float

    def __post_init__(self) -> None:
        if self.from_year < 1 or not 0 <= self.rate < 1:
            message = f"discount rate {self.rate!r} from year {self.from_year!r}"
            raise CapacityInputError(f"{message}: expected a share from 0 to below 1, from year 1 or later.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Option:
    """One way to meet the need.

    Attributes:
        id: short name.
        costs: pounds in prices of year 0, by year, year 0 first.
        benefits: pounds in the same prices, by year; none where they are not in money.
        scores: points by criterion.
    """

    id: str
    costs: tuple[float, ...]
    benefits: tuple[float, ...] = ()
    scores: Mapping[str, float]

    @property
    def years(self) -> int:
        """For how many years after year 0 it costs or brings something."""
        return max(len(self.costs), len(self.benefits)) - 1

    def __post_init__(self) -> None:
        if not self.costs:
            raise CapacityInputError(f"{self.id}, costs: there are none; expected pounds for year 0 and later years.")
        numbers = {"costs": self.costs, "benefits": self.benefits, "scores": tuple(self.scores.values())}
        for name, values in numbers.items():
            if not all(isfinite(value) for value in values):
                raise CapacityInputError(f"{self.id}, {name}: expected numbers, each known.")


@dataclass(frozen=True, slots=True)
class AppraisedOption:
    """An option in figures.

    Attributes:
        option: the option.
        net_present_cost: discounted costs less discounted benefits, pounds.
        present_costs: discounted costs.
        present_benefits: discounted benefits.
        score: weighted points.
        rank: by score, 1 is first; options with one score share a rank.
        extra_cost: net present cost beyond that of the do-minimum.
        extra_score: points beyond those of the do-minimum.
        cost_of_a_point: extra cost for each extra point; nothing where there is no extra point.
        equivalent_annual_cost: net present cost as equal amounts in each year after year 0, pounds.
    """

    option: Option
    net_present_cost: float
    present_costs: float
    present_benefits: float
    score: float
    rank: int
    extra_cost: float
    extra_score: float
    cost_of_a_point: float | None
    equivalent_annual_cost: float

    @property
    def net_present_value(self) -> float:
        """Discounted benefits less discounted costs, pounds."""
        return -self.net_present_cost


@dataclass(frozen=True, slots=True)
class Appraisal:
    """Options in the order of their scores, the cheaper before the dearer, with the weights that they rest on."""

    options: tuple[AppraisedOption, ...]
    weights: Mapping[str, float]
    do_minimum: str


def discount_factors(years: int, *, steps: Sequence[DiscountStep]) -> FloatArray:
    """What a pound of each year is worth in year 0.

    Args:
        years: how many, year 0 among them.
        steps: rates, the first from year 1.

    Raises:
        CapacityInputError: no year, or rates that do not start at year 1 and go on.
    """
    starts = [step.from_year for step in steps]
    if years < 1:
        raise CapacityInputError(f"years: {years!r}; expected 1 or more.")
    if not starts or starts[0] != 1 or any(later <= before for before, later in pairwise(starts)):
        raise CapacityInputError(f"discount rates start in years {starts}; expected year 1 first, then later years.")
    which = np.searchsorted(starts, np.arange(1, years), side="right") - 1
    rates = np.array([step.rate for step in steps])[which]
    return np.concatenate([[1.0], 1.0 / np.cumprod(1.0 + rates)])


def present_value(flows: Sequence[float], *, steps: Sequence[DiscountStep]) -> float:
    """Flows by year, year 0 first, in pounds of year 0."""
    if not flows:
        return 0.0
    return float(np.dot(np.asarray(flows, dtype=float), discount_factors(len(flows), steps=steps)))


def equivalent_annual_cost(present: float, *, years: int, steps: Sequence[DiscountStep]) -> float:
    """An amount of year 0 as equal amounts at the end of each of so many later years.

    Options that last for different times are compared by it. At one rate ``r`` the divisor is the annuity factor
    ``(1 - (1 + r) ** -years) / r``; a rate that falls is compounded step by step.

    Raises:
        CapacityInputError: no year.
    """
    if years < 1:
        raise CapacityInputError(f"years: {years!r}; expected 1 or more to spread a cost over.")
    return present / float(discount_factors(years + 1, steps=steps)[1:].sum())


def appraised(
    options: Sequence[Option], *, weights: Mapping[str, float], do_minimum: str, steps: Sequence[DiscountStep]
) -> Appraisal:
    """Every option with its discounted cost, its weighted score, and both beside the do-minimum.

    Args:
        options: at least two; each with a score for each criterion.
        weights: of the criteria; they add up to 1.
        do_minimum: the option that the others are held against.
        steps: discount rates.

    Raises:
        CapacityInputError: weights that do not add up, a score without a criterion or the reverse, an option twice, a
            do-minimum that is none of them.
    """
    _fit(options, weights, do_minimum=do_minimum)
    costs = {one.id: present_value(one.costs, steps=steps) for one in options}
    benefits = {one.id: present_value(one.benefits, steps=steps) for one in options}
    points = dict(zip([one.id for one in options], score_table(options, weights) @ list(weights.values()), strict=True))
    base_cost, base_score = costs[do_minimum] - benefits[do_minimum], float(points[do_minimum])
    found = []
    for one in options:
        net, score = costs[one.id] - benefits[one.id], float(points[one.id])
        ahead = sum(1 for other in points.values() if other > score + SUM_WITHIN)
        better = score - base_score
        found.append(
            AppraisedOption(
                option=one,
                net_present_cost=net,
                present_costs=costs[one.id],
                present_benefits=benefits[one.id],
                score=score,
                rank=ahead + 1,
                extra_cost=net - base_cost,
                extra_score=better,
                cost_of_a_point=(net - base_cost) / better if better > SUM_WITHIN else None,
                equivalent_annual_cost=equivalent_annual_cost(net, years=max(one.years, 1), steps=steps),
            )
        )
    ordered = sorted(found, key=lambda one: (one.rank, one.net_present_cost, one.option.id))
    return Appraisal(tuple(ordered), dict(weights), do_minimum)


def score_table(options: Sequence[Option], weights: Mapping[str, float]) -> FloatArray:
    """Scores, options by criteria in the order of the weights."""
    return np.array([[one.scores[name] for name in weights] for one in options], dtype=np.float64)


def _fit(options: Sequence[Option], weights: Mapping[str, float], *, do_minimum: str) -> None:
    found = []
    ids = [one.id for one in options]
    if len(ids) < 2 or len(set(ids)) < len(ids):
        found.append("options: expected two or more, each with a name of its own")
    if do_minimum not in ids:
        found.append(f"do-minimum: '{do_minimum}' is no option; expected one of {', '.join(ids)}")
    if not weights or any(not weight >= 0 for weight in weights.values()):
        found.append("weights: expected a number of 0 or more for each criterion")
    elif abs(sum(weights.values()) - 1) > SUM_WITHIN:
        found.append(f"weights: they add up to {sum(weights.values()):g}; expected 1")
    for one in options:
        missing, other = sorted(set(weights) - set(one.scores)), sorted(set(one.scores) - set(weights))
        if missing:
            found.append(f"{one.id}: no score for {', '.join(missing)}")
        if other:
            found.append(f"{one.id}: a score for {', '.join(other)}, which has no weight")
    if found:
        raise CapacityInputError("; ".join(found) + ".")
