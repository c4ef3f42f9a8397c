"""Reads the definitions of the population engine that come with Placeplan."""

from functools import cache
from pathlib import Path
from typing import TypeVar

from placeplan import population
from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.population.planning_values import PlanningValues
from placeplan.population.programmes import Programmes
from placeplan.population.stand_in import StandInModel

FOLDER = Path(population.__file__).parent / "definitions"
Model = TypeVar("Model", bound=DocumentModel)


@cache
def read_programmes() -> Programmes:
    """Screening and immunisation programmes.

    Raises:
        InputError: the file cannot be read.
    """
    return programmes_in(FOLDER / "programmes.yaml")


def programmes_in(path: Path) -> Programmes:
    """Programmes of a file of your own.

    Raises:
        InputError: it cannot be read, with every problem at its line.
    """
    return _read(Programmes, path)


@cache
def read_values() -> PlanningValues:
    """Prices, occupancies and dates that no public file holds.

    Raises:
        InputError: the file cannot be read.
    """
    return _read(PlanningValues, FOLDER / "values.yaml")


@cache
def read_stand_in() -> StandInModel:
    """What an invented population is made of.

    Raises:
        InputError: the file cannot be read.
    """
    return _read(StandInModel, FOLDER / "stand_in.yaml")


def _read(model: type[Model], path: Path) -> Model:
    return validated(model, read_yaml(text_of(path.read_bytes(), path.name), path.name))
