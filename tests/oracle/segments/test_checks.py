"""The checks of a dataset find what somebody finds who reads every row."""

from collections.abc import Iterator
from datetime import date
from typing import Any

import narwhals.stable.v2 as nw
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.segments.large_records import large_records
from tests.oracle.segments.polars_engine import PolarsEngine
from tests.oracle.segments.random_records import Tables, records
from tests.oracle.segments.slow_checks import slow_problems, slow_reach
from tests.oracle.segments.tables import frames_of

from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.segments.checking import SAMPLE, quality_of

EXTRACTED = date(2017, 6, 30)
CONTRACT = read_contract()
DEFINITIONS = read_definitions()


@pytest.fixture(scope="module")
def duckdb() -> Iterator[DuckDBEngine]:
    with DuckDBEngine(threads=1) as engine:
        yield engine


def check(tables: Tables, engine: DuckDBEngine | PolarsEngine) -> None:
    numbered = {name: _numbered(frame, engine) for name, frame in frames_of(tables, engine).items()}
    report = quality_of(numbered, CONTRACT, extracted=EXTRACTED, engine=engine)
    wanted = slow_problems(tables, CONTRACT, extracted=EXTRACTED)
    assert {(one.table, str(one.kind), one.column): one.count for one in report.problems} == {
        key: len(rows) for key, rows in wanted.items()
    }
    for one in report.problems:
        rows = wanted[one.table, one.kind, one.column]
        assert one.rows == tuple(rows[:SAMPLE])
        assert (one.people, one.spend_pence) == slow_reach(tables, one.table, rows=rows)


def _numbered(frame: Any, engine: DuckDBEngine | PolarsEngine) -> Any:
    """The same rows with their number, as an engine scans them for checking."""
    if isinstance(engine, PolarsEngine):
        told = frame.to_native().with_row_index("row_number", offset=1)
        return nw.from_native(told).with_columns(nw.col("row_number").cast(nw.Int64), unreadable=nw.lit(""))
    return nw.from_native(frame.to_native().project("*, row_number() OVER () AS row_number, '' AS unreadable"))


def spoiled(tables: Tables, data: st.DataObject) -> Tables:
    """A few cells overwritten with what they may not hold, and a few rows twice."""
    for name, rows in tables.items():
        for row in rows:
            if data.draw(st.integers(0, 3)):
                continue
            column = data.draw(st.sampled_from([one for one in CONTRACT[name].columns if one.name != "person_key"]))
            row[column.name] = data.draw(st.sampled_from(_bad(column.kind)))
        if rows and data.draw(st.booleans()):
            rows.append(dict(rows[0]))
    return tables


def _bad(kind: str) -> list[Any]:
    if kind in ("date", "month"):
        return [date(1850, 1, 1), date(2030, 1, 1), date(1960, 1, 1)]
    return [-1] if kind in ("pence", "whole") else [1.5] if kind == "number" else ["?", "rubbish"]


@given(tables=records(DEFINITIONS, []), data=st.data())
@settings(max_examples=10)
def test_spoiled_records_on_polars(tables: Tables, data: st.DataObject) -> None:
    check(spoiled(tables, data), PolarsEngine())


def test_many_records_on_duckdb(duckdb: DuckDBEngine) -> None:
    tables = large_records(DEFINITIONS, people=300, seed=8)
    for number, row in enumerate(tables["activity"]):
        if number % 7 == 0:
            row["cost_pence"] = -row["cost_pence"]
        if number % 11 == 0:
            row["person_key"] = "nobody"
    tables["diagnoses"] += [dict(row) for row in tables["diagnoses"][:20]]
    tables["people"] += [dict(tables["people"][0])]
    tables["people"][3]["sex"] = "?"
    check(tables, duckdb)
