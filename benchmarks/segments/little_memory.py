"""The whole job with less memory than it would take: the same answer, and what was written to disk meanwhile."""

import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

from benchmarks.segments.synthetic import write_records
from benchmarks.segments.the_job import WAYS, segmented_people
from placeplan.app.segments.engines import MEMORY, DuckDBEngine

KIBIBYTES_A_MEBIBYTE, BYTES_A_MEBIBYTE = 1024, 1024**2
SECONDS_BETWEEN_LOOKS = 0.02


def with_little_memory(people: int, limit: str, *, say: Callable[[str], None]) -> None:
    """Do the job twice, each in a process of its own, and print what each took."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        write_records(folder, people=people)
        found = [_measured(folder, memory) for memory in (MEMORY, limit)]
    for memory, one in zip((MEMORY, limit), found, strict=True):
        say(
            f"{people:,} people, at most {memory}: {one['seconds']:.1f} s, "
            f"the process at most {one['memory']:,.0f} MiB, on disk at most {one['spilled']:,.0f} MiB"
        )
    say("the same answer" if found[0]["answer"] == found[1]["answer"] else "ANOTHER ANSWER")


def _measured(folder: Path, memory: str) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as spill:
        command = [sys.executable, "-m", "benchmarks.segments.little_memory", str(folder), memory, spill]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            most = 0
            while process.poll() is None:
                most = max(most, _size(Path(spill)))
                time.sleep(SECONDS_BETWEEN_LOOKS)
            told = process.stdout.read() if process.stdout else ""
    return {**json.loads(told), "spilled": most / BYTES_A_MEBIBYTE}


def _size(folder: Path) -> int:
    total = 0
    for file in folder.rglob("*"):
        try:
            total += file.stat().st_size
        except FileNotFoundError:  # the engine takes its files away when it no longer needs them
            continue
    return total


def main() -> None:
    """Do the job on a folder with so much memory, and print what it took as JSON."""
    folder, memory, spill = sys.argv[1:]
    started = time.perf_counter()
    with DuckDBEngine(memory=memory, temporary=Path(spill)) as engine:
        found = segmented_people(Path(folder), engine)
        answer = [found.table(way).rows() for way in WAYS]
    seconds = time.perf_counter() - started
    told = sha256(json.dumps(answer).encode()).hexdigest()  # short: the parent reads it at the end only
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KIBIBYTES_A_MEBIBYTE
    sys.stdout.write(json.dumps({"seconds": seconds, "memory": most, "answer": told}))


if __name__ == "__main__":
    main()
