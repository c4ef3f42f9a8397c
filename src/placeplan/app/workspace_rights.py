"""Reads who may do what in the workspace."""

from functools import cache
from pathlib import Path

from placeplan import registers
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.registers.rights import Rights

FILE = Path(registers.__file__).parent / "definitions" / "rights.yaml"


@cache
def read_rights() -> Rights:
    """The rights that come with Placeplan.

    Raises:
        InputError: the file cannot be read, with every problem found.
    """
    return validated(Rights, read_yaml(text_of(FILE.read_bytes(), FILE.name), FILE.name))
