"""How the making up of a place grows with its people: processor time for a person and year, and peak memory.

Run with ``python -m benchmarks.segments.synthesising``. Each size runs in a process of its own. Time for a person is
set beside that of the smallest size: near 1 is linear growth. Memory follows the size of a block, not of the place.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from placeplan.app.segments.synthesising import SynthesisRequest, synthesise

SIZES = (50_000, 100_000, 200_000, 400_000)
YEARS = 2
KILOBYTES_OF_A_GIGABYTE = 1e6


def one(people: int) -> None:
    """Make up so many people and print rows, seconds of processor time and gigabytes."""
    with tempfile.TemporaryDirectory() as folder:
        before = time.process_time()
        made = synthesise(
            SynthesisRequest("west-kent", people, YEARS, 1, Path(folder) / "out"), step=lambda _words: None
        )
        seconds = time.process_time() - before
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / KILOBYTES_OF_A_GIGABYTE
    print(sum(made.rows.values()), seconds, peak, made.size)


def main() -> None:
    """Print a table."""
    print(f"{'people':>9} {'rows':>12} {'seconds':>8} {'a person':>9} {'memory':>8} {'on disk':>9}")
    smallest = 0.0
    for people in SIZES:
        run = subprocess.run(
            [sys.executable, "-m", "benchmarks.segments.synthesising", str(people)],
            check=True,
            capture_output=True,
            text=True,
        )
        rows, seconds, peak, size = (float(word) for word in run.stdout.split())
        smallest = smallest or seconds / people
        ratio = seconds / people / smallest
        print(f"{people:9,} {rows:12,.0f} {seconds:8.1f} {ratio:8.2f}x {peak:5.2f} GB {size / 1e6:6.1f} MB", flush=True)


if __name__ == "__main__":
    if len(sys.argv) > 1:
        one(int(sys.argv[1]))
    else:
        main()
