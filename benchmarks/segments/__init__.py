"""Segments beside SQL written by hand on the same engine and beside pandas, on seeded synthetic people."""

import argparse
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SIZES = (250_000, 500_000)
SIZE_FOR_PANDAS = 500_000
RUNS = 3
PICTURE = Path("build/benchmarks/segments-growth.svg")
WANTED = "wanted: at most 1.3 of SQL by hand, pandas at least 10 times as long, 500,000 people/s, below 8,192 MiB"
HEADINGS = (
    "people", "diagnoses", "activity", "whole, s", "cpu, s", "by hand, s", "cpu, s", "ratio", "cpu ratio", "pandas, s",
    "times", "segments/s", "MiB", "µs/person",
)  # fmt: skip


@dataclass(frozen=True)
class Line:
    """What one size took."""

    people: int
    seconds: float
    processor: float


def main(arguments: Sequence[str] = ()) -> None:
    """Print a line for each size and draw the growth.

    ``conservation``: count that nobody is lost. ``cluster``: time with one worker of Spark and with two.
    ``memory``: the whole job with less memory than it would take.
    """
    parser = argparse.ArgumentParser(prog="python -m benchmarks segments")
    parser.add_argument("what", nargs="?", choices=("speed", "conservation", "cluster", "memory"), default="speed")
    parser.add_argument("--memory", default="512MB", help="the most that the engine may take, for memory")
    parser.add_argument("--people", type=int, nargs="+", help="sizes; 250000 to 4000000 for the whole table")
    parser.add_argument("--runs", type=int, default=RUNS)
    parser.add_argument("--pandas-up-to", type=int, default=SIZE_FOR_PANDAS, help="largest size for pandas")
    given = parser.parse_args(arguments)
    if given.what == "conservation":
        from benchmarks.segments.conservation import conserve

        for people in given.people or (1_000_000,):
            conserve(people, say=_say)
        return
    if given.what == "cluster":
        from benchmarks.segments.cluster import compare_workers

        for people in given.people or (200_000,):
            compare_workers(people, say=_say)
        return
    if given.what == "memory":
        from benchmarks.segments.little_memory import with_little_memory

        for people in given.people or (SIZE_FOR_PANDAS,):
            with_little_memory(people, given.memory, say=_say)
        return
    _say(
        f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}; each way in a process of its own, best of {given.runs}"
    )
    _say("".join(f"{heading:>12}" for heading in HEADINGS))
    lines = []
    for people in given.people or SIZES:
        with tempfile.TemporaryDirectory() as folder:
            lines.append(_one_size(Path(folder), people, runs=given.runs, with_pandas=people <= given.pandas_up_to))
    _say(f"{WANTED}; load now {os.getloadavg()[0]:.1f}")
    if len(lines) > 1:
        from benchmarks.segments.drawing import draw

        draw(lines, PICTURE)
        _say(f"Wrote {PICTURE}")


def _one_size(folder: Path, people: int, *, runs: int, with_pandas: bool) -> Line:
    from benchmarks.segments.measuring import measured, quickest
    from benchmarks.segments.synthetic import write_records

    counts = write_records(folder, people=people)
    pairs = [(measured("ours", folder), measured("by_hand", folder)) for _ in range(runs)]
    ours, hand = (quickest(list(each)) for each in zip(*pairs, strict=True))
    alone = quickest([measured("segmentation", folder) for _ in range(runs)])
    slow = measured("pandas", folder) if with_pandas else None
    if any(one.answer != ours.answer for pair in pairs for one in pair) or (slow and slow.answer != ours.answer):
        sys.exit("the answers are not the same")
    _say(
        f"{people:>12,}{counts['diagnoses']:>12,}{counts['activity']:>12,}{ours.seconds:>12.2f}{ours.processor:>12.2f}"
        f"{hand.seconds:>12.2f}{hand.processor:>12.2f}{ours.seconds / hand.seconds:>12.2f}"
        f"{ours.processor / hand.processor:>12.2f}"
        + (f"{slow.seconds:>12.1f}{slow.seconds / ours.seconds:>12.1f}" if slow else f"{'':>24}")
        + f"{people / alone.seconds:>12,.0f}{ours.memory:>12,.0f}{ours.processor / people * 1e6:>12.2f}"
    )
    return Line(people, ours.seconds, ours.processor)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
