"""Settings of the tests of the workspace: as everywhere, with a database and a secret of their own."""

import os
import tempfile
from pathlib import Path

from placeplan.web.settings.base import *  # noqa: F403 - Django's settings are names of a module: all of the shared ones
from placeplan.web.settings.databases import sqlite

# The browser of the tests runs a loop of its own in this thread; the database is only asked outside of it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
SECRET_KEY = "of the tests, and of nothing else"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
_FOLDER = tempfile.TemporaryDirectory(prefix="placeplan-tests-")  # goes when the tests end
# A file and not memory: each thread of the server then has a connection of its own, as it has elsewhere.
DATABASES = {"default": sqlite(Path("not-used.sqlite3")) | {"TEST": {"NAME": Path(_FOLDER.name) / "tests.sqlite3"}}}
DATABASES["default"]["OPTIONS"]["init_command"] += " PRAGMA synchronous=OFF;"  # quick, and nothing is kept
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and nothing is kept
