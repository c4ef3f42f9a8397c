"""Databases: SQLite for one process, PostgreSQL for a team."""

from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

SECONDS_TO_WAIT = 20
POSTGRES = {"postgres", "postgresql"}


def sqlite(path: Path) -> dict[str, Any]:
    """SQLite in a file. A transaction takes the lock when it begins, so that two writers queue and neither fails."""
    return {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": path,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": SECONDS_TO_WAIT,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON;",
        },
    }


def database(address: str) -> dict[str, Any]:
    """The database at an address: ``sqlite:///folder/file`` or ``postgresql://user:password@host:5432/name``.

    Raises:
        ValueError: the address is neither.
    """
    parts = urlsplit(address)
    if parts.scheme == "sqlite" and parts.path:
        return sqlite(Path(parts.path))
    if parts.scheme in POSTGRES and parts.path.strip("/"):
        return {
            "ENGINE": "django.db.backends.postgresql",
            "NAME": unquote(parts.path.strip("/")),
            "USER": unquote(parts.username or ""),
            "PASSWORD": unquote(parts.password or ""),
            "HOST": parts.hostname or "",
            "PORT": parts.port or "",
            "CONN_MAX_AGE": 60,
            "CONN_HEALTH_CHECKS": True,
        }
    raise ValueError("expected sqlite:///folder/file or postgresql://user:password@host:5432/name")
