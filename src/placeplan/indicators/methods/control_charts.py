"""XmR charts: is this variation, or has something changed, and will the target be met?"""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum, StrEnum
from itertools import pairwise

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import MethodInputError, banded, numbers
from placeplan.indicators.methods.results import (
    BoolArray,
    CodeArray,
    FloatArray,
    IndexArray,
    Note,
    WordArray,
    freeze,
    quietly,
    words_of,
)
from placeplan.indicators.methods.special_causes import (
    SPECIAL_CAUSE_WORDS,
    Places,
    SpecialCause,
    signs,
    special_causes,
)

LIMIT = 2.66
NEAR_LIMIT = LIMIT * 2 / 3
SCREEN_ABOVE = 3.267
SETTLED_POINTS = 12
SLACK = 1e-12
ROWS_AT_ONCE = 2_048
XMR, XMR_SCREENED = "XmR", "XmR, moving ranges screened"


class Improvement(StrEnum):
    """Which way is better."""

    UP = "up"
    DOWN = "down"
    NEITHER = "neither"


class Variation(IntEnum):
    """The verdict on the latest point; the words are in ``VARIATION_WORDS``."""

    NONE = 0
    COMMON_CAUSE = 1
    IMPROVEMENT_HIGH = 2
    IMPROVEMENT_LOW = 3
    CONCERN_HIGH = 4
    CONCERN_LOW = 5
    NEITHER_HIGH = 6
    NEITHER_LOW = 7


class Assurance(IntEnum):
    """The verdict on the target; the words are in ``ASSURANCE_WORDS``."""

    NONE = 0
    PASS = 1
    FAIL = 2
    INCONSISTENT = 3


VARIATION_WORDS: dict[Variation, str] = {
    Variation.NONE: "no verdict",
    Variation.COMMON_CAUSE: "common cause variation",
    Variation.IMPROVEMENT_HIGH: "special cause, improvement, high",
    Variation.IMPROVEMENT_LOW: "special cause, improvement, low",
    Variation.CONCERN_HIGH: "special cause, concern, high",
    Variation.CONCERN_LOW: "special cause, concern, low",
    Variation.NEITHER_HIGH: "special cause, neither better nor worse, high",
    Variation.NEITHER_LOW: "special cause, neither better nor worse, low",
}
ASSURANCE_WORDS: dict[Assurance, str] = {
    Assurance.NONE: "no verdict",
    Assurance.PASS: "consistently passes the target",
    Assurance.FAIL: "consistently falls short of the target",
    Assurance.INCONSISTENT: "passes and falls short of the target at random",
}
_BETTER = {Improvement.UP: 1, Improvement.DOWN: -1, Improvement.NEITHER: 0}
# Rows: better is lower, neither, higher; columns: the point is low, common cause, high.
_VERDICTS = np.array(
    [
        [Variation.IMPROVEMENT_LOW, Variation.COMMON_CAUSE, Variation.CONCERN_HIGH],
        [Variation.NEITHER_LOW, Variation.COMMON_CAUSE, Variation.NEITHER_HIGH],
        [Variation.CONCERN_LOW, Variation.COMMON_CAUSE, Variation.IMPROVEMENT_HIGH],
    ],
    dtype=np.int8,
)


@dataclass(frozen=True, eq=False)
class ControlChart:
    """XmR charts of one or many series; the arrays have the shape of the values, verdicts one entry for each series.

    ``observed`` are the values; ``value`` the mean line, ``lower`` and ``upper`` the control limits, ``near_lower`` and
    ``near_upper`` two thirds of the way to them, each for the segment of its point. ``special_cause`` and ``direction``
    (1 high or rising, -1 low or falling) label each point, ``point_verdict`` reads them as better or worse.
    ``variation`` is the verdict on the latest point with a value, ``assurance`` on the target by the latest segment's
    limits. ``segment`` counts from 0; ``trial`` marks limits that rest on fewer than 12 points. ``note`` says why a
    point has no value or no limits.
    """

    observed: FloatArray
    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    near_lower: FloatArray
    near_upper: FloatArray
    note: CodeArray
    special_cause: CodeArray
    direction: CodeArray
    point_verdict: CodeArray
    variation: CodeArray
    assurance: CodeArray
    segment: IndexArray
    trial: BoolArray
    method: str

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def mean(self) -> FloatArray:
        """The mean line, by its usual name."""
        return self.value

    @property
    def why(self) -> WordArray:
        """The words of ``note``."""
        return words_of(self.note)

    @property
    def special_cause_words(self) -> WordArray:
        """The words of ``special_cause``."""
        return np.asarray(np.array([SPECIAL_CAUSE_WORDS[cause] for cause in SpecialCause])[self.special_cause])

    @property
    def variation_words(self) -> WordArray:
        """The words of ``variation``."""
        return np.asarray(np.array([VARIATION_WORDS[verdict] for verdict in Variation])[self.variation])

    @property
    def assurance_words(self) -> WordArray:
        """The words of ``assurance``."""
        return np.asarray(np.array([ASSURANCE_WORDS[verdict] for verdict in Assurance])[self.assurance])


