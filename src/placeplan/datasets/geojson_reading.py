"""Boundaries in GeoJSON: features with the properties that a data set describes."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placeplan.datasets.types import Dataset
from placeplan.documents.text_reading import text_of
from placeplan.kernel.errors import InputError, Location, Problem

AREAS = {"Polygon", "MultiPolygon"}


@dataclass(frozen=True, eq=False)
class ReadBoundaries:
    """The features that can be drawn, as they stand in the file, and problems with the others."""

    dataset: Dataset
    file: str
    features: tuple[dict[str, Any], ...]
    problems: tuple[Problem, ...]
    rows: int


def read_boundaries(path: Path, dataset: Dataset, *, shown_as: str = "") -> ReadBoundaries:
    """Read boundaries as a data set.

    Raises:
        InputError: there is no such file, or it is no collection of features in GeoJSON.
    """
    file = shown_as or path.name
    every = _features(path, file)
    found: list[dict[str, Any]] = []
    problems: list[Problem] = []
    for number, feature in enumerate(every, start=1):
        wrong = list(_problems(feature, dataset, place=f"feature {number}", file=file))
        problems.extend(wrong)
        if not wrong:
            found.append(feature)
    return ReadBoundaries(dataset, file, tuple(found), tuple(problems), len(every))


def _features(path: Path, file: str) -> list[Any]:
    try:
        data = json.loads(text_of(path.read_bytes(), file))
    except OSError as error:
        raise InputError([Problem(Location(file), "there is no such file", "a GeoJSON file")]) from error
    except json.JSONDecodeError as error:
        at = Location(file, error.lineno, "", error.colno)
        raise InputError([Problem(at, f"this is not JSON: {error.msg}", "a GeoJSON file")]) from error
    features = data.get("features") if isinstance(data, dict) else None
    if not isinstance(features, list) or not features:
        raise InputError([Problem(Location(file), "there are no features in this file", "a collection of features")])
    return features


def _problems(feature: Any, dataset: Dataset, *, place: str, file: str) -> Iterator[Problem]:
    if not isinstance(feature, dict) or not isinstance(feature.get("properties"), dict):
        yield Problem(Location(file, 0, place), "this is no feature with properties")
        return
    geometry = feature.get("geometry")
    if not isinstance(geometry, dict) or geometry.get("type") not in AREAS:
        yield Problem(Location(file, 0, place), "this feature has no area", " or ".join(sorted(AREAS)))
    for name in dataset.needed:
        if not feature["properties"].get(name):
            yield Problem(Location(file, 0, place), f"the property '{name}' is missing or blank")
