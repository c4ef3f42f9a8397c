"""Trend over time: is it going up or down by more than chance?"""

from dataclasses import dataclass
from enum import IntEnum, StrEnum

import numpy as np
import numpy.typing as npt
from scipy import special

from placeplan.indicators.methods.inputs import (
    MethodInputError,
    banded,
    first_note,
    fitted,
    normal_point,
    numbers,
    over_last_axis,
    share,
    usual_reasons,
)
from placeplan.indicators.methods.results import (
    BoolArray,
    CodeArray,
    Estimate,
    FloatArray,
    Note,
    WordArray,
    quietly,
    with_limits,
)

LEAST_SQUARES, WEIGHTED = "least squares, Student t", "least squares weighted by the standard errors"
CHI_SQUARE = "chi-square for trend"
FEWEST_POINTS, FEWEST_WEIGHTED = 3, 2
_AXES = {"of": "series", "axis": "points in time"}


class Direction(IntEnum):
    """Which way a trend goes; the words are in ``DIRECTION_WORDS``."""

    FALLING = -1
    NONE = 0
    RISING = 1


class TrendOf(StrEnum):
    """What counts over populations are: people with something, or events."""

    PROPORTION = "proportion"
    RATE = "rate"


DIRECTION_WORDS: dict[Direction, str] = {
    Direction.FALLING: "falling",
    Direction.NONE: "no significant change",
    Direction.RISING: "rising",
}
_WORDS = np.array([*(DIRECTION_WORDS[one] for one in Direction), ""])


@dataclass(frozen=True, eq=False)
class Trend(Estimate):
    """Slopes for each unit of time, with limits and the direction where those exclude none.

    ``intercept`` is the fitted value at time 0 and ``p`` the probability of so steep a slope by chance; NaN where there
    is a note. ``direction`` is 0 there.
    """

    intercept: FloatArray
    p: FloatArray
    direction: CodeArray

    @property
    def direction_words(self) -> WordArray:
        """The words of ``direction``; empty where there is a note."""
        return np.asarray(_WORDS[np.where(self.note == Note.NONE, self.direction + 1, len(Direction))])


