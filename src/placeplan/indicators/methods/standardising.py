"""Standardised rates and ratios: what would be seen if every area had the same ages."""

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import (
    MethodInputError,
    banded,
    finite,
    first_note,
    fitted,
    numbers,
    over_last_axis,
    share,
    usual_reasons,
)
from placeplan.indicators.methods.poisson import count_limits
from placeplan.indicators.methods.rates import PER_HUNDRED_THOUSAND
from placeplan.indicators.methods.results import BoolArray, Estimate, FloatArray, Note, quietly, with_limits

DOBSON = "Dobson, with Byar's limits of the events"
DOBSON_REPEATED = "Dobson, with the variance of repeated events"
INDIRECT = "indirectly standardised; Byar, exact Poisson below 10 events"
FEWEST_EVENTS = 10
_AXES = {"of": "areas", "axis": "age bands"}


@quietly
def directly_standardised_rate(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    weights: npt.ArrayLike,
    *,
    multiplier: float = PER_HUNDRED_THOUSAND,
    confidence: float = 0.95,
) -> Estimate:
    """Directly age-standardised rates with Dobson limits, one for each area.

    ``counts`` (events), ``populations`` and ``weights`` (the standard population) have areas on the first axis and age
    bands on the last; with one axis they are one area, and ``weights`` may be one row for all. An area with fewer than
    10 events has no rate, and a missing or empty band leaves its area without one: a blank count is not zero.

    Raises:
        MethodInputError: shapes that do not fit, something that is not a number, weights that are negative or missing.

    Source: Dobson, Kuulasmaa, Eberle and Scherer, Statistics in Medicine 1991;10:457-462; OHID technical guidance.
    """
    level, scale = share("confidence", confidence), finite("multiplier", multiplier)
    events, people, standard = _bands(counts, populations, weights=weights)
    total = events.sum(axis=-1)
    each = standard / standard.sum(axis=-1, keepdims=True) / people
    variance = (each**2 * events).sum(axis=-1)
    value = (each * events).sum(axis=-1)
    lower, upper = dobson_limits(value, variance, total=total, confidence=level)
    note = first_note(total.shape, [*_band_reasons(events, people), (Note.FEWER_THAN_TEN_EVENTS, _few(total))])
    scaled = with_limits(value * scale, lower=lower * scale, upper=upper * scale, note=note)
    return Estimate(*scaled, method=DOBSON, confidence=confidence, multiplier=multiplier)


@quietly
def directly_standardised_rate_of_repeated_events(
    people_by_events: npt.ArrayLike,
    populations: npt.ArrayLike,
    *,
    weights: npt.ArrayLike,
    events_each: npt.ArrayLike,
    multiplier: float = PER_HUNDRED_THOUSAND,
    confidence: float = 0.95,
) -> Estimate:
    """Directly standardised rates of events that one person may have several of, such as admissions.

    ``people_by_events`` counts the people of an area (first axis) and age band (last axis) who had so many events,
    with ``events_each`` (1, 2, 3, ...) along the axis between; for one area the first axis is left out. The rate is
    that of all events; the limits are wider, since events of one person are not independent: each person's events
    enter the variance squared.

    Raises:
        MethodInputError: as :func:`directly_standardised_rate`, or a number of events each that does not fit.

    Source: OHID public health technical guidance, chapter on directly standardised rates, non-independent events.
    """
    level, scale = share("confidence", confidence), finite("multiplier", multiplier)
    persons, each_had = numbers("people_by_events", people_by_events), numbers("events_each", events_each)
    if persons.ndim not in (2, 3) or each_had.shape != persons.shape[-2:-1]:
        raise MethodInputError(
            f"people_by_events: expected areas, events each, age bands with {each_had.shape} events each, "
            f"found {persons.shape}."
        )
    events = (persons * each_had[:, np.newaxis]).sum(axis=-2)
    squares = (persons * each_had[:, np.newaxis] ** 2).sum(axis=-2)
    events, people, standard = _bands(events, populations, weights=weights)
    total = events.sum(axis=-1)
    each = standard / standard.sum(axis=-1, keepdims=True) / people
    variance = (each**2 * squares).sum(axis=-1)
    value = (each * events).sum(axis=-1)
    lower, upper = dobson_limits(value, variance, total=total, confidence=level)
    reasons = [
        *_band_reasons(events, people),
        (Note.NEGATIVE, np.asarray((persons < 0).any(axis=(-2, -1)))),
        (Note.FEWER_THAN_TEN_EVENTS, _few(total)),
    ]
    note = first_note(total.shape, reasons)
    scaled = with_limits(value * scale, lower=lower * scale, upper=upper * scale, note=note)
    return Estimate(*scaled, method=DOBSON_REPEATED, confidence=confidence, multiplier=multiplier)


