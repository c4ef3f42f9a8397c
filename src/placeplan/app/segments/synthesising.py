"""Makes up a place of people and writes their records as a linked dataset, block by block; all of it or nothing."""

import json
import shutil
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from placeplan import __version__
from placeplan.app.data_folder import data_folder
from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.synthetic_folder import Written, description_of, frame_of, notes_of, read_me
from placeplan.app.segments.synthetic_geography import named_place, synthetic_place
from placeplan.app.segments.synthetic_models import read_models
from placeplan.datasets.folder import DataFolder
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.synthetic.blocks import Part, Tally, World, tables_of_block
from placeplan.segments.synthetic.people import Run
from placeplan.segments.synthetic.places import areas_table, practices_table

FIRST_MONTH = 4
LAST_YEAR = 2017
MOST_YEARS, MOST_PEOPLE = 10, 100_000_000
LARGEST_SEED = 2**63
MOST_WORKERS = 256
# Measured on what was written for West Kent; room is asked for before anything is made.
BYTES_OF_A_PERSON, BYTES_OF_A_YEAR = 70, 65
MARK = "placeplan.synthetic"
Step = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class SynthesisRequest:
    """What to make up.

    Args:
        place: a place of ``places.yaml``.
        people: how many are on the lists on the first day; None for as many as really live there.
        years: financial years of activity.
        seed: the same seed gives the same people.
        out: a folder that is new or empty.
        data: a data folder with the real areas and practices; without it they are invented.
        last_year: the calendar year in which the last financial year ends.
        flowing: the share of people whose practices send records; those of others are counted and left out.
        untidy: whether some codes have small letters and dots.
        workers: how many processes work at once; the rows do not depend on it.
    """

    place: str
    people: int | None
    years: int
    seed: int
    out: Path
    data: Path | None = None
    last_year: int = LAST_YEAR
    flowing: float = 1
    untidy: bool = False
    workers: int = 1


@dataclass(frozen=True)
class Synthesised:
    """What was written: rows of each table, and what a reader should know."""

    folder: Path
    title: str
    people: int
    years: tuple[str, ...]
    rows: dict[str, int]
    size: int
    notes: tuple[str, ...] = ()


def world_of(request: SynthesisRequest, *, folder: DataFolder | None = None) -> World:
    """Everything that the people are made of.

    Args:
        request: what to make up.
        folder: its data folder, if that is open already.

    Raises:
        InputError: the place is not known, a number is out of range, or the data folder lacks a file.
    """
    problems = list(_out_of_range(request))
    if problems:
        raise InputError(problems)
    models, named = read_models(), named_place(request.place)
    data = folder or (data_folder(request.data) if request.data is not None else None)
    place, published = synthetic_place(named, people=request.people, seed=request.seed, data=data)
    run = Run(
        people=request.people or place.people,
        years=request.years,
        seed=request.seed,
        first_day=date(request.last_year - request.years, FIRST_MONTH, 1),
    )
    long_term = read_definitions().long_term
    return World(place, models, run, long_term, published, flowing=request.flowing, untidy=request.untidy)


def _out_of_range(request: SynthesisRequest) -> Iterator[Problem]:
    asked = (
        ("people", request.people if request.people is not None else 1, 1, MOST_PEOPLE),
        ("years", request.years, 1, MOST_YEARS),
        ("seed", request.seed, 0, LARGEST_SEED),
        ("last year", request.last_year, 1980, 2100),
        ("workers", request.workers, 1, MOST_WORKERS),
    )
    if not 0 < request.flowing <= 1:
        yield Problem(Location("flowing"), f"{request.flowing} is out of range", "a share above 0 and up to 1")
    for name, value, least, most in asked:
        if not least <= value <= most:
            yield Problem(Location(name), f"{value} is out of range", f"a whole number from {least} to {most:,}")


def synthesise(request: SynthesisRequest, *, step: Step, world: World | None = None) -> Synthesised:
    """Write the dataset.

    It is written to a folder beside the one that is wanted, which takes its name when it is whole.

    Args:
        request: what to make up.
        step: called with words after each block; there are ``world.run.blocks`` of them.
        world: what ``world_of`` gave for this request, so that it is not made twice.

    Raises:
        InputError: see ``world_of``; or the folder is not empty, or there is no room on the disk.
    """
    made = world or world_of(request)
    _refuse_full(request.out)
    unfinished = request.out.parent / f".{request.out.name}.unfinished"
    with _nothing_half_written(unfinished, request.out):
        _refuse_no_room(request.out.parent, made)
        whole = _written(made, unfinished, workers=request.workers, step=step)
        (unfinished / "dataset.yaml").write_text(description_of(made, whole), encoding="utf-8")
        (unfinished / "README.md").write_text(read_me(made, whole.rows), encoding="utf-8")
        size = sum(file.stat().st_size for file in unfinished.rglob("*") if file.is_file())
        if request.out.is_dir():
            request.out.rmdir()
        unfinished.rename(request.out)
    return Synthesised(request.out, made.place.title, made.run.people, made.run.names, whole.rows, size, notes_of(made))


