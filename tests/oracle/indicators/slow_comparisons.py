"""Quantiles, slopes, dispersion and peers, by counting and adding."""

import math
from collections.abc import Sequence

from tests.oracle.indicators.slow_intervals import halved, wilson


def quantile_of(values: Sequence[float], place: int, *, number: int, highest_first: bool) -> int | None:
    """The quantile of one value among its family."""
    if len(values) < number:
        return None
    better = sum((one > values[place]) if highest_first else (one < values[place]) for one in values)
    from_end = math.ceil((len(values) - better) * number / len(values))
    return max(1, number + 1 - from_end)


def weighted_line(xs: Sequence[float], ys: Sequence[float], weights: Sequence[float]) -> tuple[float, float]:
    """Intercept and slope by the normal equations."""
    w = sum(weights)
    wx = sum(a * x for a, x in zip(weights, xs))
    wy = sum(a * y for a, y in zip(weights, ys))
    wxx = sum(a * x * x for a, x in zip(weights, xs))
    wxy = sum(a * x * y for a, x, y in zip(weights, xs, ys))
    slope = (w * wxy - wx * wy) / (w * wxx - wx * wx)
    return (wy - slope * wx) / w, slope


def ranks_of(populations: Sequence[float]) -> tuple[list[float], list[float]]:
    """Shares of the population, and the middle of each share."""
    whole, passed, shares, middles = sum(populations), 0.0, [], []
    for people in populations:
        shares.append(people / whole)
        middles.append((passed + people / 2) / whole)
        passed += people
    return shares, middles


def slope_index(values: Sequence[float], populations: Sequence[float]) -> tuple[float, float]:
    """Intercept and slope index."""
    shares, middles = ranks_of(populations)
    return weighted_line(middles, values, shares)


def slope_variance(errors: Sequence[float], populations: Sequence[float]) -> float:
    """What the variance of the slope is when every value has its own: by moving each value by one in turn."""
    total = 0.0
    for place, error in enumerate(errors):
        nudge = [0.0] * len(errors)
        nudge[place] = 1.0
        total += (slope_index(nudge, populations)[1] * error) ** 2
    return total


def linear_quantile(values: Sequence[float], share: float) -> float:
    ordered = sorted(values)
    place = (len(ordered) - 1) * share
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def phi_of(scores: Sequence[float], winsorise: float) -> float:
    low, high = linear_quantile(scores, winsorise), linear_quantile(scores, 1 - winsorise)
    return sum(min(max(score, low), high) ** 2 for score in scores) / len(scores)


def tau_squared(phi: float, errors: Sequence[float]) -> float:
    weights = [1 / error**2 for error in errors]
    bottom = sum(weights) - sum(weight**2 for weight in weights) / sum(weights)
    return max(0.0, (len(errors) * phi - (len(errors) - 1)) / bottom) if bottom > 0 else 0.0


def proportion_funnel(average: float, population: float, confidence: float) -> tuple[float, float]:
    """The shares whose Wilson interval would just touch the average."""
    lower = halved(lambda share: wilson(share * population, population, confidence)[1] < average, low=0.0, high=average)
    upper = halved(lambda share: wilson(share * population, population, confidence)[0] < average, low=average, high=1.0)
    return lower, upper


def best_half(values: Sequence[float], *, higher_is_better: bool) -> float:
    ordered = sorted(values, reverse=higher_is_better)
    first = ordered[: math.ceil(len(ordered) / 2)]
    return sum(first) / len(first)


def chi_square_for_trend(counts: Sequence[float], populations: Sequence[float], times: Sequence[float]) -> float:
    whole, events = sum(populations), sum(counts)
    average = events / whole
    statistic = sum(t * (x - n * average) for x, n, t in zip(counts, populations, times))
    spread = (
        sum(n * t * t for n, t in zip(populations, times)) - sum(n * t for n, t in zip(populations, times)) ** 2 / whole
    )
    return statistic**2 / (average * (1 - average) * spread)
