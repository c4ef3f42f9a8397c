"""The place that synthetic people live in: real small areas and practices from a data folder, or invented ones."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches

import polars as pl

from placeplan.app.segments.synthetic_models import read_models, read_places
from placeplan.app.segments.synthetic_rates import published_rates
from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import read_table
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.synthetic.arrays import Floats
from placeplan.segments.synthetic.invented import AGES, invented_place, share_female
from placeplan.segments.synthetic.models import NamedPlace
from placeplan.segments.synthetic.places import Areas, Practices, SyntheticPlace, attendance, nearest
from placeplan.segments.synthetic.use import Published

INVENTED_PEOPLE = 100_000
POPULATION, DEPRIVATION, CENTRES, GROUPS = (
    "lsoa11-mye-sya-persons",
    "lsoa11-lookup-imd",
    "lsoa11-centroids",
    "lsoa11-to-ccg-pre2020-kent-medway",
)
PRACTICES, SITES = "practice-ccg-kent-medway", "practice-weighted-populations"
NEEDED = (POPULATION, DEPRIVATION, CENTRES, GROUPS, PRACTICES, SITES)
SEXES = "england-by-sex-imd-decile-sya"
LSOA = "lsoa11_code"
YEAR_OF_PEOPLE = "2017"
OPEN = "A"


def named_place(place_id: str) -> NamedPlace:
    """The place of this identifier.

    Raises:
        InputError: there is none; the message names the nearest.
    """
    known = {place.id: place for place in read_places().places}
    if place_id in known:
        return known[place_id]
    near = get_close_matches(place_id.lower(), known, n=3, cutoff=0.5) or sorted(known)
    message = f"there is no place called '{place_id}'"
    raise InputError([Problem(Location("place"), message, "", f"Did you mean {', '.join(near)}?")])


def synthetic_place(
    named: NamedPlace, *, people: int | None, seed: int, data: DataFolder | None
) -> tuple[SyntheticPlace, Published]:
    """The place, and published rates of activity where the data folder has them.

    Args:
        named: the place.
        people: how many live in an invented place; real places have their own number.
        seed: of the run.
        data: a data folder; without it areas and practices are invented.

    Raises:
        InputError: the data folder lacks a file that is needed; each is named.
    """
    if data is None:
        size = people or INVENTED_PEOPLE
        return invented_place((named.id, named.title), people=size, seed=seed, lives=read_models().lives), {}
    missing = [problem for dataset_id in NEEDED for problem in _missing(data, dataset_id)]
    if missing:
        raise InputError(missing)
    return _real_place(_Files(data), named), published_rates(data)


def _missing(folder: DataFolder, dataset_id: str) -> Iterator[Problem]:
    try:
        folder.find(dataset_id)
    except InputError as error:
        yield from error.problems


@dataclass(frozen=True)
class _Files:
    """The files of a data folder as frames; a file with rows that cannot be read is refused."""

    folder: DataFolder

    def __getitem__(self, dataset_id: str) -> pl.DataFrame:
        return self.of_year(dataset_id, "")

    def of_year(self, dataset_id: str, year: str) -> pl.DataFrame:
        """The file with the year in its name, or else the last one."""
        files = self.folder.find(dataset_id)
        chosen = next((file for file in files if year and year in file.name), files[-1])
        read = read_table(chosen, self.folder.catalogue[dataset_id])
        if read.problems:
            raise InputError(read.problems)
        return read.frame

    def first_with(self, dataset_id: str, column: str) -> pl.DataFrame:
        """The first of its files that has this column filled."""
        for file in self.folder.find(dataset_id):
            read = read_table(file, self.folder.catalogue[dataset_id])
            if column in read.frame.columns and read.frame[column].is_not_null().any():
                return read.frame
        message = f"no file of '{dataset_id}' has the column '{column}'"
        raise InputError([Problem(Location(self.folder.path.name), message, "a year that has it")])


def _real_place(files: _Files, named: NamedPlace) -> SyntheticPlace:
    groups = files[GROUPS].filter(pl.col("ccg_ods").is_in(list(named.groups)))
    deprivation = files[DEPRIVATION].select(LSOA, "imd2019_decile", "ltla21_name")
    centres = files[CENTRES].select(LSOA, "lat", "lon")
    people = files.of_year(POPULATION, YEAR_OF_PEOPLE)
    ages = [name for name in people.columns if name.rstrip("+").isdigit()]
    whole = groups.select(LSOA).join(people.select(LSOA, *ages), on=LSOA).join(deprivation, on=LSOA)
    whole = whole.join(centres, on=LSOA).drop_nulls().sort(LSOA)
    if len(ages) != AGES or whole.height != groups.height or whole.is_empty():
        message = f"{whole.height} of {groups.height} small areas have people by age, deprivation and a centre"
        raise InputError([Problem(Location(named.title), message, "every area in all four files")])
    areas = Areas(
        codes=tuple(whole[LSOA]),
        within=tuple(whole["ltla21_name"]),
        deciles=whole["imd2019_decile"].cast(pl.Int64).to_numpy(),
        people=whole.select(pl.col(ages).cast(pl.Float64)).to_numpy(),
        share_female=_share_female(files),
    )
    surgeries = _surgeries(files, named)
    practices = Practices(
        codes=tuple(surgeries["practice_code"]),
        clusters=tuple(surgeries["pcn_name"].fill_null("no network")),
        lists=_floats(surgeries, "registered_patients"),
    )
    candidates, kilometres = nearest(
        (_floats(whole, "lat"), _floats(whole, "lon")), (_floats(surgeries, "lat"), _floats(surgeries, "lon"))
    )
    return SyntheticPlace(
        id=named.id,
        title=named.title,
        real=True,
        source=f"{len(areas.codes)} real small areas and {len(practices.codes)} real practices, from a data folder",
        areas=areas,
        practices=practices,
        attendance=attendance(areas, practices, candidates=candidates, kilometres=kilometres),
    )


def _surgeries(files: _Files, named: NamedPlace) -> pl.DataFrame:
    """Open practices of the groups with a list and a place on the map."""
    sites = files.first_with(SITES, "registered_patients")
    listed = files[PRACTICES].filter(pl.col("commissioner_ods").is_in(list(named.groups)), pl.col("status") == OPEN)
    wanted = ["practice_code", "lat", "lon", "registered_patients"]
    found = listed.select("practice_code").join(sites.select(*wanted, "pcn_name"), on="practice_code")
    return found.drop_nulls(wanted).sort("practice_code")


def _share_female(files: _Files) -> Floats:
    """Of each tenth of deprivation and age, from a published table where there is one, else from the model."""
    if SEXES not in files.folder.files:
        return share_female(read_models().lives)
    table = files[SEXES].sort("imd2019_decile")
    ages = [name for name in table.columns if name.rstrip("+").isdigit()]
    women, men = (
        table.filter(pl.col("sex") == sex).select(pl.col(ages).cast(pl.Float64)).to_numpy()
        for sex in ("female", "male")
    )
    found: Floats = women / (women + men)
    return found


def _floats(frame: pl.DataFrame, column: str) -> Floats:
    found: Floats = frame[column].cast(pl.Float64).to_numpy()
    return found
