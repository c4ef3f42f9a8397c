"""What the use cases ask of an engine beyond the one expression: open a folder and its tables, hand over results."""

from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Any, Protocol, Self

import polars as pl

from placeplan.segments.contract import Table
from placeplan.segments.engine import Engine, Frame

Address = Path | str  # a path of this machine, or what only an engine can read, such as s3a://bucket/extract


class DatasetFolder(Protocol):
    """A folder with ``dataset.yaml`` and the tables of a dataset, wherever it is."""

    def content(self, name: str) -> bytes | None:
        """A small file of the folder; None where there is none."""
        ...

    def files(self, table: str) -> tuple[Address, ...]:
        """The Parquet and CSV files of a table, in their order: its one file, and all in the folder of its name."""
        ...

    def stamps(self) -> tuple[str, ...]:
        """A line for each file that changes whenever the file does; nothing is read for it."""
        ...


class DatasetEngine(Engine, Protocol):
    """DuckDB on this machine or Spark on a cluster. Used in a ``with``: frames live as long as it does."""

    def __enter__(self) -> Self:
        """Open."""
        ...

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close, and let go of every frame."""
        ...

    def folder(self, address: Address) -> DatasetFolder:
        """The folder at an address.

        Raises:
            InputError: this engine cannot read there.
        """
        ...

    def scanned(self, files: Sequence[Address], table: Table, *, with_rows: bool = False) -> Frame:
        """A table of the contract from its files, typed as the contract says; see ``DuckDBEngine.scanned``."""
        ...

    def fetched(self, frame: Frame) -> pl.DataFrame:
        """A result that is small enough to hold in memory."""
        ...

    def fetched_rows(self, frame: Frame) -> list[tuple[Any, ...]]:
        """The rows of a result that is small enough to hold in memory."""
        ...
