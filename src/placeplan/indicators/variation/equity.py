"""Equity audits: how a measure changes from the most to the least deprived people.

For proportions and rates, whose counts add up to quantiles of any number of areas; see ``gradients`` for the others.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.methods import MethodInputError, SlopeIndex, slope_index_of_inequality
from placeplan.indicators.methods.inequality import FEWEST_QUANTILES
from placeplan.indicators.methods.inputs import normal_point
from placeplan.indicators.methods.results import FloatArray
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.values.one_period import rows_of_one_period, uncertain_statuses
from placeplan.indicators.values.which_is_better import better_side
from placeplan.indicators.variation.averages import estimated

NO_EVENTS_AT_AN_END = "one end has no events, so there is no ratio"
NOT_EVERY_QUANTILE = "not every quantile has a value"
TOO_FEW_QUANTILES = f"an index needs {FEWEST_QUANTILES} quantiles or more"
WORSE_DEPRIVED = "worse for the most deprived"
WORSE_LEAST = "worse for the least deprived"
NO_GRADIENT = "no gradient that chance does not explain"
HIGHER_DEPRIVED, HIGHER_LEAST = "higher for the most deprived", "higher for the least deprived"
UNKNOWN_GRADIENT = "not known"
SMALL_AREAS = (
    "People are placed by where they live: not everybody in a deprived area is deprived, and many deprived people live "
    "elsewhere."
)
CROSS_SECTION = "The audit shows a difference, not its cause."


@dataclass(frozen=True, slots=True)
class Gap:
    """A number with limits, or a note that says why there is none."""

    value: float | None
    lower: float | None
    upper: float | None
    note: str = ""


@dataclass(frozen=True, eq=False)
class EquityAudit:
    """A measure over quantiles of deprivation in one period, in the unit of the measure.

    ``quantiles``: ``quantile`` (1 is the most deprived), ``areas, numerator, denominator, value, lower, upper, note``.
    ``ratio`` is the most over the least deprived quantile, ``difference`` the most less the least. ``slope`` and
    ``relative`` are the slope and relative index of inequality over everybody: the least deprived end of the fitted
    line less the most deprived, and over it. ``gradient`` says in words which end is worse, by the limits of the slope
    index. ``index`` holds both indices as they were worked out, for a picture; none where there are none. ``left_out``
    are areas without a quantile. ``caveats`` belong beside the picture.
    """

    measure: Measure
    period: str
    quantiles: pl.DataFrame
    ratio: Gap
    difference: Gap
    slope: Gap
    relative: Gap
    gradient: str
    index: SlopeIndex | None
    left_out: tuple[str, ...]
    caveats: tuple[str, ...]


def equity_audit(
    results: MeasureResults,
    *,
    quantile_of: Mapping[str, int],
    number: int,
    seed: int,
    period: str | None = None,
    repetitions: int = 100_000,
) -> EquityAudit:
    """Add areas up to quantiles of deprivation (1 the most deprived) and say how the measure changes over them.

    ``quantile_of`` gives the quantile of each area (``methods.quantiles`` makes them). Where the results are of the
    quantiles themselves each is one area. An area without counts takes no part; one without a quantile is listed.
    ``seed`` and ``repetitions`` are for the limits of the indices.

    Raises:
        MethodInputError: a measure that is neither a proportion nor a rate, a quantile that is not between 1 and
            ``number``, no area with a quantile.

    Source: see ``methods.slope_index_of_inequality``; the ratio and its limits (logarithms): Altman and others,
    Statistics with Confidence, 2000.
    """
    measure = results.measure
    if measure.method not in {Method.PROPORTION, Method.RATE}:
        raise MethodInputError(f"'{measure.id}' is a {measure.method}; an audit adds up a proportion or a rate.")
    rows, text = rows_of_one_period(results, period=period)
    placed = rows.filter(pl.col("area").is_in(list(quantile_of)))
    if placed.is_empty():
        raise MethodInputError(f"no area of '{measure.id}' in {text} has a quantile of deprivation.")
    table = _quantiles(placed, measure, quantile_of=quantile_of, number=number, confidence=results.confidence)
    found = _index(table, measure, seed=seed, repetitions=repetitions, confidence=results.confidence)
    slope, relative = _gaps(found, table)
    return EquityAudit(
        measure=measure,
        period=text,
        quantiles=table,
        ratio=_ratio(table, measure, confidence=results.confidence),
        difference=_difference(table),
        slope=slope,
        relative=relative,
        gradient=_gradient(slope, better=better_side(measure)),
        index=found,
        left_out=tuple(rows.filter(~pl.col("area").is_in(list(quantile_of)))["area"].to_list()),
        caveats=(SMALL_AREAS, CROSS_SECTION, *_without_counts(placed, table), *uncertain_statuses(placed)),
    )


def _quantiles(
    placed: pl.DataFrame, measure: Measure, *, quantile_of: Mapping[str, int], number: int, confidence: float
) -> pl.DataFrame:
    given = [quantile_of[area] for area in placed["area"].to_list()]
    wrong = next((one for one in given if not 1 <= one <= number), None)
    if wrong is not None:
        raise MethodInputError(f"quantile_of: expected quantiles from 1 to {number}, found {wrong}.")
    own = estimated(measure, placed, confidence=confidence)
    usable = pl.Series(own.note == 0 if own is not None else np.zeros(placed.height, dtype=np.bool_))
    sums = (
        placed.select("numerator", "denominator", quantile=pl.Series(given, dtype=pl.Int64))
        .filter(usable)
        .group_by("quantile")
        .agg(pl.len().cast(pl.Int64).alias("areas"), pl.col("numerator", "denominator").sum())
    )
    every = pl.DataFrame({"quantile": pl.Series(range(1, number + 1), dtype=pl.Int64)})
    table = every.join(sums, on="quantile", how="left", maintain_order="left")
    found = estimated(measure, table, confidence=confidence)
    if found is None:
        return table
    scale = float(measure.multiplier)
    return table.with_columns(
        pl.col("areas").fill_null(0),
        pl.Series("value", found.value * scale).fill_nan(None),
        pl.Series("lower", found.lower * scale).fill_nan(None),
        pl.Series("upper", found.upper * scale).fill_nan(None),
        pl.Series("note", found.why.tolist(), dtype=pl.String),
    )


def _without_counts(placed: pl.DataFrame, table: pl.DataFrame) -> tuple[str, ...]:
    missing = placed.height - int(table["areas"].sum())
    return (
        (f"{missing:,} of {placed.height:,} areas have no counts that can be used and take no part.",)
        if missing
        else ()
    )


def _standard_errors(table: pl.DataFrame, measure: Measure) -> FloatArray:
    """Of the values over their multiplier: binomial for a proportion, Poisson for a rate."""
    counts, sizes = (table[name].fill_null(float("nan")).to_numpy() for name in ("numerator", "denominator"))
    with np.errstate(all="ignore"):
        shares = counts / sizes
        spread = shares * (1 - shares) if measure.method is Method.PROPORTION else shares
        return np.asarray(np.sqrt(spread / sizes))


def _index(
    table: pl.DataFrame, measure: Measure, *, seed: int, repetitions: int, confidence: float
) -> SlopeIndex | None:
    if table.height < FEWEST_QUANTILES or table["value"].null_count():
        return None
    scale = float(measure.multiplier)
    return slope_index_of_inequality(
        table["value"].to_numpy(),
        _standard_errors(table, measure) * scale,
        table["denominator"].to_numpy(),
        seed=seed,
        repetitions=repetitions,
        confidence=confidence,
    )


def _gaps(found: SlopeIndex | None, table: pl.DataFrame) -> tuple[Gap, Gap]:
    if found is None:
        nothing = Gap(None, None, None, NOT_EVERY_QUANTILE if table["value"].null_count() else TOO_FEW_QUANTILES)
        return nothing, nothing
    slope = _gap(found.value, found.lower, upper=found.upper, note=str(found.why))
    relative = _gap(found.relative, found.relative_lower, upper=found.relative_upper, note=str(found.relative_why))
    return slope, relative


def _gap(value: FloatArray, lower: FloatArray, *, upper: FloatArray, note: str) -> Gap:
    return Gap(None, None, None, note) if note else Gap(float(value), float(lower), float(upper))


def _ends(table: pl.DataFrame) -> tuple[dict[str, float], dict[str, float]] | None:
    most, least = table.row(0, named=True), table.row(-1, named=True)
    return None if most["value"] is None or least["value"] is None else (most, least)


def _ratio(table: pl.DataFrame, measure: Measure, *, confidence: float) -> Gap:
    """The most over the least deprived quantile; limits on the scale of logarithms."""
    ends = _ends(table)
    if ends is None:
        return Gap(None, None, None, NOT_EVERY_QUANTILE)
    if any(end["numerator"] <= 0 for end in ends):
        return Gap(None, None, None, NO_EVENTS_AT_AN_END)
    most, least = ends
    variance = sum(1 / end["numerator"] for end in ends)
    if measure.method is Method.PROPORTION:
        variance -= sum(1 / end["denominator"] for end in ends)
    reach = float(np.exp(normal_point(confidence) * np.sqrt(max(variance, 0.0))))
    ratio = most["value"] / least["value"]
    return Gap(ratio, ratio / reach, ratio * reach)


def _difference(table: pl.DataFrame) -> Gap:
    """The most less the least deprived quantile; limits from those of both (Newcombe's square and add)."""
    ends = _ends(table)
    if ends is None:
        return Gap(None, None, None, NOT_EVERY_QUANTILE)
    most, least = ends
    value = most["value"] - least["value"]
    below = np.hypot(most["value"] - most["lower"], least["upper"] - least["value"])
    above = np.hypot(most["upper"] - most["value"], least["value"] - least["lower"])
    return Gap(value, float(value - below), float(value + above))


def _gradient(slope: Gap, *, better: int) -> str:
    if slope.lower is None or slope.upper is None:
        return UNKNOWN_GRADIENT
    if slope.lower <= 0 <= slope.upper:
        return NO_GRADIENT
    rises = slope.lower > 0
    if not better:
        return HIGHER_LEAST if rises else HIGHER_DEPRIVED
    return WORSE_DEPRIVED if rises == (better > 0) else WORSE_LEAST
