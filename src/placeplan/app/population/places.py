"""The people of a place: an area of the public files, or a clinical commissioning group made of districts."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

import polars as pl

from placeplan.app.population.definitions import read_stand_in, read_values
from placeplan.app.population.memberships import GROUPS
from placeplan.app.population.reading import LSOA, estimates, principal, small_areas, variant
from placeplan.app.segments.synthetic_models import read_places
from placeplan.datasets.folder import DataFolder
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.ages import FIVE_YEAR_BANDS
from placeplan.population.banding import banded
from placeplan.population.errors import PopulationError
from placeplan.population.joining import Join, Rebasing, joined
from placeplan.population.rolling_up import AreaShare, roll_up
from placeplan.population.stand_in import invented_population
from placeplan.population.types import PRINCIPAL, PopulationTable

DISTRICT, GROUP = "ltla21_code", "ccg_ods"
STAND_IN_NOTE = "SYNTHETIC: no data folder was given, so that these people are invented. Nobody in it exists."


@dataclass(frozen=True, slots=True)
class PlaceRequest:
    """Which people are wanted.

    Args:
        place: a place such as ``west-kent`` (a clinical commissioning group of 2013 to 2020), or an area of the public
            files by code or name, such as ``Ashford`` or ``E92000001``.
        variant: ``principal``, or the name or number of a variant projection.
        rebasing: what to do about the break between estimates and projection.
        seed: of the invented people, where there is no data folder.
    """

    place: str
    variant: str = PRINCIPAL
    rebasing: Rebasing = Rebasing.NONE
    seed: int = 1


@dataclass(frozen=True)
class PlacePopulation:
    """The people of a place, and of the districts that it is made of.

    Attributes:
        title: of the place.
        whole: the place as the only area; estimates, then the projection.
        parts: the districts, each with the share of its people who live in the place; one area where the place is one.
        join: where estimates and projection meet, for the place as a whole.
        shares: share of each district in the place, by code.
        notes: what a reader should know, each a sentence.
    """

    title: str
    whole: PopulationTable
    parts: PopulationTable
    join: Join
    shares: dict[str, float]
    notes: tuple[str, ...]

    @property
    def synthetic(self) -> bool:
        """Whether the people are invented."""
        return self.whole.synthetic


def rebasing_of(word: str) -> Rebasing:
    """The rebasing of a word: ``none``, ``by-area`` or ``by-cell``."""
    return Rebasing(word)


def place_population(request: PlaceRequest, folder: DataFolder | None) -> PlacePopulation:
    """Estimates and projection of a place, joined.

    Args:
        request: which people are wanted.
        folder: the data folder; invented people are given without one, and say so.

    Raises:
        InputError: the place or the variant is not known, or a file is missing or cannot be read.
    """
    try:
        if folder is None:
            return _invented(request)
        return _published(request, folder)
    except PopulationError as error:
        raise InputError(Problem(Location("population"), message) for message in error.messages) from error


def district_shares(folder: DataFolder, groups: Iterable[str], *, place: str) -> tuple[AreaShare, ...]:
    """Which share of each district lies in some clinical commissioning groups, by the people of its small areas.

    Args:
        folder: the data folder, with small areas and their groups.
        groups: codes of the groups.
        place: what to call the place that they make.

    Raises:
        InputError: a file is missing or cannot be read, a group has no small area, or a small area has no people.
    """
    values = read_values().groups
    lookup = folder.read_whole(GROUPS).frame.sort(LSOA)
    wanted = list(groups)
    absent = sorted(set(wanted) - set(lookup[GROUP]))
    if absent:
        problem = Problem(
            Location(GROUPS, 0, GROUP), f"no small area is in {', '.join(absent)}", "an area for each group"
        )
        raise InputError([problem])
    people = small_areas(folder, years=[values.share_year])
    by_district = _rolled(people, lookup, column=DISTRICT)
    inside = _rolled(people, lookup.filter(pl.col(GROUP).is_in(wanted)), column=DISTRICT)
    return tuple(
        AreaShare(
            area=district,
            place=place,
            weight=min(inside.total(area=district) / by_district.total(area=district), 1.0),
            since=values.since,
            until=values.until,
        )
        for district in inside.areas
    )


def place_totals_of(table: PopulationTable, place: PlacePopulation, *, year: int) -> float:
    """Everybody in a place in a year, by another table of the same districts.

    Raises:
        InputError: a district or the year is not in the table.
    """
    try:
        totals = _present(table, place.shares).select(years=[year]).totals()[:, 0]
    except PopulationError as error:
        raise InputError(Problem(Location("population"), message) for message in error.messages) from error
    return float(sum(share * people for share, people in zip(place.shares.values(), totals, strict=True)))


def _rolled(people: PopulationTable, lookup: pl.DataFrame, *, column: str) -> PopulationTable:
    shares = [AreaShare(area, district) for area, district in lookup.select(LSOA, column).iter_rows()]
    return roll_up(people, shares, on=date.min).table


def _published(request: PlaceRequest, folder: DataFolder) -> PlacePopulation:
    before, after, notes = _tables(request, folder)
    named = next((place for place in read_places().places if place.id == request.place), None)
    if named is None:
        code = _area(before, request.place)
        shares: tuple[AreaShare, ...] = (AreaShare(code, code),)
        return _assembled(
            before, after, shares=shares, title=before.name_of(code), rebasing=request.rebasing, notes=notes
        )
    shares = district_shares(folder, named.groups, place=named.id)
    note = _made_of(named.title, shares, names=before)
    return _assembled(before, after, shares=shares, title=named.title, rebasing=request.rebasing, notes=(note, *notes))


def _made_of(title: str, shares: tuple[AreaShare, ...], *, names: PopulationTable) -> str:
    """A sentence on the districts of a place: which lie in it wholly, and which in part."""
    until = read_values().groups.until
    wholly = [names.name_of(share.area) for share in shares if share.weight == 1]
    partly = [f"{100 * share.weight:.1f}% of {names.name_of(share.area)}" for share in shares if share.weight < 1]
    return f"{title} as its clinical commissioning groups were until {until}: {', '.join((*wholly, *partly))}."


def _assembled(
    before: PopulationTable,
    after: PopulationTable,
    *,
    shares: tuple[AreaShare, ...],
    title: str,
    rebasing: Rebasing,
    notes: tuple[str, ...],
) -> PlacePopulation:
    """A place from its districts. Each district is joined by itself, so that the districts add up to the place."""
    codes = [share.area for share in shares]
    then, later = before.select(areas=codes), _present(after, codes)
    parts = joined(then, later, rebasing=rebasing).table
    as_published = joined(_place(then, shares, title=title), _place(later, shares, title=title))
    weights = {share.area: share.weight for share in shares}
    whole = _place(parts, shares, title=title)
    return PlacePopulation(
        title=title,
        whole=whole,
        parts=_weighted(parts, weights),
        join=replace(as_published, table=whole, rebasing=rebasing),
        shares=weights,
        notes=notes if then.synthetic else (*notes, _break_note(as_published, rebasing)),
    )


def _tables(request: PlaceRequest, folder: DataFolder) -> tuple[PopulationTable, PopulationTable, tuple[str, ...]]:
    """Estimates and projection in the same ages."""
    before = estimates(folder)
    if request.variant.strip().casefold() == PRINCIPAL:
        return before, principal(folder), ()
    after = variant(folder, request.variant)
    note = f"The variant '{after.variant}' is published in five-year bands, so that all years are shown in them."
    return banded(before, FIVE_YEAR_BANDS), after, (note,)


def _area(table: PopulationTable, text: str) -> str:
    """The code of an area of the files.

    Raises:
        InputError: there is none; the message lists places and areas.
    """
    try:
        return table.area_called(text)
    except PopulationError as error:
        places = ", ".join(place.id for place in read_places().places)
        names = ", ".join(sorted(table.name_of(code) for code in table.areas))
        problem = Problem(
            Location("place"), f"there is no place called '{text}'", f"a place ({places}) or an area ({names})"
        )
        raise InputError([problem]) from error


def _present(table: PopulationTable, codes: Iterable[str]) -> PopulationTable:
    """The areas of a projection; some variants are not published for every area."""
    wanted = list(codes)
    absent = [code for code in wanted if code not in table.areas]
    if absent:
        raise PopulationError([f"'{table.variant}' has no people for {', '.join(absent)}; expected every area"])
    return table.select(areas=wanted)


def _place(table: PopulationTable, shares: tuple[AreaShare, ...], *, title: str) -> PopulationTable:
    """The place as one area, on the last day of its groups; a district is in itself for good."""
    rolled = roll_up(table, shares, on=shares[0].until or date.max).table
    return rolled.with_people(rolled.people, area_names={rolled.areas[0]: title})


def _weighted(parts: PopulationTable, weights: dict[str, float]) -> PopulationTable:
    """Districts with only the people who live in the place."""
    shares = [weights[area] for area in parts.areas]
    people = [table * share for table, share in zip(parts.people, shares, strict=True)]
    return parts.with_people(people)


def _break_note(join: Join, rebasing: Rebasing) -> str:
    year, people, share = join.last_estimate + 1, join.break_people[0], join.break_per_cent[0]
    side = "above" if people > 0 else "below"
    told = (
        f"In {year} the published projection starts {abs(people):,.0f} people ({abs(share):.1f}%) {side} the estimates"
    )
    if rebasing is Rebasing.NONE:
        return f"{told}; nothing was done about it (rebasing by area keeps its growth and moves it)."
    return f"{told}; it was rebased {rebasing}, which keeps its growth."


def _invented(request: PlaceRequest) -> PlacePopulation:
    named = next((place for place in read_places().places if place.id == request.place), None)
    if named is None:
        places = ", ".join(place.id for place in read_places().places)
        message = f"there is no place called '{request.place}' without a data folder"
        mend = "Give the public files with --data DIR for any other area."
        raise InputError([Problem(Location("place"), message, f"one of: {places}", mend)])
    if request.variant.strip().casefold() != PRINCIPAL:
        message = f"invented people have no variant '{request.variant}'"
        raise InputError([Problem(Location("variant"), message, PRINCIPAL, "Give the public files with --data DIR.")])
    model = read_stand_in()
    areas = {f"X{number}": f"Invented district {number}" for number in range(1, model.areas + 1)}
    before, after = invented_population(model, areas=areas, seed=request.seed)
    shares = tuple(AreaShare(area, named.id) for area in areas)
    title = f"{named.title} (invented)"
    return _assembled(before, after, shares=shares, title=title, rebasing=request.rebasing, notes=(STAND_IN_NOTE,))
