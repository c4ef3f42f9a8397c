"""The job that is measured: people in segments of the scheme of 2017, and three tables of them."""

import time
from datetime import date
from pathlib import Path

from placeplan.app.segments.definitions import read_contract, read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.running import HELD, Segmented, segment
from placeplan.segments.engine import Frame
from placeplan.segments.features import Features
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension
from placeplan.segments.schemes import Scheme, needed_for
from placeplan.segments.segmenting import AGE_BAND, RULE, SEGMENT, segmented

SCHEME = "kent-2017"
PERIOD = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))
WAYS = (
    (Dimension.SEGMENT, Dimension.AGE_BAND),
    (Dimension.SEGMENT, Dimension.AGE_BAND, Dimension.SEX),
    (Dimension.SEGMENT, Dimension.PRACTICE),
)
TABLES = ("people", "registrations", "diagnoses", "activity", "measures")
Answer = list[list[tuple[object, ...]]]


def scheme() -> Scheme:
    """The scheme that is measured."""
    return next(one for one in read_schemes() if one.id == SCHEME)


def opened(folder: Path, engine: DuckDBEngine) -> dict[str, Frame]:
    """The tables of a folder."""
    return {name: engine.scanned([folder / f"{name}.parquet"], read_contract()[name]) for name in TABLES}


def segmented_people(folder: Path, engine: DuckDBEngine) -> Segmented:
    """Everybody in a segment."""
    features = Features(needed_for([scheme()], read_definitions()))
    return segment(opened(folder, engine), PERIOD, scheme=scheme(), features=features, engine=engine)


def whole_job(folder: Path) -> Answer:
    """From files to three tables."""
    with DuckDBEngine(temporary=folder) as engine:
        found = segmented_people(folder, engine)
        return [found.table(way).rows() for way in WAYS]


def in_memory(folder: Path) -> tuple[float, float, int]:
    """Segmentation itself: from facts that are held to the segment of each person.

    Returns:
        Seconds by the clock, seconds of processor time, and how many people.
    """
    with DuckDBEngine(temporary=folder) as engine:
        features = Features(needed_for([scheme()], read_definitions()))
        facts = engine.kept(features.of_people(opened(folder, engine), PERIOD, engine=engine))
        started, before = time.perf_counter(), time.process_time()
        told = segmented(facts, scheme(), markers=features.markers)
        held = engine.kept(told.select(HELD[0], SEGMENT, RULE, AGE_BAND))
        seconds, processor = time.perf_counter() - started, time.process_time() - before
        return seconds, processor, len(engine.fetched_rows(held.select(HELD[0])))
