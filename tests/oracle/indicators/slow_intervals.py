"""Confidence intervals the slow, obvious way: one number at a time, sums of probabilities, limits by halving."""

import math
from collections.abc import Callable, Sequence
from statistics import NormalDist, mean, stdev

HALVINGS = 70


def z_of(confidence: float) -> float:
    return NormalDist().inv_cdf((1 + confidence) / 2)


def halved(is_low: Callable[[float], bool], *, low: float, high: float) -> float:
    """The number between two at which ``is_low`` turns false."""
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        low, high = (middle, high) if is_low(middle) else (low, middle)
    return (low + high) / 2


def wilson(count: float, population: float, confidence: float) -> tuple[float, float]:
    """The shares at which the count would be just z standard errors away."""
    z, seen = z_of(confidence), count / population

    def away(share: float) -> float:
        return abs(seen - share) - z * math.sqrt(share * (1 - share) / population)

    lower = 0.0 if seen == 0 else halved(lambda share: away(share) > 0, low=0.0, high=seen)
    upper = 1.0 if seen == 1 else halved(lambda share: away(share) < 0, low=seen, high=1.0)
    return lower, upper


def poisson_or_fewer(count: int, expected: float) -> float:
    if expected == 0:
        return 1.0
    return math.fsum(math.exp(-expected + k * math.log(expected) - math.lgamma(k + 1)) for k in range(count + 1))


def exact_poisson(count: int, confidence: float) -> tuple[float, float]:
    tail = (1 - confidence) / 2
    top = 10 * count + 100.0
    upper = halved(lambda expected: poisson_or_fewer(count, expected) > tail, low=0.0, high=top)
    if count == 0:
        return 0.0, upper
    lower = halved(lambda expected: 1 - poisson_or_fewer(count - 1, expected) < tail, low=0.0, high=top)
    return lower, upper


def byar(count: float, confidence: float) -> tuple[float, float]:
    z = z_of(confidence)
    lower = count * (1 - 1 / (9 * count) - z / (3 * math.sqrt(count))) ** 3
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + z / (3 * math.sqrt(count + 1))) ** 3
    return lower, upper


def count_limits(count: int, confidence: float) -> tuple[float, float]:
    return exact_poisson(count, confidence) if count < 10 else byar(count, confidence)


def dsr(
    counts: Sequence[int], populations: Sequence[float], weights: Sequence[float], confidence: float
) -> tuple[float, float, float]:
    """Rate for one person with Dobson limits."""
    total, whole, rate, variance = sum(counts), sum(weights), 0.0, 0.0
    for count, population, weight in zip(counts, populations, weights, strict=True):
        rate += weight * count / population / whole
        variance += (weight / whole) ** 2 * count / population**2
    lower, upper = count_limits(total, confidence)
    scale = math.sqrt(variance / total)
    return rate, rate + scale * (lower - total), rate + scale * (upper - total)


def expected_events(
    populations: Sequence[float], reference_counts: Sequence[float], reference_populations: Sequence[float]
) -> float:
    return sum(n * c / p for n, c, p in zip(populations, reference_counts, reference_populations, strict=True))


def student_point(confidence: float, freedom: int) -> float:
    """The point of Student's t by Simpson's rule and halving."""
    log_scale = math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2) - math.log(freedom * math.pi) / 2

    def density(angle: float) -> float:
        # t = tan(angle), so that the tail is finite.
        return (
            math.exp(log_scale - (freedom + 1) / 2 * math.log1p(math.tan(angle) ** 2 / freedom)) / math.cos(angle) ** 2
        )

    def inside(point: float) -> float:
        steps, top = 400, math.atan(point)
        width = top / steps
        total = density(0.0) + density(top)
        total += math.fsum((4 if step % 2 else 2) * density(step * width) for step in range(1, steps))
        return 2 * total * width / 3

    low, high = 0.0, 1.0
    while inside(high) < confidence:
        high *= 2
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if inside(middle) < confidence else (low, middle)
    return (low + high) / 2


def mean_limits(values: Sequence[float], confidence: float) -> tuple[float, float, float]:
    centre = mean(values)
    reach = student_point(confidence, len(values) - 1) * stdev(values) / math.sqrt(len(values))
    return centre, centre - reach, centre + reach
