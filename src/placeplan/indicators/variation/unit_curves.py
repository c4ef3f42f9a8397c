"""The smooth limits of a funnel: control limits for a run of sizes."""

import numpy as np
import polars as pl

from placeplan.indicators.methods import Funnel, OverDispersion, Statistic, funnel_limits
from placeplan.indicators.methods.funnels import INNER_TAIL, OUTER_TAIL
from placeplan.indicators.methods.inputs import normal_point
from placeplan.indicators.methods.results import FloatArray

CURVE_COLUMNS = ("denominator", "lower_95", "upper_95", "lower_998", "upper_998")
SIZES_DRAWN = 160


def limit_curve(
    sizes: FloatArray, funnel: Funnel, *, statistic: Statistic, over_dispersion: OverDispersion | str
) -> pl.DataFrame:
    """Limits of a funnel for sizes from the smallest to the largest, evenly spaced on a log scale.

    A funnel is steep at small sizes and flat at large ones; even steps of the log are smooth on either kind of axis.
    Units of one size are given half to twice that size. No unit, no row.
    """
    if not sizes.size:
        return pl.DataFrame(schema=dict.fromkeys(CURVE_COLUMNS, pl.Float64))
    smallest, largest = float(sizes.min()), float(sizes.max())
    if smallest == largest:
        smallest, largest = smallest / 2, largest * 2
    drawn = np.geomspace(smallest, largest, SIZES_DRAWN)
    if over_dispersion == OverDispersion.NONE:
        sides = _of_chance(drawn, funnel, statistic=statistic)
    else:
        sides = _widened(drawn, funnel, statistic=statistic)
    return pl.DataFrame(dict(zip(CURVE_COLUMNS, (drawn, *sides), strict=True)))


def _of_chance(drawn: FloatArray, funnel: Funnel, *, statistic: Statistic) -> tuple[FloatArray, ...]:
    average = funnel.baseline / funnel.multiplier
    # An average of zero cannot be given as one: units in which nothing happened have it of themselves.
    found = funnel_limits(
        drawn * average,
        drawn,
        statistic=statistic,
        multiplier=funnel.multiplier,
        baseline=average or None,
    )
    return found.lower, found.upper, found.lower_outer, found.upper_outer


def _widened(drawn: FloatArray, funnel: Funnel, *, statistic: Statistic) -> tuple[FloatArray, ...]:
    """As ``funnel_limits`` with over-dispersion, for other sizes than those it was estimated from."""
    average = funnel.baseline / funnel.multiplier
    root = np.sqrt(average)
    wide = funnel.dispersion.widened(1 / (2 * np.sqrt(drawn)))
    centre = np.arcsin(root) if statistic is Statistic.PROPORTION else root
    sides = [centre + sign * normal_point(1 - 2 * tail) * wide for tail in (INNER_TAIL, OUTER_TAIL) for sign in (-1, 1)]
    if statistic is Statistic.PROPORTION:
        return tuple(funnel.multiplier * np.sin(np.clip(side, 0, np.pi / 2)) ** 2 for side in sides)
    return tuple(funnel.multiplier * np.maximum(side, 0) ** 2 for side in sides)
