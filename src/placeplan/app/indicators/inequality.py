"""A measure over deprivation: the gradient, the slope and relative index of inequality, and the correlation.

With up to 100 areas each is its own group. More, or as many quantiles as asked for, are added up to an equity audit.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import polars as pl

from placeplan.app.area_scores import AreaScores, read_scores
from placeplan.app.indicators.correlating import correlated
from placeplan.app.indicators.equity import AuditOptions, audit, audit_pictures, audit_says, audit_tables
from placeplan.app.indicators.reading import MeasureRows, read_measure, reported
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import Selection
from placeplan.app.indicators.working_out import Options, results_of
from placeplan.indicators.measures import Method
from placeplan.indicators.methods.inequality import MOST_QUANTILES
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.indicators.variation.correlations import NOT_A_CAUSE
from placeplan.indicators.variation.equity import EquityAudit
from placeplan.indicators.variation.gradients import AreaGradient, area_gradient
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.wording import PER_CENT
from placeplan.reports.pictures.caterpillar import caterpillar_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.slope import slope_picture

PERSONS = "persons"
DECILES = 10
"""As in the public health profiles: tenths of areas."""


@dataclass(frozen=True, slots=True)
class InequalityOptions:
    """How to simulate the limits of the index, and into how many quantiles areas are added up (0: as many as fit)."""

    repetitions: int = 100_000
    seed: int = 1
    quantiles: int = 0


def inequality(
    path: Path,
    measure: str,
    *,
    deprivation: Path,
    selection: Selection | None = None,
    options: InequalityOptions | None = None,
) -> IndicatorReport:
    """Order areas by deprivation and measure how much worse the most deprived end is, for each sex and category.

    ``deprivation`` is a file with a score for each area: columns ``area`` and ``score``, or a public file that gives
    scores.

    Raises:
        InputError: a file cannot be read, it does not give the measure, nothing is selected, or areas are too few.
    """
    asked = options or InequalityOptions()
    rows = read_measure(path, measure, selection=selection or Selection())
    results = results_of(rows.measure, rows.observations, options=Options())
    scores = read_scores(deprivation)
    number = _quantiles(results, asked.quantiles, file=rows.file)
    with reported(rows.file):
        if number:
            how = AuditOptions(number, asked.repetitions, asked.seed)
            audits = {words: audit(part, scores=scores, options=how) for words, part in _breakdowns(results)}
            report = _audit_report(audits, rows, scores=scores, options=how)
        else:
            gradients = dict(_gradients(results, scores=scores.by_area, asked=asked))
            report = _report(results, rows, scores=scores, gradients=gradients)
        return _with_correlations(report, results, scores=scores)


def _quantiles(results: MeasureResults, wanted: int, *, file: str) -> int:
    """Into how many quantiles areas are added up; none where each area is its own group."""
    measure = results.measure
    adds_up = measure.method in {Method.PROPORTION, Method.RATE}
    if wanted and not adds_up:
        message = f"'{measure.id}' is a {measure.method} and does not add up to quantiles"
        raise InputError([Problem(Location(file), message, "a proportion or a rate", "Leave out --quantiles.")])
    latest = results.frame.filter(pl.col("ends") == pl.col("ends").max())
    many = latest["area"].n_unique() > MOST_QUANTILES
    return wanted or (DECILES if adds_up and many else 0)


def _breakdowns(results: MeasureResults) -> Iterator[tuple[str, MeasureResults]]:
    """The results of each sex and category, under its words."""
    for group in results.frame.partition_by("sex", "category", maintain_order=True):
        words = ", ".join(filter(None, (group["sex"][0] or PERSONS, group["category"][0])))
        yield words, MeasureResults(results.measure, group, results.confidence)


def _gradients(
    results: MeasureResults, *, scores: Mapping[str, float], asked: InequalityOptions
) -> Iterator[tuple[str, AreaGradient]]:
    """A gradient for each sex and category of the results, under its words."""
    for words, part in _breakdowns(results):
        yield words, area_gradient(part, scores=scores, seed=asked.seed, repetitions=asked.repetitions)


def _audit_report(
    audits: Mapping[str, EquityAudit], rows: MeasureRows, *, scores: AreaScores, options: AuditOptions
) -> IndicatorReport:
    return IndicatorReport(
        title=f"{rows.measure.title}: inequality",
        measure=rows.measure,
        tables=audit_tables(audits, options=options),
        pictures=tuple(audit_pictures(audits, scores=scores)),
        says=(f"Deprivation: {scores.of}.", *audit_says(audits)),
        remarks=rows.remarks,
        attribution=" ".join(filter(None, (rows.attribution, scores.attribution))),
    )


def _with_correlations(report: IndicatorReport, results: MeasureResults, *, scores: AreaScores) -> IndicatorReport:
    """The report with how closely measure and deprivation go together, area by area."""
    found = [correlated(part, scores=scores, breakdown=words) for words, part in _breakdowns(results)]
    return replace(
        report,
        tables={**report.tables, "correlations": pl.concat(one.table for one in found)},
        pictures=(*report.pictures, *(one.picture for one in found)),
        says=(*report.says, *(one.says for one in found), NOT_A_CAUSE),
    )


def _report(
    results: MeasureResults, rows: MeasureRows, *, scores: AreaScores, gradients: Mapping[str, AreaGradient]
) -> IndicatorReport:
    groups = [each.groups.with_columns(breakdown=pl.lit(words)) for words, each in gradients.items()]
    return IndicatorReport(
        title=f"{rows.measure.title}: inequality",
        measure=rows.measure,
        tables={"indices": _index_table(gradients), "areas": pl.concat(groups)},
        pictures=tuple(_pictures(results, gradients=gradients, scores=scores)),
        says=tuple(_says(gradients, scores=scores)),
        remarks=rows.remarks,
        attribution=" ".join(filter(None, (rows.attribution, scores.attribution))),
    )


def _pictures(
    results: MeasureResults, *, gradients: Mapping[str, AreaGradient], scores: AreaScores
) -> Iterator[StatisticalPicture]:
    measure = results.measure
    for words, each in gradients.items():
        yield slope_picture(
            f"{measure.id}-slope-{words}",
            each.groups,
            index=each.index,
            title=f"{measure.title} over deprivation, {words}, {each.period}",
            subtitle=f"Areas from the most to the least deprived, by {scores.of}.",
            unit=measure.unit,
            note=" ".join(each.left_out),
        )
    for group in results.frame.partition_by("sex", "category", maintain_order=True):
        yield caterpillar_picture(MeasureResults(measure, group, results.confidence))


def _index_table(gradients: Mapping[str, AreaGradient]) -> pl.DataFrame:
    rows = [
        {
            "breakdown": words,
            "period": each.period,
            "areas": each.groups.height,
            **{name: float(getattr(each.index, name)) for name in ("value", "lower", "upper", "relative")},
            "relative_lower": float(each.index.relative_lower),
            "relative_upper": float(each.index.relative_upper),
            "note": str(each.index.why),
            "repetitions": each.index.repetitions,
            "seed": each.index.seed,
        }
        for words, each in gradients.items()
    ]
    return pl.DataFrame(rows).with_columns(pl.col(pl.Float64).fill_nan(None))


def _says(gradients: Mapping[str, AreaGradient], *, scores: AreaScores) -> Iterator[str]:
    yield f"Deprivation: {scores.of}."
    for words, each in gradients.items():
        unit = "percentage points" if each.measure.unit == PER_CENT else each.measure.unit
        index = each.index
        yield (
            f"{words}: slope index {float(index.value):.2f} {unit} "
            f"({float(index.lower):.2f} to {float(index.upper):.2f}), least deprived end less most deprived; "
            f"relative index {float(index.relative):.3f}; {each.groups.height} areas."
        )
        yield from each.left_out
