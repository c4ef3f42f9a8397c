"""Values of a measure with their limits, for every area and period of a file."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from placeplan.app.indicators.reading import read_measure
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import Selection
from placeplan.app.indicators.working_out import Options, protected, results_of
from placeplan.indicators.measure_results import MeasureResults
from placeplan.reports.pictures.caterpillar import caterpillar_picture
from placeplan.reports.pictures.picture import StatisticalPicture

MOST_PICTURES = 12


def compute(
    path: Path, measure: str, *, selection: Selection | None = None, options: Options | None = None
) -> IndicatorReport:
    """Work out a measure for every area, period and breakdown of a file.

    Raises:
        InputError: the file cannot be read, it does not give the measure, nothing is selected, or a rule is not known.
    """
    asked = options or Options()
    rows = read_measure(path, measure, selection=selection or Selection())
    results = results_of(rows.measure, rows.observations, options=asked)
    shown, audit = protected(results, options=asked)
    tables = {"values": shown.frame} | ({"suppressed": audit} if audit is not None else {})
    return IndicatorReport(
        title=rows.measure.title,
        measure=rows.measure,
        tables=tables,
        pictures=tuple(_pictures(shown)),
        says=tuple(_says(shown)),
        remarks=rows.remarks,
        attribution=rows.attribution,
    )


def _pictures(results: MeasureResults) -> Iterator[StatisticalPicture]:
    """Areas side by side in the latest period, one picture for each breakdown."""
    latest = results.frame["starts"].max()
    frame = results.frame.filter(pl.col("starts") == latest)
    groups = frame.partition_by("sex", "age", "category", maintain_order=True)
    for group in groups[:MOST_PICTURES]:
        if group["area"].n_unique() > 1:
            yield caterpillar_picture(MeasureResults(results.measure, group, results.confidence))


def _says(results: MeasureResults) -> Iterator[str]:
    frame = results.frame
    areas, periods = frame["area"].n_unique(), frame["period"].n_unique()
    yield f"{frame.height:,} values of {areas:,} areas and {periods:,} periods, by {frame['method'][0]}."
    without = frame.filter(pl.col("value").is_null())
    for why, count in without["note"].value_counts(sort=True).iter_rows():
        yield f"{count:,} without a value: {why}."
