"""From latitude and longitude to a plane like that of the British National Grid, fitted to a plot.

A transverse Mercator projection of the sphere with the grid's central meridian. It is for drawing: against the grid
itself, places are out by what the sphere differs from the ellipsoid, which is less than can be seen.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import atan2, atanh, cos, isfinite, radians, sin
from typing import Any

CENTRAL_MERIDIAN = -2.0
FEWEST_POINTS = 4
LEVELS = 16
Place = tuple[float, float]
Ring = tuple[Place, ...]
Polygon = tuple[Ring, ...]


@dataclass(frozen=True, slots=True)
class Shape:
    """An area: its code, its name, and its polygons, each an outer ring and holes."""

    code: str
    name: str
    polygons: tuple[Polygon, ...]

    @property
    def places(self) -> Iterator[Place]:
        """All corners."""
        return (place for polygon in self.polygons for ring in polygon for place in ring)

    @property
    def middle(self) -> Place:
        """The middle of the widest place of the largest polygon, not far from half its height: room for a name."""
        return _roomy_middle(max((polygon[0] for polygon in self.polygons), key=lambda ring: abs(_area(ring))))

    @property
    def size(self) -> float:
        """The area of the outer rings."""
        return sum(abs(_area(polygon[0])) for polygon in self.polygons)

    @property
    def geometry(self) -> Mapping[str, Any]:
        """The area as GeoJSON."""
        rings = [[[list(place) for place in ring] for ring in polygon] for polygon in self.polygons]
        return {"type": "MultiPolygon", "coordinates": rings}


def projected(longitude: float, latitude: float) -> Place:
    """A place on the plane, in radii of the earth."""
    turn, height = radians(longitude - CENTRAL_MERIDIAN), radians(latitude)
    return atanh(cos(height) * sin(turn)), atan2(sin(height), cos(height) * cos(turn))


def shapes_of(geojson: Mapping[str, Any], *, code: str, name: str) -> tuple[list[Shape], int]:
    """The areas of a collection of features on the plane, and how many features have no usable outline.

    ``code`` and ``name`` are the properties that hold them.

    Raises:
        ValueError: this is no collection of features, or no feature has the property of the code.
    """
    features = geojson.get("features")
    if not isinstance(features, Sequence):
        raise ValueError("the boundaries are not a GeoJSON collection of features")  # noqa: TRY004 - it is the text that is wrong
    properties = [feature.get("properties") or {} for feature in features]
    if features and not any(each.get(code) for each in properties):
        found = ", ".join(sorted({key for each in properties for key in each}))
        raise ValueError(f"no feature of the boundaries has the property '{code}'; they have {found}")
    shapes = [
        Shape(str(each.get(code)), str(each.get(name) or each.get(code)), polygons)
        for each, feature in zip(properties, features, strict=True)
        if each.get(code) and (polygons := tuple(_polygons(feature.get("geometry"))))
    ]
    return shapes, len(features) - len(shapes)


def _polygons(geometry: Mapping[str, Any] | None) -> Iterator[Polygon]:
    """The polygons of a geometry on the plane; none for points, lines, and what cannot be read."""
    kind = (geometry or {}).get("type")
    given = (geometry or {}).get("coordinates") or []
    for polygon in [given] if kind == "Polygon" else given if kind == "MultiPolygon" else []:
        rings = tuple(ring for ring in map(_ring, polygon) if len(ring) >= FEWEST_POINTS)
        if rings:
            yield rings


def _ring(corners: Iterable[Sequence[float]]) -> Ring:
    places = (projected(corner[0], corner[1]) for corner in corners if abs(corner[0]) <= 180 and abs(corner[1]) < 90)
    return tuple(place for place in places if isfinite(place[0]) and isfinite(place[1]))


def fitted(shapes: Sequence[Shape], *, width: float, tallest: float) -> tuple[list[Shape], float, float]:
    """Areas in points from the upper left corner, as large as the room allows; and the width and height they take."""
    places = [place for shape in shapes for place in shape.places]
    left, right = min(x for x, _ in places), max(x for x, _ in places)
    bottom, top = min(y for _, y in places), max(y for _, y in places)
    scale = min(width / ((right - left) or 1e-9), tallest / ((top - bottom) or 1e-9))

    def moved(place: Place) -> Place:
        return round((place[0] - left) * scale, 2), round((top - place[1]) * scale, 2)

    drawn = [
        Shape(
            shape.code,
            shape.name,
            tuple(tuple(tuple(moved(place) for place in ring) for ring in polygon) for polygon in shape.polygons),
        )
        for shape in shapes
    ]
    return drawn, (right - left) * scale, (top - bottom) * scale


def _area(ring: Ring) -> float:
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in pairwise(ring)) / 2


def _roomy_middle(ring: Ring) -> Place:
    """Of level lines across a ring, the middle of the widest stretch inside; those near half the height count more."""
    bottom, top = min(y for _, y in ring), max(y for _, y in ring)
    best = (-1.0, (sum(x for x, _ in ring) / len(ring), (bottom + top) / 2))
    for number in range(1, LEVELS):
        share = number / LEVELS
        level = bottom + (top - bottom) * share
        crossings = sorted(_crossings(ring, level))
        for left, right in zip(crossings[::2], crossings[1::2], strict=False):
            best = max(best, ((right - left) * (1 - abs(share - 0.5)), ((left + right) / 2, level)))
    return best[1]


def _crossings(ring: Ring, level: float) -> Iterator[float]:
    """Where the edges of a ring cross a level line."""
    for (x1, y1), (x2, y2) in pairwise(ring):
        if (y1 <= level) != (y2 <= level):
            yield x1 + (level - y1) / (y2 - y1) * (x2 - x1)
