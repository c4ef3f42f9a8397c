"""Reads the definition files of do-nothing demand, and a library of adjustments of the user's."""

from functools import cache
from pathlib import Path

from placeplan import demand
from placeplan.demand.adjustment_library import AdjustmentLibrary
from placeplan.demand.points import (
    ActivityGroups,
    CountedSeriesList,
    DemandPlaces,
    InventedPlace,
    PointsOfDelivery,
    StatedGaps,
)
from placeplan.documents.text_reading import text_of
from placeplan.documents.validation import validated
from placeplan.documents.yaml_reading import YamlDocument, read_yaml
from placeplan.kernel.errors import InputError, Location, Problem

FOLDER = Path(demand.__file__).parent / "definitions"


@cache
def read_points() -> PointsOfDelivery:
    """The closed list of points of delivery."""
    return validated(PointsOfDelivery, _own("points_of_delivery"))


@cache
def read_groups() -> ActivityGroups:
    """Groups of published rates.

    Raises:
        InputError: a group belongs to a point of delivery that is not on the list.
    """
    document = _own("activity_groups")
    found = validated(ActivityGroups, document)
    strange = [number for number, group in enumerate(found.groups) if group.point not in read_points().ids]
    if strange:
        words = f"expected one of {', '.join(read_points().ids)}"
        raise InputError(document.problem(("groups", number, "point"), words) for number in strange)
    return found


@cache
def read_demand_places() -> DemandPlaces:
    """Places that have a name."""
    return validated(DemandPlaces, _own("places"))


@cache
def read_stated_gaps() -> StatedGaps:
    """Gaps as plans print them."""
    return validated(StatedGaps, _own("stated_gaps"))


@cache
def read_counted_series() -> CountedSeriesList:
    """Series that the method can be put back against."""
    return validated(CountedSeriesList, _own("backcasts"))


@cache
def read_invented_place() -> InventedPlace:
    """The place that stands in where there is no data folder."""
    return validated(InventedPlace, _own("invented_place"))


@cache
def read_adjustments() -> AdjustmentLibrary:
    """The library of adjustments."""
    return validated(AdjustmentLibrary, _own("adjustments"))


def read_own_adjustments(path: Path) -> AdjustmentLibrary:
    """The library with entries of the user's, from a file of the same form.

    Raises:
        InputError: the file cannot be read, with every problem in it at its line and column.
    """
    document = read_document(path, expected="a file of adjustments")
    return read_adjustments().with_own(validated(AdjustmentLibrary, document))


def read_document(path: Path, *, expected: str) -> YamlDocument:
    """A YAML document of the user's.

    Raises:
        InputError: there is no such file, or it is no YAML.
    """
    try:
        content = path.read_bytes()
    except OSError as error:
        problem = Problem(Location(path.name), f"the file cannot be opened: {error.strerror}", expected)
        raise InputError([problem]) from error
    return read_yaml(text_of(content, path.name), path.name)


def _own(name: str) -> YamlDocument:
    path = FOLDER / f"{name}.yaml"
    shown = f"demand/{path.name}"
    return read_yaml(text_of(path.read_bytes(), shown), shown)
