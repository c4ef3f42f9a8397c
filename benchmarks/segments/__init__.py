"""Segments beside SQL written by hand on the same engine, on seeded synthetic people."""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

from benchmarks.segments import by_hand
from benchmarks.segments.synthetic import write_records
from placeplan.app.segments.definitions import read_contract, read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.running import segment
from placeplan.segments.features import Features
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension
from placeplan.segments.schemes import needed_for

SIZES = (250_000, 1_000_000, 2_000_000)
SCHEME = "kent-2017"
PERIOD = Period("2016-17", date(2016, 4, 1), date(2017, 3, 31))
WAYS = (
    (Dimension.SEGMENT, Dimension.AGE_BAND),
    (Dimension.SEGMENT, Dimension.AGE_BAND, Dimension.SEX),
    (Dimension.SEGMENT, Dimension.PRACTICE),
)
Answer = list[list[tuple[object, ...]]]
RUNS = 3
KIBIBYTES_A_MEBIBYTE = 1024
WANTED = {"ratio": 1.3, "people": 500_000}


def main() -> None:
    """Print a line for each size: people a second, and the ratio to SQL written by hand in the same run."""
    headings = ("diagnoses", "activity", "segment, s", "by hand, s", "ratio", "people/s")
    _say(f"{'people':>10}" + "".join(f"{heading:>12}" for heading in headings))
    for people in SIZES:
        with tempfile.TemporaryDirectory() as folder:
            _one_size(Path(folder), people)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEBIBYTE
    _say(f"wanted: ratio at most {WANTED['ratio']}, {WANTED['people']:,} people/s; most memory: {peak:,.0f} MiB")


def _one_size(folder: Path, people: int) -> None:
    counts = write_records(folder, people=people)
    ours, theirs = [], []
    answers = []
    for _ in range(RUNS):
        seconds, answer = _timed(lambda: _ours(folder))
        ours.append(seconds)
        answers.append(answer)
        seconds, answer = _timed(lambda: by_hand.tables(folder, PERIOD, ways=WAYS))
        theirs.append(seconds)
        answers.append(answer)
    if any(answer != answers[0] for answer in answers):
        _say("the two do not agree")
    ratio = min(ours) / min(theirs)
    _say(
        f"{people:>10,}{counts['diagnoses']:>12,}{counts['activity']:>12,}{min(ours):>12.2f}{min(theirs):>12.2f}"
        f"{ratio:>12.2f}{people / min(ours):>12,.0f}"
    )


def _ours(folder: Path) -> Answer:
    scheme = next(one for one in read_schemes() if one.id == SCHEME)
    contract = read_contract()
    with DuckDBEngine(temporary=folder) as engine:
        names = ("people", "registrations", "diagnoses", "activity", "measures")
        tables = {name: engine.scanned([folder / f"{name}.parquet"], contract[name]) for name in names}
        features = Features(needed_for([scheme], read_definitions()))
        found = segment(tables, PERIOD, scheme=scheme, features=features, engine=engine)
        return [found.table(way).rows() for way in WAYS]


def _timed(work: Callable[[], Answer]) -> tuple[float, Answer]:
    started = time.perf_counter()
    answer = work()
    return time.perf_counter() - started, answer


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
