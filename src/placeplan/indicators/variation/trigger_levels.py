"""Trigger levels: which category a unit is put in by how far it is worse than the average."""

from collections.abc import Sequence

import numpy as np
import polars as pl

from placeplan.indicators.methods.inputs import normal_point
from placeplan.indicators.methods.results import BoolArray, FloatArray
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.which_is_better import better_side
from placeplan.indicators.variation.averages import Averages, estimated
from placeplan.indicators.variation.unit_funnels import UnitFunnel
from placeplan.indicators.variation.variation_levels import TriggerLevel, TriggerRule

NO_LEVEL = "no level"
UNKNOWN_LEVEL = ""


def levels_of(
    results: MeasureResults, rows: pl.DataFrame, *, averages: Averages, levels: Sequence[TriggerLevel]
) -> tuple[list[str], tuple[str, ...]]:
    """The title of the level of each row, and sentences on levels that cannot be told for this measure.

    A row is in the level of the highest confidence with which its own interval is worse than the value of the average;
    then in the worst share of rows, when it is worse than the average at all. A row without a value, or whose interval
    is not known, has no words; nor has any row where no way is better. Every other row is in one category.
    """
    better = better_side(results.measure)
    values = rows["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    known = np.isfinite(values) & np.isfinite(averages.value)
    if not better:
        return [UNKNOWN_LEVEL] * rows.height, ("No way is better for this measure, so it has no trigger levels.",)
    told: list[tuple[str, BoolArray]] = []
    without: list[str] = []
    for level in _in_order(levels):
        if level.rule is TriggerRule.WORST_SHARE:
            told.append((level.title, _among_worst(values * better, averages.value * better, share=level.share)))
            continue
        far_side = _far_side(results, rows, confidence=level.share, better=better)
        if far_side is None:
            without.append(f"{level.title} cannot be told: it needs counts, and this measure has none.")
        else:
            known &= np.isfinite(far_side)
            told.append((level.title, far_side * better < averages.value * better))
    return _first_that_holds(told, known=known), tuple(text[0].upper() + text[1:] for text in without)


def levels_by_score(funnel: UnitFunnel, *, levels: Sequence[TriggerLevel]) -> list[str]:
    """The title of the level of each unit of a funnel by its z-score, adjusted for over-dispersion as the funnel is.

    The other way to tell levels of confidence: a unit is in a level when its score lies on the worse side of the normal
    point of the level. The worst share is as in :func:`levels_of`.

    Source: the z-scores of the Care Quality Commission's intelligent monitoring; Spiegelhalter and others, Journal of
    the Royal Statistical Society A 2012;175:1-47.
    """
    better = better_side(funnel.measure)
    scores = funnel.units["z"].fill_null(float("nan")).to_numpy() * better
    values = funnel.units["value"].fill_null(float("nan")).to_numpy() * better
    known = np.isfinite(scores)
    if not better:
        return [UNKNOWN_LEVEL] * len(scores)
    told = [
        (
            level.title,
            _among_worst(
                np.where(known, values, np.nan), np.full(len(values), funnel.average * better), share=level.share
            )
            if level.rule is TriggerRule.WORST_SHARE
            else scores < -normal_point(level.share),
        )
        for level in _in_order(levels)
    ]
    return _first_that_holds(told, known=known)


def _in_order(levels: Sequence[TriggerLevel]) -> list[TriggerLevel]:
    """Levels of confidence, the highest first; then shares, the smallest first."""
    return sorted(
        levels,
        key=lambda level: (
            level.rule is TriggerRule.WORST_SHARE,
            level.value if level.rule is TriggerRule.WORST_SHARE else -level.value,
        ),
    )


def _far_side(results: MeasureResults, rows: pl.DataFrame, *, confidence: float, better: int) -> FloatArray | None:
    """The better end of each row's interval at a confidence; that of the results where a row has no counts."""
    found = estimated(results.measure, rows, confidence=confidence)
    given = rows["upper" if better > 0 else "lower"].fill_null(float("nan")).to_numpy()
    same = bool(np.isclose(confidence, results.confidence))
    if found is None:
        return given if same else None
    side = np.asarray((found.upper if better > 0 else found.lower) * float(results.measure.multiplier))
    return np.where(np.isnan(side), given, side) if same else side


def _among_worst(values: FloatArray, averages: FloatArray, *, share: float) -> BoolArray:
    """Whether a value (higher is better) is below the average and among the lowest share; equal values share a rank."""
    known = np.isfinite(values)
    ranks = np.searchsorted(np.sort(values[known]), values) + 1
    return np.asarray(known & (values < averages) & (ranks <= share * known.sum()))


def _first_that_holds(told: Sequence[tuple[str, BoolArray]], *, known: BoolArray) -> list[str]:
    words = np.full(len(known), NO_LEVEL, dtype=object)
    for title, holds in reversed(told):
        words[holds] = title
    words[~known] = UNKNOWN_LEVEL
    return [str(word) for word in words]
