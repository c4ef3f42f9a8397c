"""Reads the models that synthetic people are drawn from, the places there are, and what they should come near."""

from functools import cache
from pathlib import Path

from placeplan import segments
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.segments.synthetic.models import Activity, Care, Illness, Lives, Models, NamedPlaces, Targets

FOLDER = Path(segments.__file__).parent / "definitions" / "synthetic"


@cache
def read_models() -> Models:
    """Every model that comes with Placeplan.

    Raises:
        InputError: a file cannot be read.
    """
    illness = validated(Illness, _document("illness"))
    lives = validated(Lives, _document("lives"))
    activity = validated(Activity, _document("activity"))
    return Models(illness=illness, lives=lives, activity=activity, care=validated(Care, _document("care")))


@cache
def read_places() -> NamedPlaces:
    """The places that people can be made up for.

    Raises:
        InputError: the file cannot be read.
    """
    return validated(NamedPlaces, _document("places"))


@cache
def read_targets() -> Targets:
    """Printed figures that synthetic people should come near.

    Raises:
        InputError: the file cannot be read.
    """
    return validated(Targets, _document("targets"))


def _document(name: str) -> YamlDocument:
    path = FOLDER / f"{name}.yaml"
    shown = f"segments/synthetic/{path.name}"
    return read_yaml(text_of(path.read_bytes(), shown), shown)
