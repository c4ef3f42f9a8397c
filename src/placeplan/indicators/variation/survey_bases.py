"""Weighted surveys: shares on the base that the weights leave, so that intervals are not too narrow."""

from collections.abc import Mapping

import numpy as np
import polars as pl

from placeplan.indicators.measures import Method
from placeplan.indicators.methods import MethodInputError, survey_proportion
from placeplan.indicators.values.measure_results import MeasureResults, results_from


def on_effective_base(
    results: MeasureResults,
    *,
    bases: Mapping[str, float] | None = None,
    design_effect: float | None = None,
) -> MeasureResults:
    """Results of a weighted survey with the limits of the effective number of answers.

    Give ``bases``, the effective number of answers of each area (``methods.effective_sample_size`` makes one from
    weights; the published files have some of them), or ``design_effect``, by which every denominator is divided. Shares
    stay as they are; denominators become the effective bases, numerators shares of them, so that averages of several
    units weigh each by what its answers are worth. A row without a base has no value and says why.

    Raises:
        MethodInputError: the measure is no proportion, or not exactly one of the two is given, or a design effect of
            zero or less.

    Source: Kish, Survey Sampling, 1965; Wilson limits on the effective sample size.
    """
    measure = results.measure
    if measure.method is not Method.PROPORTION:
        raise MethodInputError(f"'{measure.id}' is a {measure.method}; an effective base is for a proportion.")
    if (bases is None) == (design_effect is None) or (design_effect is not None and not design_effect > 0):
        raise MethodInputError("give either the effective bases, or one design effect above zero.")
    frame, scale = results.frame, float(measure.multiplier)
    shares = frame["value"].fill_null(float("nan")).to_numpy() / scale
    if bases is not None:
        base = np.array([bases.get(area, float("nan")) for area in frame["area"].to_list()], dtype=np.float64)
    else:
        base = frame["denominator"].fill_null(float("nan")).to_numpy() / design_effect
    found = survey_proportion(shares, base, confidence=results.confidence)
    worked = frame.with_columns(
        pl.Series("numerator", found.value * base).fill_nan(None),
        pl.Series("denominator", base).fill_nan(None),
        pl.Series("value", found.value * scale),
        pl.Series("lower", found.lower * scale),
        pl.Series("upper", found.upper * scale),
        note=pl.when(pl.col("note") != "").then(pl.col("note")).otherwise(pl.Series(found.why.tolist())),
        method=pl.lit(found.method),
    )
    return results_from(measure, worked, confidence=results.confidence)
