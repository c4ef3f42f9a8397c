"""What may come next in a series: three simple published methods, each with limits from how wrong it was in the past.

A series whose latest values vary by common cause goes on around its mean. Where something changes, the trend goes on
and fades (Holt's method with a damped trend). The year before is repeated where two full years are there and that would
have been nearer. A series that is too short, or that has a hole near its end, has no forecast, and the reason is said.

Sources: Gardner and McKenzie, Forecasting trends in time series, Management Science, 1985 (damped trend); Hyndman and
Athanasopoulos, Forecasting: principles and practice, third edition, sections 5.2 (seasonal naive), 5.10 (errors from a
rolling origin) and 8.2; Making Data Count (mean and limits of a process that is stable).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import special

from placeplan.indicators.control.series_periods import grid_of
from placeplan.indicators.methods import xmr
from placeplan.indicators.methods.results import FloatArray
from placeplan.indicators.methods.special_causes import RUN
from placeplan.indicators.trajectory.delivery import Forecast, ForecastPoint
from placeplan.kernel.spans import Frequency, Span, next_span

FEWEST_VALUES = 8
FEWEST_ERRORS = 3
FULL_YEARS = 2
CONFIDENCE = 0.95
SEASON = {Frequency.MONTH: 12, Frequency.QUARTER: 4}
LEVEL_SMOOTHING = TREND_SMOOTHING = tuple(tenth / 10 for tenth in range(1, 10))
DAMPING = (0.8, 0.9, 0.98)
MEAN = "mean of the last {count} values, because the latest vary by common cause; the limits are the control limits"
TREND = "damped trend (Holt); 95% limits from forecasts of the past"
YEAR_BEFORE = "the same period of the year before; 95% limits from forecasts of the past"


@dataclass(frozen=True, eq=False)
class Candidate:
    """A method: its words, and what it would have said after each number of values (rows) for each period ahead."""

    words: str
    forecasts: Callable[[FloatArray, int], FloatArray]


def forecast(
    series: Sequence[tuple[Span, float | None]],
    *,
    periods: int,
    lowest: float | None = None,
    highest: float | None = None,
) -> Forecast:
    """The next periods of a series, in the unit of its values; ``lowest`` and ``highest`` are what is possible at all.

    Periods of one length in any order; only the values since the last hole are used. A method whose limits come from
    the past ends where fewer than three forecasts of the past reached so far ahead.
    """
    if periods < 1:
        return Forecast((), "", "no forecast was asked for")
    spans, values, why = _usable(series)
    if why:
        return Forecast((), "", why)
    words, ahead, limits = _chosen(values, periods=periods, season=SEASON.get(spans[-1].frequency))
    bounds = (-np.inf if lowest is None else lowest, np.inf if highest is None else highest)
    points = []
    span = spans[-1]
    for value, (lower, upper) in zip(ahead, limits, strict=True):
        span = next_span(span)
        points.append(ForecastPoint(span, *(float(np.clip(one, *bounds)) for one in (value, lower, upper))))
    if not points:
        return Forecast((), "", "no forecast: too few forecasts of the past to say how wrong this one may be")
    cut = f"; it ends after {len(points)} of {periods} periods, because the past tells no more" * (
        len(points) < periods
    )
    return Forecast(tuple(points), words + cut)


def _usable(series: Sequence[tuple[Span, float | None]]) -> tuple[tuple[Span, ...], FloatArray, str]:
    """Periods and values since the last hole, or why they are too few."""
    known = {span: value for span, value in series if value is not None}
    if not known:
        return (), np.array([]), "no forecast: there is no value"
    if len({span.frequency for span in known}) > 1:
        return (), np.array([]), "no forecast: the periods are of several lengths"
    if next(iter(known)).frequency is Frequency.SEVERAL_YEARS:
        return (), np.array([]), "no forecast: periods of several years overlap"
    spans = grid_of(tuple(known)).spans
    holes = [place for place, span in enumerate(spans) if span not in known]
    kept = spans[holes[-1] + 1 :] if holes else spans
    why = ""
    if len(kept) < FEWEST_VALUES:
        since = " since the last missing period" if holes else ""
        why = f"no forecast: {len(kept)} values{since}, and at least {FEWEST_VALUES} are needed"
    return kept, np.array([known[span] for span in kept], dtype=np.float64), why


def _chosen(
    values: FloatArray, *, periods: int, season: int | None
) -> tuple[str, FloatArray, Sequence[tuple[float, float]]]:
    """The words of the method, its values, and their limits."""
    chart = xmr(values, improvement="neither")
    stable = not np.any(chart.special_cause[-RUN:])
    steady = Candidate(MEAN.format(count=len(values)), running_means)
    likely = steady if stable else Candidate(TREND, damped_trends)
    if season and len(values) >= FULL_YEARS * season:
        yearly = Candidate(YEAR_BEFORE, lambda given, ahead: years_before(given, ahead, season=season))
        errors = {
            each: _mean_square(values, each, ahead=min(periods, season), season=season) for each in (yearly, likely)
        }
        likely = yearly if errors[yearly] < errors[likely] else likely
    if likely is steady:
        lines = [(float(chart.lower[-1]), float(chart.upper[-1]))] * periods
        return likely.words, np.full(periods, chart.mean[-1]), lines
    said = likely.forecasts(values, periods)
    spread = half_widths(past_errors(values, said, first=season_start(values, season)))
    coming = said[-1][: len(spread)]
    return likely.words, coming, [(value - half, value + half) for value, half in zip(coming, spread, strict=True)]


def _mean_square(values: FloatArray, candidate: Candidate, *, ahead: int, season: int) -> float:
    """The mean square of the errors of a method from a rolling origin, as far ahead as is asked for."""
    errors = past_errors(values, candidate.forecasts(values, ahead), first=season_start(values, season))
    return float(np.nanmean(errors**2))


def season_start(values: FloatArray, season: int | None) -> int:
    """After how many values the first forecast of the past is made: half of them, and a full year at least."""
    half = len(values) // 2
    enough_for_year = season is not None and len(values) >= FULL_YEARS * season
    return max(half, season) if season is not None and enough_for_year else half


def past_errors(values: FloatArray, forecasts: FloatArray, *, first: int) -> FloatArray:
    """What came less what a method had said: origins on the first axis, periods ahead on the last; NaN beyond the end.

    ``forecasts`` has a row for each number of values, beginning with none.
    """
    count, ahead = len(values), forecasts.shape[-1]
    reached = np.arange(first, count)[:, np.newaxis] + np.arange(ahead)
    came = np.where(reached < count, values[np.minimum(reached, count - 1)], np.nan)
    return np.asarray(came - forecasts[first:count])


def half_widths(errors: FloatArray) -> FloatArray:
    """Half the width of the limits for each period ahead that has enough errors: Student's t times the root of the mean
    square, never narrower than for a nearer period.
    """
    counts = np.isfinite(errors).sum(axis=0)
    enough = int((counts >= FEWEST_ERRORS).sum())
    counts, errors = counts[:enough], errors[:, :enough]
    root = np.sqrt(np.nanmean(errors**2, axis=0)) if enough else np.array([])
    return np.asarray(np.maximum.accumulate(special.stdtrit(counts, (1 + CONFIDENCE) / 2) * root))


def running_means(values: FloatArray, ahead: int) -> FloatArray:
    """The mean of the values so far, for every period ahead; a row for each number of values, the first one blank."""
    means = np.cumsum(values) / np.arange(1, len(values) + 1)
    return np.repeat(np.concatenate([[np.nan], means])[:, np.newaxis], ahead, axis=1)


def years_before(values: FloatArray, ahead: int, *, season: int) -> FloatArray:
    """The value of the same period in the last full year that is known; rows as :func:`running_means`."""
    count = len(values)
    back = season - np.arange(ahead) % season
    places = np.arange(count + 1)[:, np.newaxis] - back
    return np.where(places >= 0, values[np.clip(places, 0, count - 1)], np.nan)


def damped_trends(values: FloatArray, ahead: int) -> FloatArray:
    """Holt's method with a damped trend; rows as :func:`running_means`, the first two blank.

    After each value the smoothing is that of a grid whose forecasts one period ahead were nearest so far, by least
    squares. Level and trend begin with the first two values.
    """
    alpha, beta, phi = np.array(list(product(LEVEL_SMOOTHING, TREND_SMOOTHING, DAMPING))).T
    rows = np.full((len(values) + 1, ahead), np.nan)
    level, trend = np.full(alpha.shape, values[1]), np.full(alpha.shape, values[1] - values[0])
    squares = np.zeros(alpha.shape)
    steps = np.cumsum(phi[:, np.newaxis] ** np.arange(1, ahead + 1), axis=1)
    for count in range(2, len(values) + 1):
        best = int(np.argmin(squares))
        rows[count] = level[best] + steps[best] * trend[best]
        if count == len(values):
            break
        said = level + phi * trend
        squares = squares + (values[count] - said) ** 2
        new_level = alpha * values[count] + (1 - alpha) * said
        level, trend = new_level, beta * (new_level - level) + (1 - beta) * phi * trend
    return rows
