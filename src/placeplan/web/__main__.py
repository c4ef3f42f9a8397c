"""``python -m placeplan.web``: what ``placeplan serve`` and ``placeplan workspace`` start."""

import os
import sys
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from placeplan.web.serving import prepare, serve

UNREADABLE = 2


def main() -> None:
    """Serve a demonstration (``demonstration FOLDER HOST PORT THREADS``) or a site (``production HOST PORT WORKERS
    THREADS``), or run a command for those who run a site. What stands in the way is said in one message.
    """
    name, *arguments = sys.argv[1:]
    settings = "demonstration" if name == "demonstration" else "production"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"placeplan.web.settings.{settings}")
    try:
        {"demonstration": _demonstration, "production": _production}.get(name, _command)(name, arguments)
    except ImproperlyConfigured as error:
        sys.stderr.write(f"{error}\n")
        sys.exit(UNREADABLE)


def _demonstration(_: str, arguments: list[str]) -> None:
    folder, host, port, threads = arguments
    prepare(Path(folder), say=_say)
    _say(f"open http://{host}:{port}/ (stop with Ctrl+C)")
    serve(host=host, port=int(port), threads=int(threads))


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
