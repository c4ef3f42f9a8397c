"""From rows that can be used to results: pooled years, both sexes, standard populations, small numbers."""

from dataclasses import dataclass

import polars as pl

from placeplan.app.disclosure_rules import rule_named
from placeplan.app.standard_populations import read_standard_population
from placeplan.disclosure.results import Nature, protect_results
from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.observed.observations import Observations, observations_from
from placeplan.indicators.observed.pooling import pooled
from placeplan.indicators.values.computing_measures import FEMALE, MALE, compute, with_both_sexes
from placeplan.indicators.values.measure_results import MeasureResults

EVERYBODY = ""
STANDARDISED = {Method.DIRECTLY_STANDARDISED_RATE, Method.YEARS_OF_LIFE_LOST}
COMPLEX = {*STANDARDISED, Method.LIFE_EXPECTANCY, Method.SLOPE_INDEX, Method.STANDARDISED_RATIO}


@dataclass(frozen=True, slots=True)
class Options:
    """How to work a measure out.

    ``confidence`` is the level of the limits; ``pool_years`` adds so many consecutive years up (0: as they are);
    ``disclosure`` names the rule for small numbers (empty: counts stay as they are).
    """

    confidence: float = 0.95
    pool_years: int = 0
    disclosure: str = ""


def results_of(measure: Measure, observations: Observations, *, options: Options) -> MeasureResults:
    """Results of a measure from rows that can be used."""
    rows = pooled(observations, years=options.pool_years) if options.pool_years else observations
    weights = read_standard_population().weights if measure.method in STANDARDISED else None
    return compute(measure, with_both_sexes(rows), confidence=options.confidence, weights=weights)


def protected(results: MeasureResults, *, options: Options) -> tuple[MeasureResults, pl.DataFrame | None]:
    """Results that may leave, and what was suppressed; the results as they are where no rule is named.

    Raises:
        InputError: there is no rule of that name.
    """
    if not options.disclosure:
        return results, None
    rule = rule_named(options.disclosure)
    measure = results.measure
    protection = protect_results(
        results.frame,
        rule=rule,
        counts_people=measure.counts_people,
        nature=Nature(
            complement_counts_people=measure.method is Method.PROPORTION,
            complex_statistic=measure.method in COMPLEX,
        ),
        totals={"sex": EVERYBODY} if set(results.frame["sex"]) >= {EVERYBODY, FEMALE, MALE} else None,
        recalculate=lambda counts: _worked_out_again(measure, counts, confidence=results.confidence),
    )
    return MeasureResults(measure, protection.frame, results.confidence), protection.audit.frame


def _worked_out_again(measure: Measure, counts: pl.DataFrame, *, confidence: float) -> pl.DataFrame:
    """Values and limits from rounded counts. The rows of results are in order, so they come back in the same."""
    rows = observations_from(counts.with_columns(pl.lit(None, dtype=pl.Float64).alias("value")))
    again = compute(measure, rows, confidence=confidence).frame
    return counts.with_columns(again.select("value", "lower", "upper"))
