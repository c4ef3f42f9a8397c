"""CSV extracts in parts: the heading of each part is read, so that columns may stand in another order in each."""

import csv
import gzip
from collections.abc import Callable, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import duckdb

from placeplan.documents.text_reading import text_of
from placeplan.kernel.errors import InputError, Location, Problem

_MOST_OF_A_HEADING = 65_536


def heading_of(file: Path) -> tuple[str, ...]:
    """The names in the first line of a file, plain or compressed.

    Raises:
        InputError: it is not UTF-8 text, or there is nothing in it.
    """
    with gzip.open(file) if file.suffix == ".gz" else file.open("rb") as stream:
        line = stream.readline(_MOST_OF_A_HEADING)
    if not line.strip():
        raise InputError([Problem(Location(file.name), "the file is empty", "a line with the names of the columns")])
    return tuple(next(csv.reader(StringIO(text_of(line, file.name))), []))


def text_columns(
    connection: duckdb.DuckDBPyConnection, files: Sequence[Path], *, check: Callable[[Sequence[str], str], None]
) -> duckdb.DuckDBPyRelation:
    """Every cell of the files as text. Parts with another order of columns are put in the order of the first.

    Args:
        connection: the engine.
        files: the parts.
        check: is given the heading of each part and its name, and raises where a column is missing.
    """
    runs: list[tuple[tuple[str, ...], list[str]]] = []
    for file in files:
        heading = heading_of(file)
        check(heading, file.name)
        if not runs or runs[-1][0] != heading:
            runs.append((heading, []))
        runs[-1][1].append(str(file))
    first, *others = (_read(connection, names, heading=heading) for heading, names in runs)
    shared = [duckdb.ColumnExpression(name) for name in runs[0][0] if all(name in heading for heading, _ in runs)]
    found = first.select(*shared) if others else first
    for other in others:
        found = found.union(other.select(*shared))
    return found


def _read(connection: duckdb.DuckDBPyConnection, names: Any, *, heading: Sequence[str]) -> duckdb.DuckDBPyRelation:
    columns = dict.fromkeys(heading, "VARCHAR")
    return connection.read_csv(
        names, columns=columns, auto_detect=False, header=True, sep=",", quotechar='"', escapechar='"'
    )
