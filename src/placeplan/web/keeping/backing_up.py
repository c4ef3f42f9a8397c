"""Takes a whole workspace out as one file, as it stood at one moment, while people go on writing."""

import hashlib
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.db import connection, transaction
from django.db.models import BinaryField, Model

import placeplan
from placeplan.web.auditing.selectors import end_of_chain
from placeplan.web.keeping.archive import MANIFEST, BackupError, Manifest, Part
from placeplan.web.keeping.kept import fields_of, kept_models, label_of, migrations_there, written

AT_A_TIME, LARGE_AT_A_TIME = 500, 5
OWNER_ONLY = 0o600  # it holds what the database holds, and so hashes of passwords


def back_up(file: Path, *, say: Callable[[str], None]) -> Manifest:
    """Write a backup of the whole workspace. It is there whole or not at all.

    Raises:
        BackupError: there is a file of this name, or it cannot be written.
    """
    if file.exists():
        raise BackupError(f"{file} is there already. Name another file: a backup is not written over.")
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        with os.fdopen(os.open(partial, os.O_CREAT | os.O_EXCL | os.O_RDWR, OWNER_ONLY), "w+b") as stream:
            with one_moment(), zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
                manifest = _written(archive, say)
            stream.flush()
            os.fsync(stream.fileno())
        os.link(partial, file)  # unlike a renaming, it fails where a file came to be there meanwhile
    except OSError as error:
        raise BackupError(f"{file} cannot be written: {error.strerror}.") from error
    finally:
        partial.unlink(missing_ok=True)
    return manifest


@contextmanager
def one_moment() -> Iterator[None]:
    """Everything that is read within is as it stood at one moment; nobody who writes is kept waiting."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")  # a transaction of the settings would take the lock of writers
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")


def _written(archive: zipfile.ZipFile, say: Callable[[str], None]) -> Manifest:
    number, last_hash = end_of_chain()
    parts = []
    for model in kept_models():
        part = _part(archive, model)
        parts.append(part)
        if part.rows:
            say(f"{part.model}: {part.rows:,} rows")
    manifest = Manifest(
        made=datetime.now(tz=UTC).isoformat(timespec="seconds"),
        placeplan=placeplan.__version__,
        migrations=migrations_there(),
        parts=tuple(parts),
        events=number,
        last_hash=last_hash,
    )
    archive.writestr(MANIFEST, manifest.text())
    return manifest


def _part(archive: zipfile.ZipFile, model: type[Model]) -> Part:
    fields = fields_of(model)
    names = tuple(field.attname for field in fields)
    member, total, count = f"{label_of(model)}.jsonl", hashlib.sha256(), 0
    large = any(isinstance(field, BinaryField) for field in fields)
    rows = model._base_manager.order_by("pk").values_list(*names)  # noqa: SLF001 - also rows that a manager would hide
    with archive.open(member, "w", force_zip64=True) as stream:
        for row in rows.iterator(chunk_size=LARGE_AT_A_TIME if large else AT_A_TIME):
            line = _line(row)
            stream.write(line)
            total.update(line)
            count += 1
    return Part(label_of(model), member, names, count, total.hexdigest())


def _line(row: tuple[Any, ...]) -> bytes:
    text = json.dumps([written(value) for value in row], ensure_ascii=False, separators=(",", ":"), sort_keys=True)
    return f"{text}\n".encode("utf-8", "surrogatepass")
