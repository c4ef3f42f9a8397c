"""The data folder of a person: which one it is, what is in it, and whether that can be read."""

import os
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.folder import DataFolder, known_dataset, open_folder
from placeplan.datasets.geojson_reading import read_boundaries
from placeplan.datasets.reading import read_table
from placeplan.datasets.types import Column, Dataset, Form
from placeplan.kernel.errors import InputError, Location, Problem

VARIABLE = "PLACEPLAN_DATA"
LISTED = 3


@dataclass(frozen=True, slots=True)
class DescribedColumn:
    """A column for people."""

    heading: str
    kind: str
    unit: str
    words: str


@dataclass(frozen=True, slots=True)
class DescribedDataset:
    """A data set for people; ``there`` are its files in the data folder, if one was given."""

    id: str
    title: str
    about: str
    group: str
    publisher: str
    publication: str
    address: str
    licence: str
    attribution: str
    synthetic: bool
    files: tuple[str, ...]
    key: tuple[str, ...]
    unlocks: str
    measures: tuple[str, ...]
    columns: tuple[DescribedColumn, ...]
    there: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class CheckedFile:
    """What was found in one file of a data folder.

    ``unreadable`` says that the file as a whole cannot be read; ``kinds`` how many problems there are of each kind, and
    ``first`` holds a few of them. ``passed_over`` are headings that nothing is known of. ``rows`` counts features, or
    files, where there are no rows.
    """

    dataset_id: str
    file: str
    rows: int
    columns: int
    unreadable: bool
    kinds: tuple[tuple[str, int], ...] = ()
    first: tuple[Problem, ...] = ()
    passed_over: tuple[str, ...] = ()


def data_folder(given: Path | None) -> DataFolder:
    """The data folder that was given, else the one that the environment names.

    Raises:
        InputError: neither names a folder; the message says how to.
    """
    named = given or (Path(found) if (found := os.environ.get(VARIABLE, "").strip()) else None)
    if named is None:
        message = "no data folder was given"
        mend = f"Give one with --data DIR, or set {VARIABLE}. 'placeplan data describe' lists what can be in it."
        raise InputError([Problem(Location("data folder"), message, "a folder of public files", mend)])
    return open_folder(named, read_catalogue())


def described_datasets(given: Path | None = None) -> tuple[DescribedDataset, ...]:
    """Every data set that Placeplan knows, by group.

    Raises:
        InputError: a folder was named and is none.
    """
    files = data_folder(given).files if given or os.environ.get(VARIABLE, "").strip() else {}
    return tuple(_described(dataset, files.get(dataset.id, ())) for dataset in read_catalogue().datasets)


def described_dataset(dataset_id: str, given: Path | None = None) -> DescribedDataset:
    """One data set.

    Raises:
        InputError: there is no such data set, or a folder was named and is none.
    """
    known_dataset(read_catalogue(), dataset_id)
    return next(each for each in described_datasets(given) if each.id == dataset_id)


def _described(dataset: Dataset, there: tuple[str, ...]) -> DescribedDataset:
    catalogue = read_catalogue()
    return DescribedDataset(
        id=dataset.id,
        title=dataset.title,
        about=dataset.about,
        group=dataset.group,
        publisher=dataset.publisher,
        publication=dataset.publication.title,
        address=dataset.publication.address or "",
        licence=catalogue.licence_of(dataset).title,
        attribution=catalogue.attribution_of(dataset),
        synthetic=dataset.synthetic,
        files=dataset.files,
        key=dataset.grain,
        unlocks=dataset.unlocks,
        measures=dataset.measures,
        columns=tuple(_column(column) for column in dataset.columns),
        there=there,
    )


def _column(column: Column) -> DescribedColumn:
    notes = " May be missing." if column.optional else ""
    return DescribedColumn(column.heading, column.kind.value, column.unit, f"{column.words}{notes}")


def files_to_check(folder: DataFolder) -> tuple[tuple[str, str], ...]:
    """Identifier of the data set and path below the folder of every file that is known; a data set that is a folder
    stands once.
    """
    return tuple(
        (dataset.id, name)
        for dataset in folder.catalogue.datasets
        for name in (folder.files.get(dataset.id, ())[: 1 if dataset.form is Form.FOLDER else None])
    )


def checked_files(folder: DataFolder, files: Iterable[tuple[str, str]]) -> Iterator[CheckedFile]:
    """Read files one after another and say what was found."""
    for dataset_id, name in files:
        dataset = folder.catalogue[dataset_id]
        try:
            yield _CHECKS[dataset.form](folder, dataset, name=name)
        except InputError as error:
            kinds = (("problems with the file as a whole", len(error.problems)),)
            yield CheckedFile(dataset_id, name, 0, 0, unreadable=True, kinds=kinds, first=error.problems[:LISTED])


def _checked_table(folder: DataFolder, dataset: Dataset, *, name: str) -> CheckedFile:
    read = read_table(folder.path / name, dataset, shown_as=name)
    kinds = [(f"cells of '{heading}' cannot be read", count) for heading, count in read.problems_by_column.items()]
    first = list(read.problems[:LISTED])
    twice = read.frame.filter(read.frame.select(dataset.grain).is_duplicated()) if dataset.grain else read.frame.clear()
    if not twice.is_empty():
        key = ", ".join(dataset.grain)
        kinds.append((f"rows have the {key} of another row", twice.height))
        first.append(Problem(Location(name, twice["line"][0]), f"another row has the same {key}"))
    return CheckedFile(
        dataset.id,
        name,
        read.rows,
        len(read.headings),
        unreadable=False,
        kinds=tuple(kinds),
        first=tuple(first),
        passed_over=read.unknown,
    )


def _checked_boundaries(folder: DataFolder, dataset: Dataset, *, name: str) -> CheckedFile:
    read = read_boundaries(folder.path / name, dataset, shown_as=name)
    kinds = (("features cannot be drawn", len(read.problems)),) if read.problems else ()
    columns = len(dataset.columns)
    return CheckedFile(
        dataset.id, name, read.rows, columns, unreadable=False, kinds=kinds, first=read.problems[:LISTED]
    )


def _counted_folder(folder: DataFolder, dataset: Dataset, *, name: str) -> CheckedFile:
    place = Path(name).parent.as_posix()
    return CheckedFile(dataset.id, place, len(folder.files[dataset.id]), 0, unreadable=False)


_CHECKS = {
    Form.TABLE: _checked_table,
    Form.GEOJSON: _checked_boundaries,
    Form.FOLDER: _counted_folder,
}
