"""Writes files to a folder: all of them, or none."""

import tempfile
from collections.abc import Mapping
from pathlib import Path

from placeplan.kernel.errors import InputError, Location, Problem


def write_files(out: Path, contents: Mapping[str, bytes]) -> tuple[Path, ...]:
    """Write files to a folder, each moved into place when all are complete.

    Raises:
        InputError: the folder cannot be written.
    """
    try:
        out.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryDirectory(dir=out, prefix=".placeplan-") as temporary:
            for name, content in contents.items():
                (Path(temporary) / name).write_bytes(content)
            for name in contents:
                (Path(temporary) / name).replace(out / name)
    except OSError as error:
        raise InputError(
            [
                Problem(
                    Location(str(out)), f"{out} cannot be written: {error.strerror}", "a folder that you may write to"
                )
            ]
        ) from error
    return tuple(out / name for name in contents)
