"""Rates of activity and gains in life expectancy from public files, and people at the ages of the rates."""

import re
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import read_table
from placeplan.demand.activity import FloatArray
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.population.aligning import aligned_people
from placeplan.population.errors import PopulationError
from placeplan.population.types import PopulationTable

RATES, LIFE_EXPECTANCY = "hospital-activity-rates-by-age-sex", "england-life-expectancy-by-age-sex"
SEXES = ("f", "m")
FIRST_AGE, LAST_AGE = 18, 90
AGES = tuple(range(FIRST_AGE, LAST_AGE + 1))
COUNTED, SMOOTHED = "counted", "smoothed"
LINE = "line"
_COLUMNS = {COUNTED: ("rate_f", "rate_m"), SMOOTHED: ("rate_f_smooth", "rate_m_smooth")}
_YEAR = re.compile(r"(?:19|20)\d{2}")


def rates_table(folder: DataFolder) -> tuple[pl.DataFrame, str]:
    """The latest rates, and the year in the name of their file, which is the only place where it stands.

    Raises:
        InputError: the file is not there, cannot be read, has a row twice, or its name has no year.
    """
    path = folder.find(RATES)[-1]
    years = _YEAR.findall(path.stem)
    if not years:
        message = "the name of the file does not say which year the rates are of"
        raise InputError([Problem(Location(path.name), message, "a name such as …_2023.csv")])
    return _read(folder, path, dataset_id=RATES), years[-1]


def rates_of(table: pl.DataFrame, *, groups: Sequence[str], areas: Sequence[str], kind: str) -> tuple[FloatArray, int]:
    """Rates, groups x areas x sexes x ages, and how many below 0 were taken as 0.

    Raises:
        InputError: a rate is missing.
    """
    rows = table.filter(pl.col("area_code").is_in(areas))
    found = np.zeros((len(groups), len(areas), len(SEXES), len(AGES)))
    for place, group in enumerate(groups):
        own = rows.filter(pl.col("group") == group)
        long = pl.concat(
            own.select("area_code", "age", pl.lit(sex).alias("sex"), pl.col(name).alias("rate"))
            for sex, name in zip(SEXES, _COLUMNS[kind], strict=True)
        )
        found[place] = _laid_out(long, areas, column="rate", what=f"rates of {group}")
    below = int((found < 0).sum())
    return np.maximum(found, 0.0), below


def people_of(table: PopulationTable, *, years: Sequence[str]) -> FloatArray:
    """People at the ages of the rates, areas x sexes x ages x years; those above the last age are added to it.

    Raises:
        InputError: the people are in bands that the ages of the rates would split, or lack young ages.
    """
    try:
        return aligned_people(table, ages=AGES, sexes=SEXES, years=[int(year) for year in years]).people
    except PopulationError as error:
        raise InputError(Problem(Location("population"), message) for message in error.messages) from error


def _laid_out(rows: pl.DataFrame, areas: Sequence[str], *, column: str, what: str) -> FloatArray:
    """One number for each area, sex and age."""
    where: Mapping[str, int] = {area: place for place, area in enumerate(areas)}
    found = np.full((len(areas), len(SEXES), len(AGES)), np.nan)
    for area, sex, age, value in rows.select("area_code", "sex", "age", column).iter_rows():
        if FIRST_AGE <= age <= LAST_AGE and value is not None:
            found[where[area], SEXES.index(_letter(sex)), age - FIRST_AGE] = value
    holes = np.argwhere(np.isnan(found))
    if len(holes):
        area, sex, age = holes[0]
        message = f"{what}: no number for {areas[area]}, {SEXES[sex]}, age {AGES[age]}; {len(holes):,} are missing"
        raise InputError([Problem(Location("data folder"), message, "a number for every area, sex and age")])
    return found


def _letter(sex: object) -> str:
    return str(sex)[:1].lower()


def gained_of(folder: DataFolder, years: Sequence[str]) -> FloatArray:
    """Gain in life expectancy at each age since the base year; none at ages that the file does not have.

    Sexes x ages x years.

    Raises:
        InputError: the file cannot be read, or does not run over the years.
    """
    frame = _read(folder, folder.find(LIFE_EXPECTANCY)[-1], dataset_id=LIFE_EXPECTANCY)
    found = np.full((len(SEXES), len(AGES), len(years)), np.nan)
    where = {year: place for place, year in enumerate(years)}
    rows = frame.filter(pl.col("age").is_between(FIRST_AGE, LAST_AGE))
    for year, sex, age, expectancy in rows.select("year", "sex", "age", "ex").iter_rows():
        if str(year) in where and expectancy is not None:
            found[SEXES.index(_letter(sex)), age - FIRST_AGE, where[str(year)]] = expectancy
    known = ~np.isnan(found)
    if not known.any() or (known.any(axis=2) != known.all(axis=2)).any():
        message = f"life expectancy does not run from {years[0]} to {years[-1]} at every age that it has"
        raise InputError([Problem(Location(LIFE_EXPECTANCY), message, "", "Ask for an earlier last year.")])
    return np.asarray(np.nan_to_num(found - found[..., :1], nan=0.0))


def _read(folder: DataFolder, path: Path, *, dataset_id: str) -> pl.DataFrame:
    """A file in which no row has a problem and none stands twice."""
    dataset, shown = folder.catalogue[dataset_id], path.relative_to(folder.path).as_posix()
    read = read_table(path, dataset, shown_as=shown)
    twice = read.frame.filter(~pl.struct(dataset.grain).is_first_distinct())
    key = ", ".join(dataset.grain)
    problems = [
        *read.problems,
        *(Problem(Location(shown, line), f"an earlier row has the same {key}") for line in twice[LINE].to_list()),
    ]
    if problems:
        raise InputError(problems)
    return read.frame