def _refuse_full(out: Path) -> None:
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        message = "there is something here already"
        raise InputError([Problem(Location(str(out)), message, "a new or an empty folder", "Name another folder.")])


def _refuse_no_room(parent: Path, world: World) -> None:
    parent.mkdir(parents=True, exist_ok=True)
    needed = world.run.people * (BYTES_OF_A_PERSON + BYTES_OF_A_YEAR * world.run.years)
    free = shutil.disk_usage(parent).free
    if free < needed:
        message = f"there is no room on the disk: about {needed / 1e9:.1f} GB is needed and {free / 1e9:.1f} GB is free"
        raise InputError(
            [Problem(Location(str(parent)), message, "", "Name a folder elsewhere, or ask for fewer people.")]
        )


@contextmanager
def _nothing_half_written(unfinished: Path, out: Path) -> Iterator[None]:
    """Take away what was written if the rest cannot be."""
    shutil.rmtree(unfinished, ignore_errors=True)
    try:
        yield
    except (OSError, pl.exceptions.PolarsError) as error:
        message = f"the dataset cannot be written ({error}); nothing half written was kept"
        mend = "See that the disk has room and that you may write there, and run again."
        raise InputError([Problem(Location(str(out)), message, "", mend)]) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)


def _written(world: World, folder: Path, *, workers: int, step: Step) -> Written:
    tables = [table.name for table in read_contract().tables]
    for table in tables:
        (folder / table).mkdir(parents=True)
    whole = Written(rows=dict.fromkeys(tables, 0))
    for part, name in _reference_parts(world):
        whole.rows[part.table] += _write(part, world, folder=folder, name=name)
    blocks = world.run.blocks
    for done, block in enumerate(_blocks(world, folder, workers=min(workers, blocks)), start=1):
        whole = whole.with_block(block)
        step(f"{done:,} of {blocks:,} blocks of people")
    return whole


def _blocks(world: World, folder: Path, *, workers: int) -> Iterator[Written]:
    """What each block wrote, in whatever order they are ready: sums do not depend on it."""
    if workers == 1:
        yield from (_written_block(number, world, folder=folder) for number in range(world.run.blocks))
        return
    one = partial(_written_block, world=world, folder=folder)
    # A fresh process for each worker: a fork of one with threads may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = [pool.submit(one, number) for number in range(world.run.blocks)]
        try:
            for ready in as_completed(waiting):
                yield ready.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _written_block(number: int, world: World, *, folder: Path) -> Written:
    rows: dict[str, int] = {}
    tally = Tally({}, {})
    for part in tables_of_block(world, number):
        if isinstance(part, Tally):
            tally = part
            continue
        year = f"{part.year}-" if part.year else ""
        name = f"synthetic-{year}block-{number:05d}"
        rows[part.table] = rows.get(part.table, 0) + _write(part, world, folder=folder, name=name)
    return Written(rows, dict(tally.people), dict(tally.pence))


def _reference_parts(world: World) -> Iterator[tuple[Part, str]]:
    yield Part("areas", areas_table(world.place)), "synthetic-areas"
    yield Part("practices", practices_table(world.place)), "synthetic-practices"


def _write(part: Part, world: World, *, folder: Path, name: str) -> int:
    frame = frame_of(part.rows, read_contract()[part.table])
    target = folder / part.table / f"{name}.parquet"
    frame.write_parquet(target, compression="zstd", compression_level=1, metadata=_marks(world))
    return frame.height


def _marks(world: World) -> dict[str, str]:
    """What every file says of itself."""
    run = world.run
    how = {
        "place": world.place.id,
        "people": run.people,
        "years": run.years,
        "seed": run.seed,
        "last_year": run.last_day.year,
    }
    return {
        MARK: "true",
        f"{MARK}.note": "No person in this file exists. It was made up by Placeplan.",
        f"{MARK}.geography": "real areas and practices" if world.place.real else "invented areas and practices",
        f"{MARK}.made-with": json.dumps({**how, "placeplan": __version__}),
    }
