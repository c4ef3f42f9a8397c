"""Writes a table as CSV or Parquet, whole or not at all."""

import os
from pathlib import Path

import polars as pl

from placeplan.kernel.errors import InputError, Location, Problem

CSV, PARQUET = ".csv", ".parquet"
ENDINGS = (CSV, PARQUET)


def write_table(frame: pl.DataFrame, path: Path) -> None:
    """Write a table as its name's ending says. The file is there whole or not at all.

    Raises:
        InputError: the name has another ending, or the file cannot be written.
    """
    ending = path.suffix.lower()
    if ending not in ENDINGS:
        message = f"'{path.name}' does not say how to write it"
        raise InputError([Problem(Location(path.name), message, f"a name that ends in {' or '.join(ENDINGS)}")])
    part = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with part.open("xb") as file:
            if ending == CSV:
                frame.write_csv(file)
            else:
                frame.write_parquet(file)
        part.replace(path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise InputError([Problem(Location(str(path)), f"this cannot be written: {error.strerror}")]) from error
