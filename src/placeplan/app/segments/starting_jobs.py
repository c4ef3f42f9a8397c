"""Writes a job of the key holder to start from, with extracts of people who do not exist."""

from pathlib import Path

from placeplan.app.segments.privacy_definitions import PRIVACY
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.files import write_files

EXAMPLE = PRIVACY / "example"


def start_job(folder: Path) -> tuple[Path, ...]:
    """Write the example into a new or empty folder.

    Raises:
        InputError: something stands there already, or the folder cannot be written.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        message = "something stands here already, and is not written over"
        raise InputError([Problem(Location(str(folder)), message, mend="Name a new folder.")])
    return write_files(folder, {file.name: file.read_bytes() for file in sorted(EXAMPLE.iterdir())})