def dobson_limits(
    value: FloatArray, variance: FloatArray, *, total: FloatArray, confidence: float
) -> tuple[FloatArray, FloatArray]:
    """Limits of a weighted sum of Poisson counts, from those of the total count."""
    lowest, highest = count_limits(np.asarray(total), confidence)
    spread = np.sqrt(variance / total)
    return np.asarray(value + spread * (lowest - total)), np.asarray(value + spread * (highest - total))


@quietly
def indirectly_standardised_ratio(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    *,
    reference_counts: npt.ArrayLike,
    reference_populations: npt.ArrayLike,
    multiplier: float = 1.0,
    confidence: float = 0.95,
) -> Estimate:
    """Observed over expected events, one for each area, with Byar or exact limits of the observed.

    Areas are on the first axis and age bands on the last; the reference may be one row for all. Expected is what the
    area would see at the reference's rate in each band. ``multiplier`` is 100 for a ratio such as an SMR.

    Raises:
        MethodInputError: shapes that do not fit or something that is not a number.

    Source: Breslow and Day, 1987; OHID technical guidance.
    """
    level, scale = share("confidence", confidence), finite("multiplier", multiplier)
    events, expected, _, reasons = _expected(counts, populations, reference=(reference_counts, reference_populations))
    return _over_expected(
        events, expected, scale=np.asarray(scale), reasons=reasons, confidence=level, multiplier=multiplier
    )


@quietly
def indirectly_standardised_rate(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    *,
    reference_counts: npt.ArrayLike,
    reference_populations: npt.ArrayLike,
    multiplier: float = PER_HUNDRED_THOUSAND,
    confidence: float = 0.95,
) -> Estimate:
    """The indirectly standardised ratio times the crude rate of the reference, for each ``multiplier`` people.

    Arguments, errors and source are those of :func:`indirectly_standardised_ratio`.
    """
    level, scale = share("confidence", confidence), finite("multiplier", multiplier)
    events, expected, crude, reasons = _expected(
        counts, populations, reference=(reference_counts, reference_populations)
    )
    return _over_expected(
        events, expected, scale=np.asarray(crude * scale), reasons=reasons, confidence=level, multiplier=multiplier
    )


def _over_expected(
    events: FloatArray,
    expected: FloatArray,
    *,
    scale: FloatArray,
    reasons: list[tuple[Note, BoolArray]],
    confidence: float,
    multiplier: float,
) -> Estimate:
    note = first_note(events.shape, [*reasons, (Note.NOTHING_EXPECTED, expected == 0)])
    lower, upper = count_limits(events, confidence)
    each = scale / expected
    scaled = with_limits(events * each, lower=lower * each, upper=upper * each, note=note)
    return Estimate(*scaled, method=INDIRECT, confidence=confidence, multiplier=multiplier)


def _expected(
    counts: npt.ArrayLike, populations: npt.ArrayLike, *, reference: tuple[npt.ArrayLike, npt.ArrayLike]
) -> tuple[FloatArray, FloatArray, FloatArray, list[tuple[Note, BoolArray]]]:
    """Observed events and expected events of each area, the reference's crude rate, and reasons to give no value."""
    events, people, cases, base = fitted(
        counts=banded("counts", numbers("counts", counts), **_AXES),
        populations=banded("populations", numbers("populations", populations), **_AXES),
        reference_counts=numbers("reference_counts", reference[0]),
        reference_populations=numbers("reference_populations", reference[1]),
    )
    own = [reason for reason in usual_reasons(events, people) if reason[0] is not Note.NO_POPULATION]
    expected = (people * (cases / base)).sum(axis=-1)
    crude = cases.sum(axis=-1) / base.sum(axis=-1)
    reasons = over_last_axis([*own, *usual_reasons(cases, base)])
    return np.asarray(events.sum(axis=-1)), np.asarray(expected), np.asarray(crude), reasons


def _bands(
    counts: npt.ArrayLike, populations: npt.ArrayLike, *, weights: npt.ArrayLike
) -> tuple[FloatArray, FloatArray, FloatArray]:
    standard = numbers("weights", weights)
    if not np.isfinite(standard).all() or (standard < 0).any():
        raise MethodInputError("weights: expected a standard population without blanks or negative numbers.")
    events, people, standard = fitted(
        counts=banded("counts", numbers("counts", counts), **_AXES),
        populations=banded("populations", numbers("populations", populations), **_AXES),
        weights=banded("weights", standard, **_AXES),
    )
    if (standard.sum(axis=-1) <= 0).any():
        raise MethodInputError("weights: expected a standard population above zero.")
    return events, people, standard


def _band_reasons(events: FloatArray, people: FloatArray) -> list[tuple[Note, BoolArray]]:
    return over_last_axis(usual_reasons(events, people))


def _few(total: FloatArray) -> BoolArray:
    return np.asarray(total < FEWEST_EVENTS)
