"""What a broken plan is: how it is made, and what reading it must say."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Expected:
    """What reading must say.

    ``file`` is part of the file of one of the problems (blank: any), ``line`` its line (0: any), ``words`` stand in it.
    ``reads``: the plan reads well; what is wrong with it is only found by a check.
    """

    file: str = ""
    line: int = 0
    words: str = ""
    reads: bool = False


@dataclass(frozen=True, slots=True)
class BrokenPlan:
    """One broken plan. ``make`` builds it inside an empty folder and gives the path to read: a folder or a workbook."""

    name: str
    kind: str
    make: Callable[[Path], Path]
    expects: Expected

    @property
    def is_workbook(self) -> bool:
        """Whether it is to be read as a workbook."""
        return self.kind.startswith("workbook-")


@dataclass(frozen=True, slots=True)
class Link:
    """A symbolic link; the target may lead anywhere."""

    target: str


@dataclass(frozen=True, slots=True)
class Holes:
    """A file of this many bytes that takes no room on the disk."""

    size: int


@dataclass(frozen=True, slots=True)
class Folder:
    """An empty folder."""


@dataclass(frozen=True, slots=True)
class Pipe:
    """A named pipe that nobody writes to: opening it would hang."""


@dataclass(frozen=True, slots=True)
class Locked:
    """A file that may not be opened (by anybody but the super-user)."""


Entry = bytes | Link | Holes | Folder | Pipe | Locked
Entries = dict[str, Entry]


def put(path: Path, entry: Entry) -> None:
    """Make one entry of a folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    match entry:
        case bytes():
            path.write_bytes(entry)
        case Link():
            path.symlink_to(entry.target)
        case Holes():
            with path.open("wb") as file:
                file.truncate(entry.size)
        case Folder():
            path.mkdir()
        case Pipe():
            os.mkfifo(path)
        case Locked():
            path.write_bytes(b"")
            path.chmod(0)


def put_all(folder: Path, entries: Entries) -> Path:
    """Make a folder with these entries."""
    folder.mkdir(parents=True)
    for name, entry in entries.items():
        put(folder / os.fsdecode(name), entry)
    return folder
