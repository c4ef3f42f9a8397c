"""``python -m placeplan.web``: what ``placeplan serve`` starts, and Django's own commands for those who run a site."""

import sys
from pathlib import Path

from placeplan.web.serving import prepare, serve


def main() -> None:
    """Serve a demonstration: ``python -m placeplan.web FOLDER HOST PORT THREADS``."""
    folder, host, port, threads = sys.argv[1:]
    prepare(Path(folder), say=_say)
    _say(f"open http://{host}:{port}/ (stop with Ctrl+C)")
    serve(host=host, port=int(port), threads=int(threads))


def _say(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


if __name__ == "__main__":
    main()
