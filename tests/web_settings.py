"""Settings of the tests of the workspace: as everywhere, with a database and a secret of their own."""

import tempfile
from pathlib import Path

from placeplan.web.settings.base import *  # noqa: F403
from placeplan.web.settings.databases import sqlite

_FOLDER = Path(tempfile.mkdtemp(prefix="placeplan-tests-"))
SECRET_KEY = "of the tests, and of nothing else"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
DATABASES = {"default": sqlite(_FOLDER / "workspace.sqlite3") | {"TEST": {"NAME": _FOLDER / "tests.sqlite3"}}}
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and nothing is kept
