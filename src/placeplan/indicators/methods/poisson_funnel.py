"""Control limits for counts of events: which count is just as unlikely as the limit says, given what is expected."""

import numpy as np
from scipy import special

from placeplan.indicators.methods.results import FloatArray

CLOSE = 1e-6
MOST_STEPS = 60


def low_count(expected: FloatArray, tail: float) -> FloatArray:
    """The count that so few events or fewer reach with probability ``tail``; 0 where even no event is likelier.

    The count is read between whole numbers by the gamma function, as a smooth funnel needs.
    """
    found = np.zeros_like(expected)
    exists = np.exp(-expected) < tail
    found[exists] = _shape_of(expected[exists], 1 - tail) - 1
    return found


def high_count(expected: FloatArray, tail: float) -> FloatArray:
    """The count that so many events or more reach with probability ``tail``."""
    found = np.zeros_like(expected)
    exists = expected > 0
    found[exists] = _shape_of(expected[exists], tail)
    return found


def _shape_of(expected: FloatArray, probability: float) -> FloatArray:
    """The shape a of a gamma distribution that lies below ``expected`` with ``probability``: Poisson P(X >= a).

    It begins at the Cornish-Fisher approximation; then a secant search on the square root of a, in which the normal
    score of the probability is nearly a straight line.
    """
    aim = float(special.ndtri(probability))
    old = np.sqrt(np.maximum(expected - aim * np.sqrt(expected) + (aim**2 + 2) / 6, expected / 2))
    miss_old = _miss(old, expected, aim=aim)
    new = np.maximum(old + miss_old / 2, old / 2)
    found, left = new.copy(), np.arange(expected.size)
    for _ in range(MOST_STEPS):
        miss_new = _miss(new, expected[left], aim=aim)
        with np.errstate(all="ignore"):
            step = miss_new * (new - old) / (miss_new - miss_old)
        step = np.where(np.isfinite(step), step, 0.0)
        old, miss_old, new = new, miss_new, np.clip(new - step, new / 2, new * 2 + 1)
        found[left] = new
        going = np.abs(step) > CLOSE * new
        if not going.any():
            break
        old, miss_old, new, left = old[going], miss_old[going], new[going], left[going]
    return np.asarray(found**2)


def _miss(root: FloatArray, expected: FloatArray, *, aim: float) -> FloatArray:
    return np.asarray(special.ndtri(special.gammainc(root**2, expected)) - aim)
