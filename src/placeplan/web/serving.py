"""Starts the workspace: a demonstration on one machine, with its folder and its database, or the site of a team."""

import os
import secrets
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

SECRET_CHARACTERS = 64
SECONDS_OF_A_REQUEST = 60  # a process that is silent for longer is stopped, and another started
SECONDS_TO_END = 30
MEMORY = "/dev/shm"  # noqa: S108 - a file without a name in memory, made by gunicorn


def enter(folder: Path) -> None:
    """Make the folder of a demonstration, with a secret of its own, and work in it from now on."""
    folder.mkdir(parents=True, exist_ok=True)
    secret = folder / "secret-key"
    if not secret.exists():
        secret.write_text(secrets.token_urlsafe(SECRET_CHARACTERS), encoding="utf-8")
        secret.chmod(0o600)
    os.environ["PLACEPLAN_WORKSPACE"] = str(folder.resolve())
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "placeplan.web.settings.demonstration")


def prepare(folder: Path, *, say: Callable[[str], None]) -> None:
    """Make the folder of a demonstration and bring its database up to date, with the plans that come with Placeplan.

    Safe to call again: what is there stays.
    """
    enter(folder)

    import django
    from django.core.management import call_command

    django.setup()
    say("bringing the database up to date")
    call_command("migrate", verbosity=0, interactive=False)

    from placeplan.web.demonstration import set_up_demonstration

    set_up_demonstration(say=say)


def serve(*, host: str, port: int, threads: int) -> None:
    """Serve until stopped, with a worker beside it that makes documents."""
    worker = subprocess.Popen([sys.executable, "-m", "django", "work"])
    try:
        _run({"bind": f"{host}:{port}", "workers": 1, "threads": threads, "loglevel": "warning"})
    finally:
        worker.terminate()
        worker.wait()


def serve_site(*, bind: str, workers: int, threads: int) -> None:
    """Serve the site that the environment describes until stopped, in several processes with threads in each.

    Workers that make documents, and migrations, are commands of their own.

    Raises:
        ImproperlyConfigured: the environment lacks something, or a secret in it is weak.
    """
    with tempfile.TemporaryDirectory(prefix="placeplan-metrics-") as counts:
        os.environ["PROMETHEUS_MULTIPROC_DIR"] = counts  # before the library is imported: each process counts there
        import django
        from django.conf import settings

        django.setup()
        _run(
            {
                "bind": bind,
                "workers": workers,
                "threads": threads,
                "timeout": SECONDS_OF_A_REQUEST,
                "graceful_timeout": SECONDS_TO_END,
                "worker_tmp_dir": MEMORY if Path(MEMORY).is_dir() else None,  # where a disk is slow, workers look hung
                "control_socket_disable": True,
                "logconfig_dict": settings.LOGGING,
            }
        )


def _run(options: dict[str, Any]) -> None:
    from gunicorn.app.base import BaseApplication

    class _Server(BaseApplication):
        def load_config(self) -> None:
            for name, value in options.items():
                self.cfg.set(name, value)

        def load(self) -> object:
            from placeplan.web.wsgi import application

            return application

    _Server().run()
