"""Reads public files of population into tables: estimates, the principal projection, its variants, small areas.

A file has to hold every age of both sexes for each of its areas, once. What is missing, doubled or unreadable is named
by its line, and nothing is half read.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import get_close_matches
from pathlib import Path

import polars as pl

from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import ReadTable
from placeplan.kernel.errors import InputError, Location, Place, Problem
from placeplan.population.errors import PopulationError
from placeplan.population.types import ESTIMATE, FEMALE, MALE, PERSONS, PRINCIPAL, PopulationTable

ESTIMATES, PROJECTION, VARIANTS, SMALL_AREAS = (
    "mid-year-estimates-sya",
    "projection-principal-sya",
    "projection-variants-5yr",
    "lsoa11-mye-sya-persons",
)
LSOA = "lsoa11_code"
LINE = "line"
LISTED = 20
_SEX = {"female": FEMALE, "male": MALE, "persons": PERSONS}
_YEAR = re.compile(r"(?:19|20)\d{2}")


@dataclass(frozen=True, slots=True)
class _Layout:
    """Where a file says whom a row is of: the columns of area, name, sex and age."""

    area: str = "area_code"
    name: str = "area_name"
    sex: str = "sex"
    age: str = "age"


@dataclass(frozen=True, slots=True)
class _File:
    """A file and its headings, for the places of problems."""

    name: str
    headings: tuple[str, ...]

    def at(self, line: int, heading: str = "") -> Location:
        """The location of a cell, or of a row."""
        return Place(self.name, line, self.headings).at(heading)


def estimates(folder: DataFolder) -> PopulationTable:
    """Mid-year estimates by single year of age and sex; the last file where there are several.

    Raises:
        InputError: the file is not there or cannot be read, with every problem found.
    """
    return _single_years(folder, ESTIMATES, variant=ESTIMATE)


def principal(folder: DataFolder) -> PopulationTable:
    """The principal projection by single year of age and sex.

    Raises:
        InputError: see ``estimates``.
    """
    return _single_years(folder, PROJECTION, variant=PRINCIPAL)


def variant(folder: DataFolder, name: str) -> PopulationTable:
    """A variant projection in five-year bands, by its name or its number (``High migration``, ``v6``).

    Raises:
        InputError: see ``estimates``; or there is no such variant: the message lists those that there are.
    """
    read, source = _whole(folder, VARIANTS)
    known = read.frame.select("variant", "variant_name").unique(maintain_order=True).rows()
    wanted = name.strip().casefold()
    found = [title for code, title in known if wanted in (code.casefold(), title.casefold())]
    if not found:
        titles = [title for _, title in known]
        near = get_close_matches(name, titles, n=1)
        mend = f"Did you mean '{near[0]}'?" if near else ""
        message = f"there is no variant called '{name}'"
        raise InputError([Problem(Location(read.file, 0, "variant"), message, f"one of: {', '.join(titles)}", mend)])
    return _variant(read, found[0], source=source)


def variants(folder: DataFolder) -> dict[str, PopulationTable]:
    """Every variant projection by its name, in the order of the file.

    Raises:
        InputError: see ``estimates``.
    """
    read, source = _whole(folder, VARIANTS)
    names = read.frame["variant_name"].unique(maintain_order=True).to_list()
    return {name: _variant(read, name, source=source) for name in names}


def _variant(read: ReadTable, name: str, *, source: str) -> PopulationTable:
    rows = read.frame.filter(pl.col("variant_name") == name)
    return _table(
        rows, _Layout(age="age_band_start"), file=_File(read.file, read.headings), variant=name, source=source
    )


def small_areas(folder: DataFolder, *, years: Sequence[int] = ()) -> PopulationTable:
    """Persons of small areas by single year of age, one year from each file.

    Args:
        folder: the data folder.
        years: only these years, which have to be there; all when left out.

    Raises:
        InputError: see ``estimates``; or the files have other areas or ages than each other.
    """
    paths = {int(year[0]): path for path in folder.find(SMALL_AREAS) if (year := _YEAR.search(path.name))}
    if not paths:
        message = f"no file of '{SMALL_AREAS}' has a year in its name"
        raise InputError([Problem(Location(folder.path.name), message, folder.catalogue[SMALL_AREAS].files[0])])
    absent = [year for year in years if year not in paths]
    if absent:
        message = f"there is no file of '{SMALL_AREAS}' for {', '.join(map(str, absent))}"
        known = f"one of {', '.join(map(str, sorted(paths)))}"
        raise InputError([Problem(Location(folder.path.name), message, known)])
    chosen = {year: paths[year] for year in sorted(years or paths)}
    frames = {year: _wide(folder, path) for year, path in chosen.items()}
    first = next(iter(frames.values()))
    different = [chosen[year].name for year, (areas, ages, _) in frames.items() if (areas, ages) != first[:2]]
    if different:
        file = next(iter(chosen.values())).name
        raise InputError(
            Problem(Location(name), f"it has other small areas or ages than {file}", "the same small areas and ages")
            for name in different
        )
    people = pl.concat([pl.Series(cells) for _, _, cells in frames.values()]).to_numpy()
    areas, ages, _ = first
    shaped = people.reshape(len(frames), len(areas), 1, len(ages)).transpose(1, 2, 3, 0)
    return PopulationTable(
        areas=areas,
        sexes=(PERSONS,),
        ages=ages,
        years=tuple(frames),
        people=shaped,
        source=folder.catalogue[SMALL_AREAS].title,
    )


def _wide(folder: DataFolder, path: Path) -> tuple[tuple[str, ...], tuple[int, ...], pl.Series]:
    """Areas, ages and cells of a file with a column for each age, row by row in the order of the codes."""
    read = folder.read_whole(SMALL_AREAS, path=path)
    frame = read.frame.sort(LSOA)
    headings = sorted(
        (name for name in frame.columns if name.rstrip("+").isdigit()), key=lambda one: int(one.rstrip("+"))
    )
    file = _File(read.file, read.headings)
    problems = [*_blank(frame, headings, file=file), *_doubled(frame, [LSOA], file=file)]
    if problems:
        raise InputError(problems)
    cells = frame.select(pl.concat_list(pl.col(headings).cast(pl.Float64)).alias("cells"))["cells"].explode()
    return tuple(frame[LSOA]), tuple(int(name.rstrip("+")) for name in headings), cells


def _single_years(folder: DataFolder, dataset_id: str, *, variant: str) -> PopulationTable:
    read, source = _whole(folder, dataset_id)
    return _table(read.frame, _Layout(), file=_File(read.file, read.headings), variant=variant, source=source)


def _whole(folder: DataFolder, dataset_id: str) -> tuple[ReadTable, str]:
    """The last file of a data set, of which every row could be read, and where it comes from in words."""
    dataset = folder.catalogue[dataset_id]
    return folder.read_whole(dataset_id), f"{dataset.title}, {dataset.publisher}."


def _table(frame: pl.DataFrame, layout: _Layout, *, file: _File, variant: str, source: str) -> PopulationTable:
    """Rows of one area, sex and age, with a column for each year, as a table."""
    years = sorted(name for name in frame.columns if _YEAR.fullmatch(name))
    key = [layout.area, layout.sex, layout.age]
    problems = [
        *_blank(frame, years, file=file),
        *_doubled(frame, key, file=file),
        *_missing(frame, layout, file=file),
    ]
    if problems:
        raise InputError(problems)
    ordered = frame.sort(*key)
    areas = ordered.select(layout.area, layout.name).unique(maintain_order=True)
    sexes = sorted(frame[layout.sex].unique().to_list())
    ages = sorted(frame[layout.age].unique().to_list())
    people = ordered.select(pl.col(years).cast(pl.Float64)).to_numpy()
    try:
        return PopulationTable(
            areas=tuple(areas[layout.area]),
            sexes=tuple(_SEX[sex] for sex in sexes),
            ages=tuple(ages),
            years=tuple(map(int, years)),
            people=people.reshape(areas.height, len(sexes), len(ages), len(years)),
            area_names=dict(areas.iter_rows()),
            variant=variant,
            source=source,
        )
    except PopulationError as error:
        raise InputError(Problem(Location(file.name), message) for message in error.messages) from error


def _blank(frame: pl.DataFrame, columns: Sequence[str], *, file: _File) -> Iterator[Problem]:
    for column in columns:
        lines = frame.filter(pl.col(column).is_null())[LINE]
        for line in lines[:LISTED]:
            yield Problem(file.at(line, column), "this cell is blank", "a number of people; 0 where nobody lives")


def _doubled(frame: pl.DataFrame, key: Sequence[str], *, file: _File) -> Iterator[Problem]:
    twice = frame.filter(~pl.struct(key).is_first_distinct())
    for row in twice.head(LISTED).iter_rows(named=True):
        told = ", ".join(str(row[name]) for name in key)
        message = f"{told} stands in another row too"
        yield Problem(file.at(row[LINE], key[-1]), message, "one row for each", "Take one of the two out.")


def _missing(frame: pl.DataFrame, layout: _Layout, *, file: _File) -> Iterator[Problem]:
    """Areas that lack a sex or an age which others have; and names that an area has two of."""
    if frame.is_empty():
        yield Problem(Location(file.name), "there are no rows", "a row for each area, sex and age")
        return
    areas = frame.select(layout.area).unique(maintain_order=True)
    groups = frame.select(layout.sex).unique().join(frame.select(layout.age).unique(), how="cross")
    wanted = areas.join(groups, how="cross")
    absent = wanted.join(frame, on=[layout.area, layout.sex, layout.age], how="anti").sort(pl.all())
    for area, sex, age in absent.head(LISTED).iter_rows():
        yield Problem(
            Location(file.name), f"{area} has no row for {sex}, {age}", "every sex and age that other areas have"
        )
    if absent.height > LISTED:
        yield Problem(
            Location(file.name), f"{absent.height - LISTED:,} more rows are missing", "every area, sex and age"
        )
    named = frame.select(layout.area, layout.name).unique()
    for area in named.filter(pl.col(layout.area).is_duplicated())[layout.area].unique().sort():
        yield Problem(Location(file.name, 0, layout.name), f"{area} has two names", "one name for each area")