@quietly
def trend(
    values: npt.ArrayLike,
    *,
    times: npt.ArrayLike | None = None,
    standard_errors: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Trend:
    """Straight-line trends of series on the first axis over points in time on the last.

    ``times`` are 0, 1, 2, ... unless given. A blank value is left out. With ``standard_errors`` points weigh by one
    over their square and the limits are normal; without, they weigh the same and the limits are Student's t. A series
    needs three points (two with standard errors) that are not all at one time.

    Raises:
        MethodInputError: shapes that do not fit, or something that is not a number.

    Source: Draper and Smith, Applied Regression Analysis, 1998.
    """
    level = share("confidence", confidence)
    series = banded("values", numbers("values", values), **_AXES)
    when = numbers("times", np.arange(series.shape[-1]) if times is None else times)
    errors = numbers("standard_errors", 1.0 if standard_errors is None else standard_errors)
    series, when, errors = fitted(values=series, times=when, standard_errors=errors)
    known = ~np.isnan(series) & ~np.isnan(when) & ~np.isnan(errors)
    count = known.sum(axis=-1)
    weighted = standard_errors is not None
    line = _fit(np.where(known, series, 0.0), np.where(known, when, 0.0), weights=np.where(known, errors**-2, 0.0))
    if weighted:
        error, point = np.sqrt(1 / line.spread), np.full(count.shape, normal_point(level))
        p = 2 * special.ndtr(-np.abs(line.slope / error))
    else:
        left = np.where(known, (series - line.at(when)) ** 2, 0.0).sum(axis=-1)
        error, point = np.sqrt(left / (count - 2) / line.spread), special.stdtrit(count - 2, (1 + level) / 2)
        p = 2 * special.stdtr(count - 2, -np.abs(line.slope / error))
    reasons = [
        (Note.INFINITE, np.asarray((np.isinf(series) | np.isinf(when) | np.isinf(errors)).any(axis=-1))),
        (Note.NEGATIVE, np.asarray((errors <= 0).any(axis=-1))),
        (Note.TOO_FEW_VALUES, np.asarray(count < (FEWEST_WEIGHTED if weighted else FEWEST_POINTS))),
        (Note.NO_SPREAD_OF_TIMES, np.asarray(~(line.spread > 0))),
    ]
    return _trend(
        line, error, point=point, p=p, reasons=reasons, method=WEIGHTED if weighted else LEAST_SQUARES, confidence=level
    )


@quietly
def trend_of_counts(
    counts: npt.ArrayLike,
    populations: npt.ArrayLike,
    *,
    of: TrendOf | str = TrendOf.PROPORTION,
    times: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> Trend:
    """Chi-square test for trend of proportions or rates, series on the first axis and points in time on the last.

    The slope is that of the count per head for each unit of time. For proportions this is the test of Cochran and
    Armitage; for rates, the variance is that of a Poisson count. A point with a blank or nobody in it leaves its series
    without a trend, since a gap hides what happened.

    Raises:
        MethodInputError: shapes that do not fit, or a word other than ``"proportion"`` and ``"rate"``.

    Source: Armitage, Biometrics 1955;11:375-386; OHID technical guidance, recent trends.
    """
    level, kind = share("confidence", confidence), _kind(of)
    events = banded("counts", numbers("counts", counts), **_AXES)
    when = numbers("times", np.arange(events.shape[-1]) if times is None else times)
    events, people, when = fitted(counts=events, populations=numbers("populations", populations), times=when)
    line = _fit(events / people, when, weights=people)
    average = events.sum(axis=-1) / people.sum(axis=-1)
    variance = average * (1 - average) if kind is TrendOf.PROPORTION else average
    error = np.sqrt(variance / line.spread)
    p = np.where(error > 0, special.chdtrc(1, (line.slope / error) ** 2), 1.0)
    reasons = [
        *over_last_axis(
            [*usual_reasons(events, people), (Note.MISSING, np.isnan(when)), (Note.INFINITE, np.isinf(when))]
        ),
        (Note.TOO_FEW_VALUES, np.full(average.shape, events.shape[-1] < FEWEST_WEIGHTED)),
        (Note.NO_SPREAD_OF_TIMES, np.asarray(~(line.spread > 0))),
    ]
    if kind is TrendOf.PROPORTION:
        reasons.insert(-2, *over_last_axis([(Note.COUNT_ABOVE_POPULATION, events > people)]))
    point = np.full(average.shape, normal_point(level))
    return _trend(
        line, np.asarray(error), point=point, p=np.asarray(p), reasons=reasons, method=CHI_SQUARE, confidence=level
    )


@dataclass(frozen=True, eq=False)
class _Line:
    """A weighted straight line: ``spread`` is the weighted sum of squares of the times about their mean."""

    slope: FloatArray
    intercept: FloatArray
    spread: FloatArray

    def at(self, when: FloatArray) -> FloatArray:
        return np.asarray(np.expand_dims(self.intercept, -1) + np.expand_dims(self.slope, -1) * when)


def _fit(values: FloatArray, when: FloatArray, *, weights: FloatArray) -> _Line:
    whole = weights.sum(axis=-1, keepdims=True)
    middle = (weights * when).sum(axis=-1, keepdims=True) / whole
    centre = (weights * values).sum(axis=-1, keepdims=True) / whole
    spread = (weights * (when - middle) ** 2).sum(axis=-1)
    slope = np.asarray((weights * (when - middle) * (values - centre)).sum(axis=-1) / spread)
    return _Line(slope, np.asarray(centre[..., 0] - slope * middle[..., 0]), np.asarray(spread))


def _trend(
    line: _Line,
    error: FloatArray,
    *,
    point: FloatArray,
    p: FloatArray,
    reasons: list[tuple[Note, BoolArray]],
    method: str,
    confidence: float,
) -> Trend:
    note = first_note(line.slope.shape, reasons)
    reach = point * error
    value, lower, upper, note = with_limits(line.slope, lower=line.slope - reach, upper=line.slope + reach, note=note)
    direction = np.subtract(lower > 0, upper < 0, dtype=np.int8)
    blank = note != Note.NONE
    return Trend(
        value,
        lower,
        upper,
        note,
        method=method,
        confidence=confidence,
        multiplier=1.0,
        intercept=np.where(blank, np.nan, line.intercept),
        p=np.where(blank, np.nan, np.where(np.isnan(p), 1.0, p)),
        direction=np.asarray(direction),
    )


def _kind(of: TrendOf | str) -> TrendOf:
    try:
        return TrendOf(of)
    except ValueError as error:
        raise MethodInputError(f"of: expected 'proportion' or 'rate', found {of!r}.") from error
