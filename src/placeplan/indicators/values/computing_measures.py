"""From counts to values with limits: the method that a measure names, applied to all of its observations at once."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.methods import Estimate, indirectly_standardised_ratio, proportion, rate
from placeplan.indicators.methods.results import FloatArray
from placeplan.indicators.observed.adding_up import all_sources, weakest_status, whole_sum
from placeplan.indicators.observed.observations import SCHEMA, Observations, Status
from placeplan.indicators.values.computing_by_age import BANDED, NOT_WORKED_OUT, TABLE, tables_by_age, values_by_age
from placeplan.indicators.values.measure_results import MeasureResults, results_from

AS_PUBLISHED = "as published"
PLAIN_MEAN = "mean, the sum over the number"
PUBLISHED_CONFIDENCE = 0.95
NO_COUNTS = "no counts, so no limits"
NO_SPREAD = "how far the values spread is not known, so no limits"
NOT_PUBLISHED = "no value was published"
SUPPRESSED = "suppressed where it was published"
OTHER_LEVEL = "the limits are those published, at the publisher's level"
_FROM_COUNTS = {Method.PROPORTION, Method.RATE, Method.STANDARDISED_RATIO, Method.COUNT}
FEMALE, MALE = "female", "male"
_SEXES = {"f": FEMALE, "m": MALE, FEMALE: FEMALE, MALE: MALE}
_EVERYBODY = {"", "persons"}


def compute(
    measure: Measure,
    observations: Observations,
    *,
    confidence: float = 0.95,
    weights: Mapping[str, float] | None = None,
) -> MeasureResults:
    """Values of a measure with limits, one for each of its observations, or a note that says why not.

    A measure that is standardised for age, of years of life lost, or of life expectancy (at birth) has one result for
    all age bands of an area, period, sex and category. Rows of other measures are left out. Where a count is missing,
    or the age bands are not whole, and a value was published, that value is given with its published limits, or
    without limits and with a note.

    Args:
        measure: the definition; its multiplier is the scale of the values.
        observations: rows that were checked.
        confidence: level of the limits as a share.
        weights: the standard population by age band (``0-4``, ..., ``90+``), for measures standardised for age.

    Raises:
        MethodInputError: a confidence that is no share, a standard population that is missing or makes no sense.
    """
    rows = own_rows(measure, observations)
    if measure.method in BANDED:
        found = values_by_age(measure, rows, confidence=confidence, weights=weights)
        found = _published_instead(found, _published(rows, confidence=confidence))
    elif measure.method in _FROM_COUNTS:
        computed = _from_counts(measure, rows, confidence=confidence)
        found = _with_published(computed, published=_published(rows, confidence=confidence), measure=measure)
    elif measure.method is Method.MEAN:
        found = _means(rows, confidence=confidence)
    else:
        found = _published(rows, confidence=confidence)
    return results_from(measure, found, confidence=confidence)


def life_tables(measure: Measure, observations: Observations, *, confidence: float = 0.95) -> MeasureResults:
    """Life expectancy at the start of every age band: one row for each, with the band under ``age``.

    Raises:
        MethodInputError: a confidence that is no share.
        ValueError: the measure is not a life expectancy.
    """
    if measure.method is not Method.LIFE_EXPECTANCY:
        raise ValueError(f"'{measure.id}' is a {measure.method} and has no life table")
    found = tables_by_age(own_rows(measure, observations), confidence=confidence)
    return results_from(measure, found, confidence=confidence)


def with_both_sexes(observations: Observations) -> Observations:
    """The rows, and for women with men a row of everybody where there is none.

    Sexes are ``female`` and ``male``, or ``f`` and ``m``. Counts are added where both are known. Published values
    cannot be added, so a row without counts has no sum.
    """
    series = ["measure", "area", "period", "age", "category"]
    sex = pl.col("sex").str.to_lowercase()
    counted = observations.frame.filter(pl.col("numerator").is_not_null())
    everybody = observations.frame.filter(sex.is_in(list(_EVERYBODY)))
    added = (
        counted.with_columns(sex.replace_strict(_SEXES, default=None, return_dtype=pl.String).alias("sex"))
        .filter(pl.col("sex").is_not_null())
        .join(everybody, on=series, how="anti")
        .group_by(series, maintain_order=True)
        .agg(
            pl.first("area_name", "starts", "ends", "frequency", "file", "line"),
            whole_sum("numerator"),
            whole_sum("denominator"),
            pl.lit(None, dtype=pl.Float64).alias("value"),
            pl.lit(None, dtype=pl.Float64).alias("lower"),
            pl.lit(None, dtype=pl.Float64).alias("upper"),
            weakest_status(),
            all_sources(),
            pl.len().alias("rows"),
            pl.col("sex").n_unique().alias("sexes"),
        )
        .filter(pl.col("rows") == len({FEMALE, MALE}), pl.col("sexes") == len({FEMALE, MALE}))
        .with_columns(pl.lit("").alias("sex"))
    )
    return Observations(pl.concat([observations.frame, added.select(list(SCHEMA))]))


def own_rows(measure: Measure, observations: Observations) -> pl.DataFrame:
    """The rows of a measure; capital and small letters of its identifier are the same."""
    return observations.frame.filter(pl.col("measure").str.to_lowercase() == measure.id.lower())


def _from_counts(measure: Measure, rows: pl.DataFrame, *, confidence: float) -> pl.DataFrame:
    """Values and limits from the counts of each row."""
    found = _estimate(measure, rows, confidence=confidence)
    scale = float(measure.multiplier) if measure.method is Method.PROPORTION else 1.0
    return rows.with_columns(
        pl.Series("value", found.value * scale).fill_nan(None),
        pl.Series("lower", found.lower * scale).fill_nan(None),
        pl.Series("upper", found.upper * scale).fill_nan(None),
        pl.Series("note", found.why.tolist(), dtype=pl.String),
        pl.lit(found.method).alias("method"),
    ).with_columns(_what_is_missing(measure).alias("note"))


def _estimate(measure: Measure, rows: pl.DataFrame, *, confidence: float) -> Estimate:
    counts, populations = _numbers(rows["numerator"]), _numbers(rows["denominator"])
    multiplier = float(measure.multiplier)
    match measure.method:
        case Method.PROPORTION:
            return proportion(counts, populations, confidence=confidence)
        case Method.COUNT:
            return rate(counts, 1.0, multiplier=1.0, confidence=confidence)
        case Method.STANDARDISED_RATIO:
            return indirectly_standardised_ratio(
                counts[:, np.newaxis],
                populations[:, np.newaxis],
                reference_counts=[1.0],  # the denominator is what is expected already
                reference_populations=[1.0],
                multiplier=multiplier,
                confidence=confidence,
            )
        case _:
            return rate(counts, populations, multiplier=multiplier, confidence=confidence)


def _numbers(column: pl.Series) -> FloatArray:
    """A column as an array, with NaN where a number is not known."""
    return np.asarray(column.to_numpy(), dtype=np.float64)


def _what_is_missing(measure: Measure) -> pl.Expr:
    """The note of a row, with the count that is missing named."""
    top = pl.col("numerator").is_null()
    below = pl.col("denominator").is_null() & measure.method.has_denominator
    return (
        pl.when((top | below) & (pl.col("status") == Status.SUPPRESSED.value))
        .then(pl.lit(SUPPRESSED))
        .when(top & below)
        .then(pl.lit("the numerator and the denominator are missing"))
        .when(top)
        .then(pl.lit("the numerator is missing"))
        .when(below)
        .then(pl.lit("the denominator is missing"))
        .otherwise("note")
    )


def _with_published(computed: pl.DataFrame, *, published: pl.DataFrame, measure: Measure) -> pl.DataFrame:
    """Published values in the rows whose counts are missing; the rows stand in one order in both."""
    uncounted = pl.col("numerator").is_null() | (pl.col("denominator").is_null() & measure.method.has_denominator)
    names = ["value", "lower", "upper", "method", "note"]
    beside = computed.with_columns(published[name].alias(f"published {name}") for name in names)
    instead = uncounted & pl.col("published value").is_not_null()
    chosen = (pl.when(instead).then(f"published {name}").otherwise(name).alias(name) for name in names)
    return beside.with_columns(chosen).select(computed.columns)


def _published_instead(found: pl.DataFrame, published: pl.DataFrame) -> pl.DataFrame:
    """Published values for the tables of age bands that cannot be worked out, if each of their rows has one."""
    failed = found.filter(pl.col("method") == NOT_WORKED_OUT).select(TABLE)
    valued = published.group_by(TABLE).agg(pl.col("value").is_not_null().all().alias("valued")).filter("valued")
    instead = failed.join(valued, on=TABLE, how="semi")
    kept = found.join(instead, on=TABLE, how="anti")
    return pl.concat([kept, published.join(instead, on=TABLE, how="semi")], how="diagonal")


def _published(rows: pl.DataFrame, *, confidence: float, no_limits: str = NO_COUNTS) -> pl.DataFrame:
    """Values as they were published, with their limits where both were."""
    valued = pl.col("value").is_not_null()
    limited = valued & pl.col("lower").is_not_null() & pl.col("upper").is_not_null()
    note = (
        pl.when(limited)
        .then(pl.lit("" if confidence == PUBLISHED_CONFIDENCE else OTHER_LEVEL))
        .when(valued)
        .then(pl.lit(no_limits))
        .when(pl.col("status") == Status.SUPPRESSED.value)
        .then(pl.lit(SUPPRESSED))
        .otherwise(pl.lit(NOT_PUBLISHED))
    )
    return rows.with_columns(
        note.alias("note"),
        pl.lit(AS_PUBLISHED).alias("method"),
        *(pl.when(limited).then(name).otherwise(None).alias(name) for name in ("lower", "upper")),
    )


def _means(rows: pl.DataFrame, *, confidence: float) -> pl.DataFrame:
    """Means as they were published, or the sum over the number where none was. A mean has no multiplier."""
    published = _published(rows, confidence=confidence, no_limits=NO_SPREAD)
    plain = pl.col("value").is_null() & pl.col("numerator").is_not_null() & (pl.col("denominator") > 0)
    divided = published.filter(plain.fill_null(value=False)).with_columns(
        (pl.col("numerator") / pl.col("denominator")).alias("value"),
        pl.lit(PLAIN_MEAN).alias("method"),
        pl.lit(NO_SPREAD).alias("note"),
    )
    return pl.concat([published.filter(~plain.fill_null(value=False)), divided])
