"""The same methods as a person would write them first: plain Python, one row at a time, nothing wasted on purpose."""

import itertools
import math
import random
from collections.abc import Sequence
from statistics import NormalDist

from scipy import special

Z = NormalDist().inv_cdf(0.975)


def proportion(count: float, population: float) -> tuple[float, float, float]:
    share = count / population
    root = Z * math.sqrt(Z * Z + 4 * count * (1 - share))
    return (
        share,
        (2 * count + Z * Z - root) / 2 / (population + Z * Z),
        (2 * count + Z * Z + root) / 2 / (population + Z * Z),
    )


def count_limits(count: float) -> tuple[float, float]:
    if count < 10:
        return (special.gammaincinv(count, 0.025) if count else 0.0), special.gammainccinv(count + 1, 0.025)
    lower = count * (1 - 1 / (9 * count) - Z / (3 * math.sqrt(count))) ** 3
    upper = (count + 1) * (1 - 1 / (9 * (count + 1)) + Z / (3 * math.sqrt(count + 1))) ** 3
    return lower, upper


def rate(count: float, population: float) -> tuple[float, float, float]:
    lower, upper = count_limits(count)
    scale = 100_000 / population
    return count * scale, lower * scale, upper * scale


def standardised(
    counts: Sequence[float], populations: Sequence[float], *, weights: Sequence[float]
) -> tuple[float, float, float]:
    whole = sum(weights)
    value = sum(w * x / n for w, x, n in zip(weights, counts, populations, strict=True)) / whole
    variance = sum(w * w * x / n / n for w, x, n in zip(weights, counts, populations, strict=True)) / whole**2
    total = sum(counts)
    lower, upper = count_limits(total)
    scale = math.sqrt(variance / total)
    return value, value + scale * (lower - total), value + scale * (upper - total)


def life_table(
    deaths: Sequence[float], populations: Sequence[float], *, starts: Sequence[int]
) -> tuple[list[float], list[float]]:
    last = len(starts) - 1
    widths = [starts[band + 1] - starts[band] for band in range(last)]
    lived = [0.1, *[0.5] * (last - 1)]
    mortality = [dead / people for dead, people in zip(deaths, populations, strict=True)]
    dying = [m * n / (1 + m * n * (1 - a)) for m, n, a in zip(mortality, widths, lived)]
    alive = [1.0]
    for share in dying:
        alive.append(alive[-1] * (1 - share))
    ahead = alive[last] / mortality[last]
    variance = alive[last] ** 2 / (deaths[last] * mortality[last] ** 2)
    expected, errors = [ahead / alive[last]], [math.sqrt(variance) / alive[last]]
    for band in range(last - 1, -1, -1):
        a, n = lived[band], widths[band]
        if deaths[band]:
            of_dying = dying[band] ** 2 * (1 - dying[band]) / deaths[band]
            variance += alive[band] ** 2 * ((1 - a) * n + expected[-1]) ** 2 * of_dying
        ahead += n * (alive[band + 1] + a * (alive[band] - alive[band + 1]))
        expected.append(ahead / alive[band])
        errors.append(math.sqrt(variance) / alive[band])
    return expected[::-1], errors[::-1]


def slope_draws(
    values: Sequence[float], errors: Sequence[float], *, populations: Sequence[float], repetitions: int
) -> list[tuple[float, float]]:
    """Slope and intercept of each draw, sorted."""
    whole, passed, shares, middles = sum(populations), 0.0, [], []
    for people in populations:
        shares.append(people / whole)
        middles.append((passed + people / 2) / whole - 0.5)
        passed += people
    spread = sum(a * b * b for a, b in zip(shares, middles))
    found = []
    for _ in range(repetitions):
        drawn = [random.gauss(value, error) for value, error in zip(values, errors, strict=True)]
        slope = sum(a * b * y for a, b, y in zip(shares, middles, drawn)) / spread
        found.append((slope, sum(a * y for a, y in zip(shares, drawn)) - slope / 2))
    return sorted(found)


def funnel(population: float, average: float) -> list[float]:
    """Poisson limits of a unit, by the inverse in SciPy."""
    expected = population * average
    low = [float(special.pdtrik(tail, expected)) / population for tail in (0.025, 0.001)]
    high = [(float(special.pdtrik(1 - tail, expected)) + 1) / population for tail in (0.025, 0.001)]
    return low + high


def chart(values: Sequence[float], target: float) -> tuple[list[int], str, str]:
    """Labels of the points and both verdicts of one XmR chart, higher being better."""
    mean = sum(values) / len(values)
    ranges = [abs(b - a) for a, b in itertools.pairwise(values)]
    reach = 2.66 * sum(ranges) / len(ranges)
    sides = [(value > mean) - (value < mean) for value in values]
    steps = [(b > a) - (b < a) for a, b in itertools.pairwise(values)]
    near = [2 * reach / 3 < abs(value - mean) <= reach for value in values]
    labels = [0] * len(values)
    for start in range(len(values) - 6):
        if abs(sum(sides[start : start + 7])) == 7:
            labels[start : start + 7] = [4] * 7
    for start in range(len(values) - 2):
        if abs(sum(sides[start : start + 3])) == 3 and sum(near[start : start + 3]) >= 2:
            for place in range(start, start + 3):
                labels[place] = 3 if near[place] else labels[place]
    for start in range(len(steps) - 5):
        if abs(sum(steps[start : start + 6])) == 6:
            labels[start : start + 7] = [2] * 7
    labels = [1 if abs(value - mean) > reach else label for value, label in zip(values, labels)]
    variation = "common" if not labels[-1] else "improvement" if sides[-1] > 0 else "concern"
    assurance = "fail" if target > mean + reach else "pass" if target < mean - reach else "inconsistent"
    return labels, variation, assurance
