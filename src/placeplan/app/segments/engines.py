"""DuckDB, the embedded engine: opens tables from files, and does in its own words what narwhals cannot say.

Tables are scanned lazily, so they may be larger than memory; what does not fit is written to the temporary folder.
"""

import difflib
from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import duckdb
import narwhals.stable.v2 as nw
import polars as pl

from placeplan.app.segments.csv_files import text_columns
from placeplan.app.segments.dataset_engine import Address
from placeplan.app.segments.engine_problems import read_problems
from placeplan.app.segments.local_folders import LocalFolder, local_path
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.contract import Column, Kind, Table
from placeplan.segments.engine import Columns, Frame

MEMORY = "4GB"
DATE_FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%Y%m%d", "%Y-%m", "%Y-%m-%d %H:%M:%S")
_TEXT, _DAYS, _WHOLES = frozenset({"VARCHAR"}), frozenset({"DATE"}), frozenset({"BIGINT"})
_NATIVE: dict[Kind, frozenset[str]] = {  # what a Parquet file may hold as it is; a month may be any day of it
    Kind.KEY: _TEXT, Kind.TEXT: _TEXT, Kind.CODE: _TEXT, Kind.MONTH: _DAYS, Kind.DATE: _DAYS,
    Kind.WHOLE: _WHOLES, Kind.PENCE: _WHOLES, Kind.NUMBER: frozenset({"DOUBLE"}),
}  # fmt: skip
_WHOLE = "[-+]?[0-9]+(\\.0+)?"
_NUMBER = "[-+]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][-+]?[0-9]+)?"  # "nan" and "1_000" are not numbers in an extract
_TYPES: dict[type, str] = {str: "VARCHAR[]", int: "BIGINT[]"}


class DuckDBEngine:
    """An embedded engine. Use it in a ``with``: frames live as long as it does.

    Args:
        memory: the most that it may take, such as ``4GB``; more is written to the temporary folder.
        temporary: that folder; one of the system's own when left out.
        threads: how many at once; as many as there are cores when left out.
        most_temporary: the most that may stand in the temporary folder, such as ``50GB``; all its room when left out.
    """

    def __init__(
        self,
        *,
        memory: str = MEMORY,
        temporary: Path | None = None,
        threads: int | None = None,
        most_temporary: str | None = None,
    ) -> None:
        settings: dict[str, str | bool | int | float | list[str]] = {
            "memory_limit": memory,
            "preserve_insertion_order": False,
        }
        if threads is not None:
            settings["threads"] = threads
        if temporary is not None:
            settings["temp_directory"] = str(temporary)
        if most_temporary is not None:
            settings["max_temp_directory_size"] = most_temporary
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

    def with_bits_counted(self, frame: Frame, counts: Mapping[str, Mapping[str, int]]) -> Frame:
        """The same rows with the number of bits of each of ``counts``."""
        sums = {
            name: " + ".join(f'CAST(bit_count("{word}" & {mask}) AS BIGINT)' for word, mask in masks.items()) or "0"
            for name, masks in counts.items()
        }
        added = "".join(f', {total} AS "{name}"' for name, total in sums.items())
        return _frame(frame.to_native().project(f"*{added}"))

    def kept(self, frame: Frame) -> Frame:
        """The same rows, worked out once and held in a table of the engine."""
        name = f"kept_{next(self._numbers)}"
        with read_problems():
            frame.to_native().create(name)
        return _frame(self.connection.table(name))

    def fetched_rows(self, frame: Frame) -> list[tuple[Any, ...]]:
        """The rows of a result that is small enough to hold in memory."""
        with read_problems():
            rows: list[tuple[Any, ...]] = frame.to_native().fetchall()
        return rows

    def fetched(self, frame: Frame) -> pl.DataFrame:
        """A result that is small enough to hold in memory."""
        rows = self.fetched_rows(frame)
        return pl.DataFrame(rows, schema=frame.collect_schema().to_polars(), orient="row")

    def folder(self, address: Address) -> LocalFolder:
        """A folder of this machine.

        Raises:
            InputError: the address is elsewhere.
        """
        path = local_path(address)
        if path is None:
            mend = "Add --engine spark with a --master, or copy the dataset to this machine."
            raise InputError([Problem(Location(str(address)), "DuckDB reads folders of this machine only", mend=mend)])
        return LocalFolder(path)

    def scanned(self, files: Sequence[Address], table: Table, *, with_rows: bool = False) -> Frame:
        """A table of the contract from its Parquet or CSV files, typed as the contract says.

        Args:
            files: all Parquet or all CSV, with the same columns.
            table: what the contract says of them.
            with_rows: add ``row_number``, counted over the files in their order, and ``unreadable``: the names of the
                columns in which something stands that is not of its kind. This holds the engine to the order of the
                files, so it is for checking only.

        Raises:
            InputError: a file cannot be opened, or columns are missing: with the name that they may have now.
        """
        paths = [Path(file) for file in files]
        with read_problems(paths[0].name):
            raw = self._raw(paths, table)
        native = _native_columns(raw, table) if paths[0].suffix == ".parquet" else frozenset()
        typed = [
            duckdb.ColumnExpression(column.name) if column.name in native else _typed(column).alias(column.name)
            for column in table.columns
        ]
        return _frame(raw.select(*typed, *(_told_of_rows(table, native) if with_rows else ())))

    def _raw(self, files: Sequence[Path], table: Table) -> duckdb.DuckDBPyRelation:
        if files[0].suffix != ".parquet":
            return text_columns(
                self.connection, files, check=lambda names, file: refuse_missing_columns(names, table, file=file)
            )
        for file in files:
            refuse_missing_columns(self.connection.read_parquet(str(file)).columns, table, file=file.name)
        return self.connection.read_parquet([str(file) for file in files])


