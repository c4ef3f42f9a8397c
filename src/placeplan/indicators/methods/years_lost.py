"""Years of life lost: deaths weighed by how early they came."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import (
    MethodInputError,
    finite,
    first_note,
    fitted,
    numbers,
    over_last_axis,
    share,
    usual_reasons,
)
from placeplan.indicators.methods.life_tables import age_starts, read_bands, share_lived
from placeplan.indicators.methods.poisson import count_limits
from placeplan.indicators.methods.rates import PER_HUNDRED_THOUSAND
from placeplan.indicators.methods.results import Estimate, FloatArray, Note, quietly, with_limits
from placeplan.indicators.methods.standardising import FEWEST_EVENTS, dobson_limits

PREMATURE_AGE = 75
CRUDE, STANDARDISED = "crude, Dobson limits", "directly standardised, Dobson limits"


@dataclass(frozen=True, eq=False)
class YearsLost(Estimate):
    """Rates of years of life lost, with the years and the deaths that they come from; NaN where there is a note."""

    years: FloatArray
    deaths: FloatArray


@quietly
def years_of_life_lost(
    deaths: npt.ArrayLike,
    populations: npt.ArrayLike,
    *,
    band_starts: Sequence[int],
    until: int = PREMATURE_AGE,
    remaining: npt.ArrayLike | None = None,
    weights: npt.ArrayLike | None = None,
    multiplier: float = PER_HUNDRED_THOUSAND,
    confidence: float = 0.95,
) -> YearsLost:
    """Rates of years of life lost, one for each area: crude, or directly standardised when ``weights`` are given.

    ``deaths`` and ``populations`` have areas on the first axis and age bands on the last, which begin at
    ``band_starts``. A death loses the years from the middle of its band (a tenth into the first year of life) to the
    age ``until``, which must begin a band; bands from there on are left out. Or ``remaining`` gives the years that a
    death in each band loses, such as from a standard life table; bands with none are left out. Limits are Dobson's for
    a weighted sum of counts. A standardised rate needs 10 deaths.

    Raises:
        MethodInputError: shapes that do not fit, bands that do not rise from 0, an age that begins no band, weights or
            years that are negative or missing.

    Source: Gardner and Sanborn, Epidemiology 1990;1:322-329; Dobson and others, Statistics in Medicine 1991;10:457-462.
    """
    level, scale = share("confidence", confidence), finite("multiplier", multiplier)
    starts = age_starts(band_starts)
    dead, people = read_bands(deaths, populations, bands=len(starts))
    lost = _lost(starts, until=until, remaining=remaining)
    counted = lost > 0
    dead, people, lost = dead[..., counted], people[..., counted], lost[counted]
    total = dead.sum(axis=-1)
    reasons = over_last_axis([*usual_reasons(dead, people), (Note.COUNT_ABOVE_POPULATION, dead > people)])
    if weights is None:
        each = np.broadcast_to(1 / people.sum(axis=-1, keepdims=True), people.shape) * lost
    else:
        standard = _standard(weights, bands=len(starts))[..., counted]
        each = standard / standard.sum(axis=-1, keepdims=True) / people * lost
        reasons.append((Note.FEWER_THAN_TEN_EVENTS, np.asarray(total < FEWEST_EVENTS)))
    value, lower, upper, note = _rates(dead, each * scale, confidence=level, note=first_note(total.shape, reasons))
    blank = note != Note.NONE
    return YearsLost(
        value,
        lower,
        upper,
        note,
        method=CRUDE if weights is None else STANDARDISED,
        confidence=confidence,
        multiplier=multiplier,
        years=np.where(blank, np.nan, (dead * lost).sum(axis=-1)),
        deaths=np.where(blank, np.nan, total),
    )


def _rates(
    dead: FloatArray, each: FloatArray, *, confidence: float, note: npt.NDArray[np.int8]
) -> tuple[FloatArray, FloatArray, FloatArray, npt.NDArray[np.int8]]:
    value, variance, total = (each * dead).sum(axis=-1), (each**2 * dead).sum(axis=-1), dead.sum(axis=-1)
    lower, upper = dobson_limits(
        np.asarray(value), np.asarray(variance), total=np.asarray(total), confidence=confidence
    )
    highest = each.max(axis=-1, initial=0.0)
    none = total == 0
    # No death: nothing is lost, and at most what the exact upper limit of no events would lose in the costliest band.
    upper = np.where(none, highest * count_limits(np.asarray(total), confidence)[1], upper)
    return with_limits(value, lower=np.where(none, 0.0, lower), upper=upper, note=note)


def _lost(starts: FloatArray, *, until: int, remaining: npt.ArrayLike | None) -> FloatArray:
    if remaining is not None:
        lost = numbers("remaining", remaining)
        if lost.shape != starts.shape or not np.isfinite(lost).all() or (lost < 0).any():
            raise MethodInputError(f"remaining: expected {starts.size} numbers of years, none negative or missing.")
        return lost
    if until not in starts[1:]:
        raise MethodInputError(f"until: expected an age at which a band begins, found {until!r}.")
    ages = starts[:-1] + share_lived(starts) * np.diff(starts)
    return np.append(np.maximum(until - ages, 0.0) * (starts[:-1] < until), 0.0)


def _standard(weights: npt.ArrayLike, *, bands: int) -> FloatArray:
    standard, _ = fitted(weights=numbers("weights", weights), bands=np.zeros(bands))
    if not np.isfinite(standard).all() or (standard < 0).any() or not (standard.sum(axis=-1) > 0).all():
        raise MethodInputError(
            "weights: expected a standard population above zero, without blanks or negative numbers."
        )
    return standard
