"""The slope index of inequality: how much worse is it at the most deprived end, across everybody."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import (
    MethodInputError,
    banded,
    finite,
    first_note,
    fitted,
    numbers,
    share,
    whole_number,
)
from placeplan.indicators.methods.results import (
    BoolArray,
    CodeArray,
    Estimate,
    FloatArray,
    Limited,
    Note,
    WordArray,
    quietly,
    with_limits,
    words_of,
)
from placeplan.indicators.methods.scales import Scale, scale_named
from placeplan.indicators.methods.simulating import middle_of

FEWEST_QUANTILES, MOST_QUANTILES = 5, 100
FEWEST_REPETITIONS = 1_000
NUMBERS_AT_ONCE = 2_000_000
SIMULATED = "population-weighted regression, limits by simulation"


@dataclass(frozen=True, eq=False)
class SlopeIndex(Estimate):
    """Slope indices, one for each area, with the relative index and what they were made of.

    ``value`` is the fitted value at the least deprived end less that at the most deprived; ``intercept`` is the fitted
    value at the most deprived end. ``relative`` is the ratio of the two ends, with limits, NaN where ``relative_note``
    says why.
    """

    intercept: FloatArray
    relative: FloatArray
    relative_lower: FloatArray
    relative_upper: FloatArray
    relative_note: CodeArray
    repetitions: int
    seed: int

    @property
    def relative_why(self) -> WordArray:
        """The words of ``relative_note``."""
        return words_of(self.relative_note)


@quietly
def slope_index_of_inequality(
    values: npt.ArrayLike,
    standard_errors: npt.ArrayLike,
    populations: npt.ArrayLike,
    *,
    transform: str | None = None,
    repetitions: int = 100_000,
    seed: int,
    errors_on: str | None = None,
    multiplier: float = 1.0,
    confidence: float = 0.95,
) -> SlopeIndex:
    """Slope and relative index of inequality over 5 to 100 quantiles of deprivation, most deprived first.

    ``values``, ``standard_errors`` and ``populations`` have areas on the first axis and quantiles on the last; with one
    axis they are one area. Each quantile stands at the middle of its share of the population; a line is fitted by
    least squares weighted with those shares. ``transform`` fits it to the ``"log"`` (rates) or ``"logit"``
    (proportions) of the values and brings its ends back. ``errors_on`` names the scale of the standard errors
    (``"value"``, ``"log"``, ``"logit"``; the transform's unless given). See :func:`standard_errors_from_limits`.

    Limits are percentiles of the index over normal draws of every quantile's value. Draws come from ``seed`` and are
    the same for every area: an area's limits do not depend on which others are worked out beside it. ``multiplier``
    scales the index (100 for per cent); a negative one turns an indicator where high is bad round: limits change
    places and the relative index is inverted. All quantiles must be there.

    Raises:
        MethodInputError: shapes that do not fit, a wrong number of quantiles, too few repetitions, an unknown word.

    Source: Low and Low, Journal of Public Health 2004;26:388-395; OHID technical guidance; PHEindicatormethods 2.1.0.
    """
    level, (fit, drawn) = share("confidence", confidence), _scales(transform, errors_on)
    given = _read(values, standard_errors, populations=populations)
    simulation = _Simulation(
        fit,
        drawn,
        level=level,
        repetitions=whole_number("repetitions", repetitions, least=FEWEST_REPETITIONS),
        seed=seed,
    )
    note = _notes(given, scales=(fit, drawn))
    lines = _lines(given, fit=fit)
    found = simulation.limits(given, lines=lines, usable=note == Note.NONE)
    absolute, relative = _indices(lines, found, scale=finite("multiplier", multiplier), note=note)
    value, lower, upper, note = absolute
    return SlopeIndex(
        value.reshape(given.shape),
        lower.reshape(given.shape),
        upper.reshape(given.shape),
        note.reshape(given.shape),
        method=SIMULATED,
        confidence=confidence,
        multiplier=multiplier,
        intercept=np.where(note == Note.NONE, lines.low, np.nan).reshape(given.shape),
        relative=relative[0].reshape(given.shape),
        relative_lower=relative[1].reshape(given.shape),
        relative_upper=relative[2].reshape(given.shape),
        relative_note=relative[3].reshape(given.shape),
        repetitions=simulation.repetitions,
        seed=seed,
    )


@dataclass(frozen=True, eq=False)
class _Given:
    """Rows of areas, and the shape that results have."""

    values: FloatArray
    errors: FloatArray
    people: FloatArray
    shape: tuple[int, ...]


@dataclass(frozen=True, eq=False)
class _Lines:
    """The fitted ends of each area, and the weights of the quantiles in them: an end is a weighted sum of values."""

    of_low: FloatArray
    of_high: FloatArray
    low: FloatArray
    high: FloatArray


@dataclass(frozen=True, eq=False)
class _Limits:
    lower: FloatArray
    upper: FloatArray
    relative_lower: FloatArray
    relative_upper: FloatArray
    crosses_zero: BoolArray


def _lines(given: _Given, *, fit: Scale) -> _Lines:
    """Weighted least squares in closed form: the centre is half, since that is where half of the people are."""
    shares = given.people / given.people.sum(axis=-1, keepdims=True)
    from_centre = np.cumsum(shares, axis=-1) - shares / 2 - 1 / 2
    slope = shares * from_centre / (shares * from_centre**2).sum(axis=-1, keepdims=True)
    of_low, of_high = shares - slope / 2, shares + slope / 2
    values = fit.to(given.values)
    low, high = fit.back((of_low * values).sum(axis=-1)), fit.back((of_high * values).sum(axis=-1))
    return _Lines(of_low, of_high, low, high)


def _indices(lines: _Lines, found: _Limits, *, scale: float, note: CodeArray) -> tuple[Limited, Limited]:
    """The slope index and the relative index with their limits; turned round when the scale is negative."""
    slopes = np.stack([lines.high - lines.low, found.lower, found.upper]) * scale
    ratios = np.stack([lines.high / lines.low, found.relative_lower, found.relative_upper])
    if scale < 0:
        slopes, ratios = slopes[[0, 2, 1]], 1 / ratios[[0, 2, 1]]
    no_ratio = (note == Note.NONE) & ((lines.low <= 0) | (lines.high <= 0) | found.crosses_zero)
    ratio_note = np.where(no_ratio, np.int8(Note.NO_RATIO), note)
    absolute = with_limits(slopes[0], lower=slopes[1], upper=slopes[2], note=note)
    return absolute, with_limits(ratios[0], lower=ratios[1], upper=ratios[2], note=ratio_note)


class _Simulation:
    """Draws of the indicator, and the percentiles of the index over them."""

    def __init__(self, fit: Scale, drawn: Scale, *, level: float, repetitions: int, seed: int) -> None:
        self.fit, self.drawn, self.level = fit, drawn, level
        self.repetitions, self.seed = repetitions, seed

    def limits(self, given: _Given, *, lines: _Lines, usable: BoolArray) -> _Limits:
        """Limits of every usable area, some areas at a time so that memory stays small."""
        areas, groups = given.values.shape
        found = np.full((5, areas), np.nan)
        rows = np.flatnonzero(usable)
        if rows.size:
            normals = np.random.default_rng(self.seed).standard_normal((groups, self.repetitions))
            for some in np.array_split(rows, -(-rows.size * self.repetitions // NUMBERS_AT_ONCE)):
                found[:, some] = self._percentiles(*self._ends(given, lines=lines, some=some, normals=normals))
        crosses_zero = found[4] > (1 - self.level) / 2
        return _Limits(found[0], found[1], found[2], found[3], crosses_zero)

    def _ends(
        self, given: _Given, *, lines: _Lines, some: npt.NDArray[np.intp], normals: FloatArray
    ) -> tuple[FloatArray, FloatArray]:
        of_low, of_high, errors = lines.of_low[some], lines.of_high[some], given.errors[some]
        centres = self.drawn.to(given.values[some])
        if self.fit is self.drawn:
            low = (of_low * centres).sum(axis=-1, keepdims=True) + (of_low * errors) @ normals
            high = (of_high * centres).sum(axis=-1, keepdims=True) + (of_high * errors) @ normals
            return self.fit.back(low), self.fit.back(high)
        ends = np.empty((2, some.size, self.repetitions))
        draws = np.empty_like(normals)
        for place, (centre, error) in enumerate(zip(centres, errors)):
            np.multiply(normals, error[:, np.newaxis], out=draws)
            draws += centre[:, np.newaxis]
            ends[:, place] = np.stack([of_low[place], of_high[place]]) @ self.drawn.back(draws)
        return ends[0], ends[1]

    def _percentiles(self, low: FloatArray, high: FloatArray) -> FloatArray:
        crossing = np.maximum(_share_to_zero(low), _share_to_zero(high))
        ratio = high / low
        slopes = middle_of(np.subtract(high, low, out=high), self.level)
        return np.vstack([*slopes, *middle_of(ratio, self.level), crossing])


def _share_to_zero(draws: FloatArray) -> FloatArray:
    """The share of the draws of each row that are zero or below."""
    if draws.min() > 0:
        return np.zeros(len(draws))
    return np.asarray((draws <= 0).mean(axis=-1))


def _read(values: npt.ArrayLike, standard_errors: npt.ArrayLike, *, populations: npt.ArrayLike) -> _Given:
    axes = {"of": "areas", "axis": "quantiles"}
    given = fitted(
        values=banded("values", numbers("values", values), **axes),
        standard_errors=banded("standard_errors", numbers("standard_errors", standard_errors), **axes),
        populations=banded("populations", numbers("populations", populations), **axes),
    )
    groups = given[0].shape[-1]
    if not FEWEST_QUANTILES <= groups <= MOST_QUANTILES:
        raise MethodInputError(
            f"values: expected {FEWEST_QUANTILES} to {MOST_QUANTILES} quantiles on the last axis, found {groups}."
        )
    rows = [np.atleast_2d(array) for array in given]
    return _Given(rows[0], rows[1], rows[2], given[0].shape[:-1])


def _notes(given: _Given, *, scales: tuple[Scale, Scale]) -> CodeArray:
    arrays = np.stack([given.values, given.errors, given.people])
    above, below = max(scale.above for scale in scales), min(scale.below for scale in scales)
    reasons = [
        (Note.MISSING, np.isnan(arrays).any(axis=0)),
        (Note.INFINITE, np.isinf(arrays).any(axis=0)),
        (Note.NEGATIVE, (given.errors < 0) | (given.people < 0)),
        (Note.NO_POPULATION, given.people == 0),
        (Note.OUTSIDE_TRANSFORM, (given.values <= above) | (given.values >= below)),
    ]
    return first_note(given.values.shape[:-1], [(note, np.asarray(holds.any(axis=-1))) for note, holds in reasons])


def _scales(transform: str | None, errors_on: str | None) -> tuple[Scale, Scale]:
    fit = scale_named("transform", transform)
    drawn = fit if errors_on is None else scale_named("errors_on", errors_on)
    if transform is not None and drawn is not fit:
        raise MethodInputError(
            f"errors_on: with the transform {transform!r} the standard errors must be on that scale, "
            f"found {errors_on!r}."
        )
    return fit, drawn
