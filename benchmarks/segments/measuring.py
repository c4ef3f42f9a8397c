"""Runs each way of doing the job in a process of its own, so that memory and processor time are its own too."""

import json
import resource
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.segments import by_hand
from benchmarks.segments.the_job import PERIOD, WAYS, in_memory, whole_job

KIBIBYTES_A_MEBIBYTE = 1024


@dataclass(frozen=True)
class Measured:
    """Seconds by the clock, seconds of processor time, most memory in MiB, and the answer."""

    seconds: float
    processor: float
    memory: float
    answer: Any


def measured(way: str, folder: Path) -> Measured:
    """Run ``ours``, ``by_hand``, ``pandas`` or ``segmentation`` on the records in a folder."""
    command = [sys.executable, "-m", "benchmarks.segments.measuring", way, str(folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return Measured(**json.loads(done.stdout.splitlines()[-1]))


def quickest(runs: list[Measured]) -> Measured:
    """The run with the least processor time: the machine may have others to serve."""
    return min(runs, key=lambda one: one.processor)


def _work(way: str, folder: Path) -> tuple[float, float, Any]:
    if way == "segmentation":
        return in_memory(folder)
    if way == "pandas":
        from benchmarks.segments import with_pandas as module
    else:
        module = by_hand  # type: ignore[assignment]
    started, before = time.perf_counter(), time.process_time()
    answer = whole_job(folder) if way == "ours" else module.tables(folder, PERIOD, ways=WAYS)
    return time.perf_counter() - started, time.process_time() - before, answer


def main() -> None:
    """Run one way and print what it took as one line of JSON."""
    way, folder = sys.argv[1:]
    seconds, processor, answer = _work(way, Path(folder))
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEBIBYTE
    told = {"seconds": seconds, "processor": processor, "memory": memory, "answer": answer}
    sys.stdout.write(json.dumps(told) + "\n")


if __name__ == "__main__":
    main()
