"""Over-dispersion: units differ by more than chance alone, so limits are widened until most are inside again."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np

from placeplan.indicators.methods.results import FloatArray


class OverDispersion(StrEnum):
    """How limits allow for more variation than chance: not at all, by a factor, or by a variance between units."""

    NONE = "none"
    MULTIPLICATIVE = "multiplicative"
    ADDITIVE = "additive"


@dataclass(frozen=True)
class Dispersion:
    """The size of over-dispersion: ``phi``, the mean winsorised square z-score; ``factor`` and ``between`` as used.

    Standard errors are multiplied with the square root of ``factor`` and have the variance ``between`` added; 1 and 0
    leave them as they are.
    """

    phi: float
    factor: float
    between: float

    def widened(self, errors: FloatArray) -> FloatArray:
        """Standard errors with the over-dispersion in them."""
        return np.asarray(np.sqrt(self.factor * errors**2 + self.between))


def dispersion_of(scores: FloatArray, errors: FloatArray, *, kind: OverDispersion, winsorise: float) -> Dispersion:
    """Estimate over-dispersion from the z-scores and standard errors of units.

    The lowest and highest share ``winsorise`` of z-scores are drawn in to its quantiles; phi is their mean square. The
    factor is phi where that is above 1. The variance between units is that of DerSimonian and Laird, with phi for the
    mean square, where it is above zero.

    Source: Spiegelhalter, Quality and Safety in Health Care 2005;14:347-351; DerSimonian and Laird, Controlled Clinical
    Trials 1986;7:177-188.
    """
    units = len(scores)
    if not units:
        return Dispersion(phi=1.0, factor=1.0, between=0.0)
    lowest, highest = np.quantile(scores, [winsorise, 1 - winsorise])
    phi = float(np.mean(np.clip(scores, lowest, highest) ** 2))
    if kind is OverDispersion.MULTIPLICATIVE:
        return Dispersion(phi=phi, factor=max(phi, 1.0), between=0.0)
    if kind is OverDispersion.ADDITIVE:
        weights = 1 / errors**2
        scale = float(weights.sum() - (weights**2).sum() / weights.sum())
        excess = units * phi - (units - 1)
        return Dispersion(phi=phi, factor=1.0, between=excess / scale if excess > 0 and scale > 0 else 0.0)
    return Dispersion(phi=phi, factor=1.0, between=0.0)
