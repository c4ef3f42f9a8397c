"""Reads the standards, staff modules, levels of care and services that come with Placeplan, or a file of the user's."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from placeplan import capacity
from placeplan.capacity.standards import CareDefinitions, Standards, WorkforceDefinitions
from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.kernel.errors import InputError, Location, Problem

FOLDER = Path(capacity.__file__).parent / "definitions"
Definitions = TypeVar("Definitions", bound=DocumentModel)


@cache
def read_standards() -> Standards:
    """Numbers that beds, rooms, clusters and access are held against."""
    return _read(Standards, FOLDER / "standards.yaml", shown_as="capacity/standards.yaml")


@cache
def read_workforce_definitions() -> WorkforceDefinitions:
    """Patterns of work and staff modules that come with Placeplan."""
    return _read(WorkforceDefinitions, FOLDER / "workforce.yaml", shown_as="capacity/workforce.yaml")


@cache
def read_care_definitions() -> CareDefinitions:
    """Levels of care and services that come with Placeplan."""
    return _read(CareDefinitions, FOLDER / "care.yaml", shown_as="capacity/care.yaml")


def workforce_definitions_in(path: Path) -> WorkforceDefinitions:
    """Patterns of work and modules of a file of the user's.

    Raises:
        InputError: the file cannot be read, with every problem located.
    """
    return _read(WorkforceDefinitions, path, shown_as=path.name)


def care_definitions_in(path: Path) -> CareDefinitions:
    """Levels and services of a file of the user's.

    Raises:
        InputError: the file cannot be read, with every problem located.
    """
    return _read(CareDefinitions, path, shown_as=path.name)


def _read(model: type[Definitions], path: Path, *, shown_as: str) -> Definitions:
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror}"
        raise InputError([Problem(Location(shown_as), message, "a YAML file of definitions")]) from error
    return validated(model, read_yaml(text_of(content, shown_as), shown_as))
