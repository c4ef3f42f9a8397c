"""Pictures of practices: each beside what its people lead one to expect, in order, with limits."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl

from placeplan.app.segments.definitions import FOLDER
from placeplan.app.segments.practice_tables import ADMISSIONS, PRACTICE
from placeplan.app.segments.segment_pictures import Drawing
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.indicators.measures import Measure
from placeplan.indicators.observed.observations import Status
from placeplan.indicators.values.measure_results import MeasureResults, results_from
from placeplan.reports.pictures.caterpillar import Comparator, caterpillar_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.saying import definition_marks
from placeplan.segments.features import SPEND
from placeplan.segments.periods import Period

CONFIDENCE = 0.95
AS_EXPECTED = Comparator("what is expected", 100.0)
METHOD = "indirectly standardised for segment, age band and sex; limits from the variance between people of a group"
EXPLAINED = (
    "Expected is what as many people of the same segments, age bands and sexes have over all practices. Limits take "
    "people and not events to be independent."
)
FILES = {SPEND: "spend.yaml", ADMISSIONS: "emergency-admissions.yaml"}


def read_practice_measure(measure: str) -> Measure:
    """The definition of a measure of practices."""
    path: Path = FOLDER / "practices" / FILES[measure]
    name = f"segments/practices/{path.name}"
    document = read_yaml(text_of(path.read_bytes(), name), name)
    data: Any = document.data
    return validated(Measure, replace(document, data={**data, "path": name.removesuffix(".yaml")}))


def practice_pictures(
    variation: pl.DataFrame, drawing: Drawing, *, period: Period, synthetic: bool, source: str
) -> Iterator[StatisticalPicture]:
    """A caterpillar for each measure of which a practice has a ratio.

    Args:
        variation: from ``practice_tables``.
        drawing: what every picture of a run says.
        period: the year.
        synthetic: whether the people are made up.
        source: of the records.
    """
    for measure in FILES:
        rows = variation.filter(pl.col("measure") == measure)
        if rows["ratio"].count():
            results = _results(rows, measure, period=period, synthetic=synthetic, source=source)
            picture = caterpillar_picture(
                results,
                comparator=AS_EXPECTED,
                noun="practice",
                identifier=f"{drawing.scheme.id}-{results.measure.id}-{period.name}",
            )
            marks = (*drawing.marks, *definition_marks(results.measure))
            note = f"{EXPLAINED} {picture.note} {drawing.note}"  # which names the source already
            yield replace(picture, marks=marks, note=note, source="")


def _results(rows: pl.DataFrame, measure: str, *, period: Period, synthetic: bool, source: str) -> MeasureResults:
    definition = read_practice_measure(measure)
    times = float(definition.multiplier)
    known = rows.with_columns((pl.col("ratio", "lower", "upper") * times).round(1)).rename(
        {"ratio": "value", PRACTICE: "area"}
    )
    blank = pl.lit("")
    frame = known.with_columns(
        measure=pl.lit(definition.id),
        area_name=pl.col("area"),
        period=pl.lit(period.name),
        starts=pl.lit(period.first),
        ends=pl.lit(period.last),
        frequency=pl.lit(str(definition.frequency)),
        sex=blank,
        age=blank,
        category=blank,
        numerator=pl.lit(None, dtype=pl.Float64),
        denominator=pl.col("expected"),
        method=pl.lit(METHOD),
        status=pl.lit(str(Status.SYNTHETIC if synthetic else Status.FINAL)),
        source=pl.lit(source),
    )
    return results_from(definition, frame, confidence=CONFIDENCE)
