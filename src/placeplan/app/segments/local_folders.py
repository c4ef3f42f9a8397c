"""Folders of this machine, and how an address that is none is told from a path."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote, urlsplit

from placeplan.app.segments.dataset_engine import Address

ENDINGS = (".parquet", ".csv", ".csv.gz")
_SCHEME = re.compile(r"^([A-Za-z][A-Za-z0-9+.-]+):/")  # two letters or more: C:/ is a disk of Windows
_FILE = "file"


def scheme_of(address: Address) -> str:
    """``s3a`` of ``s3a://bucket/extract``; nothing of a path of this machine."""
    found = _SCHEME.match(str(address)) if isinstance(address, str) else None
    return found[1].lower() if found else ""


def local_path(address: Address) -> Path | None:
    """The path that an address means on this machine, ``file:///…`` among them; None where it is elsewhere."""
    scheme = scheme_of(address)
    if scheme == _FILE:
        return Path(unquote(urlsplit(str(address)).path))
    return None if scheme else Path(address)


class LocalFolder:
    """A folder of this machine."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def content(self, name: str) -> bytes | None:
        """A small file of the folder; None where there is none."""
        file = self.path / name
        return file.read_bytes() if file.is_file() else None

    def files(self, table: str) -> tuple[Path, ...]:
        """The files of a table, in their order."""
        return tuple(self._files(table))

    def stamps(self) -> tuple[str, ...]:
        """Name, size, and when content and entry last changed: the last of these nobody can set by hand."""
        every = sorted(file for file in self.path.rglob("*") if file.is_file())
        return tuple(self._stamp(file) for file in every)

    def _stamp(self, file: Path) -> str:
        told = file.stat()
        return f"{file.relative_to(self.path)} {told.st_size} {told.st_mtime_ns} {told.st_ctime_ns}"

    def _files(self, table: str) -> Iterator[Path]:
        for ending in ENDINGS:
            alone = self.path / f"{table}{ending}"
            if alone.is_file():
                yield alone
            yield from sorted((self.path / table).rglob(f"*{ending}"))
