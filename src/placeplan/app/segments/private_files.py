"""Files that only their owner may read: reports of the key holder, and records that are only ever added to."""

import os
import stat
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from placeplan.kernel.errors import InputError, Location, Problem

OWNER_ONLY = stat.S_IRUSR | stat.S_IWUSR


def write_private(file: Path, text: str) -> None:
    """Write a new file that only its owner may read.

    Raises:
        InputError: it exists already, or cannot be written; then nothing is left of it.
    """
    with _told(file.name):
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ONLY)
    try:
        with _told(file.name), os.fdopen(handle, "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
    except InputError:
        file.unlink(missing_ok=True)
        raise


@contextmanager
def added_to(file: Path) -> Iterator["Appending"]:
    """Hold a file, alone, for reading it and adding a line; it is made where there is none.

    Raises:
        InputError: it cannot be opened or written.
    """
    with _told(file.name):
        handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ONLY)
        with os.fdopen(handle, "r+b", buffering=0) as held:
            _lock(held.fileno())
            yield Appending(file.name, held.fileno())


class Appending:
    """A file that is held: its text, and one verb."""

    def __init__(self, name: str, handle: int) -> None:
        self.name = name
        self._handle = handle

    def text(self) -> str:
        """Everything that stands in it.

        Raises:
            InputError: it is not text in UTF-8.
        """
        content = b""
        os.lseek(self._handle, 0, os.SEEK_SET)
        while part := os.read(self._handle, 1 << 20):
            content += part
        try:
            return content.decode("utf-8")
        except UnicodeDecodeError as error:
            raise InputError([Problem(Location(self.name), "this file is not text in UTF-8")]) from error

    def add(self, line: str) -> None:
        """Add a line, on the disk before this returns. A line that does not fit is taken back."""
        end = os.fstat(self._handle).st_size
        content = f"{line}\n".encode()
        try:
            while content:
                content = content[os.write(self._handle, content) :]
            os.fsync(self._handle)
        except OSError:
            os.ftruncate(self._handle, end)
            raise


def _lock(handle: int) -> None:
    """Hold the file against other processes, where the system can."""
    if os.name == "posix":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_EX)


@contextmanager
def _told(name: str) -> Iterator[None]:
    try:
        yield
    except FileExistsError as error:
        message = "this file exists, and is not written over"
        raise InputError([Problem(Location(name), message, mend="Name another file.")]) from error
    except OSError as error:
        message = f"this file cannot be written: {error.strerror}"
        raise InputError([Problem(Location(name), message, mend="Check the disk and who may write there.")]) from error
