"""The data folder of a person, where there is one."""

import os
from pathlib import Path

from placeplan.app.data_folder import VARIABLE, data_folder
from placeplan.datasets.folder import DataFolder


def opened_folder(given: Path | None) -> DataFolder | None:
    """The data folder that was given, else the one that the environment names, else none.

    Raises:
        InputError: a folder was named and is none.
    """
    named = given is not None or os.environ.get(VARIABLE, "").strip()
    return data_folder(given) if named else None
