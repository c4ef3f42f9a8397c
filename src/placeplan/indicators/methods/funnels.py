"""Funnels: how far a unit of its size may lie from the average by chance."""

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import TypeVar

import numpy as np
import numpy.typing as npt
from scipy import special

from placeplan.indicators.methods.dispersion import Dispersion, OverDispersion, dispersion_of
from placeplan.indicators.methods.inputs import MethodInputError, finite, first_note, fitted, numbers, usual_reasons
from placeplan.indicators.methods.poisson import count_limits
from placeplan.indicators.methods.poisson_funnel import high_count, low_count
from placeplan.indicators.methods.results import CodeArray, Estimate, FloatArray, Note, WordArray, quietly, with_limits

_Word = TypeVar("_Word", bound=StrEnum)
INNER_TAIL, OUTER_TAIL = 0.025, 0.001
INNER, OUTER = 1 - 2 * INNER_TAIL, 1 - 2 * OUTER_TAIL
WINSORISE = 0.1
MOST_WINSORISED = 0.5


class Statistic(StrEnum):
    """What a funnel is of: a share of a population, events for a population, or observed over expected events."""

    PROPORTION = "proportion"
    RATE = "rate"
    RATIO = "ratio"


class Significance(IntEnum):
    """Beyond which limit a unit lies; the words are in ``SIGNIFICANCE_WORDS``."""

    LOW_001 = -2
    LOW_025 = -1
    NONE = 0
    HIGH_025 = 1
    HIGH_001 = 2


SIGNIFICANCE_WORDS: dict[Significance, str] = {
    Significance.LOW_001: "low (0.001)",
    Significance.LOW_025: "low (0.025)",
    Significance.NONE: "not significant",
    Significance.HIGH_025: "high (0.025)",
    Significance.HIGH_001: "high (0.001)",
}
_WORDS = np.array([*(SIGNIFICANCE_WORDS[one] for one in Significance), ""])
_MULTIPLIERS = {Statistic.PROPORTION: 1.0, Statistic.RATE: 100_000.0, Statistic.RATIO: 1.0}
_METHODS = {
    OverDispersion.NONE: "control limits of chance alone",
    OverDispersion.MULTIPLICATIVE: "control limits times the root of the over-dispersion",
    OverDispersion.ADDITIVE: "control limits with a variance between units",
}


@dataclass(frozen=True, eq=False)
class Funnel(Estimate):
    """Values of units beside the control limits for their size.

    ``lower`` and ``upper`` are the 95% control limits (0.025 on each side), ``lower_outer`` and ``upper_outer`` the
    99.8% ones (0.001); all surround ``baseline``, not the value. ``significance`` says beyond which a unit lies, 0 also
    where there is a note. ``z`` is its z-score, adjusted for over-dispersion; ``dispersion`` is what was adjusted for.
    """

    baseline: float
    lower_outer: FloatArray
    upper_outer: FloatArray
    significance: CodeArray
    z: FloatArray
    dispersion: Dispersion

    @property
    def significance_words(self) -> WordArray:
        """The words of ``significance``; empty where there is a note."""
        place = np.where(self.note == Note.NONE, self.significance - np.int8(Significance.LOW_001), len(Significance))
        return np.asarray(_WORDS[place])


@dataclass(frozen=True, eq=False)
class _Lines:
    lower: FloatArray
    upper: FloatArray
    lower_outer: FloatArray
    upper_outer: FloatArray


