"""Starts the workspace on one machine: makes its folder, its database and what a demonstration needs, and serves it."""

import os
import secrets
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

SECRET_CHARACTERS = 64


def prepare(folder: Path, *, say: Callable[[str], None]) -> None:
    """Make the folder of a demonstration and bring its database up to date, with the plans that come with Placeplan.

    Safe to call again: what is there stays.
    """
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret-key"
    if not secret.exists():
        secret.write_text(secrets.token_urlsafe(SECRET_CHARACTERS), encoding="utf-8")
        secret.chmod(0o600)
    os.environ["PLACEPLAN_WORKSPACE"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeplan.web.settings.demonstration")

    import django
    from django.core.management import call_command

    django.setup()
    say("bringing the database up to date")
    call_command("migrate", verbosity=0, interactive=False)

    from placeplan.web.demonstration import set_up_demonstration

    set_up_demonstration(say=say)


def serve(*, host: str, port: int, threads: int) -> None:
    """Serve until stopped, with a worker beside it that makes documents."""
    from gunicorn.app.base import BaseApplication

    worker = subprocess.Popen([sys.executable, "-m", "django", "work"])

    class _Server(BaseApplication):
        def load_config(self) -> None:
            self.cfg.set("bind", f"{host}:{port}")
            self.cfg.set("workers", 1)
            self.cfg.set("threads", threads)
            self.cfg.set("loglevel", "warning")

        def load(self) -> object:
            from placeplan.web.wsgi import application

            return application

    try:
        _Server().run()
    finally:
        worker.terminate()
        worker.wait()