@quietly
def xmr(
    values: npt.ArrayLike,
    *,
    improvement: Improvement | str | Sequence[Improvement | str],
    target: npt.ArrayLike | None = None,
    screen_moving_ranges: bool = False,
    rebase_at: Sequence[int | np.integer] = (),
) -> ControlChart:
    """XmR (individuals) charts with limits, special causes and verdicts.

    ``values`` is one series, or series on the first axis and points in order of time on the last; blanks are gaps.
    ``improvement`` is ``"up"``, ``"down"`` or ``"neither"``, ``target`` a number or nothing, each for all series or one
    for each. ``rebase_at`` are the positions (from 1) of the points at which a new segment begins: limits and rules
    start afresh there, and the last segment's limits decide on the target.

    Limits are the mean plus and minus 2.66 times the mean moving range. ``screen_moving_ranges`` leaves moving ranges
    above 3.267 times their mean out of it, as the R package does and the national Excel tool does not. A segment needs
    two points in a row to have limits.

    Raises:
        MethodInputError: more than two axes, something that is not a number, a word for the improvement that is not
            one of the three, positions that do not rise or lie outside the series.

    Source: NHS England, Making Data Count; Provost and Murray, The Health Care Data Guide, 2011; Wheeler, Understanding
    Variation, 1993.
    """
    given = banded("values", numbers("values", values), of="series", axis="points")
    series = np.atleast_2d(given)
    ends = _segment_ends(rebase_at, points=series.shape[-1])
    better = _better(improvement, series=len(series))
    targets = _targets(target, series=len(series))
    chart = _Working(np.where(np.isfinite(series), series, np.nan))
    for top in range(0, len(series), ROWS_AT_ONCE):
        rows = slice(top, top + ROWS_AT_ONCE)
        for start, end in pairwise(ends):
            chart.fill(rows, slice(start, end), screen=screen_moving_ranges)
    chart.judge(_notes(series, chart.lower), better=better, targets=targets)
    return chart.finished(
        given.shape,
        segment=np.repeat(np.arange(len(ends) - 1), np.diff(ends)),
        method=XMR_SCREENED if screen_moving_ranges else XMR,
    )


class _Working:
    """Arrays of a chart while it is worked out, some rows and one segment at a time."""

    def __init__(self, observed: FloatArray) -> None:
        shape = observed.shape
        self.observed = observed
        self.mean, self.lower, self.upper = (np.full(shape, np.nan) for _ in range(3))
        self.cause, self.direction = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int8)
        self.trial = np.zeros(shape, dtype=np.bool_)
        self.note, self.verdict = np.zeros(shape, dtype=np.int8), np.zeros(shape, dtype=np.int8)
        self.variation, self.assurance = (np.zeros(shape[0], dtype=np.int8) for _ in range(2))

    def fill(self, rows: slice, points: slice, *, screen: bool) -> None:
        """Work out one segment of some series."""
        observed = self.observed[rows, points]
        known = ~np.isnan(observed)
        mean, spread = limits_of(observed, known=known, screen=screen)
        slack = SLACK * np.nanmax(np.where(known, np.abs(observed), 0.0), axis=-1, keepdims=True, initial=0.0)
        away = observed - mean
        places = Places(
            side=signs(away, slack=slack),
            outside=np.abs(away) > LIMIT * spread + slack,
            near=(np.abs(away) > NEAR_LIMIT * spread + slack) & (np.abs(away) <= LIMIT * spread + slack),
            step=signs(np.diff(observed, axis=-1), slack=slack),
        )
        cause, direction = special_causes(places)
        usable = np.isfinite(spread) & np.isfinite(mean + LIMIT * spread) & np.isfinite(mean - LIMIT * spread)
        self.mean[rows, points] = np.where(usable, mean, np.nan)
        self.lower[rows, points] = np.where(usable, mean - LIMIT * spread, np.nan)
        self.upper[rows, points] = np.where(usable, mean + LIMIT * spread, np.nan)
        self.cause[rows, points] = np.where(usable, cause, 0)
        self.direction[rows, points] = np.where(usable, direction, 0)
        self.trial[rows, points] = known.sum(axis=-1, keepdims=True) < SETTLED_POINTS

    def judge(self, note: CodeArray, *, better: IndexArray, targets: FloatArray) -> None:
        """Read the labels as better or worse, and give the two verdicts on each series."""
        self.note = note
        self.verdict = _VERDICTS[better[:, np.newaxis] + 1, self.direction + 1]
        self.verdict[note != Note.NONE] = Variation.NONE
        if note.size:
            self.variation = _latest(self.verdict, note)
            self.assurance = _assurance(self.lower[:, -1], self.upper[:, -1], targets=targets, better=better)

    def finished(self, shape: tuple[int, ...], *, segment: IndexArray, method: str) -> ControlChart:
        """The chart in the shape of the values that were given."""
        return ControlChart(
            observed=self.observed.reshape(shape),
            value=self.mean.reshape(shape),
            lower=self.lower.reshape(shape),
            upper=self.upper.reshape(shape),
            near_lower=(self.mean - (self.mean - self.lower) * (NEAR_LIMIT / LIMIT)).reshape(shape),
            near_upper=(self.mean + (self.upper - self.mean) * (NEAR_LIMIT / LIMIT)).reshape(shape),
            note=self.note.reshape(shape),
            special_cause=self.cause.reshape(shape),
            direction=self.direction.reshape(shape),
            point_verdict=self.verdict.reshape(shape),
            variation=self.variation.reshape(shape[:-1]),
            assurance=self.assurance.reshape(shape[:-1]),
            segment=np.broadcast_to(segment, shape).copy(),
            trial=self.trial.reshape(shape),
            method=method,
        )


