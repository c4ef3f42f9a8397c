"""Confidence limits of a count of independent events."""

import numpy as np
from scipy import special

from placeplan.indicators.methods.inputs import TWO_SIDES, normal_point
from placeplan.indicators.methods.results import FloatArray

EXACT_BELOW = 10
_NINE, _THREE = 9.0, 3.0


def count_limits(counts: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Lower and upper limits of counts: Byar's approximation from 10 events on, exact Poisson below.

    ``counts`` are finite and not negative (elsewhere the answer means nothing). A count need not be whole.

    Source: Breslow and Day, Statistical Methods in Cancer Research, volume II, 1987 (Byar); Armitage and Berry,
    Statistical Methods in Medical Research, 2002 (exact, by the chi-square distribution).
    """
    with np.errstate(all="ignore"):
        lower, upper = byar(counts, confidence)
        few = counts < EXACT_BELOW
        if few.any():
            exact_lower, exact_upper = exact(counts[few], confidence)
            lower[few], upper[few] = exact_lower, exact_upper
        return np.clip(lower, 0, counts), np.maximum(upper, counts)


def byar(counts: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Byar's approximation to the Poisson limits."""
    z = normal_point(confidence)
    more = counts + 1
    lower = counts * (1 - 1 / (_NINE * counts) - z / (_THREE * np.sqrt(counts))) ** 3
    upper = more * (1 - 1 / (_NINE * more) + z / (_THREE * np.sqrt(more))) ** 3
    return np.asarray(lower), np.asarray(upper)


def exact(counts: FloatArray, confidence: float) -> tuple[FloatArray, FloatArray]:
    """Exact Poisson limits of small counts; whole numbers come from a table of the ten that there are."""
    tail = (1 - confidence) / TWO_SIDES
    whole = np.arange(EXACT_BELOW, dtype=np.float64)
    place = np.where(counts >= 0, counts, 0).astype(np.intp)
    lower, upper = lower_mean(whole, tail)[place], upper_mean(whole, tail)[place]
    parts = (counts >= 0) & (counts != np.floor(counts))
    if parts.any():
        lower[parts], upper[parts] = lower_mean(counts[parts], tail), upper_mean(counts[parts], tail)
    return lower, upper


def lower_mean(counts: FloatArray, tail: float) -> FloatArray:
    """The mean at which so many events or more have the probability ``tail``; 0 for no events."""
    found = special.gammaincinv(np.where(counts > 0, counts, 1), tail)
    return np.asarray(np.where(counts > 0, found, 0.0))


def upper_mean(counts: FloatArray, tail: float) -> FloatArray:
    """The mean at which so few events or fewer have the probability ``tail``."""
    return np.asarray(special.gammainccinv(counts + 1, tail))
