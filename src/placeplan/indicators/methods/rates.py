"""Crude rates: events for each so many people or person-years."""

import numpy.typing as npt

from placeplan.indicators.methods.inputs import finite, first_note, fitted, numbers, share, usual_reasons
from placeplan.indicators.methods.poisson import count_limits
from placeplan.indicators.methods.results import Estimate, quietly, with_limits

BYAR = "Byar; exact Poisson below 10 events"
PER_HUNDRED_THOUSAND = 100_000.0


@quietly
def rate(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    multiplier: float = PER_HUNDRED_THOUSAND,
    confidence: float = 0.95,
) -> Estimate:
    """Crude rates with limits: Byar's from 10 events on, exact Poisson below.

    ``count`` over ``population`` (people or person-years), of any shapes that fit together, times ``multiplier``. A
    count may be above its population, as events may. A missing, negative or infinite number or an empty population
    gives a note and no value.

    Raises:
        MethodInputError: shapes that do not fit, something that is not a number, a confidence outside 0 to 1.

    Source: see :func:`placeplan.indicators.methods.poisson.count_limits`.
    """
    level, scale = share("confidence", confidence), finite("multiplier", multiplier)
    counts, populations = fitted(count=numbers("count", count), population=numbers("population", population))
    note = first_note(counts.shape, usual_reasons(counts, populations))
    lower, upper = count_limits(counts, level)
    each = scale / populations
    scaled = with_limits(counts * each, lower=lower * each, upper=upper * each, note=note)
    return Estimate(*scaled, method=BYAR, confidence=confidence, multiplier=multiplier)
