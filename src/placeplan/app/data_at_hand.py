"""The folder of public files that an installation has, looked through again only when a file in it changed."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from placeplan.app.data_folder import data_folder
from placeplan.datasets.folder import DataFolder
from placeplan.kernel.errors import InputError


@dataclass(frozen=True, slots=True)
class DataAtHand:
    """A folder, or why there is none in ``problem`` (empty: none was named). ``state`` changes with its files."""

    folder: DataFolder | None = None
    state: str = ""
    problem: str = ""


def data_at_hand(named: str) -> DataAtHand:
    """The data folder of this name; none where the name is empty."""
    if not named:
        return DataAtHand()
    path = Path(named)
    return _looked_through(path, state_of(path))


def state_of(folder: Path) -> str:
    """A word that is another when a file below a folder was added, taken away or written."""
    return hashlib.sha256("\n".join(_marks(folder)).encode()).hexdigest()


def _marks(folder: Path) -> Iterator[str]:
    for file in sorted(folder.rglob("*")):
        try:
            found = file.stat()
        except OSError:  # it went away, or leads nowhere
            continue
        yield f"{file.as_posix()} {found.st_mtime_ns} {found.st_size}"


@lru_cache(maxsize=4)
def _looked_through(path: Path, state: str) -> DataAtHand:
    try:
        return DataAtHand(data_folder(path), state)
    except InputError as error:
        return DataAtHand(problem=" ".join(str(problem.message) for problem in error.problems))
