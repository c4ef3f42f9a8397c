"""A data folder: which file in it is which data set, by its path, or by its headings where the name says nothing."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from placeplan.datasets.reading import ReadTable, read_table
from placeplan.datasets.recognising import is_named_as, recognise
from placeplan.datasets.types import Catalogue, Dataset
from placeplan.kernel.errors import InputError, Location, Problem

TABLES = {".csv", ".parquet"}
NOT_DATA = {".md", ".txt", ".html", ".pdf"}


@dataclass(frozen=True)
class DataFolder:
    """A folder of public files.

    ``files`` has the paths below the folder for each data set that is there, in order; ``unknown`` those of files that
    fit none.
    """

    path: Path
    catalogue: Catalogue = field(repr=False)
    files: dict[str, tuple[str, ...]]
    unknown: tuple[str, ...]

    def find(self, dataset_id: str) -> tuple[Path, ...]:
        """The files of a data set, in the order of their names, so that the latest year comes last.

        Raises:
            InputError: there is no such data set, or none of its files is in the folder.
        """
        dataset = known_dataset(self.catalogue, dataset_id)
        if dataset_id not in self.files:
            message = f"'{dataset_id}' ({dataset.title}) is not in this folder"
            wanted = f"a file such as {dataset.files[0]}"
            mend = f"It is published by {dataset.publisher}: {dataset.publication.title}."
            raise InputError([Problem(Location(self.path.name), message, wanted, mend)])
        return tuple(self.path / name for name in self.files[dataset_id])

    def read_whole(self, dataset_id: str, *, path: Path | None = None) -> ReadTable:
        """A file of which every row can be read: the one given, which is in this folder, else the last of the data set.

        Raises:
            InputError: see ``find`` and ``read_table``; or a cell cannot be read, with every problem listed.
        """
        file = path or self.find(dataset_id)[-1]
        read = read_table(file, self.catalogue[dataset_id], shown_as=file.relative_to(self.path).as_posix())
        if read.problems:
            raise InputError(read.problems)
        return read


def known_dataset(catalogue: Catalogue, dataset_id: str) -> Dataset:
    """The data set with this identifier.

    Raises:
        InputError: there is none; the message names the nearest.
    """
    if dataset_id in catalogue:
        return catalogue[dataset_id]
    near = get_close_matches(dataset_id, catalogue.ids, n=3)
    mend = f"Did you mean {', '.join(near)}?" if near else "'placeplan data describe' lists them."
    raise InputError([Problem(Location("data set"), f"there is no data set called '{dataset_id}'", "", mend)])


def open_folder(path: Path, catalogue: Catalogue) -> DataFolder:
    """Look through a data folder.

    Raises:
        InputError: there is no such folder, or it is a file.
    """
    if not path.is_dir():
        message = "this is a file" if path.exists() else "there is no such folder"
        raise InputError([Problem(Location(str(path)), message, "a folder of public files")])
    found: dict[str, list[str]] = {}
    unknown: list[str] = []
    for name in _names(path):
        dataset_id = _dataset_of(path, name, catalogue=catalogue)
        if dataset_id is None:
            unknown.append(name)
        else:
            found.setdefault(dataset_id, []).append(name)
    return DataFolder(path, catalogue, {key: tuple(names) for key, names in found.items()}, tuple(unknown))


def _names(path: Path) -> Iterator[str]:
    """Every file below a folder that may hold data, in order."""
    for file in sorted(path.rglob("*")):
        name = file.relative_to(path)
        hidden = any(part.startswith(".") for part in name.parts)
        if file.is_file() and not hidden and file.suffix.lower() not in NOT_DATA:
            yield name.as_posix()


def _dataset_of(path: Path, name: str, *, catalogue: Catalogue) -> str | None:
    named = [dataset.id for dataset in catalogue.datasets if is_named_as(dataset, name)]
    if len(named) == 1:
        return named[0]
    if Path(name).suffix.lower() not in TABLES:
        return None
    try:
        return recognise(path / name, catalogue=catalogue).id
    except InputError:
        return None
