"""Funnels of units: practices, areas or trusts beside the limits that chance sets for their size."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.methods import (
    Funnel,
    MethodInputError,
    Note,
    OverDispersion,
    Statistic,
    funnel_limits,
)
from placeplan.indicators.methods.results import FloatArray
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period, uncertain_statuses
from placeplan.indicators.variation.unit_curves import limit_curve

LIMITS = ("lower_95", "upper_95", "lower_998", "upper_998")
UNIT_COLUMNS = (
    "area",
    "area_name",
    "group",
    "numerator",
    "denominator",
    "value",
    *LIMITS,
    "significance",
    "z",
    "note",
)
ALL_UNITS = "all units together"
NOTHING_EXPECTED_OTHERWISE = "as many events as expected"
BEYOND_INNER = 0.05
_STATISTICS = {
    Method.PROPORTION: Statistic.PROPORTION,
    Method.RATE: Statistic.RATE,
    Method.DIRECTLY_STANDARDISED_RATE: Statistic.RATE,
    Method.STANDARDISED_RATIO: Statistic.RATIO,
}


@dataclass(frozen=True, eq=False)
class UnitFunnel:
    """The units of one measure and period beside their control limits, all in the unit of the measure.

    ``units`` has the columns of ``UNIT_COLUMNS``, one row a unit. ``denominator`` is the size on which the limits rest:
    the population that a directly standardised rate and its events imply, expected events for a ratio. ``lower_95`` to
    ``upper_998`` are the 95% and 99.8% control limits around ``average``. ``significance`` holds the words of
    ``methods.SIGNIFICANCE_WORDS``, and ``z`` the score, adjusted for over-dispersion where that was asked for. A unit
    without limits keeps its row: numbers are null, ``significance`` is empty, ``note`` says why.

    ``average_of`` says in words what the average is of. ``statistic`` is ``proportion``, ``rate`` or ``ratio``.
    ``over_dispersion`` is ``none``, ``multiplicative`` or ``additive``, and ``phi`` its size (1: chance alone).
    ``curve`` has the columns of ``unit_curves.CURVE_COLUMNS``, sizes rising, for drawing the limits. ``caveats`` are
    sentences that belong beside the picture.
    """

    measure: Measure
    period: str
    units: pl.DataFrame
    average: float
    average_of: str
    statistic: str
    over_dispersion: str
    phi: float
    curve: pl.DataFrame
    caveats: tuple[str, ...]


def unit_funnel(
    results: MeasureResults,
    *,
    period: str | None = None,
    over_dispersion: OverDispersion | str = OverDispersion.NONE,
    baseline: float | str | None = None,
    group: Mapping[str, str] | None = None,
) -> UnitFunnel:
    """The funnel of all areas of some results in one period (the latest, unless given).

    ``baseline`` is the average: all units together (the default; as expected, for a ratio), a number in the unit of the
    measure, or the code of an area in the results, which is then no unit. ``group`` names the group of an area, such as
    the CCG of a practice.

    Raises:
        MethodInputError: a measure whose method has no funnel, a period or an area that is not in the results, several
            rows for one area, an average that cannot be one, no unit with counts.

    Source: see ``methods.funnel_limits``.
    """
    statistic = _statistic_of(results.measure)
    rows, text = rows_of_one_period(results, period=period)
    average, average_of, rows = _average(rows, results.measure, baseline=baseline)
    counts, sizes = _counts_and_sizes(rows, results.measure)
    scale = float(results.measure.multiplier)
    found = funnel_limits(
        counts,
        sizes,
        statistic=statistic,
        multiplier=scale,
        baseline=None if average is None else average / scale,
        over_dispersion=over_dispersion,
    )
    if not (found.note == Note.NONE).any():
        raise MethodInputError(f"no unit of '{results.measure.id}' in {text} has counts that can be used.")
    units = _units(rows, found, sizes=sizes, group=group or {})
    return UnitFunnel(
        measure=results.measure,
        period=text,
        units=units,
        average=found.baseline,
        average_of=average_of or (NOTHING_EXPECTED_OTHERWISE if statistic is Statistic.RATIO else ALL_UNITS),
        statistic=statistic.value,
        over_dispersion=OverDispersion(over_dispersion).value,
        phi=found.dispersion.phi,
        curve=limit_curve(sizes[found.note == Note.NONE], found, statistic=statistic, over_dispersion=over_dispersion),
        caveats=_caveats(rows, found, measure=results.measure),
    )


def _statistic_of(measure: Measure) -> Statistic:
    if measure.method not in _STATISTICS:
        kinds = ", ".join(_STATISTICS)
        raise MethodInputError(f"'{measure.id}' is a {measure.method}; a funnel is drawn of a {kinds}.")
    return _STATISTICS[measure.method]


def _average(
    rows: pl.DataFrame, measure: Measure, *, baseline: float | str | None
) -> tuple[float | None, str, pl.DataFrame]:
    """The average where it is given, what it is of, and the rows that are units."""
    if not isinstance(baseline, str):
        return baseline, "" if baseline is None else f"given ({measure.unit})", rows
    own = rows.filter(pl.col("area") == baseline)
    if own.is_empty() or own["value"][0] is None:
        raise MethodInputError(f"baseline: the area '{baseline}' has no value in this period.")
    name = own["area_name"][0] or baseline
    return float(own["value"][0]), str(name), rows.filter(pl.col("area") != baseline)


def _counts_and_sizes(rows: pl.DataFrame, measure: Measure) -> tuple[FloatArray, FloatArray]:
    counts = rows["numerator"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    if measure.method is not Method.DIRECTLY_STANDARDISED_RATE:
        return counts, rows["denominator"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    values = rows["value"].cast(pl.Float64).fill_null(float("nan")).to_numpy()
    with np.errstate(divide="ignore", invalid="ignore"):
        return counts, np.asarray(float(measure.multiplier) * counts / values)


def _units(rows: pl.DataFrame, found: Funnel, *, sizes: FloatArray, group: Mapping[str, str]) -> pl.DataFrame:
    known = rows["note"].fill_null("").to_list()
    notes = [own or why for own, why in zip(known, found.why.tolist(), strict=True)]
    return rows.select(
        "area",
        "area_name",
        pl.Series("group", [group.get(area, "") for area in rows["area"]], dtype=pl.String),
        "numerator",
        pl.Series("denominator", sizes, dtype=pl.Float64),
        pl.col("value").fill_null(pl.Series("value", found.value)),
        pl.Series("lower_95", found.lower),
        pl.Series("upper_95", found.upper),
        pl.Series("lower_998", found.lower_outer),
        pl.Series("upper_998", found.upper_outer),
        pl.Series("significance", found.significance_words.tolist(), dtype=pl.String),
        pl.Series("z", found.z),
        pl.Series("note", notes, dtype=pl.String),
    ).with_columns(pl.col(pl.Float64).fill_nan(None))


def _about(count: float) -> str:
    """A number of units to expect: ``about 9``, or ``fewer than one``."""
    return "fewer than one" if count < 1 else f"about {count:.0f}"


def _caveats(rows: pl.DataFrame, found: Funnel, *, measure: Measure) -> tuple[str, ...]:
    units = int((found.note == Note.NONE).sum())
    without = len(found.note) - units
    words = [
        "A unit outside the limits is a reason to look, not a verdict.",
        f"By chance alone {_about(units * BEYOND_INNER)} of {units:,} units would lie beyond the 95% limits.",
        f"The mean square z-score is {found.dispersion.phi:.2f}; chance alone gives 1.",
    ]
    if without:
        words.append(f"{without:,} without limits: the reason stands beside each.")
    if measure.method is Method.DIRECTLY_STANDARDISED_RATE:
        words.append("Limits rest on the population that each rate and its events imply.")
    return (*words, *uncertain_statuses(rows))
