"""Puts a backup back into an empty database, whole or not at all."""

import zipfile
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DatabaseError, connection, transaction
from django.db.models import Model

from placeplan.web.auditing.selectors import end_of_chain
from placeplan.web.keeping.archive import BackupError, Manifest, Part, damage_of, manifest_of, opened, rows_of
from placeplan.web.keeping.kept import fields_of, insertion, kept_models, label_of, migrations_there, read
from placeplan.web.keeping.wholeness import faults

AT_A_TIME = 200
MOST_TOLD = 5


def restore(file: Path, *, say: Callable[[str], None]) -> Manifest:
    """Put a backup back. What is restored is held against its checksums, and against the chain of its record.

    Raises:
        BackupError: the file is damaged or of another version, or the database is not empty. Nothing was written.
    """
    with opened(file) as archive:
        manifest = manifest_of(archive)
        _whole(damage_of(archive, manifest), "This backup is damaged")
        _fitting(manifest)
        try:
            with transaction.atomic():
                _empty()
                _put_back(archive, manifest, say=say)
                say("holding it against its checksums")
                _whole(_unlike(manifest), "What the backup holds is not whole")
        except (DatabaseError, ValidationError, ValueError, TypeError) as error:
            words = "A row of the backup does not fit into this database. Nothing was written."
            raise BackupError(words) from error
    return manifest


def _fitting(manifest: Manifest) -> None:
    there, wanted = set(migrations_there()), set(manifest.migrations)
    if there != wanted:
        missing, more = sorted(wanted - there), sorted(there - wanted)
        told = [f"{name} is not here" for name in missing] + [f"{name} came after it" for name in more]
        raise BackupError(
            f"This backup was made by Placeplan {manifest.placeplan}, whose database is another: "
            f"{_some(told)}. Restore it with that version, then bring the database up to date."
        )
    models = {label_of(model): {field.attname for field in fields_of(model)} for model in kept_models()}
    if {part.model: set(part.fields) for part in manifest.parts} != models:
        raise BackupError(
            "This backup has other tables than this database. Restore it with the Placeplan that made it."
        )


def _empty() -> None:
    full = [label_of(model) for model in kept_models() if _rows(model).exists()]
    if full:
        raise BackupError(f"The database is not empty: there are rows in {_some(full)}. Restore into an empty one.")


def _put_back(archive: zipfile.ZipFile, manifest: Manifest, *, say: Callable[[str], None]) -> None:
    models = {label_of(model): model for model in kept_models()}
    for part in manifest.parts:
        _put_back_part(archive, part, model=models[part.model])
        if part.rows:
            say(f"{part.model}: {part.rows:,} rows")
    connection.check_constraints()
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), list(models.values())):
            cursor.execute(statement)


def _put_back_part(archive: zipfile.ZipFile, part: Part, *, model: type[Model]) -> None:
    by_name = {field.attname: field for field in fields_of(model)}
    fields = [by_name[name] for name in part.fields]
    statement = insertion(model, part.fields)
    rows = ([read(field, value) for field, value in zip(fields, row, strict=True)] for row in rows_of(archive, part))
    with connection.cursor() as cursor:
        while some := list(islice(rows, AT_A_TIME)):
            cursor.executemany(statement, some)


def _unlike(manifest: Manifest) -> Iterator[str]:
    yield from faults()
    if end_of_chain() != (manifest.events, manifest.last_hash):
        yield "the record does not end where the manifest says"


def _whole(wrong: Iterable[str], words: str) -> None:
    found = list(wrong)
    if found:
        raise BackupError(f"{words}: {_some(found)}. Nothing was written.")


def _some(found: list[str]) -> str:
    told = "; ".join(found[:MOST_TOLD])
    return f"{told}; and {len(found) - MOST_TOLD} more" if len(found) > MOST_TOLD else told


def _rows(model: type[Model]) -> Any:
    return model._base_manager.all()  # noqa: SLF001 - also rows that a manager would hide
