"""Writes example tables for the commands about capacity: West Kent's sites and sizes, and otherwise made-up numbers."""

from pathlib import Path

from placeplan.app.care.capacity_definitions import FOLDER
from placeplan.reports.files import write_files

EXAMPLES = FOLDER / "examples"


def write_example(folder: Path) -> tuple[Path, ...]:
    """Write one example table of each layout to a folder.

    Raises:
        InputError: the folder cannot be written to.
    """
    return write_files(folder, {path.name: path.read_bytes() for path in sorted(EXAMPLES.glob("*.csv"))})
