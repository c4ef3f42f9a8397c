"""Placeplan's own layout of observations: what it needs beyond its columns, and writing it."""

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from placeplan.app.table_files import write_table
from placeplan.datasets.csv_reading import LINE
from placeplan.datasets.reading import LISTED, ReadTable
from placeplan.indicators.observed.observations import Observations
from placeplan.indicators.observed.remarks import Remark, RemarkKind
from placeplan.kernel.errors import InputError, Location, Place, Problem

TIDY = "observations"
COLUMNS = (
    "measure", "area", "area_name", "period", "frequency", "sex", "age", "category", "numerator", "denominator",
    "value", "lower", "upper", "status", "source",
)  # fmt: skip


def refuse_unusable(headings: Sequence[str], measure_id: str | None, *, file: str) -> None:
    """Refuse a tidy file without numbers, or one that nobody says the measure of.

    Raises:
        InputError: with each of the two that is so.
    """
    problems = []
    if not {"numerator", "value"} & set(headings):
        message = "no column holds a number to measure with"
        problems.append(Problem(Location(file, 1), message, "'numerator' with 'denominator', or 'value'"))
    if measure_id is None and "measure" not in headings:
        message = "nothing says which measure this file is about"
        problems.append(
            Problem(Location(file, 1), message, "a column 'measure'", "Or name the measure when you read it.")
        )
    if problems:
        raise InputError(problems)


def tidy_rows_of(frame: pl.DataFrame, measure_id: str, *, file: str) -> pl.DataFrame:
    """The rows of one measure, under its identifier as asked for; rows that name no measure are of it, too.

    Raises:
        InputError: there are rows, and none is of it.
    """
    named = pl.col("measure").fill_null(measure_id).str.to_lowercase()
    wanted = frame.filter(named == measure_id.lower()).with_columns(pl.lit(measure_id).alias("measure"))
    if wanted.is_empty() and not frame.is_empty():
        there = ", ".join(sorted(frame["measure"].drop_nulls().unique().to_list()))
        raise InputError([Problem(Location(file), f"no row is about the measure '{measure_id}'", f"one of {there}")])
    return wanted


def measured(frame: pl.DataFrame, *, read: ReadTable) -> tuple[pl.DataFrame, list[Remark]]:
    """The rows that name their measure, and remarks on the others."""
    lines = frame.filter(pl.col("measure").is_null())[LINE].unique(maintain_order=True)
    message, wanted = "this row does not say which measure it is about", "an identifier such as ae-4-hours"
    remarks = [
        Remark(RemarkKind.UNREADABLE, Problem(Place(read.file, line, read.headings).at("measure"), message, wanted))
        for line in lines[:LISTED].to_list()
    ]
    if len(lines) > LISTED:
        rest = len(lines) - LISTED
        more = Problem(Location(read.file, 0, "measure"), f"{rest} more rows do not say which measure they are about")
        remarks.append(Remark(RemarkKind.UNREADABLE, more, rest))
    return frame.filter(pl.col("measure").is_not_null()), remarks


def write_observations(observations: Observations, path: Path) -> None:
    """Write observations in Placeplan's own layout, as CSV or Parquet by the ending of the name.

    The file is there whole or not at all. Where the rows were read, and the days of their periods, are not written.

    Raises:
        InputError: the name has another ending, or the file cannot be written.
    """
    write_table(observations.frame.select(COLUMNS), path)
