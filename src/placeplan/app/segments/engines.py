"""DuckDB, the embedded engine: opens tables from files, and does in its own words what narwhals cannot say.

Tables are scanned lazily, so they may be larger than memory; what does not fit is written to the temporary folder.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import narwhals.stable.v2 as nw
import polars as pl

from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.engine import Columns, Frame

MEMORY = "4GB"
_TYPES: dict[type, str] = {str: "VARCHAR[]", int: "BIGINT[]"}


class DuckDBEngine:
    """An embedded engine. Use it in a ``with``: frames live as long as it does.

    Args:
        memory: the most that it may take, such as ``4GB``; more is written to the temporary folder.
        temporary: that folder; one of the system's own when left out.
        threads: how many at once; as many as there are cores when left out.
    """

    def __init__(self, *, memory: str = MEMORY, temporary: Path | None = None, threads: int | None = None) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "preserve_insertion_order": False,
        }
        if threads is not None:
            settings["threads"] = threads
        if temporary is not None:
            settings["temp_directory"] = str(temporary)
        self.connection = duckdb.connect(config=settings)
        self._numbers = count(1)

    def __enter__(self) -> Self:
        """Open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close the connection; its frames can no longer be read."""
        self.connection.close()

    def rows(self, columns: Columns) -> Frame:
        """A small table of text and whole numbers."""
        kinds = {name: _TYPES[type(values[0])] if values else "VARCHAR[]" for name, values in columns.items()}
        parts = ", ".join(f'unnest(?::{kind}) AS "{name}"' for name, kind in kinds.items())
        lists: list[Any] = [list(values) for values in columns.values()]
        return _frame(self.connection.sql(f"SELECT {parts}", params=lists))

    def joined_bits(self, frame: Frame, *, by: Sequence[str], words: Sequence[str]) -> Frame:
        """One row for each value of ``by``: the bitwise ``or`` of each word."""
        keys = ", ".join(f'"{name}"' for name in by)
        bits = ", ".join(f'CAST(coalesce(bit_or("{word}"), 0) AS BIGINT) AS "{word}"' for word in words)
        return _frame(frame.to_native().aggregate(f"{keys}, {bits}", keys))

    def kept(self, frame: Frame) -> Frame:
        """The same rows, worked out once and held in a table of the engine."""
        name = f"kept_{next(self._numbers)}"
        with _read_problems():
            frame.to_native().create(name)
        return _frame(self.connection.table(name))

    def fetched(self, frame: Frame) -> pl.DataFrame:
        """A result that is small enough to hold in memory."""
        with _read_problems():
            return pl.DataFrame(frame.to_native())


def _frame(relation: duckdb.DuckDBPyRelation) -> Frame:
    return nw.from_native(relation)


@contextmanager
def _read_problems() -> Iterator[None]:
    """What the engine says about a file or a full disk, as a problem that a person can act on."""
    try:
        yield
    except duckdb.OutOfMemoryException as error:
        mend = "Give more with the memory setting, or name a temporary folder with room."
        raise InputError([Problem(Location("memory"), "the engine ran out of memory", mend=mend)]) from error
    except duckdb.IOException as error:
        mend = "Check the disk and the extracts, and run again; nothing half written is kept."
        message = f"a file cannot be read or written: {_first_line(error)}"
        raise InputError([Problem(Location("extracts"), message, mend=mend)]) from error
    except (duckdb.InvalidInputException, duckdb.ConversionException) as error:
        mend = "Write this file afresh from its source, and run the check of the dataset."
        message = f"an extract cannot be read: {_first_line(error)}"
        raise InputError([Problem(Location("extracts"), message, mend=mend)]) from error


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0]
