"""The load of a team on the workspace: 50 people on PostgreSQL and 10 on SQLite, reading and saving at once.

Everything runs on this machine, the people too: what they cost is part of the figures. A person thinks between 5 and 15
seconds between two things that they do; a last run without any thinking shows where the limit is.

``python -m benchmarks workspace [--people 50] [--seconds 120] [--workers 3]``
"""

import argparse
import json
import os
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.functional.web.servers import new_database, postgresql_server

from benchmarks.workspace_site import Site, check_site, environment_of, served, set_up_site
from benchmarks.workspace_team import Grid, Person, Told

THINK, NO_THINK = (5.0, 15.0), (0.0, 0.0)
PEOPLE_ON_SQLITE = 10
THREADS = 4
PAGE_WANTED, SAVE_WANTED = 0.300, 0.500


@dataclass(frozen=True)
class Load:
    """One run."""

    title: str
    people: int
    seconds: float
    think: tuple[float, float]


def main(given: Sequence[str] = ()) -> None:
    """Print the figures of each run."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks workspace")
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--workers", type=int, default=3)
    options = parser.parse_args(given)
    _say(f"{os.cpu_count()} cores, load before: {os.getloadavg()[0]:.1f}; {options.workers} server processes")
    steady = Load("PostgreSQL", options.people, options.seconds, THINK)
    pressed = Load("PostgreSQL, nobody thinks", options.people, options.seconds / 4, NO_THINK)
    small = Load("SQLite", PEOPLE_ON_SQLITE, options.seconds, THINK)
    with tempfile.TemporaryDirectory() as temporary, postgresql_server() as server:
        folder = Path(temporary)
        for number, load in enumerate((steady, pressed)):
            _run(load, database=new_database(server, f"load-{number}"), workers=options.workers, folder=folder)
        _run(small, database=f"sqlite://{folder / 'load.sqlite3'}", workers=1, folder=folder)


def _run(load: Load, *, database: str, workers: int, folder: Path) -> None:
    environment = environment_of(database)
    filled = set_up_site(environment, load.people)
    with served(environment, workers=workers, threads=THREADS, log=folder / "log") as site:
        people = _team(load, site, filled=filled)
        with _measured(site) as cost:
            end = time.monotonic() + load.seconds
            for person in people:
                person.end_at(end)
            for person in people:
                person.join()
    checked = check_site(environment, _acknowledged(people, folder))
    _print(load, [person.told for person in people], cost=cost, checked=checked)


def _team(load: Load, site: Site, *, filled: dict[str, Any]) -> list[Person]:
    tables = filled["tables"]
    people = []
    for number in range(load.people):
        table = tables[number % len(tables)]
        grid = Grid(**table, row=number // len(tables))
        people.append(Person(number, port=site.port, grid=grid, think=load.think, end=0.0))
    for person in people:  # one after another: hashing passwords is slow by design, and is not what is measured
        person.start()
        person.ready.wait()
    return people


@contextmanager
def _measured(site: Site) -> Iterator[dict[str, float]]:
    cost: dict[str, float] = {}
    wall, processor = time.monotonic(), site.processor_seconds()
    yield cost
    cost["seconds"] = time.monotonic() - wall
    cost["processor"] = site.processor_seconds() - processor


def _acknowledged(people: Sequence[Person], folder: Path) -> Path:
    file = folder / "acknowledged.json"
    file.write_text(json.dumps([person.told.acknowledged for person in people]), encoding="utf-8")
    return file


def _print(load: Load, told: Sequence[Told], *, cost: dict[str, float], checked: dict[str, Any]) -> None:
    pages = [each for one in told for each in one.pages]
    saves = [each for one in told for each in one.saves]
    errors = [each for one in told for each in one.errors]
    count = len(pages) + len(saves)
    least, most = load.think
    _say(f"\n{load.title}: {load.people} people, {load.seconds:.0f} s, thinking {least:.0f} to {most:.0f} s")
    _say(f"  {count:,} requests, {count / cost['seconds']:.1f} a second; load now {os.getloadavg()[0]:.1f}")
    _say(f"  processor time of the server: {1000 * cost['processor'] / max(count, 1):.0f} ms a request")
    _percentiles("pages", [took for _, took in pages], wanted=PAGE_WANTED)
    by_page = defaultdict(list)
    for page, took in pages:
        by_page[page].append(took)
    for page, took in sorted(by_page.items()):
        _percentiles(f"  {page}", took)
    _percentiles("saves of a grid, with findings", saves, wanted=SAVE_WANTED)
    published, overtaken, conflicts = (sum(getattr(one, name) for one in told) for name in _COUNTED)
    _say(f"  published {published}; offered what others wrote {overtaken}; conflicts {conflicts}")
    _say(f"  errors: {len(errors)}; lost edits: {len(checked['lost'])} of {checked['saves']:,} saves in the record")
    for words in [*errors[:5], *checked["lost"][:5]]:
        _say(f"    {words}")


_COUNTED = ("published", "overtaken", "conflicts")


def _percentiles(name: str, took: Sequence[float], *, wanted: float | None = None) -> None:
    if len(took) < 2:
        return
    cut = statistics.quantiles(took, n=20, method="inclusive")
    bar = f" (wanted: below {1000 * wanted:.0f} ms)" if wanted else ""
    _say(f"  {name}: {len(took):,}; half under {1000 * cut[9]:.0f} ms, 95% under {1000 * cut[18]:.0f} ms{bar}")


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()
