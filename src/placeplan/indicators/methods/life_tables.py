"""Abridged life tables: how long people can expect to live at the start of each age band."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import (
    MethodInputError,
    banded,
    first_note,
    fitted,
    normal_point,
    numbers,
    over_last_axis,
    usual_reasons,
)
from placeplan.indicators.methods.results import BoolArray, Estimate, FloatArray, Note, quietly, with_limits

CHIANG = "Chiang, with Silcocks's term for the last band"
COHORT = 100_000.0
LIVED_BY_INFANTS, LIVED_BY_OTHERS = 0.1, 0.5
SMALLEST_POPULATION = 5_000
WIDEST_INTERVAL = 20.0
WIDTH_CONFIDENCE = 0.95


@dataclass(frozen=True, eq=False)
class LifeExpectancy(Estimate):
    """Years of life expected at the start of each age band; bands on the last axis, areas on the first.

    ``band_starts`` are the ages; ``standard_error`` is in years. Where the 95% interval is wider than 20 years the
    value is withheld and the limits are kept, as the published method has it.
    """

    band_starts: tuple[int, ...]
    standard_error: FloatArray


@quietly
def life_expectancy(
    deaths: npt.ArrayLike, populations: npt.ArrayLike, *, band_starts: Sequence[int], confidence: float = 0.95
) -> LifeExpectancy:
    """Life expectancy at the start of every age band, by an abridged life table.

    ``deaths`` and ``populations`` (person-years) have areas on the first axis and age bands on the last; with one axis
    they are one area. ``band_starts`` are the ages at which the bands begin, from 0, such as ``(0, 1, 5, ..., 90)``,
    the last band open. The dead of the first year of life (a band from 0 to 1) lived a tenth of it, others half of
    their band. An area has no values when a band is missing or empty, deaths are above the population of a band, its
    person-years are 5,000 or fewer, or nobody died in the last band. One value is withheld, its limits kept, when its
    95% interval is wider than 20 years.

    Raises:
        MethodInputError: shapes that do not fit each other or the bands; bands that do not begin at 0 or do not rise.

    Source: Chiang, Introduction to Stochastic Processes in Biostatistics, 1968; Silcocks, Jenner and Reza, J Epidemiol
    Community Health 2001;55:38-43; Toson and Baker, ONS methodological series 33, 2003 (smallest population); Eayres
    and Williams, J Epidemiol Community Health 2004;58:243-249.
    """
    z, starts = normal_point(confidence), age_starts(band_starts)
    dead, people = read_bands(deaths, populations, bands=len(starts))
    value, error, alive = _table(dead, people, starts=starts)
    note = _notes(dead, people, alive=alive)
    value, lower, upper, note = with_limits(value, lower=value - z * error, upper=value + z * error, note=note)
    wide = 2 * normal_point(WIDTH_CONFIDENCE) * error > WIDEST_INTERVAL
    wide &= note == Note.NONE
    value[wide], note[wide] = np.nan, Note.INTERVAL_TOO_WIDE
    error[(note != Note.NONE) & ~wide] = np.nan
    return LifeExpectancy(
        value,
        lower,
        upper,
        note,
        method=CHIANG,
        confidence=confidence,
        multiplier=1.0,
        band_starts=tuple(int(start) for start in starts),
        standard_error=error,
    )


def _table(dead: FloatArray, people: FloatArray, *, starts: FloatArray) -> tuple[FloatArray, FloatArray, BoolArray]:
    """Expectation and standard error at each age, and whether anybody reaches it."""
    widths = np.diff(starts)
    lived = share_lived(starts)
    mortality = dead / people
    closed = mortality[..., :-1]
    dying = np.where(closed * widths * lived <= 1, closed * widths / (1 + closed * widths * (1 - lived)), 1.0)
    reaching = np.ones_like(mortality)
    np.cumprod(1 - dying, axis=-1, out=reaching[..., 1:])
    reaching *= COHORT
    years = np.empty_like(mortality)
    years[..., :-1] = widths * (reaching[..., 1:] + lived * (reaching[..., :-1] - reaching[..., 1:]))
    years[..., -1] = reaching[..., -1] / mortality[..., -1]
    expected = _from_here_on(years) / reaching
    variance = np.empty_like(mortality)
    ahead = (1 - lived) * widths + expected[..., 1:]
    of_dying = np.where(dying > 0, dying**2 * (1 - dying) / dead[..., :-1], 0.0)
    variance[..., :-1] = np.where(reaching[..., 1:] > 0, reaching[..., :-1] ** 2 * ahead**2 * of_dying, 0.0)
    variance[..., -1] = reaching[..., -1] ** 2 / (dead[..., -1] * mortality[..., -1] ** 2)
    return expected, np.sqrt(_from_here_on(variance)) / reaching, reaching > 0


def _from_here_on(amounts: FloatArray) -> FloatArray:
    """Sums from each band to the last."""
    return np.asarray(np.cumsum(amounts[..., ::-1], axis=-1)[..., ::-1])


def share_lived(starts: FloatArray) -> FloatArray:
    """What share of each closed band those lived who died in it."""
    infants = (starts[:-1] == 0) & (starts[1:] == 1)
    return np.where(infants, LIVED_BY_INFANTS, LIVED_BY_OTHERS)


def _notes(dead: FloatArray, people: FloatArray, *, alive: BoolArray) -> npt.NDArray[np.int8]:
    above = over_last_axis([(Note.COUNT_ABOVE_POPULATION, dead > people)])
    area = first_note(
        dead.shape[:-1],
        [
            *over_last_axis(usual_reasons(dead, people)),
            *above,
            (Note.POPULATION_TOO_SMALL, np.asarray(people.sum(axis=-1) <= SMALLEST_POPULATION)),
            (Note.NO_DEATHS_IN_LAST_BAND, dead[..., -1] == 0),
        ],
    )
    codes = np.repeat(area[..., np.newaxis], dead.shape[-1], axis=-1)
    codes[(codes == Note.NONE) & ~alive] = Note.NO_SURVIVORS
    return codes


def age_starts(band_starts: Sequence[int]) -> FloatArray:
    """The ages at which bands begin.

    Raises:
        MethodInputError: fewer than two, not from 0, or not rising.
    """
    starts = numbers("band_starts", np.asarray(band_starts))
    if starts.ndim != 1 or starts.size < 2 or not np.isfinite(starts).all():
        raise MethodInputError(f"band_starts: expected at least two ages in a row, found {band_starts!r}.")
    if starts[0] != 0 or (np.diff(starts) <= 0).any():
        raise MethodInputError(f"band_starts: expected ages that begin at 0 and rise, found {band_starts!r}.")
    return starts


def read_bands(deaths: npt.ArrayLike, populations: npt.ArrayLike, *, bands: int) -> tuple[FloatArray, FloatArray]:
    """Deaths and populations with so many age bands on the last axis, stretched to one shape.

    Raises:
        MethodInputError: another number of bands, or shapes that do not fit.
    """
    axes = {"of": "areas", "axis": "age bands"}
    dead = banded("deaths", numbers("deaths", deaths), **axes)
    people = banded("populations", numbers("populations", populations), **axes)
    for name, array in (("deaths", dead), ("populations", people)):
        if array.shape[-1] != bands:
            raise MethodInputError(
                f"{name}: expected {bands} age bands on the last axis, as in band_starts, found {array.shape[-1]}."
            )
    stretched = fitted(deaths=dead, populations=people)
    return stretched[0], stretched[1]
