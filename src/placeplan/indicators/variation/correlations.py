"""How closely two measures of the same areas go together, such as deprivation and life expectancy."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods import MethodInputError
from placeplan.indicators.methods.inputs import normal_point, numbers

FEWEST_PAIRS = 4
FISHER_LOSS = 3
TOO_FEW = f"fewer than {FEWEST_PAIRS} areas have both values"
NO_SPREAD = "one of the two does not vary"
NOT_A_CAUSE = "Areas that go together are no proof for people, and going together is no proof of a cause."


@dataclass(frozen=True, slots=True)
class Correlation:
    """A correlation from -1 to 1 with its interval; ``None`` where ``note`` says why. ``pairs`` have both values."""

    value: float | None
    lower: float | None
    upper: float | None
    pairs: int
    note: str = ""


def correlation(first: npt.ArrayLike, second: npt.ArrayLike, *, confidence: float = 0.95) -> Correlation:
    """Pearson's correlation of two values of each area, limits by Fisher's transformation. Blanks are left out.

    Raises:
        MethodInputError: arrays of different lengths, or something that is not a number.

    Source: Altman and others, Statistics with Confidence, 2000, chapter 8.
    """
    one, other = numbers("first", first), numbers("second", second)
    if one.ndim != 1 or one.shape != other.shape:
        raise MethodInputError(f"expected one value for each area in both, found {one.shape} and {other.shape}.")
    point = normal_point(confidence)
    known = np.isfinite(one) & np.isfinite(other)
    one, other, pairs = one[known], other[known], int(known.sum())
    if pairs < FEWEST_PAIRS:
        return Correlation(None, None, None, pairs, TOO_FEW)
    if not np.ptp(one) or not np.ptp(other):
        return Correlation(None, None, None, pairs, NO_SPREAD)
    value = float(np.clip(np.corrcoef(one, other)[0, 1], -1, 1))
    if abs(value) == 1:
        return Correlation(value, value, value, pairs)
    centre, reach = np.arctanh(value), point / np.sqrt(pairs - FISHER_LOSS)
    return Correlation(value, float(np.tanh(centre - reach)), float(np.tanh(centre + reach)), pairs)
