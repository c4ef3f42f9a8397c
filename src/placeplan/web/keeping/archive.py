"""The file of a backup: a ZIP archive with a member for each table, a row a line, and a manifest with their sums."""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from placeplan.kernel.errors import PlaceplanError

FORMAT, VERSION = "placeplan-workspace", 1
MANIFEST = "manifest.json"
_UNREADABLE = (zipfile.BadZipFile, zlib.error, EOFError, KeyError, NotImplementedError, UnicodeDecodeError)


class BackupError(PlaceplanError):
    """A backup cannot be made or put back; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Part:
    """The rows of one table.

    Attributes:
        model: whose rows.
        member: where they stand in the archive.
        fields: what the values of a row are, in their order.
        rows: how many.
        sha256: of the member.
    """

    model: str
    member: str
    fields: tuple[str, ...]
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made: when, as ISO 8601.
        placeplan: the version that made it.
        migrations: those that its database had.
        parts: its tables.
        events: how many events the record held.
        last_hash: the hash of the last of them.
    """

    made: str
    placeplan: str
    migrations: tuple[str, ...]
    parts: tuple[Part, ...]
    events: int
    last_hash: str

    def text(self) -> str:
        """The manifest as it stands in the archive."""
        return json.dumps({"format": FORMAT, "version": VERSION, **asdict(self)}, indent=1)


def opened(file: Path) -> zipfile.ZipFile:
    """The archive of a backup.

    Raises:
        BackupError: it is none, or it was cut short.
    """
    try:
        return zipfile.ZipFile(file)
    except FileNotFoundError as error:
        raise BackupError(f"There is no file {file}.") from error
    except (*_UNREADABLE, OSError) as error:
        raise BackupError(
            f"{file} is no backup of a workspace, or it was cut short. Take another copy of it."
        ) from error


def manifest_of(archive: zipfile.ZipFile) -> Manifest:
    """What a backup says that it holds.

    Raises:
        BackupError: it says nothing that can be read, or it is of another version.
    """
    try:
        said = json.loads(archive.read(MANIFEST).decode())
    except (*_UNREADABLE, ValueError) as error:
        raise BackupError("This file has no manifest that can be read, so it is no backup of a workspace.") from error
    if not isinstance(said, dict) or said.get("format") != FORMAT:
        raise BackupError("This file is no backup of a workspace.")
    if said.get("version") != VERSION:
        words = f"This backup is of version {said.get('version')}; expected {VERSION}."
        raise BackupError(f"{words} Restore it with the Placeplan that made it.")
    try:
        return _manifest(said)
    except (KeyError, TypeError) as error:
        raise BackupError("The manifest of this backup is damaged. Take another copy of the file.") from error


def _manifest(said: dict[str, Any]) -> Manifest:
    parts = tuple(Part(**{**each, "fields": tuple(each["fields"])}) for each in said["parts"])
    given = {name: said[name] for name in ("made", "placeplan", "events", "last_hash")}
    return Manifest(migrations=tuple(said["migrations"]), parts=parts, **given)


def damage_of(archive: zipfile.ZipFile, manifest: Manifest) -> Iterator[str]:
    """What does not fit the sums of the manifest, in words; nothing when the file is whole."""
    extra = set(archive.namelist()) - {MANIFEST} - {part.member for part in manifest.parts}
    yield from (f"{name} is not in the manifest" for name in sorted(extra))
    for part in manifest.parts:
        total, rows = hashlib.sha256(), 0
        try:
            with archive.open(part.member) as member:
                for line in member:
                    total.update(line)
                    rows += 1
        except _UNREADABLE:
            yield f"{part.member} is missing or damaged"
            continue
        if (total.hexdigest(), rows) != (part.sha256, part.rows):
            yield f"{part.member} is not what the manifest says"


def rows_of(archive: zipfile.ZipFile, part: Part) -> Iterator[list[Any]]:
    """The rows of a table, whose sum was checked before."""
    with archive.open(part.member) as member:
        for line in member:
            yield json.loads(line)
