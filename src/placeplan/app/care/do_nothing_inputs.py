"""What do-nothing demand of a place rests on: people, rates and gains in life expectancy, from a data folder."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches

from placeplan.app.care.do_nothing_definitions import read_demand_places, read_groups
from placeplan.app.care.do_nothing_files import (
    COUNTED,
    FIRST_AGE,
    LIFE_EXPECTANCY,
    RATES,
    SMOOTHED,
    gained_of,
    people_of,
    rates_of,
    rates_table,
)
from placeplan.app.population.reading import ESTIMATES, PROJECTION, estimates, principal
from placeplan.datasets.folder import DataFolder
from placeplan.demand.activity import FloatArray
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.errors import PopulationError
from placeplan.population.joining import joined
from placeplan.population.types import PopulationTable

CITE_ONLY, NOT_REBASED = "cite-only", "none"


@dataclass(frozen=True, eq=False)
class DemandInputs:
    """What do-nothing demand of a place rests on.

    Attributes:
        title: of the place.
        areas: codes, or names of invented areas.
        names: of the areas, for people.
        groups: of activity, as the rates name them.
        years: calendar years; the first is the base year, that of the rates.
        people: areas x sexes x ages x years, ages 18 to 90 and over.
        rates: events for each person a year, groups x areas x sexes x ages.
        smooth_rates: the same, smoothed over ages: what the shift of ages by healthier ageing is read from.
        gained: gain in life expectancy since the base year, sexes x ages x years; nothing where it is not known.
        variants: people by each other projection, by its name; empty where they were not asked for.
        synthetic: whether the place is invented.
        sources: where the numbers come from.
        notes: what a reader has to know.
    """

    title: str
    areas: tuple[str, ...]
    names: tuple[str, ...]
    groups: tuple[str, ...]
    years: tuple[str, ...]
    people: FloatArray
    rates: FloatArray
    smooth_rates: FloatArray
    gained: FloatArray | None
    synthetic: bool
    sources: tuple[str, ...]
    notes: tuple[str, ...]
    variants: Mapping[str, FloatArray] = field(default_factory=dict)


def read_demand_inputs(
    folder: DataFolder, place: str, *, rates: str = COUNTED, since: str = "", until: str = "", rebase: str = NOT_REBASED
) -> DemandInputs:
    """Read what a place needs.

    Args:
        folder: a data folder.
        place: a place of the definitions, or one area by its code or name.
        rates: ``counted`` as they were, or ``smoothed`` over ages, where a rate below 0 counts as 0.
        since: the base year; that of the rates when empty.
        until: the last year of the path; the last of the projection when empty.
        rebase: ``none``, ``by-area`` or ``by-cell``: whether the projection is moved to where the estimates end.

    Raises:
        InputError: a file is not there or cannot be read, the place or the year is not known, or an area lacks rows.
    """
    missing = [problem for name in (RATES, ESTIMATES, PROJECTION) for problem in _missing(folder, name)]
    if missing:
        raise InputError(missing)
    table, year_of_rates = rates_table(folder)
    estimated, projected = estimates(folder), principal(folder)
    title, areas, note = _areas_of(place, estimated)
    series = _joined(estimated, projected, areas=areas, rebase=rebase)
    years = _years(since or year_of_rates, series, until=until)
    people = people_of(series, years=years)
    groups = tuple(group.id for group in read_groups().groups)
    smooth, below = rates_of(table, groups=groups, areas=areas, kind=SMOOTHED)
    gained = gained_of(folder, years) if LIFE_EXPECTANCY in folder.files else None
    notes = [note, *_people_notes(people, estimated, years=years, rebase=rebase), *_rate_notes(folder, below)]
    return DemandInputs(
        title=title,
        areas=areas,
        names=tuple(estimated.name_of(area) for area in areas),
        groups=groups,
        years=years,
        people=people,
        rates=smooth if rates == SMOOTHED else rates_of(table, groups=groups, areas=areas, kind=rates)[0],
        smooth_rates=smooth,
        gained=gained,
        synthetic=False,
        sources=tuple(_sources(folder)),
        notes=tuple(filter(None, notes)),
    )


def _missing(folder: DataFolder, dataset_id: str) -> Iterator[Problem]:
    try:
        folder.find(dataset_id)
    except InputError as error:
        yield from error.problems


def _areas_of(place: str, people: PopulationTable) -> tuple[str, tuple[str, ...], str]:
    """Title, codes of areas and a note of a place."""
    places = {one.id: one for one in read_demand_places().places}
    if place in places:
        found = places[place]
        absent = [area for area in found.areas if area not in people.areas]
        if absent:
            problem = f"{found.title} has the area {absent[0]}, of which the estimates have no people"
            raise InputError([Problem(Location("place"), problem)])
        return found.title, found.areas, found.note
    names = {area: people.name_of(area) for area in people.areas}
    codes = [code for code, name in names.items() if place.casefold() in (code.casefold(), name.casefold())]
    if codes:
        return names[codes[0]], (codes[0],), ""
    near = get_close_matches(place, [*places, *names.values()], n=3, cutoff=0.5) or sorted(places)
    message = f"there is no place called '{place}'"
    raise InputError([Problem(Location("place"), message, "", f"Did you mean {', '.join(near)}?")])


def _joined(
    estimated: PopulationTable, projected: PopulationTable, *, areas: tuple[str, ...], rebase: str
) -> PopulationTable:
    """Estimates and after them the projection, of some areas."""
    try:
        return joined(estimated.select(areas=areas), projected.select(areas=areas), rebasing=rebase).table
    except PopulationError as error:
        raise InputError(Problem(Location("population"), message) for message in error.messages) from error


def _years(base: str, series: PopulationTable, *, until: str) -> tuple[str, ...]:
    known = series.years
    last = until or str(max(known))
    wanted = range(int(base), int(last) + 1) if last.isdigit() else range(0)
    if len(wanted) < 2 or any(year not in known for year in wanted):
        message = f"'{last}' is no last year that can be reached"
        raise InputError([Problem(Location("until"), message, f"a year from {int(base) + 1} to {max(known)}")])
    return tuple(map(str, wanted))


def _sources(folder: DataFolder) -> Iterator[str]:
    for dataset_id in (RATES, ESTIMATES, PROJECTION, LIFE_EXPECTANCY):
        if dataset_id in folder.files:
            dataset = folder.catalogue[dataset_id]
            yield f"{dataset.title} ({dataset.publisher})"


def _people_notes(
    people: FloatArray, estimated: PopulationTable, *, years: tuple[str, ...], rebase: str
) -> Iterator[str]:
    """Who is counted, and what happens where the projection takes over from the estimates."""
    yield f"Adults of {FIRST_AGE} and over: the rates have no children."
    place = next((number for number, year in enumerate(years) if int(year) not in estimated.years), 0)
    if place == 0:
        return
    if rebase != NOT_REBASED:
        yield f"The projection is moved to where the estimates end ({rebase}), and keeps its growth."
        return
    totals = people.sum(axis=(0, 1, 2))
    step = totals[place] / totals[place - 1] - 1
    usual = (totals[-1] / totals[place]) ** (1 / max(len(years) - 1 - place, 1)) - 1
    yield (
        f"{years[place - 1]} is estimated and {years[place]} projected from an earlier base: people change by "
        f"{step:+.1%} between them, and by {usual:+.1%} a year after that."
    )


def _rate_notes(folder: DataFolder, below: int) -> Iterator[str]:
    if below:
        yield f"{below:,} smoothed rates below 0 count as 0; healthier ageing is read from smoothed rates."
    if LIFE_EXPECTANCY not in folder.files:
        yield "No file of life expectancy, so that healthier ageing is left out."
    dataset = folder.catalogue[RATES]
    if dataset.licence == CITE_ONLY:
        yield f"Rates: {folder.catalogue.licence_of(dataset).title.lower()}; ask before you publish what rests on them."
