"""Means of measured values."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from scipy import special

from placeplan.indicators.methods.inputs import MethodInputError, first_note, fitted, numbers, share
from placeplan.indicators.methods.results import BoolArray, Estimate, FloatArray, Note, quietly, with_limits

STUDENT = "Student t"
FEWEST_VALUES = 2


@dataclass(frozen=True, eq=False)
class Mean(Estimate):
    """Means with limits, how many values each rests on, and their standard deviation (NaN where there is a note)."""

    observations: FloatArray
    standard_deviation: FloatArray


@quietly
def mean(values: npt.ArrayLike, *, confidence: float = 0.95) -> Mean:
    """Means of the values on the last axis, with Student t limits.

    A blank is no observation: it is left out, and ``observations`` says how many were there. A row needs two. An
    infinite value leaves its row without a mean.

    Raises:
        MethodInputError: no axis, something that is not a number, a confidence outside 0 to 1.

    Source: Armitage and Berry, Statistical Methods in Medical Research, 2002.
    """
    given = numbers("values", values)
    if not given.ndim:
        raise MethodInputError("values: expected observations on the last axis, found a single number.")
    known = ~np.isnan(given)
    count = known.sum(axis=-1).astype(np.float64)
    centre = np.where(known, given, 0.0).sum(axis=-1) / count
    squares = np.where(known, (given - np.expand_dims(centre, -1)) ** 2, 0.0).sum(axis=-1)
    deviation = np.sqrt(squares / (count - 1))
    infinite = np.asarray(np.isinf(given).any(axis=-1))
    return _limited(np.asarray(centre), deviation, count=count, confidence=confidence, infinite=infinite)


@quietly
def mean_from_summary(
    average: npt.ArrayLike, standard_deviation: npt.ArrayLike, *, observations: npt.ArrayLike, confidence: float = 0.95
) -> Mean:
    """Student t limits of means that were worked out elsewhere, from their standard deviation and number of values."""
    centre, deviation, count = fitted(
        average=numbers("average", average),
        standard_deviation=numbers("standard_deviation", standard_deviation),
        observations=numbers("observations", observations),
    )
    infinite = np.asarray(np.isinf(centre) | np.isinf(deviation) | np.isinf(count))
    return _limited(centre, deviation, count=count, confidence=confidence, infinite=infinite)


def _limited(
    centre: FloatArray, deviation: FloatArray, *, count: FloatArray, confidence: float, infinite: BoolArray
) -> Mean:
    point = (1 + share("confidence", confidence)) / 2
    reach = special.stdtrit(count - 1, point) * deviation / np.sqrt(count)
    note = first_note(
        count.shape,
        [
            (Note.INFINITE, infinite),
            (Note.TOO_FEW_VALUES, count < FEWEST_VALUES),
            (Note.MISSING, np.isnan(centre) | np.isnan(deviation) | np.isnan(count)),
            (Note.NEGATIVE, deviation < 0),
        ],
    )
    value, lower, upper, note = with_limits(centre, lower=centre - reach, upper=centre + reach, note=note)
    return Mean(
        value,
        lower,
        upper,
        note,
        method=STUDENT,
        confidence=confidence,
        multiplier=1.0,
        observations=np.array(count),
        standard_deviation=np.where(note == Note.NONE, deviation, np.nan),
    )
