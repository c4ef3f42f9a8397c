"""Reads the levels and words that checks are held to, from the files that come with Placeplan."""

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from placeplan import assurance
from placeplan.assurance.thresholds import Definitions, DefinitionsFile, PhrasesFile, ThresholdsFile
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import read_yaml

FOLDER = Path(assurance.__file__).parent / "definitions"
AnyFile = TypeVar("AnyFile", bound=DefinitionsFile)


@cache
def read_definitions() -> Definitions:
    """Every level and every list of words.

    Raises:
        InputError: a file cannot be read, with every problem in it.
    """
    thresholds = _read(ThresholdsFile, "thresholds")
    phrases = _read(PhrasesFile, "phrases")
    return Definitions(thresholds=thresholds.thresholds, phrases=phrases.phrases)


def _read(model: type[AnyFile], name: str) -> AnyFile:
    """A file of one list of values, each given its public path and the review at the head of the file."""
    file = f"assurance/{name}.yaml"
    document = read_yaml(text_of((FOLDER / f"{name}.yaml").read_bytes(), file), file)
    data: Any = document.data
    review = data["review"]
    values = [{"review": review, **one, "path": f"assurance/{name}/{one['id']}"} for one in data[name]]
    completed: Any = {"review": review, name: values}
    return validated(model, replace(document, data=completed))
