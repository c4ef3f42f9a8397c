"""``python -m placeplan.web``: what ``placeplan serve`` and ``placeplan workspace`` start."""

import os
import subprocess
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from placeplan.web.serving import enter, prepare, serve

UNREADABLE = 2


def main() -> None:
    """Serve a demonstration (``demonstration FOLDER HOST PORT THREADS``) or a site (``production HOST PORT WORKERS
    THREADS``), make a demonstration ready (``prepare FOLDER``), or run a command for those who run a site. What stands
    in the way is said in one message.
    """
    name, *arguments = sys.argv[1:]
    settings = "demonstration" if name in {"demonstration", "prepare"} else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"placeplan.web.settings.{settings}")
    try:
        starts = {"demonstration": _demonstration, "prepare": _prepare, "production": _production}
        starts.get(name, _command)(name, arguments)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(UNREADABLE)


def _demonstration(_: str, arguments: list[str]) -> None:
    folder, host, port, threads = arguments
    enter(Path(folder))
    # In a process of its own: what computes there has threads, which the processes that answer must not inherit.
    command = [sys.executable, "-m", "placeplan.web", "prepare", folder]
    ready = subprocess.run(command, check=False)  # noqa: S603 - our own command, and a folder as one word
    if ready.returncode:
        sys.exit(ready.returncode)
    _say(f"open http://{host}:{port}/ (stop with Ctrl+C)")
    serve(host=host, port=int(port), threads=int(threads))


def _prepare(_: str, arguments: list[str]) -> None:
    (folder,) = arguments
    prepare(Path(folder), say=_say)


def _production(_: str, arguments: list[str]) -> None:
    from placeplan.web.serving import serve_site

    host, port, workers, threads = arguments
    serve_site(bind=f"{host}:{port}", workers=int(workers), threads=int(threads))


def _command(name: str, arguments: list[str]) -> None:
    import django
    from django.core.management import CommandError, call_command
    from django.db import DatabaseError

    django.setup()
    try:
        call_command(name, *arguments)
    except CommandError as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(UNREADABLE)
    except DatabaseError as error:
        sys.stderr.write(f"The database does not answer, or refuses: {error}")
        sys.exit(UNREADABLE)


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
