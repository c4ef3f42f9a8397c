"""Reads boundaries of areas for maps, with the attribution that their licence asks for."""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from placeplan.datasets.catalogue import read_catalogue
from placeplan.datasets.geojson_reading import read_boundaries as read_features
from placeplan.datasets.recognising import is_named_as
from placeplan.datasets.types import Dataset, Form, Kind
from placeplan.kernel.errors import InputError

OWN = "boundaries"
CODES = {Kind.AREA, Kind.ORGANISATION, Kind.CODE}


@dataclass(frozen=True, eq=False)
class Boundaries:
    """Outlines of areas as GeoJSON features; ``code`` and ``name`` are the properties that hold code and name."""

    features: tuple[Mapping[str, Any], ...]
    code: str
    name: str
    attribution: str

    def only(self, areas: set[str]) -> Mapping[str, Any]:
        """The outlines of some areas as GeoJSON; all of them where none is among the areas."""
        chosen = [feature for feature in self.features if feature["properties"].get(self.code) in areas]
        return {"type": "FeatureCollection", "features": chosen or list(self.features)}


def read_boundaries(path: Path) -> Boundaries:
    """Boundaries of a public file that is known by its name, or of a file whose areas have ``code`` and ``name``.

    Raises:
        InputError: the file cannot be read, is no collection of features, or no feature of it can be drawn.
    """
    catalogue = read_catalogue()
    dataset = next((each for each in catalogue.datasets if _is(each, path.name)), None) or catalogue[OWN]
    read = read_features(path, dataset)
    if not read.features:
        raise InputError(read.problems)
    code = next(column.heading for column in dataset.columns if column.kind in CODES)
    name = next((column.heading for column in dataset.columns if column.kind is Kind.TEXT), code)
    attribution = f"Boundaries: {dataset.publisher}. {catalogue.attribution_of(dataset)}"
    return Boundaries(read.features, code, name, attribution)


def _is(dataset: Dataset, name: str) -> bool:
    return dataset.form is Form.GEOJSON and is_named_as(dataset, name)
