"""Reads how rows are asked for, and which totals stand beside a table."""

from functools import cache
from pathlib import Path

from placeplan import registers
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.registers.row_forms import RowForms
from placeplan.registers.section_totals import Totals

_FOLDER = Path(registers.__file__).parent / "definitions"


@cache
def read_row_forms() -> RowForms:
    """The forms that come with Placeplan.

    Raises:
        InputError: the file cannot be read, with every problem found.
    """
    return validated(RowForms, _document("row-forms.yaml"))


@cache
def read_totals() -> Totals:
    """The totals that come with Placeplan.

    Raises:
        InputError: the file cannot be read, with every problem found.
    """
    return validated(Totals, _document("section-totals.yaml"))


def _document(name: str) -> YamlDocument:
    return read_yaml(text_of((_FOLDER / name).read_bytes(), name), name)
