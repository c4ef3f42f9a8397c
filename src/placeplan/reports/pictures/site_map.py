"""A map of sites and their catchments: areas in the colour of the site that serves them, sites with their numbers."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from placeplan.reports.pictures import style
from placeplan.reports.pictures.picture import StatisticalPicture, message_picture
from placeplan.reports.pictures.projecting import Shape as Outline
from placeplan.reports.pictures.projecting import fitted, projected, shapes_of
from placeplan.reports.pictures.style import KeyMark, Shape

TALLEST, EDGE = 560, 12
# After ColorBrewer "Set3" and "Pastel1" (Brewer and Harrower, colorbrewer2.org): pale, so that numbers can be read.
CATCHMENTS = (
    "#8dd3c7", "#fdb462", "#bebada", "#fb8072", "#80b1d3", "#b3de69", "#fccde5", "#ffed6f", "#bc80bd", "#d9d9d9",
)  # fmt: skip
SITE, AREA, CANDIDATE = 320, 46, 14


@dataclass(frozen=True, slots=True)
class SiteMark:
    """A chosen site: its name and its place in degrees."""

    name: str
    lat: float
    lon: float


@dataclass(frozen=True, eq=False, kw_only=True)
class MappedAreas:
    """Areas: code, place in degrees, and for each the number of the site that serves it in the list of sites.

    ``geojson`` has their outlines, with the property ``code`` for the code; without it areas are drawn as points.
    """

    codes: tuple[str, ...]
    lat: tuple[float, ...]
    lon: tuple[float, ...]
    served_by: tuple[int | None, ...]
    geojson: Mapping[str, Any] | None = None
    code: str = "code"
    attribution: str = ""

    def __post_init__(self) -> None:
        if len({len(self.codes), len(self.lat), len(self.lon), len(self.served_by)}) != 1:
            raise ValueError("areas: expected as many places and sites as codes")
        if self.geojson is not None and not self.attribution.strip():
            raise ValueError("attribution: a map must say whose boundaries it shows")


def site_map_picture(
    identifier: str,
    areas: MappedAreas,
    *,
    sites: Sequence[SiteMark],
    title: str,
    subtitle: str,
    people: Sequence[float],
    others: Sequence[SiteMark] = (),
    note: str = "",
    source: str = "",
    marks: Sequence[str] = (),
) -> StatisticalPicture:
    """Sites and catchments.

    Args:
        identifier: of the picture.
        areas: areas, and who serves them.
        sites: chosen ones; they are numbered from 1.
        title: of the picture.
        subtitle: what it shows.
        people: of each area.
        others: candidates that were not chosen, as small points.
        note: caveats.
        source: where the numbers come from.
        marks: words that must be seen.
    """
    totals = [
        sum(count for count, by in zip(people, areas.served_by, strict=True) if by == number)
        for number in range(len(sites))
    ]
    data = pl.DataFrame(
        {"number": range(1, len(sites) + 1), "site": [site.name for site in sites], "people": totals},
        schema={"number": pl.Int64, "site": pl.String, "people": pl.Float64},
    )
    if not sites:
        why = "There is no choice of sites."
        return message_picture(identifier, title=title, subtitle=subtitle, why=why, data=data, note=note)
    largest, smallest = data.sort("people").row(-1, named=True), data.sort("people").row(0, named=True)
    says = (
        f"{len(sites)} sites: {', '.join(site.name for site in sites)}. {largest['site']} has the most people "
        f"({largest['people']:,.0f}), {smallest['site']} the fewest ({smallest['people']:,.0f})."
    )
    return StatisticalPicture(
        id=identifier,
        title=title,
        subtitle=subtitle,
        spec=_spec(areas, sites, others=others),
        says=says,
        note=" ".join(filter(None, (note, areas.attribution))),
        source=source,
        data=data,
        marks=tuple(marks),
        key=tuple(_key(sites, totals, others=bool(others))),
    )


def _key(sites: Sequence[SiteMark], totals: Sequence[float], *, others: bool) -> Iterator[KeyMark]:
    for number, (site, people) in enumerate(zip(sites, totals, strict=True)):
        yield KeyMark(f"{number + 1} {site.name}, {people:,.0f} people", Shape.SWATCH, _colour(number))
    if others:
        yield KeyMark("Other candidate", Shape.CIRCLE, style.SOFT_INK)


def _colour(number: int | None) -> str:
    return style.PAPER if number is None else CATCHMENTS[number % len(CATCHMENTS)]


def _spec(areas: MappedAreas, sites: Sequence[SiteMark], *, others: Sequence[SiteMark]) -> Mapping[str, Any]:
    by_code = dict(zip(areas.codes, areas.served_by, strict=True))
    outlines = shapes_of(areas.geojson, code=areas.code, name=areas.code)[0] if areas.geojson else []
    outlines = [shape for shape in outlines if shape.code in by_code]
    centres = [_dot(code, lon=lon, lat=lat) for code, lat, lon in zip(areas.codes, areas.lat, areas.lon, strict=True)]
    drawn_areas = outlines or centres
    chosen = [_dot(str(number + 1), lon=site.lon, lat=site.lat) for number, site in enumerate(sites)]
    rest = [_dot(site.name, lon=site.lon, lat=site.lat) for site in others]
    moved, _, tall = fitted([*drawn_areas, *chosen, *rest], width=style.PLOT_WIDTH - 2 * EDGE, tallest=TALLEST)
    first, second = len(drawn_areas), len(drawn_areas) + len(chosen)
    ground = moved[:first]
    layers = [
        _outlines(ground, by_code) if outlines else _points(_rows(ground, by_code), size=AREA, stroke=style.SOFT_INK),
        _points([_row(shape, style.SOFT_INK) for shape in moved[second:]], size=CANDIDATE, stroke=style.PAPER),
        _points([_row(shape, style.INK) for shape in moved[first:second]], size=SITE, stroke=style.PAPER),
        _numbers([_row(shape, style.PAPER) for shape in moved[first:second]]),
    ]
    base = style.plotted(*layers, plot=(style.PLOT_WIDTH - 2 * EDGE, tall), right=EDGE, below=EDGE)
    return {**base, "padding": EDGE}


def _dot(code: str, *, lon: float, lat: float) -> Outline:
    """A point as an outline without size, so that it is moved as the outlines are."""
    place = projected(lon, lat)
    return Outline(code, code, (((place,) * 4,),))


def _row(shape: Outline, colour: str) -> dict[str, Any]:
    x, y = next(iter(shape.places))
    return {"x": x, "y": y, "words": shape.code, "colour": colour}


def _rows(shapes: Sequence[Outline], by_code: Mapping[str, int | None]) -> list[dict[str, Any]]:
    return [_row(shape, _colour(by_code[shape.code])) for shape in shapes]


def _outlines(shapes: Sequence[Outline], by_code: Mapping[str, int | None]) -> Mapping[str, Any]:
    features = [
        {"type": "Feature", "geometry": shape.geometry, "colour": _colour(by_code[shape.code])} for shape in shapes
    ]
    return {
        "data": {"values": features},
        "mark": {"type": "geoshape", "stroke": style.PAPER, "strokeWidth": 0.4},
        "encoding": {"color": {"field": "colour", "type": "nominal", "scale": None}},
        "projection": {"type": "identity", "scale": 1, "translate": [0, 0]},
    }


def _places() -> dict[str, Any]:
    return {axis: {"field": axis, "type": "quantitative", "scale": None, "axis": None} for axis in ("x", "y")}


def _points(rows: Sequence[Mapping[str, Any]], *, size: float, stroke: str) -> Mapping[str, Any]:
    mark = {"type": "point", "filled": True, "opacity": 1, "size": size, "stroke": stroke, "strokeWidth": 0.8}
    colour = {"color": {"field": "colour", "type": "nominal", "scale": None}}
    return {"data": {"values": list(rows)}, "mark": mark, "encoding": {**_places(), **colour}}


def _numbers(rows: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    mark = {"type": "text", "fontSize": style.LABEL_SIZE, "fontWeight": "bold", "baseline": "middle"}
    colour = {"color": {"field": "colour", "type": "nominal", "scale": None}}
    return {
        "data": {"values": list(rows)},
        "mark": mark,
        "encoding": {**_places(), **colour, "text": {"field": "words"}},
    }