@quietly
def funnel_limits(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    statistic: Statistic | str = Statistic.PROPORTION,
    multiplier: float | None = None,
    baseline: float | None = None,
    over_dispersion: OverDispersion | str = OverDispersion.NONE,
    winsorise: float = WINSORISE,
) -> Funnel:
    """Control limits, significance codes and z-scores of units.

    For a proportion and a rate ``population`` is the people; for a ratio it is the expected events. For a directly
    standardised rate give the population that its events and rate imply (``multiplier * count / rate``). ``baseline``
    is all units together, and 1 for a ratio, unless given (as the value without the multiplier). ``multiplier`` is 1,
    and 100,000 for a rate. Units with a note take no part in the average or the over-dispersion.

    Without over-dispersion, limits of a proportion are where the Wilson interval would just touch the baseline; those
    of a rate or ratio are the Poisson counts of the same tail, and significance is told by the Byar or exact interval.
    With it, z-scores are taken of the arcsine root of proportions and the square root of rates and ratios.

    Raises:
        MethodInputError: shapes that do not fit, a word that is not one of those above, a share to winsorise of half
            or more, a baseline that cannot be one.

    Source: Spiegelhalter, Statistics in Medicine 2005;24:1185-1202, and see ``dispersion_of``; OHID technical guidance.
    """
    kind = _word(Statistic, "statistic", given=statistic)
    spread = _word(OverDispersion, "over_dispersion", given=over_dispersion)
    scale = finite("multiplier", _MULTIPLIERS[kind] if multiplier is None else multiplier)
    if not 0 <= winsorise < MOST_WINSORISED:
        raise MethodInputError(f"winsorise: expected a share below a half, found {winsorise!r}.")
    counts, sizes = fitted(count=numbers("count", count), population=numbers("population", population))
    note = _notes(counts, sizes, kind=kind)
    usable = note == Note.NONE
    average = _baseline(baseline, kind=kind, counts=counts[usable], sizes=sizes[usable])
    scores, errors, _ = _scored(counts, sizes, average=average, kind=kind)
    ready = usable & np.isfinite(scores)
    dispersion = dispersion_of(scores[ready], errors[ready], kind=spread, winsorise=winsorise)
    z = np.asarray(scores * errors / dispersion.widened(errors))
    if spread is OverDispersion.NONE:
        lines = _chance_lines(sizes, average=average, kind=kind)
        codes = _plain_significance(counts, sizes, average=average, kind=kind)
    else:
        lines = _widened_lines(sizes, average=average, kind=kind, dispersion=dispersion)
        codes = _codes(z)
    value = np.asarray(counts / sizes)
    lines = _Lines(*(side * scale for side in (lines.lower, lines.upper, lines.lower_outer, lines.upper_outer)))
    return _funnel(
        value * scale,
        lines,
        note=note,
        codes=codes,
        z=z,
        baseline=average * scale,
        multiplier=scale,
        dispersion=dispersion,
        method=_METHODS[spread],
    )


def _funnel(
    values: FloatArray,
    lines: "_Lines",
    *,
    note: CodeArray,
    codes: CodeArray,
    z: FloatArray,
    baseline: float,
    multiplier: float,
    dispersion: Dispersion,
    method: str,
) -> Funnel:
    value, lower, upper, note = with_limits(values, lower=lines.lower, upper=lines.upper, note=note)
    blank = note != Note.NONE
    return Funnel(
        value,
        lower,
        upper,
        note,
        method=method,
        confidence=INNER,
        multiplier=multiplier,
        baseline=baseline,
        lower_outer=np.where(blank, np.nan, lines.lower_outer),
        upper_outer=np.where(blank, np.nan, lines.upper_outer),
        significance=np.where(blank, np.int8(0), codes),
        z=np.where(blank, np.nan, z),
        dispersion=dispersion,
    )


def _notes(counts: FloatArray, sizes: FloatArray, *, kind: Statistic) -> CodeArray:
    reasons = usual_reasons(counts, sizes)
    if kind is Statistic.PROPORTION:
        reasons.append((Note.COUNT_ABOVE_POPULATION, counts > sizes))
    if kind is Statistic.RATIO:
        reasons.insert(-1, (Note.NOTHING_EXPECTED, sizes == 0))
    return first_note(counts.shape, reasons)


