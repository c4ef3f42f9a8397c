"""``placeplan serve``: the workspace in a browser, on this machine."""

import importlib.util
import os
import sys
from pathlib import Path

import click

from placeplan.kernel.errors import InputError, Location, Problem

THREADS = 8
HIGHEST_PORT = 65_535


@click.command()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("placeplan-workspace"),
    show_default=True,
    metavar="DIR",
    help="Where the workspace keeps its database.",
)
@click.option("--port", type=click.IntRange(1, HIGHEST_PORT), default=8000, show_default=True)
@click.option("--threads", type=click.IntRange(1, 64), default=THREADS, show_default=True, help="Requests at a time.")
def serve(folder: Path, *, port: int, threads: int) -> None:
    """Open the workspace on this machine, with the plans that come with Placeplan and somebody for each role.

    It is a demonstration: it answers on this machine only. For a team, see docs/how-to/run-the-workspace.md.
    """
    if importlib.util.find_spec("django") is None:
        mend = "Install Placeplan with its web extra: pip install 'placeplan[web]'."
        raise InputError(
            [Problem(Location("placeplan serve"), "the parts of the workspace are not installed", "", mend)]
        )
    arguments = [sys.executable, "-m", "placeplan.web", str(folder), "127.0.0.1", str(port), str(threads)]
    os.execv(sys.executable, arguments)  # noqa: S606 - the same Python, with arguments of its own and no shell