def refuse_missing_columns(found: Sequence[str], table: Table, *, file: str) -> None:
    """Raise for every column of the contract that a file has not."""
    problems = []
    for name in table.names:
        if name not in found:
            near = difflib.get_close_matches(name, [one for one in found if one not in table.names], n=1, cutoff=0.5)
            mend = f"Is it called '{near[0]}' here? Rename it." if near else f"The file has: {', '.join(found)}."
            problems.append(Problem(Location(file, 1, name), f"the column '{name}' is missing", mend=mend))
    if problems:
        raise InputError(problems)


def _native_columns(raw: duckdb.DuckDBPyRelation, table: Table) -> frozenset[str]:
    """The columns that are of their kind as they are. Converting every cell would cost more than the whole job."""
    types = dict(zip(raw.columns, map(str, raw.types), strict=True))
    return frozenset(column.name for column in table.columns if types[column.name] in _NATIVE[column.kind])


def _told_of_rows(table: Table, native: frozenset[str]) -> list[duckdb.Expression]:
    """The number of each row, and the names of the columns that could not be read."""
    unreadable = ", ".join(
        f"""CASE WHEN trim(CAST("{column.name}" AS VARCHAR)) <> '' AND {_typed_text(column)} IS NULL """
        f"THEN '{column.name}' END"
        for column in table.columns
        if column.name not in native
    )
    return [
        duckdb.SQLExpression("row_number() OVER ()").alias("row_number"),
        duckdb.SQLExpression(f"concat_ws(', ', {unreadable})" if unreadable else "''").alias("unreadable"),
    ]


def _typed(column: Column) -> duckdb.Expression:
    return duckdb.SQLExpression(_typed_text(column))


def _typed_text(column: Column) -> str:
    """A cell as its kind; blank where it is blank or cannot be read. Dates in the three forms that extracts have."""
    text = f"""nullif(trim(CAST("{column.name}" AS VARCHAR)), '')"""
    if column.kind.is_text:
        return text
    if column.kind in {Kind.WHOLE, Kind.PENCE}:
        return f"CASE WHEN regexp_full_match({text}, '{_WHOLE}') THEN TRY_CAST({text} AS BIGINT) END"
    if column.kind is Kind.NUMBER:
        return f"CASE WHEN regexp_full_match({text}, '{_NUMBER}') THEN TRY_CAST({text} AS DOUBLE) END"
    forms = ", ".join(f"'{form}'" for form in DATE_FORMS)
    day = f"CAST(try_strptime({text}, [{forms}]) AS DATE)"
    return f"CAST(date_trunc('month', {day}) AS DATE)" if column.kind is Kind.MONTH else day


def _frame(relation: duckdb.DuckDBPyRelation) -> Frame:
    return nw.from_native(relation)
