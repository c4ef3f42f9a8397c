"""One person on one machine, to look around: SQLite in a folder, plain HTTP on this machine only, people to sign in as.

``placeplan serve`` sets ``PLACEPLAN_WORKSPACE``, the folder, and makes a secret key in it.
"""

import os
from pathlib import Path

from placeplan.web.settings.base import *  # noqa: F403 - Django's settings are names of a module: all of the shared ones
from placeplan.web.settings.databases import sqlite
from placeplan.web.settings.environment import given

WORKSPACE = Path(os.environ["PLACEPLAN_WORKSPACE"])
SECRET_KEY = (WORKSPACE / "secret-key").read_text(encoding="utf-8")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
DATABASES = {"default": sqlite(WORKSPACE / "placeplan.sqlite3")}
DEMONSTRATION = True
SEGMENT_RUNS = given("PLACEPLAN_SEGMENT_RUNS") or str(WORKSPACE / "segment-runs")
