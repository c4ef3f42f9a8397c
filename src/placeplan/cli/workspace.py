"""``placeplan workspace``: what those who run the site of a team do on its host."""

import importlib.util
import os
import sys
from pathlib import Path
from typing import NoReturn

import click

from placeplan.kernel.errors import InputError, Location, Problem

_FILE = click.Path(path_type=Path, dir_okay=False)


def start_web(*arguments: str) -> NoReturn:
    """Go on as the program of the workspace, with the same Python.

    Raises:
        InputError: the parts of the workspace are not installed.
    """
    if importlib.util.find_spec("django") is None:
        mend = "Install Placeplan with its web extra: pip install 'placeplan[web]'."
        raise InputError([Problem(Location("placeplan"), "the parts of the workspace are not installed", "", mend)])
    sys.stdout.flush()
    os.execv(sys.executable, [sys.executable, "-m", "placeplan.web", *arguments])  # noqa: S606 - the same Python, and no shell


@click.group()
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    metavar="DIR",
    help="The folder of a demonstration. Without it: the site that the environment describes.",
)
def workspace(folder: Path | None) -> None:
    """Run the site of a team: migrations, documents, backups, and whether everything is whole."""
    if folder is not None:
        os.environ["PLACEPLAN_WORKSPACE"] = str(folder.resolve())
        os.environ["DJANGO_SETTINGS_MODULE"] = "placeplan.web.settings.demonstration"


@workspace.command()
def migrate() -> None:
    """Bring the database up to date; before each start of a new version."""
    start_web("migrate", "--no-input")


@workspace.command()
@click.option("--until-empty", is_flag=True, help="Stop when no document waits.")
@click.option("--check", is_flag=True, help="Only say whether the worker of this machine is there.")
def work(*, until_empty: bool, check: bool) -> None:
    """Make the documents that people ask for, until stopped."""
    chosen = [name for name, wanted in (("--until-empty", until_empty), ("--check", check)) if wanted]
    start_web("work", *chosen)


@workspace.command()
@click.argument("file", type=_FILE)
def backup(file: Path) -> None:
    """Write the whole workspace to FILE, as it stands at one moment. People go on working meanwhile."""
    start_web("back_up", str(file))


@workspace.command()
@click.argument("file", type=_FILE)
def restore(file: Path) -> None:
    """Put the backup in FILE into an empty database, whole or not at all."""
    start_web("restore", str(file))


@workspace.command()
def verify() -> None:
    """Hold every text, revision and document against its checksum, and the record against its chain."""
    start_web("verify")


@workspace.command()
@click.argument("address", default="http://127.0.0.1:8000/health/ready")
def probe(address: str) -> None:
    """Ask a server on this machine whether it can serve; for the health check of a container."""
    start_web("probe", address)
