"""Weighted surveys: how many answers a weighted sample is worth."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import MethodInputError, first_note, fitted, normal_point, numbers
from placeplan.indicators.methods.proportions import wilson_limits
from placeplan.indicators.methods.results import (
    BoolArray,
    CodeArray,
    Estimate,
    FloatArray,
    Note,
    WordArray,
    freeze,
    quietly,
    with_limits,
    words_of,
)

WILSON_EFFECTIVE = "Wilson score on the effective sample size"
KISH = "Kish"


@dataclass(frozen=True, eq=False)
class EffectiveSample:
    """Effective sample sizes, and the design effect: answers given over answers worth."""

    value: FloatArray
    design_effect: FloatArray
    note: CodeArray
    method: str

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def why(self) -> WordArray:
        """The words of ``note``."""
        return words_of(self.note)


@quietly
def effective_sample_size(weights: npt.ArrayLike) -> EffectiveSample:
    """Kish's effective sample size of the weights on the last axis: their sum squared over the sum of their squares.

    A blank is no answer and is left out. It lies between 1 and the number of answers, which equal weights reach.

    Raises:
        MethodInputError: no axis, or something that is not a number.

    Source: Kish, Survey Sampling, 1965.
    """
    given = numbers("weights", weights)
    if not given.ndim:
        raise MethodInputError("weights: expected answers on the last axis, found a single number.")
    known = ~np.isnan(given)
    value, reasons = _kish(np.where(known, given, 0.0))
    note = first_note(value.shape, reasons)
    effect = (known & (given != 0)).sum(axis=-1) / value
    sizes, effects, _, codes = with_limits(value, lower=effect, upper=effect, note=note)
    return EffectiveSample(sizes, effects, codes, method=KISH)


@quietly
def weighted_proportion(outcomes: npt.ArrayLike, weights: npt.ArrayLike, *, confidence: float = 0.95) -> Estimate:
    """Weighted proportions of answers (1 yes, 0 no) on the last axis, with Wilson limits on the effective sample size.

    An answer with a blank in either argument is left out.

    Raises:
        MethodInputError: shapes that do not fit, or an outcome that is neither 0 nor 1.
    """
    answers, given = fitted(outcomes=numbers("outcomes", outcomes), weights=numbers("weights", weights))
    if not given.ndim:
        raise MethodInputError("weights: expected answers on the last axis, found a single number.")
    known = ~np.isnan(answers) & ~np.isnan(given)
    if not np.isin(answers[known], (0, 1)).all():
        raise MethodInputError("outcomes: expected 1 for yes, 0 for no, or a blank.")
    used = np.where(known, given, 0.0)
    base, reasons = _kish(used)
    shares = np.asarray((used * np.where(known, answers, 0.0)).sum(axis=-1) / used.sum(axis=-1))
    return _on_effective_base(shares, base, reasons=reasons, confidence=confidence)


@quietly
def survey_proportion(
    weighted_share: npt.ArrayLike, effective_base: npt.ArrayLike, *, confidence: float = 0.95
) -> Estimate:
    """Wilson limits of published weighted shares (0 to 1) on their effective sample sizes.

    Raises:
        MethodInputError: shapes that do not fit, or something that is not a number.
    """
    shares, base = fitted(
        weighted_share=numbers("weighted_share", weighted_share),
        effective_base=numbers("effective_base", effective_base),
    )
    reasons = [
        (Note.MISSING, np.isnan(shares) | np.isnan(base)),
        (Note.INFINITE, np.isinf(shares) | np.isinf(base)),
        (Note.NEGATIVE, (shares < 0) | (base < 0)),
        (Note.NO_POPULATION, base == 0),
        (Note.COUNT_ABOVE_POPULATION, shares > 1),
    ]
    return _on_effective_base(shares, base, reasons=reasons, confidence=confidence)


def _on_effective_base(
    shares: FloatArray, base: FloatArray, *, reasons: list[tuple[Note, BoolArray]], confidence: float
) -> Estimate:
    note = first_note(shares.shape, reasons)
    held = np.clip(shares, 0, 1)
    lower, upper = wilson_limits(held, base, z=normal_point(confidence))
    limited = with_limits(held, lower=lower, upper=upper, note=note)
    return Estimate(*limited, method=WILSON_EFFECTIVE, confidence=confidence, multiplier=1.0)


def _kish(weights: FloatArray) -> tuple[FloatArray, list[tuple[Note, BoolArray]]]:
    largest = np.abs(weights).max(axis=-1, keepdims=True, initial=0.0)
    relative = weights / largest
    size = relative.sum(axis=-1) ** 2 / (relative**2).sum(axis=-1)
    reasons = [
        (Note.INFINITE, np.asarray(np.isinf(weights).any(axis=-1))),
        (Note.NEGATIVE, np.asarray((weights < 0).any(axis=-1))),
        (Note.NO_WEIGHT, np.asarray(largest[..., 0] == 0)),
    ]
    return np.asarray(size), reasons
