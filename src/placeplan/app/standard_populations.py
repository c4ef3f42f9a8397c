"""Reads the standard populations that come with Placeplan."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from placeplan import indicators
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml
from placeplan.indicators.values.standard_population import StandardPopulation

FOLDER = Path(indicators.__file__).parent / "standard_populations"
EUROPEAN_2013 = "esp-2013"


@cache
def read_standard_population(name: str = EUROPEAN_2013) -> StandardPopulation:
    """A standard population; the European one of 2013 when none is named.

    Raises:
        InputError: the file cannot be read, leaves out an age or does not add up.
        FileNotFoundError: there is none of this name.
    """
    return read_standard_population_file(FOLDER / f"{name}.yaml")


def read_standard_population_file(path: Path) -> StandardPopulation:
    """A standard population in a file.

    Raises:
        InputError: the file cannot be read, leaves out an age or does not add up.
        FileNotFoundError: there is no such file.
    """
    name = f"standard_populations/{path.name}"
    document = read_yaml(text_of(path.read_bytes(), name), name)
    data: Any = document.data
    completed = {**data, "path": name.removesuffix(".yaml")} if isinstance(data, dict) else data
    return validated(StandardPopulation, replace(document, data=completed))
