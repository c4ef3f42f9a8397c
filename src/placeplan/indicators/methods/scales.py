"""Scales on which values are drawn or fitted: as they are, by their logarithm, by their log odds."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import MethodInputError, fitted, normal_point, numbers
from placeplan.indicators.methods.results import FloatArray, quietly

NATURAL, LOG, LOGIT = "value", "log", "logit"


@dataclass(frozen=True)
class Scale:
    """What takes values to a scale and back, and the open range in which they must lie."""

    to: Callable[[FloatArray], FloatArray]
    back: Callable[[FloatArray], FloatArray]
    above: float
    below: float


def _same(values: FloatArray) -> FloatArray:
    return values


def _logit(values: FloatArray) -> FloatArray:
    return np.asarray(np.log(values / (1 - values)))


def _expit(values: FloatArray) -> FloatArray:
    return np.asarray(1 / (1 + np.exp(-values)))


SCALES = {
    NATURAL: Scale(_same, _same, -np.inf, np.inf),
    LOG: Scale(np.log, np.exp, 0.0, np.inf),
    LOGIT: Scale(_logit, _expit, 0.0, 1.0),
}


def scale_named(name: str, given: str | None) -> Scale:
    """The scale of a name; values as they are for none.

    Raises:
        MethodInputError: there is no such scale.
    """
    if given is not None and given not in SCALES:
        words = ", ".join(repr(one) for one in SCALES)
        raise MethodInputError(f"{name}: expected one of {words} or nothing, found {given!r}.")
    return SCALES[given or NATURAL]


@quietly
def standard_errors_from_limits(
    lower: npt.ArrayLike, upper: npt.ArrayLike, *, scale: str = NATURAL, confidence: float = 0.95
) -> FloatArray:
    """Standard errors from confidence limits: half their distance over z, on the scale ``value``, ``log`` or ``logit``.

    A limit outside what the scale allows gives NaN, which the slope index of inequality then notes.

    Raises:
        MethodInputError: shapes that do not fit, or no such scale.
    """
    to = scale_named("scale", scale).to
    low, high = fitted(lower=numbers("lower", lower), upper=numbers("upper", upper))
    return np.asarray((to(high) - to(low)) / (2 * normal_point(confidence)))
