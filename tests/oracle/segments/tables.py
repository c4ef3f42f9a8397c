"""Tables as lists of rows, and the same rows as frames of an engine."""

from collections.abc import Mapping, Sequence
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
from tests.oracle.segments.polars_engine import PolarsEngine

from placeplan.app.segments.definitions import read_contract
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.segments.contract import Kind

SQL = {Kind.WHOLE: "BIGINT", Kind.PENCE: "BIGINT", Kind.NUMBER: "DOUBLE", Kind.DATE: "DATE", Kind.MONTH: "DATE"}
POLARS = {Kind.WHOLE: pl.Int64, Kind.PENCE: pl.Int64, Kind.NUMBER: pl.Float64, Kind.DATE: pl.Date, Kind.MONTH: pl.Date}
Rows = Sequence[Mapping[str, Any]]


def frames_of(tables: Mapping[str, Rows], engine: DuckDBEngine | PolarsEngine) -> dict[str, Any]:
    """Each table as a lazy frame of the engine, typed as the contract says."""
    return {name: _frame(name, rows, engine) for name, rows in tables.items()}


def _frame(name: str, rows: Rows, engine: DuckDBEngine | PolarsEngine) -> Any:
    columns = read_contract()[name].columns
    lists = {column.name: [row[column.name] for row in rows] for column in columns}
    if isinstance(engine, PolarsEngine):
        schema = {column.name: POLARS.get(column.kind, pl.String) for column in columns}
        return nw.from_native(pl.LazyFrame(lists, schema=schema))
    parts = [f'unnest(?::{SQL.get(column.kind, "VARCHAR")}[]) AS "{column.name}"' for column in columns]
    return nw.from_native(engine.connection.sql(f"SELECT {', '.join(parts)}", params=list(lists.values())))
