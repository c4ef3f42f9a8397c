"""Proportions: people with something among all who could have it."""

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import first_note, fitted, normal_point, numbers, usual_reasons
from placeplan.indicators.methods.results import Estimate, FloatArray, Note, quietly, with_limits

WILSON = "Wilson score"


@quietly
def proportion(count: npt.ArrayLike, population: npt.ArrayLike, *, confidence: float = 0.95) -> Estimate:
    """Proportions with Wilson score limits.

    ``count`` over ``population``, of any shapes that fit together; the values are shares from 0 to 1. A missing,
    negative or infinite number, an empty population or a count above its population gives a note and no value.

    Raises:
        MethodInputError: shapes that do not fit, something that is not a number, a confidence outside 0 to 1.

    Source: Wilson, J Am Stat Assoc 1927;22:209-212; Newcombe and Altman, Statistics with Confidence, 2000.
    """
    z = normal_point(confidence)
    counts, populations = fitted(count=numbers("count", count), population=numbers("population", population))
    reasons = [*usual_reasons(counts, populations), (Note.COUNT_ABOVE_POPULATION, counts > populations)]
    note = first_note(counts.shape, reasons)
    value = counts / populations
    lower, upper = wilson_limits(value, populations, z=z)
    limited = with_limits(value, lower=lower, upper=upper, note=note)
    return Estimate(*limited, method=WILSON, confidence=confidence, multiplier=1.0)


def wilson_limits(shares: FloatArray, populations: FloatArray, *, z: float) -> tuple[FloatArray, FloatArray]:
    """Wilson limits of shares; the smaller root from the product of the two, which loses no digits near 0."""
    square = z * z
    stretch = 1 + square / populations
    half = z * np.sqrt(shares * (1 - shares) / populations + square / (4 * populations * populations))
    upper = (shares + square / (2 * populations) + half) / stretch
    lower = np.where(shares > 0, shares * shares / (stretch * upper), 0.0)
    return np.clip(lower, 0, shares), np.clip(upper, shares, 1)
