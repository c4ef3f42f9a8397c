"""People, rates and gains in life expectancy of a place as arrays, from the public files of a data folder."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

import numpy as np
import polars as pl

from placeplan.app.care.do_nothing_definitions import read_demand_places, read_groups
from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import read_table
from placeplan.demand.activity import FloatArray
from placeplan.kernel.errors import InputError, Location, Problem

RATES, ESTIMATES, PROJECTION = (
    "hospital-activity-rates-by-age-sex", "mid-year-estimates-sya", "projection-principal-sya",
)  # fmt: skip
LIFE_EXPECTANCY = "england-life-expectancy-by-age-sex"
SEXES = ("f", "m")
FIRST_AGE, LAST_AGE = 18, 90
AGES = tuple(range(FIRST_AGE, LAST_AGE + 1))
COUNTED, SMOOTHED = "counted", "smoothed"
CITE_ONLY = "cite-only"
_YEAR = re.compile(r"(?:19|20)\d{2}")


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
    folder: DataFolder, place: str, *, rates: str = COUNTED, since: str = "", until: str = ""
) -> DemandInputs:
    """Read what a place needs.

    Args:
        folder: a data folder.
        place: a place of the definitions, or one area by its code or name.
        rates: ``counted`` as they were, or ``smoothed`` over ages, where a rate below 0 counts as 0.
        since: the base year; that of the rates when empty.
        until: the last year of the path; the last of the projection when empty.

    Raises:
        InputError: a file is not there or cannot be read, the place or the year is not known, or an area lacks rows.
    """
    missing = [problem for name in (RATES, ESTIMATES, PROJECTION) for problem in _missing(folder, name)]
    if missing:
        raise InputError(missing)
    table, year_of_rates = _rates_of(folder)
    estimates, projection = (_frame(folder, name) for name in (ESTIMATES, PROJECTION))
    title, areas, note = _areas_of(place, estimates)
    years = _years(since or year_of_rates, estimates, projection=projection, until=until)
    people = _people(estimates, projection, areas=areas, years=years)
    groups = tuple(group.id for group in read_groups().groups)
    smooth, below = _rates(table, groups=groups, areas=areas, column=_COLUMNS[SMOOTHED])
    each = smooth if rates == SMOOTHED else _rates(table, groups=groups, areas=areas, column=_COLUMNS[rates])[0]
    gained = _gained(folder, years) if LIFE_EXPECTANCY in folder.files else None
    names = dict(estimates.select("area_code", "area_name").unique().iter_rows())
    return DemandInputs(
        title=title,
        areas=areas,
        names=tuple(names[area] for area in areas),
        groups=groups,
        years=years,
        people=people,
        rates=each,
        smooth_rates=smooth,
        gained=gained,
        synthetic=False,
        sources=tuple(_sources(folder, gained is not None)),
        notes=tuple(
            filter(
                None,
                (
                    note,
                    *_notes(people, years=years, estimates=estimates),
                    *_about(below, gained=gained is not None),
                    *_asked(folder),
                ),
            )
        ),
    )


_COLUMNS = {COUNTED: ("rate_f", "rate_m"), SMOOTHED: ("rate_f_smooth", "rate_m_smooth")}


def _missing(folder: DataFolder, dataset_id: str) -> Iterator[Problem]:
    try:
        folder.find(dataset_id)
    except InputError as error:
        yield from error.problems


def _frame(folder: DataFolder, dataset_id: str) -> pl.DataFrame:
    return _read(folder, folder.find(dataset_id)[-1], dataset_id=dataset_id)


def _read(folder: DataFolder, path: Path, *, dataset_id: str) -> pl.DataFrame:
    shown = path.relative_to(folder.path).as_posix()
    read = read_table(path, folder.catalogue[dataset_id], shown_as=shown)
    if read.problems:
        raise InputError(read.problems)
    return read.frame


def _rates_of(folder: DataFolder) -> tuple[pl.DataFrame, str]:
    """The latest rates, and the year in the name of their file, which is the only place where it stands."""
    path = folder.find(RATES)[-1]
    years = _YEAR.findall(path.stem)
    if not years:
        message = "the name of the file does not say which year the rates are of"
        raise InputError([Problem(Location(path.name), message, "a name such as …_2023.csv")])
    return _read(folder, path, dataset_id=RATES), years[-1]


def _areas_of(place: str, estimates: pl.DataFrame) -> tuple[str, tuple[str, ...], str]:
    """Title, codes of areas and a note of a place."""
    places = {one.id: one for one in read_demand_places().places}
    names: dict[str, str] = dict(estimates.select("area_code", "area_name").unique().iter_rows())
    if place in places:
        found = places[place]
        absent = [area for area in found.areas if area not in names]
        if absent:
            problem = f"{found.title} has the area {absent[0]}, of which the estimates have no people"
            raise InputError([Problem(Location("place"), problem)])
        return found.title, found.areas, found.note
    codes = [code for code, name in names.items() if place.casefold() in (code.casefold(), name.casefold())]
    if codes:
        return names[codes[0]], (codes[0],), ""
    near = get_close_matches(place, [*places, *names.values()], n=3, cutoff=0.5) or sorted(places)
    message = f"there is no place called '{place}'"
    raise InputError([Problem(Location("place"), message, "", f"Did you mean {', '.join(near)}?")])


def _years(base: str, estimates: pl.DataFrame, *, projection: pl.DataFrame, until: str) -> tuple[str, ...]:
    known = sorted({name for name in (*estimates.columns, *projection.columns) if _YEAR.fullmatch(name)})
    last = until or known[-1]
    wanted = [str(year) for year in range(int(base), int(last) + 1)] if last.isdigit() else []
    absent = [year for year in wanted if year not in known]
    if absent or len(wanted) < 2:
        message = f"'{last}' is no last year that can be reached"
        expected = f"a year from {int(base) + 1} to {known[-1]}"
        raise InputError([Problem(Location("until"), message, expected)])
    return tuple(wanted)


def _people(
    estimates: pl.DataFrame, projection: pl.DataFrame, *, areas: Sequence[str], years: Sequence[str]
) -> FloatArray:
    """Estimates where there are any, the projection after them; ages above the last are added to it."""
    found = np.zeros((len(areas), len(SEXES), len(AGES), len(years)))
    for place, year in enumerate(years):
        frame = estimates if year in estimates.columns else projection
        rows = frame.filter(pl.col("area_code").is_in(areas), pl.col("age") >= FIRST_AGE)
        summed = rows.group_by("area_code", "sex", pl.col("age").clip(upper_bound=LAST_AGE)).agg(pl.col(year).sum())
        found[..., place] = _laid_out(summed, areas, column=year, what=f"people of {year}")
    return found


def _rates(
    table: pl.DataFrame, *, groups: Sequence[str], areas: Sequence[str], column: tuple[str, str]
) -> tuple[FloatArray, int]:
    """Rates, and how many below 0 were taken as 0."""
    rows = table.filter(pl.col("area_code").is_in(areas))
    found = np.zeros((len(groups), len(areas), len(SEXES), len(AGES)))
    for place, group in enumerate(groups):
        own = rows.filter(pl.col("group") == group)
        long = pl.concat(
            own.select("area_code", "age", pl.lit(sex).alias("sex"), pl.col(name).alias("rate"))
            for sex, name in zip(SEXES, column, strict=True)
        )
        found[place] = _laid_out(long, areas, column="rate", what=f"rates of {group}")
    below = int((found < 0).sum())
    return np.maximum(found, 0.0), below


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


def _gained(folder: DataFolder, years: Sequence[str]) -> FloatArray:
    """Gain in life expectancy at each age since the base year; none at ages that the file does not have."""
    frame = _frame(folder, LIFE_EXPECTANCY)
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


def _sources(folder: DataFolder, with_gains: bool) -> Iterator[str]:  # noqa: FBT001
    for dataset_id in (RATES, ESTIMATES, PROJECTION, *([LIFE_EXPECTANCY] if with_gains else [])):
        dataset = folder.catalogue[dataset_id]
        yield f"{dataset.title} ({dataset.publisher})"


def _notes(people: FloatArray, *, years: Sequence[str], estimates: pl.DataFrame) -> Iterator[str]:
    """What happens where the projection takes over from the estimates."""
    yield f"Adults of {FIRST_AGE} and over: the rates have no children."
    place = next((number for number, year in enumerate(years) if year not in estimates.columns), 0)
    if place == 0:
        return
    totals = people.sum(axis=(0, 1, 2))
    step = totals[place] / totals[place - 1] - 1
    usual = (totals[-1] / totals[place]) ** (1 / max(len(years) - 1 - place, 1)) - 1
    yield (
        f"{years[place - 1]} is estimated and {years[place]} projected from an earlier base: people change by "
        f"{step:+.1%} between them, and by {usual:+.1%} a year after that."
    )


def _about(below: int, *, gained: bool) -> Iterator[str]:
    if below:
        yield f"{below:,} smoothed rates below 0 count as 0; healthier ageing is read from smoothed rates."
    if not gained:
        yield "No file of life expectancy, so that healthier ageing is left out."


def _asked(folder: DataFolder) -> Iterator[str]:
    """What the licence of the rates asks for, where it is no open one."""
    dataset = folder.catalogue[RATES]
    if dataset.licence == CITE_ONLY:
        yield f"Rates: {folder.catalogue.licence_of(dataset).title.lower()}; ask before you publish what rests on them."
