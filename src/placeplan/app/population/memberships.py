"""Which small area lies in which district, clinical commissioning group or board, by the public lookups."""

from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from placeplan.app.population.definitions import read_values
from placeplan.app.population.reading import LSOA, small_areas
from placeplan.datasets.folder import DataFolder
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.errors import PopulationError
from placeplan.population.rolling_up import AreaShare, RolledUp, roll_up

LOOKUP, GROUPS = "lsoa11-lookup-imd", "lsoa11-to-ccg-pre2020-kent-medway"


@dataclass(frozen=True, slots=True)
class _Level:
    """Where a lookup says the place of a small area; its name where it has one; whether it is one of the old groups."""

    dataset: str
    code: str
    name: str
    old_group: bool = False


LEVELS = {
    "msoa": _Level(LOOKUP, "msoa11_code", "msoa11_name"),
    "district": _Level(LOOKUP, "ltla21_code", "ltla21_name"),
    "ccg-2021": _Level(LOOKUP, "ccg21_code", "ccg21_name"),
    "icb": _Level(LOOKUP, "icb22_code_h", "icb22_name"),
    "ccg-2013": _Level(GROUPS, "ccg_ods", "ccg_name", old_group=True),
}


@dataclass(frozen=True)
class SmallAreaPlaces:
    """The place of every small area of a lookup, and the names of the places by their codes."""

    shares: tuple[AreaShare, ...]
    names: dict[str, str]


def small_area_places(folder: DataFolder, level: str) -> SmallAreaPlaces:
    """The place of every small area at a level: ``msoa``, ``district``, ``ccg-2013``, ``ccg-2021`` or ``icb``.

    The groups of 2013 have their first and last day; the other levels have no dates, for their lookups give none.

    Raises:
        InputError: the level is not known, or the lookup is not there or cannot be read.
    """
    if level not in LEVELS:
        near = get_close_matches(level, LEVELS, n=1)
        mend = f"Did you mean '{near[0]}'?" if near else ""
        problem = Problem(
            Location("level"), f"there is no level called '{level}'", f"one of: {', '.join(LEVELS)}", mend
        )
        raise InputError([problem])
    found = LEVELS[level]
    frame = folder.read_whole(found.dataset).frame
    rows = frame.drop_nulls(found.code).sort(found.code, LSOA).select(LSOA, found.code, found.name).rows()
    groups = read_values().groups
    since, until = (groups.since, groups.until) if found.old_group else (None, None)
    shares = tuple(AreaShare(area, code, since=since, until=until) for area, code, _ in rows)
    return SmallAreaPlaces(shares, {code: name for _, code, name in rows if name})


def small_areas_rolled_up(folder: DataFolder, level: str, *, on: date | None = None) -> RolledUp:
    """People of small areas added up to the places of a level, in every year that a file of small areas gives.

    Args:
        folder: the data folder.
        level: see ``small_area_places``.
        on: the day of the memberships; the last day of the groups for ``ccg-2013`` when left out.

    Raises:
        InputError: a file is not there or cannot be read, or a place would be short: each of its small areas without
            people is named.
    """
    places = small_area_places(folder, level)
    day = on or read_values().groups.until
    try:
        found = roll_up(small_areas(folder), places.shares, on=day)
    except PopulationError as error:
        raise InputError(Problem(Location(level), message) for message in error.messages) from error
    names = {code: places.names.get(code, code) for code in found.table.areas}
    return RolledUp(found.table.with_people(found.table.people, area_names=names), found.outside)
