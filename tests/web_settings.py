"""Settings of the tests of the workspace: as everywhere, with a database in memory and a secret of their own."""

import os
from pathlib import Path

from placeplan.web.settings.base import *  # noqa: F403
from placeplan.web.settings.databases import sqlite

# The browser of the tests runs a loop of its own in this thread; the database is only asked outside of it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "yes")
SECRET_KEY = "of the tests, and of nothing else"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
DATABASES = {"default": sqlite(Path("not-used.sqlite3"))}  # tests open one in memory instead
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]  # quick, and nothing is kept
