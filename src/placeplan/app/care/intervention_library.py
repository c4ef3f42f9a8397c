"""Reads the intervention library, unit prices and enhanced services: those of Placeplan, or files of the user's."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from placeplan import demand
from placeplan.demand.intervention_definitions import (
    EvidenceList,
    InterventionDefinition,
    InterventionLibrary,
    MaturityStages,
    RampList,
    Strengths,
    dangling,
)
from placeplan.demand.price_definitions import EnhancedServices, PriceBook
from placeplan.demand.slider_definitions import SliderDefinitions
from placeplan.documents.models import DocumentModel
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.reports.files import write_files

FOLDER = Path(demand.__file__).parent / "definitions"
Definitions = TypeVar("Definitions", bound=DocumentModel)


@cache
def read_interventions() -> InterventionLibrary:
    """The library that comes with Placeplan, in the order of its list."""
    return read_interventions_in(FOLDER / "interventions")


def read_interventions_in(folder: Path) -> InterventionLibrary:
    """Every intervention in a folder, one file each, resting on the ramps and the evidence of Placeplan.

    Raises:
        InputError: the folder holds none; or with every problem of every file: what cannot be read, an identifier that
            differs from the name of its file, or a ramp, evidence or strength that does not exist.
    """
    library = InterventionLibrary(
        interventions=(),
        ramps=_own(RampList, "ramps").ramps,
        evidence=_own(EvidenceList, "evidence").evidence,
        strengths=_own(Strengths, "evidence_strengths").strengths,
    )
    found: list[InterventionDefinition] = []
    problems: list[Problem] = []
    paths = sorted(folder.glob("*.yaml"))
    if not paths:
        problems.append(Problem(Location(folder.name), "there is no intervention here", "a YAML file for each"))
    for path in paths:
        try:
            found.append(_read_entry(path, library))
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)
    return library.model_copy(update={"interventions": tuple(sorted(found, key=lambda one: (one.number, one.id)))})


@cache
def read_unit_prices() -> PriceBook:
    """Unit prices that come with Placeplan."""
    return _own(PriceBook, "unit_prices")


def unit_prices_in(path: Path) -> PriceBook:
    """Unit prices of a file of the user's.

    Raises:
        InputError: the file cannot be read, with every problem in it.
    """
    return validated(PriceBook, _document(path, path.name))


@cache
def read_enhanced_services() -> EnhancedServices:
    """The catalogue of enhanced services that comes with Placeplan."""
    return _own(EnhancedServices, "enhanced_services")


@cache
def read_maturity_stages() -> MaturityStages:
    """Stages of maturity that come with Placeplan."""
    return _own(MaturityStages, "maturity_stages")


@cache
def read_sliders() -> SliderDefinitions:
    """How far the sliders of a care model go."""
    return _own(SliderDefinitions, "sliders")


def write_intervention_example(folder: Path) -> tuple[Path, ...]:
    """Write an example of each table that ``placeplan demand savings`` reads; its numbers are made up.

    Raises:
        InputError: the folder cannot be written to.
    """
    return write_files(folder, {path.name: path.read_bytes() for path in sorted((FOLDER / "examples").glob("*.csv"))})


def _read_entry(path: Path, library: InterventionLibrary) -> InterventionDefinition:
    document = _document(path, f"interventions/{path.name}")
    data: Any = document.data
    completed = {**data, "path": f"interventions/{path.stem}"} if isinstance(data, dict) else data
    entry = validated(InterventionDefinition, replace(document, data=completed))
    problems = [document.problem(where, message) for where, message in dangling(entry, library)]
    if entry.id != path.stem:
        problems.append(document.problem(("id",), f"'{entry.id}' stands in a file called {path.name}"))
    if problems:
        raise InputError(problems)
    return entry


def _own(model: type[Definitions], name: str) -> Definitions:
    return validated(model, _document(FOLDER / f"{name}.yaml", f"demand/{name}.yaml"))


def _document(path: Path, shown_as: str) -> YamlDocument:
    try:
        content = path.read_bytes()
    except OSError as error:
        message = f"the file cannot be opened: {error.strerror}"
        raise InputError([Problem(Location(shown_as), message, "a YAML file of definitions")]) from error
    return read_yaml(text_of(content, shown_as), shown_as)
