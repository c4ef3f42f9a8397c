"""Reads the catalogue of public files that comes with Placeplan."""

from functools import cache
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from placeplan.datasets.types import Catalogue, Dataset, Licence
from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.kernel.errors import InputError, Location, Problem

FOLDER = Path(__file__).parent
LICENCES = "licences.yaml"


class _Licences(DocumentModel):
    licences: Annotated[tuple[Licence, ...], Field(min_length=1)]


@cache
def read_catalogue() -> Catalogue:
    """Every data set that Placeplan knows.

    Raises:
        InputError: a file cannot be read, with every problem of every file.
    """
    return read_catalogue_in(FOLDER / "catalogue", licences=FOLDER / LICENCES)


def read_catalogue_in(folder: Path, *, licences: Path) -> Catalogue:
    """Every data set in a folder, one file a data set, named after it.

    Raises:
        InputError: a file cannot be read, or its identifier differs from its name, with every problem of every file.
    """
    found: list[Dataset] = []
    problems: list[Problem] = []
    for path in sorted(folder.glob("*.yaml")):
        try:
            found.append(_dataset(path))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    name = f"datasets/{licences.name}"
    known = validated(_Licences, read_yaml(text_of(licences.read_bytes(), name), name))
    found.sort(key=lambda each: (each.group, each.id))
    try:
        return Catalogue(datasets=tuple(found), licences=known.licences)
    except ValidationError as error:
        raise InputError(
            Problem(Location("datasets/catalogue"), one["msg"].removeprefix("Value error, ")) for one in error.errors()
        ) from error


def _dataset(path: Path) -> Dataset:
    name = f"datasets/catalogue/{path.name}"
    document = read_yaml(text_of(path.read_bytes(), name), name)
    dataset = validated(Dataset, document)
    if dataset.id != path.stem:
        raise InputError([document.problem(("id",), f"'{dataset.id}' stands in a file called {path.name}")])
    return dataset
