"""Pictures of hubs: the map with catchments, and travel by number of hubs."""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from placeplan.app.boundaries import read_boundaries
from placeplan.app.siting.choosing import HubChoice
from placeplan.app.siting.places import SitingPlace
from placeplan.capacity.siting import Status
from placeplan.datasets.folder import DataFolder
from placeplan.reports.pictures.frontier import FrontierLine, frontier_picture
from placeplan.reports.pictures.picture import StatisticalPicture
from placeplan.reports.pictures.site_map import MappedAreas, SiteMark, site_map_picture

OUTLINES = "lsoa11-boundaries-kent-medway"


def hub_map(
    place: SitingPlace, choice: HubChoice, *, folder: DataFolder | None, marks: Sequence[str] = ()
) -> StatisticalPicture:
    """Hubs and catchments of one choice; areas are points where the data folder has no outlines of them."""
    place_of = {site: number for number, site in enumerate(choice.siting.sites)}
    sites = [_mark(place, site) for site in choice.siting.sites]
    others = [_mark(place, number) for number in range(len(place.candidates)) if number not in place_of]
    said = "" if choice.mean is None else f" {choice.mean:.1f} minutes by car on average."
    return site_map_picture(
        f"hubs-{place.title}-{choice.number}",
        _areas(place, choice, place_of=place_of, outlines=_outlines(folder)),
        sites=sites,
        title=f"{place.title}: {choice.number} hub{'' if choice.number == 1 else 's'} and their catchments",
        subtitle=f"Small areas in the colour of the hub that serves them.{said}",
        people=place.people.tolist(),
        others=others,
        note=" ".join(place.notes),
        source=f"Source: {place.source}",
        marks=marks,
    )


def hub_travel(place: SitingPlace, choices: Sequence[HubChoice], *, marks: Sequence[str] = ()) -> StatisticalPicture:
    """Minutes of everybody, of the most deprived fifth and of the worst-off tenth by number of hubs."""
    lines = (
        FrontierLine("Everybody", tuple(one.mean for one in choices)),
        FrontierLine("Most deprived fifth", tuple(one.most_deprived for one in choices)),
        FrontierLine("Worst-off tenth", tuple(one.worst_off for one in choices)),
    )
    proven = {Status.OPTIMAL, Status.INFEASIBLE}
    return frontier_picture(
        f"hub-travel-{place.title}",
        [one.number for one in choices],
        lines=lines,
        title=f"{place.title}: travel to the nearest hub",
        unit="minutes",
        open_numbers=[one.number for one in choices if one.siting.status not in proven],
        note=" ".join(place.notes),
        source=f"Source: {place.source}",
        marks=marks,
    )


def _mark(place: SitingPlace, number: int) -> SiteMark:
    one = place.candidates[number]
    return SiteMark(one.name, one.lat, one.lon)


def _outlines(folder: DataFolder | None) -> Path | None:
    return folder.find(OUTLINES)[-1] if folder is not None and OUTLINES in folder.files else None


def _areas(place: SitingPlace, choice: HubChoice, *, place_of: dict[int, int], outlines: Path | None) -> MappedAreas:
    served = tuple(place_of.get(int(site)) for site in choice.siting.assignment)
    points = MappedAreas(
        codes=place.areas, lat=tuple(place.lat.tolist()), lon=tuple(place.lon.tolist()), served_by=served
    )
    if outlines is None or place.synthetic:
        return points
    boundaries = read_boundaries(outlines)
    return replace(
        points,
        geojson=boundaries.only(set(place.areas)),
        code=boundaries.code,
        attribution=boundaries.attribution,
    )
