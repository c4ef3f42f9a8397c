"""Makes up a place of people and writes their records as a linked dataset, block by block; all of it or nothing.

Finished blocks stand beside the folder that is wanted until all are there, so that a stop loses one block at most.
"""

import json
import shutil
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor, as_completed
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from multiprocessing import get_context
from pathlib import Path

import polars as pl

from placeplan import __version__
from placeplan.app.data_folder import data_folder
from placeplan.app.segments.definitions import read_contract, read_definitions
from placeplan.app.segments.local_folders import LocalFolder
from placeplan.app.segments.synthetic_folder import Written, description_of, frame_of, notes_of, read_me
from placeplan.app.segments.synthetic_geography import named_place, synthetic_place
from placeplan.app.segments.synthetic_models import read_models
from placeplan.app.segments.unfinished_work import UnfinishedWork, fingerprint, forget_unfinished
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
_DATASET = "dataset"
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

    It is written to a folder beside the one that is wanted, which takes its name when it is whole. Blocks that a
    stopped call finished for the same request, from the same data folder, are not made again.

    Args:
        request: what to make up.
        step: called with words after each block; there are ``world.run.blocks`` of them.
        world: what ``world_of`` gave for this request, so that it is not made twice.

    Raises:
        InputError: see ``world_of``; or the folder is not empty, or there is no room on the disk.
    """
    made = world or world_of(request)
    _refuse_full(request.out)
    work = UnfinishedWork(request.out, made_from=_made_from(request, made))
    unfinished = work.folder / _DATASET
    with _nothing_half_written(work, request.out):
        _refuse_no_room(request.out.parent, made, there=_size(unfinished))
        whole = _written(made, unfinished, work=work, workers=request.workers, step=step)
        (unfinished / "dataset.yaml").write_text(description_of(made, whole), encoding="utf-8")
        (unfinished / "README.md").write_text(read_me(made, whole.rows), encoding="utf-8")
        size = _size(unfinished)
        if request.out.is_dir():
            request.out.rmdir()
        unfinished.rename(request.out)
    forget_unfinished(request.out)
    return Synthesised(request.out, made.place.title, made.run.people, made.run.names, whole.rows, size, notes_of(made))


def _made_from(request: SynthesisRequest, world: World) -> str:
    """The fingerprint of everything that the rows and the bytes depend on; how many work at once is not of it."""
    asked = replace(request, out=Path(), workers=1)
    data = LocalFolder(request.data).stamps() if request.data else ()
    return fingerprint((__version__, pl.__version__, repr(asked), repr(world.run), *data))


def _size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file())


def _refuse_full(out: Path) -> None:
    if out.is_file() or (out.is_dir() and any(out.iterdir())):
        message = "there is something here already"
        raise InputError([Problem(Location(str(out)), message, "a new or an empty folder", "Name another folder.")])


def _refuse_no_room(parent: Path, world: World, *, there: int) -> None:
    needed = -there + world.run.people * (BYTES_OF_A_PERSON + BYTES_OF_A_YEAR * world.run.years)
    free = shutil.disk_usage(parent).free
    if free < needed:
        message = f"there is no room on the disk: about {needed / 1e9:.1f} GB is needed and {free / 1e9:.1f} GB is free"
        raise InputError(
            [Problem(Location(str(parent)), message, "", "Name a folder elsewhere, or ask for fewer people.")]
        )


@contextmanager
def _nothing_half_written(work: UnfinishedWork, out: Path) -> Iterator[None]:
    """If the rest cannot be written, keep whole blocks only, and nothing where none is whole."""
    try:
        yield
    except BaseException as error:
        if not _keep_whole_blocks(work):
            forget_unfinished(out)
        if not isinstance(error, OSError | pl.exceptions.PolarsError):
            raise
        message = f"the dataset cannot be written ({error}); nothing half written was kept"
        mend = "See that the disk has room and that you may write there, and run again."
        raise InputError([Problem(Location(str(out)), message, "", mend)]) from error


def _keep_whole_blocks(work: UnfinishedWork) -> bool:
    """Take away the files of blocks that are not finished; whether any is."""
    finished = {name for part in work.parts() for name in Written.of_document(part).files}
    folder = work.folder / _DATASET
    for file in folder.rglob("*"):
        if file.is_file() and file.relative_to(folder).as_posix() not in finished:
            file.unlink()
    return bool(finished)


def _written(world: World, folder: Path, *, work: UnfinishedWork, workers: int, step: Step) -> Written:
    tables = [table.name for table in read_contract().tables]
    for table in tables:
        (folder / table).mkdir(parents=True, exist_ok=True)
    whole = Written(rows=dict.fromkeys(tables, 0))
    for part, name in _reference_parts(world):
        whole.rows[part.table] += _write(part, world, folder=folder, name=name)[1]
    known = {number: block for number in range(world.run.blocks) if (block := _finished(number, folder, work=work))}
    rest = [number for number in range(world.run.blocks) if number not in known]
    for done, (number, block) in enumerate(
        (*known.items(), *_blocks(world, folder, numbers=rest, workers=min(workers, len(rest)))), start=1
    ):
        if number not in known:
            work.keep(_name_of(number), block.document())
        whole = whole.with_block(block)
        step(f"{done:,} of {world.run.blocks:,} blocks of people")
    return whole


def _name_of(number: int) -> str:
    return f"block-{number:05d}"


def _finished(number: int, folder: Path, *, work: UnfinishedWork) -> Written | None:
    """What a block wrote, if all of it stands there."""
    document = work.part(_name_of(number))
    block = None if document is None else Written.of_document(document)
    return block if block and block.stands_in(folder) else None


def _blocks(world: World, folder: Path, *, numbers: Sequence[int], workers: int) -> Iterator[tuple[int, Written]]:
    """Blocks and what each wrote, in whatever order they are ready: sums do not depend on it."""
    if workers <= 1:
        yield from ((number, _written_block(number, world, folder=folder)) for number in numbers)
        return
    one = partial(_written_block, world=world, folder=folder)
    # A fresh process for each worker: a fork of one with threads may hang.
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        waiting = {pool.submit(one, number): number for number in numbers}
        try:
            for ready in as_completed(waiting):
                yield waiting[ready], ready.result()
        finally:
            pool.shutdown(cancel_futures=True)


def _written_block(number: int, world: World, *, folder: Path) -> Written:
    rows: dict[str, int] = {}
    files: dict[str, int] = {}
    tally = Tally({}, {})
    for part in tables_of_block(world, number):
        if isinstance(part, Tally):
            tally = part
            continue
        year = f"{part.year}-" if part.year else ""
        file, count = _write(part, world, folder=folder, name=f"synthetic-{year}{_name_of(number)}")
        rows[part.table] = rows.get(part.table, 0) + count
        files[file.relative_to(folder).as_posix()] = file.stat().st_size
    return Written(rows, dict(tally.people), dict(tally.pence), files)


def _reference_parts(world: World) -> Iterator[tuple[Part, str]]:
    yield Part("areas", areas_table(world.place)), "synthetic-areas"
    yield Part("practices", practices_table(world.place)), "synthetic-practices"


def _write(part: Part, world: World, *, folder: Path, name: str) -> tuple[Path, int]:
    """The file of a part, and how many rows it has."""
    frame = frame_of(part.rows, read_contract()[part.table])
    target = folder / part.table / f"{name}.parquet"
    frame.write_parquet(target, compression="zstd", compression_level=1, metadata=_marks(world))
    return target, frame.height


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
