"""Reads a public file: its columns typed, its rows with a problem set aside, and every problem located."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from placeplan.datasets.cells import ReadColumn, expected_of, read_column
from placeplan.datasets.csv_reading import LINE, TextTable, text_table
from placeplan.datasets.parquet_reading import parquet_table
from placeplan.datasets.types import Column, Dataset, Form
from placeplan.documents.text_reading import text_of
from placeplan.kernel.errors import InputError, Location, Problem

LISTED = 500
PARQUET = ".parquet"
COLUMN = "column"
LONGEST_SHOWN = 40


@dataclass(frozen=True, eq=False)
class ReadTable:
    """A file as typed columns.

    ``headings`` are those of the file, in order; ``unknown`` those that the data set does not describe. ``frame`` has
    the described columns and ``line``: the line in a CSV file, where the headings are line 1, or the number of the row
    in a Parquet file, from 1. Rows with a problem are not in it but in ``set_aside``, with what could be read of them.
    ``problems`` holds the first 500; ``problems_by_column`` counts all. ``suppressed`` says on which ``line`` which
    ``column`` held a mark for a number held back.
    """

    dataset: Dataset
    file: str
    headings: tuple[str, ...]
    frame: pl.DataFrame
    set_aside: pl.DataFrame
    problems: tuple[Problem, ...]
    problems_by_column: dict[str, int]
    rows: int
    suppressed: pl.DataFrame
    unknown: tuple[str, ...]

    @property
    def problem_count(self) -> int:
        """How many cells cannot be read, listed or not."""
        return sum(self.problems_by_column.values())


def read_table(path: Path, dataset: Dataset, *, shown_as: str = "") -> ReadTable:
    """Read a CSV or Parquet file as a data set.

    Args:
        path: the file.
        dataset: its layout.
        shown_as: what to call the file in messages; its own name when absent.

    Raises:
        InputError: there is no such file, it is no table, it is not UTF-8, a heading is missing or stands twice, or
            a row has too many or too few cells; with every problem of its shape.
    """
    file = shown_as or path.name
    if dataset.form is not Form.TABLE:
        raise InputError([Problem(Location(file), f"'{dataset.id}' is no table of rows", "a CSV or Parquet file")])
    return read_texts(texts_of(path, file), dataset, file=file)


def texts_of(path: Path, file: str) -> TextTable:
    """The cells of a CSV or Parquet file as text.

    Raises:
        InputError: see ``read_table``.
    """
    if path.is_dir():
        raise InputError([Problem(Location(file), "this is a folder", "a CSV or Parquet file", "Name a file in it.")])
    try:
        content = path.read_bytes()
    except FileNotFoundError as error:
        raise InputError([Problem(Location(file), "there is no such file", "a CSV or Parquet file")]) from error
    except OSError as error:
        raise InputError([Problem(Location(file), f"the file cannot be opened: {error.strerror}")]) from error
    if path.suffix.lower() == PARQUET:
        return parquet_table(content, file=file)
    return text_table(text_of(content, file), file=file)


def read_texts(table: TextTable, dataset: Dataset, *, file: str) -> ReadTable:
    """Read the cells of a table as a data set; see ``read_table``."""
    _refuse_missing(table.headings, dataset, file=file)
    known = {heading: column for heading in table.headings if (column := dataset.column(heading))}
    required = _filled(dataset)
    read: dict[str, ReadColumn] = {}
    for position, heading in enumerate(table.headings):
        if heading in known:
            column = known[heading]
            asked = column.model_copy(update={"filled": column.filled or column.name in required})
            read[heading] = read_column(table.frame[f"{position}"], asked, marks=dataset.suppressed)
    return _gathered(table, read, dataset=dataset, file=file)


def _gathered(table: TextTable, read: dict[str, ReadColumn], *, dataset: Dataset, file: str) -> ReadTable:
    failures = {heading: int(one.failed.sum()) for heading, one in read.items() if one.failed.any()}
    frame = pl.DataFrame([one.typed.alias(heading) for heading, one in read.items()])
    frame = frame.with_columns(table.lines.alias(LINE))
    bad = pl.repeat(value=False, n=frame.height, dtype=pl.Boolean, eager=True)
    for heading in failures:
        bad = bad | read[heading].failed
    found = sorted(_problems(table, read, dataset=dataset, file=file), key=lambda problem: problem.location)
    return ReadTable(
        dataset=dataset,
        file=file,
        headings=table.headings,
        frame=frame.filter(~bad),
        set_aside=frame.filter(bad),
        problems=tuple(found[:LISTED]),
        problems_by_column=failures,
        rows=frame.height,
        suppressed=_suppressed(table.lines, read),
        unknown=tuple(heading for heading in table.headings if heading not in read),
    )


def _suppressed(lines: pl.Series, read: dict[str, ReadColumn]) -> pl.DataFrame:
    parts = [
        pl.DataFrame({LINE: lines.filter(one.suppressed)}).with_columns(pl.lit(heading).alias(COLUMN))
        for heading, one in read.items()
        if one.suppressed.any()
    ]
    return pl.concat(parts) if parts else pl.DataFrame(schema={LINE: pl.Int64(), COLUMN: pl.String()})


def _filled(dataset: Dataset) -> set[str]:
    """Names of the columns that hold no blank cell: those that name a row, but for the ones that may be missing."""
    optional = {column.name for column in dataset.columns if column.optional}
    return set(dataset.grain) - {name for name in optional if name}


def _problems(table: TextTable, read: dict[str, ReadColumn], *, dataset: Dataset, file: str) -> Iterator[Problem]:
    """The first problems of each column, in its order."""
    for position, heading in enumerate(table.headings):
        one = read.get(heading)
        column = dataset.column(heading)
        if one is None or column is None or not one.failed.any():
            continue
        lines = table.lines.filter(one.failed)[:LISTED].to_list()
        cells = table.frame[f"{position}"].filter(one.failed)[:LISTED].to_list()
        for line, cell in zip(lines, cells):
            yield Problem(Location(file, line, heading, position + 1), _said(cell), expected_of(column))


def _said(cell: str | None) -> str:
    shown = (cell or "").strip()
    if not shown:
        return "this cell is blank"
    if len(shown) > LONGEST_SHOWN:
        shown = f"{shown[:LONGEST_SHOWN]}…"
    return f"'{shown}' cannot be read here"


def _refuse_missing(headings: tuple[str, ...], dataset: Dataset, *, file: str) -> None:
    missing = [name for name in dataset.needed if name not in headings]
    missing += [column.heading for column in _families_missing(headings, dataset)]
    if not missing:
        return
    spare = [heading for heading in headings if dataset.column(heading) is None]
    problems = []
    for name in missing:
        near = get_close_matches(name, spare, n=1)
        mend = f"Is it '{near[0]}'? Then rename that heading." if near else _other_separator(headings)
        problems.append(Problem(Location(file, 1, name), f"the column '{name}' of '{dataset.id}' is missing", "", mend))
    raise InputError(problems)


def _families_missing(headings: tuple[str, ...], dataset: Dataset) -> Iterator[Column]:
    for column in dataset.columns:
        if column.pattern and not column.optional and not any(dataset.column(name) is column for name in headings):
            yield column


def _other_separator(headings: tuple[str, ...]) -> str:
    """A word on files whose cells stand between other signs than commas."""
    if len(headings) == 1 and any(sign in headings[0] for sign in (";", "\t", "|")):
        return "The cells of this file do not stand between commas: save it with commas."
    return f"The file has {', '.join(headings[:12])}{', …' if len(headings) > 12 else ''}."
