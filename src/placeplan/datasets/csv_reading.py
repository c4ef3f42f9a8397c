"""CSV text as columns of text, with the line on which each row starts; the shape of the table is checked here."""

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass

import polars as pl

from placeplan.kernel.errors import InputError, Location, Problem

LINE = "line"
QUOTE = '"'
PROBLEMS_LISTED = 20
_LINES, _TEXT = "", "text"


@dataclass(frozen=True, slots=True)
class TextTable:
    """A table before its cells are read: the headings, one column of text for each, and the line of each row."""

    headings: tuple[str, ...]
    frame: pl.DataFrame
    lines: pl.Series


def text_table(text: str, *, file: str) -> TextTable:
    """Read the text of a CSV file. Blank lines are passed over.

    Raises:
        InputError: there is nothing in the file, a heading stands twice or is blank, a row has more or fewer cells
            than there are headings, or a quote is never closed.
    """
    if not text.strip():
        raise InputError([Problem(Location(file), "this file is empty", "a line of headings and rows of data")])
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    return _quickly(plain, file) or _carefully(plain, file)


def _quickly(text: str, file: str) -> TextTable | None:
    """The table where every line is one row of as many cells as there are headings, else nothing."""
    lines = pl.Series(_TEXT, text.split("\n"), dtype=pl.String)
    quotes = lines.str.count_matches(QUOTE, literal=True)
    if (quotes % 2 != 0).any():
        return None
    bare = lines.str.replace_all(r'"[^"]*"', "") if (quotes > 0).any() else lines
    there = lines.str.strip_chars() != ""
    commas = bare.filter(there).str.count_matches(",", literal=True)
    headings = next(csv.reader([lines.filter(there)[0]]))
    if commas.n_unique() != 1 or commas[0] != len(headings) - 1:
        return None
    kept = text if there[:-1].all() else "\n".join(lines.filter(there).to_list())
    frame = _parsed(kept, len(headings))
    if frame is None or frame.height != len(commas) - 1:
        return None
    numbers = pl.int_range(1, len(lines) + 1, eager=True, dtype=pl.Int64).filter(there)[1:]
    return TextTable(_checked(headings, file), frame, numbers.alias(LINE))


def _parsed(text: str, width: int) -> pl.DataFrame | None:
    """The cells below the line of headings, unless they do not fit."""
    schema = {f"{position}": pl.String() for position in range(width)}
    rows = text.partition("\n")[2]
    if not rows:
        return pl.DataFrame(schema=schema)
    try:
        return pl.read_csv(io.BytesIO(rows.encode()), schema=schema, has_header=False)
    except pl.exceptions.PolarsError:
        return None


def _carefully(text: str, file: str) -> TextTable:
    """Row by row: for cells that hold line breaks, and to say where a table is not in order."""
    rows: list[list[str]] = []
    starts: list[int] = []
    try:
        for start, row in _numbered_rows(text):
            starts.append(start)
            rows.append(row)
    except csv.Error as error:
        at = (starts[-1] + 1) if starts else 1
        message = f"the file cannot be read on from here: {error}"
        raise InputError(
            [Problem(Location(file, at), message, "", "Look for a quote that is opened and never closed.")]
        ) from error
    headings = _checked(rows[0], file)
    _refuse_ragged(rows, starts, file=file)
    columns = zip(*rows[1:], strict=True) if len(rows) > 1 else [()] * len(headings)
    frame = pl.DataFrame({f"{position}": pl.Series(column, dtype=pl.String) for position, column in enumerate(columns)})
    return TextTable(headings, frame, pl.Series(LINE, starts[1:], dtype=pl.Int64))


def _numbered_rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Every row that is not blank, with the line on which it starts."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    before = 0
    for row in reader:
        if any(cell.strip() for cell in row) or len(row) > 1:
            yield before + 1, row
        before = reader.line_num


def _refuse_ragged(rows: list[list[str]], starts: list[int], *, file: str) -> None:
    width = len(rows[0])
    ragged = [(start, len(row)) for start, row in zip(starts, rows) if len(row) != width]
    problems = [
        Problem(
            Location(file, start),
            f"this row has {cells} cells",
            f"{width}, one for each heading",
            "Put a text that holds a comma in quotes, or fill the row up with commas.",
        )
        for start, cells in ragged[:PROBLEMS_LISTED]
    ]
    if len(ragged) > PROBLEMS_LISTED:
        problems.append(Problem(Location(file), f"{len(ragged)} rows have another number of cells than the headings"))
    if problems:
        raise InputError(problems)


def _checked(headings: list[str], file: str) -> tuple[str, ...]:
    """The headings without blanks around them, each filled and there once."""
    names = tuple(heading.strip() for heading in headings)
    problems = [
        Problem(Location(file, 1, "", position), "a column has no heading", "a name for every column")
        for position, name in enumerate(names, start=1)
        if not name
    ]
    problems += [
        Problem(
            Location(file, 1, name, position),
            f"the heading '{name}' stands twice",
            "every heading once",
            "Take one of the two columns out, or rename it.",
        )
        for position, name in enumerate(names, start=1)
        if name and name in names[: position - 1]
    ]
    if problems:
        raise InputError(problems)
    return names
