"""What a backup holds: every table, but those named here with the reason; and how a value is written in it."""

import base64
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import BinaryField, Field, JSONField, Model

LEFT_OUT: Mapping[str, str] = {
    "sessions.Session": "people sign in again after a restore",
    "usersessions.UserSession": "says where people are signed in",
    "contenttypes.ContentType": "made by the migrations",
    "auth.Permission": "made by the migrations; rights are roles, and not these",
    "auth.Group": "not used",
    "auth.Group_permissions": "not used",
    "publishing.WorkerSign": "says who works now",
}


def kept_models() -> tuple[type[Model], ...]:
    """The models whose rows a backup holds, by name."""
    found = [each for each in apps.get_models(include_auto_created=True) if label_of(each) not in LEFT_OUT]
    return tuple(sorted(found, key=label_of))


def label_of(model: type[Model]) -> str:
    """The name of a model, with that of its app."""
    return str(_meta(model).label)


def fields_of(model: type[Model]) -> tuple[Field, ...]:
    """The fields of a model that its table holds."""
    return tuple(_meta(model).concrete_fields)


def table_of(model: type[Model]) -> str:
    """The table of a model."""
    return str(_meta(model).db_table)


def migrations_there() -> tuple[str, ...]:
    """The migrations that the database has, by name."""
    return tuple(sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations()))


def written(value: object) -> Any:
    """A value of a row as JSON can hold it.

    Raises:
        TypeError: there is no way to write it.
    """
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if value is None or isinstance(value, bool | int | float | str | list | dict):
        return value
    raise TypeError(f"a value of kind {type(value).__name__} cannot be kept")


def read(field: Field, value: Any) -> Any:
    """A value that was written, as the database takes it."""
    if isinstance(field, BinaryField) and value is not None:
        python: Any = base64.b64decode(value, validate=True)
    else:
        python = value if isinstance(field, JSONField) else field.to_python(value)
    return field.get_db_prep_save(python, connection)


def insertion(model: type[Model], names: Sequence[str]) -> str:
    """The statement that puts a row into the table of a model."""
    quote = connection.ops.quote_name
    columns = {field.attname: field.column for field in fields_of(model)}
    listed = ", ".join(quote(columns[name]) for name in names)
    places = ", ".join(["%s"] * len(names))
    return f"INSERT INTO {quote(table_of(model))} ({listed}) VALUES ({places})"  # noqa: S608 - names of models; no value


def _meta(model: type[Model]) -> Any:
    return model._meta  # noqa: SLF001 - what Django documents for this
