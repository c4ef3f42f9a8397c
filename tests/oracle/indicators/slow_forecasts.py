"""Forecasts the slow obvious way: plain lists, and every forecast of the past worked out from its beginning."""

from collections.abc import Callable
from itertools import product
from math import inf, sqrt

TENTHS = [tenth / 10 for tenth in range(1, 10)]
DAMPING = [0.8, 0.9, 0.98]


def mean_so_far(values: list[float], ahead: int) -> list[float]:
    """The mean, for every period ahead."""
    return [sum(values) / len(values)] * ahead


def year_before(values: list[float], ahead: int, *, season: int) -> list[float]:
    """The last value of the same period of the year."""
    longer = list(values)
    for _ in range(ahead):
        longer.append(longer[-season])
    return longer[len(values) :]


def smoothed(values: list[float], *, alpha: float, beta: float, phi: float) -> tuple[float, float, float]:
    """Level and trend after the last value, and the sum of squares of the errors one period ahead."""
    level, trend, squares = values[1], values[1] - values[0], 0.0
    for value in values[2:]:
        said = level + phi * trend
        squares += (value - said) ** 2
        before, level = level, alpha * value + (1 - alpha) * said
        trend = beta * (level - before) + (1 - beta) * phi * trend
    return level, trend, squares


def damped_trend(values: list[float], ahead: int) -> list[float]:
    """Holt's damped trend with the smoothing that was nearest so far."""
    fewest, chosen = inf, (0.0, 0.0, 0.0)
    for alpha, beta, phi in product(TENTHS, TENTHS, DAMPING):
        level, trend, squares = smoothed(values, alpha=alpha, beta=beta, phi=phi)
        if squares < fewest:
            fewest, chosen = squares, (level, trend, phi)
    level, trend, phi = chosen
    forecasts, reach = [], 0.0
    for period in range(1, ahead + 1):
        reach += phi**period
        forecasts.append(level + reach * trend)
    return forecasts


def root_mean_squares(
    values: list[float], method: Callable[[list[float], int], list[float]], *, ahead: int, first: int
) -> list[tuple[int, float]]:
    """For each period ahead, how many forecasts of the past reached it and how wrong they were."""
    found = []
    for period in range(1, ahead + 1):
        errors = [
            values[origin + period - 1] - method(values[:origin], period)[-1]
            for origin in range(first, len(values) - period + 1)
        ]
        found.append((len(errors), sqrt(sum(error**2 for error in errors) / len(errors)) if errors else inf))
    return found
