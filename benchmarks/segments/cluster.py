"""Segments on a local cluster of one worker and of two: the time per person, and the same answer as DuckDB's."""

import os
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from benchmarks.segments.synthetic import write_records
from placeplan.app.segments.definitions import read_contract, read_definitions, read_schemes
from placeplan.app.segments.engine_choice import engine_named
from placeplan.segments.features import Features
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension, matrix
from placeplan.segments.segmenting import segmented

SCHEME = "kent-2017"
PERIOD = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))
BY = (Dimension.SEGMENT, Dimension.AGE_BAND)
NAMES = ("people", "registrations", "diagnoses", "activity", "measures")
WORKERS = (1, 2)
MICROSECONDS = 1e6
MEBIBYTES = 2048  # of a worker


def compare_workers(people: int, *, say: Callable[[str], None]) -> None:
    """Print a line for each number of workers. The first job of a session is not counted: Java is still warming up."""
    say(f"{people:,} people; {os.cpu_count()} cores of this machine carry the driver and all workers")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_records(folder, people=people)
        with engine_named("duckdb", temporary=folder) as engine:
            seconds, wanted = _timed(engine, folder)
        say(f"{'DuckDB':>10}{seconds:>10.1f} s{seconds / people * MICROSECONDS:>10.1f} microseconds a person")
        for workers in WORKERS:
            with engine_named("spark", master=f"local-cluster[{workers},1,{MEBIBYTES}]") as engine:
                _timed(engine, folder)
                seconds, found = _timed(engine, folder)
            same = "the same answer" if found == wanted else "ANOTHER ANSWER"
            each = seconds / people * MICROSECONDS
            say(f"{workers:>8} w{seconds:>10.1f} s{each:>10.1f} microseconds a person, {same}")


def _timed(engine: Any, folder: Path) -> tuple[float, list[tuple[Any, ...]]]:
    started = time.perf_counter()
    contract, features = read_contract(), Features(read_definitions())
    tables = {name: engine.scanned([folder / f"{name}.parquet"], contract[name]) for name in NAMES}
    scheme = next(one for one in read_schemes() if one.id == SCHEME)
    people = features.of_people(tables, PERIOD, engine=engine)
    answer = engine.fetched(matrix(segmented(people, scheme, markers=features.markers), BY)).rows()
    return time.perf_counter() - started, answer
