"""A Parquet file as columns of text, so that one reading of cells serves both kinds of file."""

import io

import polars as pl

from placeplan.datasets.csv_reading import LINE, TextTable
from placeplan.kernel.errors import InputError, Location, Problem


def parquet_table(content: bytes, *, file: str) -> TextTable:
    """Read the bytes of a Parquet file; rows are numbered from 1. Numbers that are NaN are blank cells.

    Raises:
        InputError: it is no Parquet file or a damaged one, or a column holds lists or records.
    """
    try:
        frame = pl.read_parquet(io.BytesIO(content))
    except (pl.exceptions.PolarsError, OSError) as error:
        message = "this is no Parquet file, or a damaged one"
        raise InputError([Problem(Location(file), message, "", "Write or download it again.")]) from error
    problems = [
        Problem(Location(file, 0, name), f"the column '{name}' holds {kind}", "texts, numbers, dates or truth values")
        for name, kind in frame.schema.items()
        if kind.is_nested() or kind in (pl.Binary, pl.Object)
    ]
    if problems:
        raise InputError(problems)
    texts = frame.select(
        _as_text(name, kind).alias(f"{position}") for position, (name, kind) in enumerate(frame.schema.items())
    )
    numbers = pl.int_range(1, frame.height + 1, eager=True, dtype=pl.Int64)
    return TextTable(tuple(frame.columns), texts, numbers.alias(LINE))


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    cell = pl.col(name)
    if kind.is_float():
        cell = cell.fill_nan(None)
    elif isinstance(kind, pl.Datetime):
        cell = cell.dt.date()
    return cell.cast(pl.String)
