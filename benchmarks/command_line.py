"""What checking costs beside starting Python and importing the same modules; building; many plans at once."""

import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import placeplan
from benchmarks.large_plans import write_large_plan

RUNS = 7
PLANS, LINES, YEARS = 42, 5_000, 5
EXAMPLES = Path(placeplan.__file__).parent / "examples"
LARGEST = "kent-medway-2014"
_MAIN = "from placeplan.cli import main; main()"
_MODULES = (
    "import atexit, json, sys; atexit.register(lambda: open({file!r}, 'w').write(json.dumps(list(sys.modules)))); "
)
_BARE = "import importlib, json; [importlib.import_module(m) for m in json.load(open({file!r})) if m != '__main__']"
WANTED = {"check": 2.0, "many": 10.0, "build": 3.0}


def main() -> None:
    """Print the benchmark table."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        _check_beside_bare_start(folder)
        _many_plans(folder)
        _build(folder)


def _check_beside_bare_start(folder: Path) -> None:
    modules = str(folder / "modules.json")
    plan = str(EXAMPLES / LARGEST)
    _run(["-c", _MODULES.format(file=modules) + _MAIN, "check", plan])
    bare = _BARE.format(file=modules)
    pairs = [(_timed(["-c", _MAIN, "check", plan]), _timed(["-c", bare])) for _ in range(RUNS)]
    ratio = statistics.median(command / start for command, start in pairs)
    command, start = (statistics.median(times) for times in zip(*pairs, strict=True))
    count = len(json.loads(Path(modules).read_text(encoding="utf-8")))
    _say(f"check {LARGEST}: {command:.3f} s; bare start with the same {count} modules: {start:.3f} s")
    _say(f"  ratio, median of {RUNS} pairs: {ratio:.2f} (wanted: below {WANTED['check']})")


def _many_plans(folder: Path) -> None:
    plans = [folder / f"plan-{number:02d}" for number in range(PLANS)]
    for number, plan in enumerate(plans):
        write_large_plan(plan, lines=LINES, years=YEARS, seed=number)
    seconds = _timed(["-c", _MAIN, "check", "--format", "json", *map(str, plans)])
    sums = _timed(["-c", _BARE_SUMS, *(str(plan / "finance/lines.csv") for plan in plans)])
    _say(f"check {PLANS} plans of {LINES:,} lines and {YEARS} years in one process: {seconds:.2f} s")
    _say(f"  wanted: below {WANTED['many']} s; adding the same cells by hand: {sums:.2f} s; ratio {seconds / sums:.1f}")


_BARE_SUMS = """
import csv, sys
from decimal import Decimal, InvalidOperation
for name in sys.argv[1:]:
    with open(name, newline="") as file:
        rows = list(csv.reader(file))
    totals = {}
    for row in rows[1:]:
        for year, cell in enumerate(row[4:9]):
            if cell and not cell.endswith("%"):
                key = row[0], row[2], year
                totals[key] = totals.get(key, 0) + Decimal(cell)
"""


def _build(folder: Path) -> None:
    arguments = ["-c", _MAIN, "build", str(EXAMPLES / LARGEST), "--out", str(folder / "out"), "--format", "html"]
    seconds = [_timed(arguments) for _ in range(RUNS)]
    size = (folder / "out/index.html").stat().st_size
    took = statistics.median(seconds)
    _say(f"build {LARGEST} as HTML ({size // 1024} KiB): {took:.2f} s, wanted: below {WANTED['build']} s")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def _timed(arguments: Sequence[str]) -> float:
    started = time.perf_counter()
    _run(arguments)
    return time.perf_counter() - started


def _run(arguments: Sequence[str]) -> None:
    subprocess.run([sys.executable, *arguments], check=False, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


if __name__ == "__main__":
    main()
