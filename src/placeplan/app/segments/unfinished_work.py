"""What a long piece of work has finished so far, so that it can be stopped at any moment and gone on with.

Finished parts stand in a folder beside the one that is wanted, under the fingerprint of everything that they were made
from. Parts under another fingerprint are thrown away, so that different inputs are never mixed. The folder goes when
the work is whole.
"""

import json
import os
import shutil
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path
from typing import Any

from placeplan.kernel.errors import InputError, Location, Problem

MADE_FROM = "made-from.txt"
_ONLY_THE_OWNER = 0o700
_ROOM = "See that the disk has room and that you may write there, and run again; what was finished is kept."


def fingerprint(parts: Iterable[str]) -> str:
    """One text that differs as soon as one part does."""
    return sha256("\0".join(parts).encode()).hexdigest()


def folder_beside(out: Path) -> Path:
    """Where the unfinished work for a folder stands."""
    return out.parent / f".{out.name}.unfinished"


def finished_parts(out: Path) -> tuple[str, ...]:
    """Names of the parts that are finished for a folder."""
    return tuple(sorted(file.stem for file in folder_beside(out).glob("*.json")))


def forget_unfinished(out: Path) -> None:
    """Take away what was kept, once the work for a folder is whole."""
    shutil.rmtree(folder_beside(out), ignore_errors=True)


class UnfinishedWork:
    """Finished parts of work for the folder ``out``, each a document by its name. Only their owner may read them.

    Args:
        out: the folder that is wanted.
        made_from: the fingerprint of all inputs, definitions and options.

    Raises:
        InputError: the folder beside it cannot be written.
    """

    def __init__(self, out: Path, *, made_from: str) -> None:
        self.folder = folder_beside(out)
        mark = self.folder / MADE_FROM
        try:
            if not mark.is_file() or mark.read_text(encoding="utf-8") != made_from:
                shutil.rmtree(self.folder, ignore_errors=True)
                self.folder.mkdir(parents=True, mode=_ONLY_THE_OWNER)
                _write(mark, made_from)
        except OSError as error:
            raise InputError([_told(self.folder, error)]) from error

    def part(self, name: str) -> Any | None:
        """A finished part; None where it is not finished."""
        file = self._file(name)
        return json.loads(file.read_text(encoding="utf-8")) if file.is_file() else None

    def parts(self) -> tuple[Any, ...]:
        """Every finished part, in the order of their names."""
        return tuple(json.loads(file.read_text(encoding="utf-8")) for file in sorted(self.folder.glob("*.json")))

    def keep(self, name: str, document: Any) -> None:
        """Keep a finished part: it is on the disk, whole, before this returns.

        Raises:
            InputError: it cannot be written; then nothing is left of it.
        """
        try:
            _write(self._file(name), json.dumps(document))
        except OSError as error:
            raise InputError([_told(self.folder, error)]) from error

    def _file(self, name: str) -> Path:
        return self.folder / f"{name}.json"


def _write(file: Path, text: str) -> None:
    """Write a file so that it is there whole or not at all, whenever the machine stops."""
    half = file.with_suffix(".half")
    try:
        with half.open("w", encoding="utf-8") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        half.replace(file)
    finally:
        half.unlink(missing_ok=True)


def _told(folder: Path, error: OSError) -> Problem:
    return Problem(Location(folder.name), f"this cannot be written: {error.strerror or error}", mend=_ROOM)