def limits_of(observed: FloatArray, *, known: BoolArray, screen: bool) -> tuple[FloatArray, FloatArray]:
    """Mean of each row and mean moving range, as columns; NaN where there is no pair of neighbours.

    The mean is taken of the differences from the first point, so that a series that never changes equals its mean.
    """
    anchor = np.where(known[:, :1], observed[:, :1], 0.0)
    mean = anchor + _mean(observed - anchor, known)
    ranges = np.abs(np.diff(observed, axis=-1))
    pairs = known[:, 1:] & known[:, :-1]
    spread = _mean(ranges, pairs)
    if screen:
        spread = _mean(ranges, pairs & (ranges <= SCREEN_ABOVE * spread * (1 + SLACK)))
    return mean, spread


def _mean(amounts: FloatArray, known: BoolArray) -> FloatArray:
    total = np.where(known, amounts, 0.0).sum(axis=-1, keepdims=True)
    return np.asarray(total / known.sum(axis=-1, keepdims=True))


def _notes(series: FloatArray, lower: FloatArray) -> CodeArray:
    note = np.where(np.isnan(lower), np.int8(Note.TOO_FEW_VALUES), np.int8(Note.NONE))
    note[np.isnan(series)] = Note.MISSING
    note[np.isinf(series)] = Note.INFINITE
    return note.astype(np.int8)


def _latest(verdicts: CodeArray, note: CodeArray) -> CodeArray:
    """The verdict on the last point with a value of each series."""
    have = (note != Note.MISSING) & (note != Note.INFINITE)
    last = have.shape[-1] - 1 - np.argmax(have[:, ::-1], axis=-1)
    return np.asarray(np.where(have.any(axis=-1), verdicts[np.arange(len(verdicts)), last], 0).astype(np.int8))


def _assurance(lower: FloatArray, upper: FloatArray, *, targets: FloatArray, better: IndexArray) -> CodeArray:
    asked = np.isfinite(targets) & np.isfinite(lower) & (better != 0)
    side = np.subtract(targets < lower, targets > upper, dtype=np.int8) * better
    verdict = np.where(side > 0, Assurance.PASS, np.where(side < 0, Assurance.FAIL, Assurance.INCONSISTENT))
    return np.asarray(np.where(asked, verdict, Assurance.NONE).astype(np.int8))


def _segment_ends(rebase_at: Sequence[int | np.integer], *, points: int) -> list[int]:
    places = [0, *rebase_at, points]
    whole = all(isinstance(place, int | np.integer) for place in rebase_at)
    if not whole or (len(rebase_at) and any(first >= second for first, second in pairwise(places))):
        raise MethodInputError(
            f"rebase_at: expected rising positions between 1 and {points - 1}, found {list(rebase_at)}."
        )
    return [int(place) for place in places]


def _better(improvement: Improvement | str | Sequence[Improvement | str], *, series: int) -> IndexArray:
    given = [improvement] * series if isinstance(improvement, str) else list(improvement)
    if len(given) != series:
        raise MethodInputError(f"improvement: expected one word for all or {series}, found {len(given)}.")
    try:
        return np.array([_BETTER[Improvement(word)] for word in given], dtype=np.intp)
    except ValueError as error:
        raise MethodInputError(f'improvement: expected "up", "down" or "neither" ({error}).') from error


def _targets(target: npt.ArrayLike | None, *, series: int) -> FloatArray:
    given = numbers("target", np.nan if target is None else target)
    if given.ndim > 1 or given.size not in (1, series):
        raise MethodInputError(f"target: expected one number for all series or {series}, found {given.shape}.")
    return np.broadcast_to(given, (series,)).astype(np.float64)
