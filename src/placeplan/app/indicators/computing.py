"""Values of a measure with their limits, for every area and period of a file."""

from collections.abc import Iterator
from pathlib import Path

import polars as pl

from placeplan.app.boundaries import Boundaries, read_boundaries
from placeplan.app.indicators.reading import read_measure
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import Selection
from placeplan.app.indicators.working_out import Options, protected, results_of
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.reports.pictures.axes import how_many
from placeplan.reports.pictures.caterpillar import caterpillar_picture
from placeplan.reports.pictures.map import map_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.saying import status_marks

MOST_PICTURES = 12


def compute(
    path: Path,
    measure: str,
    *,
    selection: Selection | None = None,
    options: Options | None = None,
    boundaries: Path | None = None,
) -> IndicatorReport:
    """Work out a measure for every area, period and breakdown of a file; on a map too, where boundaries are given.

    Raises:
        InputError: the file cannot be read, it does not give the measure, nothing is selected, or a rule is not known.
    """
    asked = options or Options()
    outlines = read_boundaries(boundaries) if boundaries else None
    rows = read_measure(path, measure, selection=selection or Selection())
    results = results_of(rows.measure, rows.observations, options=asked)
    shown, audit = protected(results, options=asked)
    tables = {"values": shown.frame} | ({"suppressed": audit} if audit is not None else {})
    return IndicatorReport(
        title=rows.measure.title,
        measure=rows.measure,
        tables=tables,
        pictures=(*_pictures(shown), *(_maps(shown, outlines) if outlines else ())),
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


def _maps(results: MeasureResults, outlines: Boundaries) -> Iterator[StatisticalPicture]:
    """The latest period on a map, one for each breakdown."""
    measure = results.measure
    latest = results.frame.filter(pl.col("starts") == pl.col("starts").max())
    geojson = outlines.only(set(latest["area"]))
    for group in latest.partition_by("sex", "age", "category", maintain_order=True)[:MOST_PICTURES]:
        first = group.row(0, named=True)
        breakdown = ", ".join(filter(None, (first["sex"], first["age"], first["category"]))) or "everybody"
        yield map_picture(
            geojson,
            dict(group.select("area", "value").iter_rows()),
            identifier=f"{measure.id}-map-{breakdown}",
            title=f"{measure.title}, {first['period']}",
            subtitle=f"{measure.unit[:1].upper()}{measure.unit[1:]}, {breakdown}.",
            unit=measure.unit,
            attribution=outlines.attribution,
            code=outlines.code,
            name=outlines.name,
            why_missing=dict(group.filter(pl.col("value").is_null()).select("area", "note").iter_rows()),
            marks=status_marks(group),
        )


def _says(results: MeasureResults) -> Iterator[str]:
    frame = results.frame
    areas = how_many(frame["area"].n_unique(), "area")
    periods = how_many(frame["period"].n_unique(), "period")
    yield f"{frame.height:,} values of {areas} and {periods}, by {frame['method'][0]}."
    without = frame.filter(pl.col("value").is_null())
    for why, count in without["note"].value_counts(sort=True).iter_rows():
        yield f"{count:,} without a value: {why}."
