"""Apache Spark, the distributed engine: the same few words as DuckDB's, for tables of any size on a cluster.

No Python runs on the workers: every step is one of Spark's own. Only small results come back to this process.
"""

from collections.abc import Mapping, Sequence
from functools import reduce
from operator import add
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import narwhals.stable.v2 as nw
import polars as pl
from pyspark import StorageLevel
from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame
from pyspark.sql import functions as sql

from placeplan.app.segments.dataset_engine import Address, DatasetFolder
from placeplan.app.segments.local_folders import LocalFolder, scheme_of
from placeplan.app.segments.spark_folders import SparkFolder
from placeplan.app.segments.spark_problems import read_problems
from placeplan.app.segments.spark_scanning import Scan, addresses
from placeplan.app.segments.spark_session import SessionRequest, started
from placeplan.segments.contract import Table
from placeplan.segments.engine import Columns, Frame


class SparkEngine:
    """A distributed engine. Use it in a ``with``: frames live as long as it does.

    Args:
        request: which Spark. A session that is running already is used and left running.

    Raises:
        InputError: Spark cannot be started or reached.
    """

    def __init__(self, request: SessionRequest | None = None) -> None:
        self.session, self._is_ours = started(request or SessionRequest())
        self._kept: list[DataFrame] = []

    def __enter__(self) -> Self:
        """Open."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Let go of what was kept, and stop the session if it was started here."""
        if self._is_ours:
            self.session.stop()
            return
        for frame in self._kept:
            frame.unpersist()

    def rows(self, columns: Columns) -> Frame:
        """A small table of text and whole numbers."""
        types = {name: pl.Int64 if values and type(values[0]) is int else pl.String for name, values in columns.items()}
        return nw.from_native(self._from_polars(pl.DataFrame(dict(columns), schema=types)))

    def joined_bits(self, frame: Frame, *, by: Sequence[str], words: Sequence[str]) -> Frame:
        """One row for each value of ``by``: the bitwise ``or`` of each word."""
        bits = [sql.coalesce(sql.bit_or(word), sql.lit(0)).cast("bigint").alias(word) for word in words]
        return nw.from_native(_native(frame).groupBy(*by).agg(*bits))

    def with_bits_counted(self, frame: Frame, counts: Mapping[str, Mapping[str, int]]) -> Frame:
        """The same rows with the number of bits of each of ``counts``."""
        sums = {
            name: reduce(add, [_bits_of(word, mask) for word, mask in masks.items()], sql.lit(0).cast("bigint"))
            for name, masks in counts.items()
        }
        return nw.from_native(_native(frame).withColumns(sums))

    def kept(self, frame: Frame) -> Frame:
        """The same rows, worked out once and held by the workers, on their disks where memory does not reach."""
        return nw.from_native(self._held(_native(frame)))

    def fetched(self, frame: Frame) -> pl.DataFrame:
        """A result that is small enough to hold in the memory of this process."""
        with read_problems():
            found = pl.from_arrow(_native(frame).toArrow())
        return found if isinstance(found, pl.DataFrame) else found.to_frame()

    def fetched_rows(self, frame: Frame) -> list[tuple[Any, ...]]:
        """The rows of a result that is small enough to hold in the memory of this process."""
        return self.fetched(frame).rows()

    def folder(self, address: Address) -> DatasetFolder:
        """A folder of this machine, which the workers must see at the same path, or one at an address of Spark's."""
        if scheme_of(address):
            return SparkFolder(self.session, str(address))
        return LocalFolder(Path(address))

    def scanned(self, files: Sequence[Address], table: Table, *, with_rows: bool = False) -> Frame:
        """A table of the contract from its Parquet or CSV files, typed as the contract says.

        Args:
            files: all Parquet or all CSV, with the same columns; addresses such as ``s3a://`` as text.
            table: what the contract says of them.
            with_rows: add ``row_number``, counted over the files in their order, and ``unreadable``, as DuckDB does.

        Raises:
            InputError: a file cannot be opened, or columns are missing: with the name that they may have now.
        """
        scan = Scan(self.session, addresses(files), table, self._held)
        return nw.from_native(scan.frame(with_rows=with_rows))

    def written(self, frame: Frame, folder: Address, *, by: Sequence[str] = ()) -> None:
        """Write a large result as Parquet, in a folder for each value of ``by``. All of it is there, or none.

        Raises:
            InputError: the folder is there already, or cannot be written.
        """
        with read_problems(str(folder)):
            _native(frame).write.mode("errorifexists").partitionBy(*by).parquet(str(folder))

    def _held(self, frame: DataFrame) -> DataFrame:
        held = frame.persist(StorageLevel.MEMORY_AND_DISK)
        self._kept.append(held)
        return held

    def _from_polars(self, frame: pl.DataFrame) -> DataFrame:
        found: DataFrame = self.session.createDataFrame(frame.to_arrow())
        return found


def _bits_of(word: str, mask: int) -> SparkColumn:
    return sql.bit_count(sql.col(word).bitwiseAND(sql.lit(mask))).cast("bigint")


def _native(frame: Frame) -> DataFrame:
    found: DataFrame = frame.to_native()
    return found
