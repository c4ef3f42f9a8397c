"""From a public or a tidy file to observations: which layout it has, what could not be read, and what it gives."""

from dataclasses import dataclass
from pathlib import Path

import polars as pl

from placeplan.app.measure_definitions import read_measures
from placeplan.app.observation_columns import FREQUENCY, WORKED_BACK, observed_rows
from placeplan.app.observation_periods import period_in_name, with_known_lengths, with_periods
from placeplan.app.observation_sums import added_up
from placeplan.app.tidy_observations import TIDY, measured, refuse_unusable, tidy_rows_of
from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.layouts import ObservationLayout
from placeplan.datasets.reading import ReadTable, read_texts, texts_of
from placeplan.datasets.recognising import recognised
from placeplan.datasets.types import Dataset
from placeplan.indicators.observed.observations import SCHEMA, Observations, Status, observations_from
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.errors import InputError, Location, Problem


@dataclass(frozen=True, eq=False)
class ReadObservations:
    """The observations of a file, remarks on rows that could not be read, the data set that the file is, and what has
    to be said where its figures are shown.
    """

    observations: Observations
    remarks: tuple[Remark, ...]
    dataset: Dataset
    attribution: str


def read_observations(
    path: Path, *, measure_id: str | None = None, dataset_id: str | None = None, shown_as: str = ""
) -> ReadObservations:
    """Read a file of any layout that the catalogue maps to observations.

    Args:
        path: a CSV or Parquet file.
        measure_id: the one measure wanted; all that the file gives when absent.
        dataset_id: the layout; known by the headings when absent.
        shown_as: what to call the file in messages; its own name when absent.

    Raises:
        InputError: the file cannot be read, its layout is not known or gives no observations, or not this measure.
    """
    file = shown_as or path.name
    table = texts_of(path, file)
    dataset = _dataset(dataset_id, file) if dataset_id else recognised(table.headings, path.name, file=file)
    if dataset.id == TIDY:
        refuse_unusable(table.headings, measure_id, file=file)
    layouts = _layouts(dataset, measure_id, file=file)
    read = read_texts(table, dataset, file=file)
    parts = [_observed(read, layout, measure_id=measure_id, name=path.name) for layout in layouts]
    frame = pl.concat([part for part, _ in parts]).sort(LINE, maintain_order=True)
    remarks = (*_unreadable(read), *(remark for _, several in parts for remark in several))
    attribution = f"{dataset.publisher}, {dataset.publication.title}. {read_catalogue().attribution_of(dataset)}"
    return ReadObservations(observations_from(frame), remarks, dataset, attribution)


def _observed(
    read: ReadTable, layout: ObservationLayout, *, measure_id: str | None, name: str
) -> tuple[pl.DataFrame, list[Remark]]:
    """The observations that one layout takes out of a table, and remarks on those that it cannot."""
    length = layout.period.frequency
    name_period = period_in_name(name, length) if layout.period.in_name and length else ""
    frame = observed_rows(read, layout, name_period=name_period)
    unmeasured: list[Remark] = []
    if measure_id is not None:
        frame = _of_measure(frame, measure_id, layout=layout, file=read.file)
    else:
        frame, unmeasured = measured(frame, read=read)
    if frame[FREQUENCY].has_nulls():
        frame = with_known_lengths(frame, {measure.id: measure.frequency for measure in read_measures().measures})
    frame, remarks = with_periods(frame, layout.period, read=read)
    if layout.add_up:
        frame, short = added_up(frame, layout, read=read)
        remarks += short
    frame, estimated = _estimated(frame, layout, file=read.file)
    return frame.with_columns(pl.lit(read.file).alias("file")).select(list(SCHEMA)), [*unmeasured, *remarks, *estimated]


def _of_measure(frame: pl.DataFrame, measure_id: str, *, layout: ObservationLayout, file: str) -> pl.DataFrame:
    """The rows of one measure under its identifier as asked for; in a tidy file, rows that name none are of it, too."""
    if not layout.gives:
        return tidy_rows_of(frame, measure_id, file=file)
    wanted = frame.filter(pl.col("measure").str.to_lowercase() == measure_id.lower())
    return wanted.with_columns(pl.lit(measure_id).alias("measure"))


def _estimated(frame: pl.DataFrame, layout: ObservationLayout, *, file: str) -> tuple[pl.DataFrame, list[Remark]]:
    """The rows, called estimates where a count was worked back, and a remark that says how many and why."""
    worked_back = frame.filter(WORKED_BACK).height
    status = pl.when(WORKED_BACK).then(pl.lit(Status.ESTIMATED.value)).otherwise(pl.col("status")).alias("status")
    found = []
    if worked_back:
        message = f"counts worked back from a printed percentage that fits several counts, or none: {worked_back}"
        at = Location(file, 0, layout.numerator.percent or "") if layout.numerator else Location(file)
        found.append(Remark(RemarkKind.ESTIMATED, Problem(at, message), worked_back))
    if layout.why is not None and not frame.is_empty():
        found.append(Remark(RemarkKind.ESTIMATED, Problem(Location(file), layout.why), frame.height))
    return frame.with_columns(status), found


def _dataset(dataset_id: str, file: str) -> Dataset:
    catalogue = read_catalogue()
    if dataset_id not in catalogue:
        known = ", ".join(each.id for each in catalogue.datasets if each.observations)
        raise InputError([Problem(Location(file), f"there is no data set called '{dataset_id}'", f"one of {known}")])
    return catalogue[dataset_id]


def _layouts(dataset: Dataset, measure_id: str | None, *, file: str) -> list[ObservationLayout]:
    """The layouts that give what is wanted."""
    if not dataset.observations:
        known = ", ".join(each.id for each in read_catalogue().datasets if each.observations)
        message = f"'{dataset.id}' is not mapped to observations"
        raise InputError([Problem(Location(file), message, f"one of {known}", f"It serves: {dataset.unlocks}")])
    if measure_id is None or dataset.id == TIDY:
        return list(dataset.observations)
    wanted = [layout for layout in dataset.observations if measure_id.lower() in layout.gives]
    if not wanted:
        message = f"'{dataset.id}' does not give the measure '{measure_id}'"
        raise InputError([Problem(Location(file), message, f"one of {', '.join(dataset.measures)}")])
    return wanted


def _unreadable(read: ReadTable) -> list[Remark]:
    """A remark for each problem listed, and one for the rest of each column."""
    remarks = [Remark(RemarkKind.UNREADABLE, problem) for problem in read.problems]
    for heading, count in read.problems_by_column.items():
        listed = sum(problem.location.field == heading for problem in read.problems)
        if count > listed:
            more = Problem(Location(read.file, 0, heading), f"{count - listed} more cells cannot be read")
            remarks.append(Remark(RemarkKind.UNREADABLE, more, count - listed))
    return remarks
