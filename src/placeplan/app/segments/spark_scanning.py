"""Reads tables of the contract with Spark, from any place that Spark reads, cell for cell as DuckDB does."""

import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import unquote

import polars as pl
from pyspark.sql import Column as SparkColumn
from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as sql

from placeplan.app.segments.engines import refuse_missing_columns
from placeplan.app.segments.spark_cells import native_columns, refused_unless_utf8, typed, unreadable
from placeplan.app.segments.spark_problems import read_problems
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.contract import Table

PARQUET = ".parquet"
_FILE, _PLACE, _FIRST = "_file", "_place", "_first"
_AT_ONCE = 8
_BEFORE_THE_PATH = re.compile("^[a-z0-9+.-]+:(//[^/]*)?")
# A row with too few or too many cells, or a file with other headings, stops the reading, as it does on DuckDB.
_CSV = {
    "header": "true", "sep": ",", "quote": '"', "escape": '"', "encoding": "UTF-8", "multiLine": "true",
    "mode": "FAILFAST", "enforceSchema": "false", "maxCharsPerColumn": "-1",
}  # fmt: skip


@dataclass(frozen=True)
class Scan:
    """The files of one table.

    ``keep`` holds rows that were read once: a number given to a row must not change when it is read again.
    """

    session: SparkSession
    files: tuple[str, ...]
    table: Table
    keep: Callable[[DataFrame], DataFrame]

    @property
    def is_parquet(self) -> bool:
        """Whether the files are Parquet; otherwise they are CSV."""
        return self.files[0].endswith(PARQUET)

    def frame(self, *, with_rows: bool) -> DataFrame:
        """The table, typed; see ``SparkEngine.scanned``."""
        with read_problems(_name(self.files[0])):
            raw = self._raw()
            found = {field.name: field.dataType for field in raw.schema.fields}
        refuse_missing_columns(list(found), self.table, file=_name(self.files[0]))
        if self.is_parquet:
            self._refuse_files_that_differ()
        native = native_columns(found, self.table) if self.is_parquet else frozenset[str]()
        cells = [
            sql.col(column.name) if column.name in native else typed(column, found[column.name])
            for column in self.table.columns
        ]
        if not self.is_parquet:
            cells = list(refused_unless_utf8(self.table, cells))
        named = [cell.alias(name) for cell, name in zip(cells, self.table.names, strict=True)]
        if not with_rows:
            return raw.select(*named)
        with read_problems(_name(self.files[0])):
            return self._numbered(raw, [*named, unreadable(self.table, found, native=native).alias("unreadable")])

    def _raw(self) -> DataFrame:
        reader = self.session.read.option("basePath", _folder_of(self.files))
        if self.is_parquet:
            return reader.parquet(*self.files)
        return reader.options(**_CSV).csv(list(self.files))

    def _numbered(self, raw: DataFrame, cells: list[SparkColumn]) -> DataFrame:
        """With ``row_number``, counted over the files in their order."""
        place = sql.col("_metadata.row_index") if self.is_parquet else sql.monotonically_increasing_id()
        placed = raw.select(*cells, sql.col("_metadata.file_path").alias(_FILE), place.alias(_PLACE))
        if not self.is_parquet:
            placed = self.keep(placed)
        counts = placed.groupBy(_FILE).agg(sql.min(_PLACE).alias(_FIRST), sql.count("*").alias("n"))
        found = {row[_FILE]: (row[_FIRST], row["n"]) for row in counts.collect()}
        before, firsts = 0, {}
        for file in sorted(found, key=lambda one: self._position(_path(unquote(one)))):
            first, count = found[file]
            firsts[file] = before - first + 1
            before += count
        lookup = pl.DataFrame(
            {_FILE: list(firsts), _FIRST: list(firsts.values())}, {_FILE: pl.String, _FIRST: pl.Int64}
        )
        offsets = sql.broadcast(self.session.createDataFrame(lookup.to_arrow()))
        number = (sql.col(_PLACE) + sql.col(_FIRST)).alias("row_number")
        return placed.join(offsets, on=_FILE).select(*self.table.names, number, "unreadable")

    def _position(self, path: str) -> int:
        """Where a file, as Spark calls it, stands among those that were asked for."""
        return [_path(file) for file in self.files].index(path)

    def _refuse_files_that_differ(self) -> None:
        """Raise for a later file without a column: Spark would read it as blank."""
        in_folders = {part.partition("=")[0] for part in PurePosixPath(self.files[0]).parts if "=" in part}
        wanted = [name for name in self.table.names if name not in in_folders]
        with ThreadPoolExecutor(_AT_ONCE) as several:
            columns = list(several.map(self._columns_of, self.files[1:]))
        problems = [
            Problem(Location(_name(file), 1, name), f"the column '{name}' is missing", mend="The first file has it.")
            for file, there in zip(self.files[1:], columns, strict=True)
            for name in wanted
            if name not in there
        ]
        if problems:
            raise InputError(problems)

    def _columns_of(self, file: str) -> list[str]:
        if _is_local(file):
            try:
                return list(pl.read_parquet_schema(_path(file)))
            except (pl.exceptions.PolarsError, OSError) as error:
                mend = "Write this file afresh from its source, and run the check of the dataset."
                message = f"an extract cannot be read: {str(error).splitlines()[0]}"
                raise InputError([Problem(Location(_name(file)), message, mend=mend)]) from error
        with read_problems(_name(file)):
            return list(self.session.read.parquet(file).columns)


def addresses(files: Sequence[Path | str]) -> tuple[str, ...]:
    """Files as Spark wants them: a path of this machine in full, any other address as it is."""
    return tuple(
        one if isinstance(one, str) and "://" in one else f"file://{Path(one).absolute().as_posix()}" for one in files
    )


def _folder_of(files: Sequence[str]) -> str:
    """The folder of the table: above folders such as ``year=2016``, whose names are columns."""
    parts = files[0].split("/")[:-1]
    for other in files[1:]:
        alike = [one == two for one, two in zip(parts, other.split("/"), strict=False)]
        parts = parts[: alike.index(False)] if False in alike else parts
    plain = [number for number, part in enumerate(parts) if "=" in part]
    return "/".join(parts[: plain[0]] if plain else parts)


def _is_local(file: str) -> bool:
    return file.startswith("file:")


def _path(file: str) -> str:
    return _BEFORE_THE_PATH.sub("", file)


def _name(file: str) -> str:
    return PurePosixPath(_path(file)).name
