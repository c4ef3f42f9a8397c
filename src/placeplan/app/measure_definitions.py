"""Reads the definitions of measures that come with Placeplan, or that stand in a folder of the user's."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from placeplan import indicators
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.indicators.measures import Measure, Measures, MeasureSet, MeasureSets
from placeplan.kernel.errors import InputError, Location, Problem

FOLDER = Path(indicators.__file__).parent / "definitions"
SETS_FILE = "sets.yaml"


@cache
def read_measures() -> Measures:
    """Every definition that comes with Placeplan.

    Raises:
        InputError: a file cannot be read, with every problem of every file.
    """
    return read_measures_in(FOLDER)


@cache
def read_measure_sets() -> tuple[MeasureSet, ...]:
    """Every set of measures that comes with Placeplan, in the order in which sets are shown.

    Raises:
        InputError: the file cannot be read.
    """
    name = f"indicators/{SETS_FILE}"
    return validated(MeasureSets, read_yaml(text_of((FOLDER / SETS_FILE).read_bytes(), name), name)).sets


def read_measures_in(folder: Path) -> Measures:
    """Every definition in a folder, one file a measure; a file ``sets.yaml`` says what the sets are and is no measure.

    Raises:
        InputError: a file cannot be read, an identifier is used twice or differs from the name of its file, with every
            problem of every file.
    """
    found: list[Measure] = []
    problems: list[Problem] = []
    for path in sorted(path for path in folder.rglob("*.yaml") if path.name != SETS_FILE):
        try:
            found.append(_read(path, f"indicators/{path.relative_to(folder).as_posix()}"))
        except InputError as error:
            problems.extend(error.problems)
    seen: set[str] = set()
    for measure in found:
        if measure.id.lower() in seen:
            problems.append(Problem(Location(measure.path), f"the identifier '{measure.id}' is used twice"))
        seen.add(measure.id.lower())
    if problems:
        raise InputError(problems)
    return Measures(measures=tuple(sorted(found, key=lambda measure: measure.id)))


def _read(path: Path, name: str) -> Measure:
    document = read_yaml(text_of(path.read_bytes(), name), name)
    data: Any = document.data
    completed = {**data, "path": name.removesuffix(".yaml")} if isinstance(data, dict) else data
    measure = validated(Measure, replace(document, data=completed))
    if measure.id.lower() != path.stem.lower():
        raise InputError([document.problem(("id",), f"'{measure.id}' stands in a file called {path.name}")])
    return measure