def _baseline(given: float | None, *, kind: Statistic, counts: FloatArray, sizes: FloatArray) -> float:
    if given is not None:
        average = finite("baseline", given)
        if average < 0 or (kind is Statistic.PROPORTION and average > 1):
            raise MethodInputError(f"baseline: expected a {kind} without its multiplier, found {given!r}.")
        return average
    if kind is Statistic.RATIO:
        return 1.0
    return float(counts.sum() / sizes.sum()) if counts.size else float("nan")


def _scored(
    counts: FloatArray, sizes: FloatArray, *, average: float, kind: Statistic
) -> tuple[FloatArray, FloatArray, float]:
    """z-scores, standard errors and the baseline on the scale on which the spread of units is even."""
    if kind is Statistic.PROPORTION:
        values, errors, centre = np.arcsin(np.sqrt(counts / sizes)), 1 / (2 * np.sqrt(sizes)), np.arcsin(average**0.5)
    else:
        values, errors, centre = np.sqrt(counts / sizes), 1 / (2 * np.sqrt(sizes)), average**0.5
    return np.asarray((values - centre) / errors), np.asarray(errors), float(centre)


def _chance_lines(sizes: FloatArray, *, average: float, kind: Statistic) -> _Lines:
    if kind is Statistic.PROPORTION:
        error = np.sqrt(average * (1 - average) / sizes)
        inner, outer = _point(INNER_TAIL) * error, _point(OUTER_TAIL) * error
        sides = [np.clip(average + reach, 0, 1) for reach in (-inner, inner, -outer, outer)]
        return _Lines(*sides)
    expected = np.where((sizes > 0) & np.isfinite(sizes), sizes * average, 0.0)
    expected = np.where(np.isfinite(expected), expected, 0.0)
    return _Lines(
        low_count(expected, INNER_TAIL) / sizes,
        high_count(expected, INNER_TAIL) / sizes,
        low_count(expected, OUTER_TAIL) / sizes,
        high_count(expected, OUTER_TAIL) / sizes,
    )


def _widened_lines(sizes: FloatArray, *, average: float, kind: Statistic, dispersion: Dispersion) -> _Lines:
    _, errors, centre = _scored(sizes, sizes, average=average, kind=kind)
    wide = dispersion.widened(errors)
    sides = [centre + sign * _point(tail) * wide for tail in (INNER_TAIL, OUTER_TAIL) for sign in (-1, 1)]
    if kind is Statistic.PROPORTION:
        return _Lines(*(np.sin(np.clip(side, 0, np.pi / 2)) ** 2 for side in sides))
    return _Lines(*(np.maximum(side, 0) ** 2 for side in sides))


def _plain_significance(counts: FloatArray, sizes: FloatArray, *, average: float, kind: Statistic) -> CodeArray:
    if kind is Statistic.PROPORTION:
        score = (counts / sizes - average) / np.sqrt(average * (1 - average) / sizes)
        return _codes(score)
    expected = sizes * average
    codes = np.zeros(counts.shape, dtype=np.int8)
    for level, step in ((INNER, 1), (OUTER, 2)):
        lower, upper = count_limits(counts, level)
        np.copyto(codes, np.int8(step), where=lower > expected)
        np.copyto(codes, np.int8(-step), where=upper < expected)
    return codes


def _codes(scores: FloatArray) -> CodeArray:
    distance = np.abs(scores)
    size = np.add(distance > _point(INNER_TAIL), distance > _point(OUTER_TAIL), dtype=np.int8)
    return np.asarray(np.where(scores < 0, -size, size).astype(np.int8))


def _point(tail: float) -> float:
    return float(-special.ndtri(tail))


def _word(kind: type[_Word], name: str, *, given: str) -> _Word:
    try:
        return kind(given)
    except ValueError as error:
        words = ", ".join(repr(str(one)) for one in kind)
        raise MethodInputError(f"{name}: expected one of {words}, found {given!r}.") from error
