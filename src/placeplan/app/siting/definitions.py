"""Reads what siting starts from."""

from functools import cache
from pathlib import Path

from placeplan import capacity
from placeplan.capacity.siting_definitions import SitingDefinitions
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml

FILE = Path(capacity.__file__).parent / "definitions" / "siting.yaml"
SHOWN = "capacity/siting.yaml"


@cache
def read_siting() -> SitingDefinitions:
    """Questions of the hub model, existing estate, and rules of travel.

    Raises:
        InputError: the file cannot be read, with every problem located.
    """
    return validated(SitingDefinitions, read_yaml(text_of(FILE.read_bytes(), SHOWN), SHOWN))
