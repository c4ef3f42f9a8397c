"""Runs of segments and public files for pages of people and performance, each made once for all tests."""

import csv
import json
from collections.abc import Callable, Iterator
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from placeplan.app.segments.demonstration_run import write_demonstration_run

TODAY = date(2026, 11, 28)
YEAR, YEAR_BEFORE = "2016-17", "2015-16"
DRILL = "segment-cluster-practice"
CLUSTER = "Ashbridge (synthetic)"
MEASURE, MEASURE_FILE = "ae-4-hours", "performance/made_up.csv"
AREAS = {f"T{number:02d}": f"Made-up trust {number}" for number in range(1, 13)}


def written_run(folder: Path) -> Path:
    """A run of made-up people in the folder of the small plan."""
    write_demonstration_run(folder / "small-place" / "first", today=TODAY)
    return folder


def rows_of(file: Path) -> list[dict[str, str]]:
    """The rows of a CSV file."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def rewritten(run: Path, name: str, rows: list[dict[str, str]]) -> None:
    """Write another table into a run, and the checksum that fits it."""
    file = run / f"{name}.csv"
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, list(rows[0]))
        table.writeheader()
        table.writerows(rows)
    told(run, lambda document: document["files"].update({file.name: sha256(file.read_bytes()).hexdigest()}))


def told(run: Path, change: Callable[[dict[str, Any]], object]) -> None:
    """Change what a run says of itself."""
    file = run / "provenance.json"
    document = json.loads(file.read_text(encoding="utf-8"))
    change(document)
    file.write_text(json.dumps(document), encoding="utf-8")


def write_performance(folder: Path) -> Path:
    """Two years of months of twelve trusts, in the tidy layout; the last trust falls off at the end."""
    file = folder / MEASURE_FILE
    file.parent.mkdir(parents=True, exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as lines:
        table = csv.writer(lines)
        table.writerow(("measure", "area", "area_name", "period", "numerator", "denominator", "status"))
        table.writerows(_months())
    return folder


def _months() -> Iterator[tuple[object, ...]]:
    for place, (area, name) in enumerate(AREAS.items()):
        for month in range(24):
            seen = 10_000 + 137 * place + 11 * month
            late = 300 + (37 * month + 53 * place) % 90 + (900 if place == 11 and month > 15 else 0)
            period = f"{2014 + month // 12}-{month % 12 + 1:02d}"
            yield MEASURE, area, name, period, seen - late, seen, "final"
