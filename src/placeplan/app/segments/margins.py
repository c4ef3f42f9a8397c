"""Sets what came out of a synthetic place beside what it was fitted to, and says how far apart they are."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import polars as pl

from placeplan.app.data_folder import data_folder
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.margins_of_segments import illness_margins, target_margins
from placeplan.app.segments.synthesising import MARK, SynthesisRequest, world_of
from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import read_table
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.segments.synthetic.blocks import World
from placeplan.segments.synthetic.use import rates_of

COLUMNS = {
    "margin": pl.String,
    "group": pl.String,
    "made_up": pl.Float64,
    "set_beside": pl.Float64,
    "unit": pl.String,
    "source": pl.String,
}
FILE = "synthetic-margins.csv"
COUNTS = ("people", "events")
BROAD_BANDS = ((0, 15), (16, 64), (65, 79), (80, 110))
OLDEST_OF_AREAS = 90
SPEND = "nhs-spend-per-head-by-age-sex-imd-quintile"
SPEND_YEAR = "2014-15"
OLDEST_OF_SPEND = 85
YEARS_OF_A_BAND = 10
PENCE = 100


@dataclass(frozen=True)
class _Made:
    """A synthetic folder, lazily, and the world that it was made of."""

    folder: Path
    world: World
    data: DataFolder | None

    def table(self, name: str) -> pl.LazyFrame:
        return pl.scan_parquet(self.folder / name / "*.parquet")

    def on_lists(self, day: date) -> pl.LazyFrame:
        """Who is on a list on a day, with sex, area and age in whole years."""
        spells = self.table("registrations").filter(
            pl.col("start") <= day, pl.col("end").is_null() | (pl.col("end") >= day)
        )
        age = (pl.lit(day).dt.year() - pl.col("birth_month").dt.year()) * 12
        age = (age + pl.lit(day).dt.month() - pl.col("birth_month").dt.month()) // 12
        people = self.table("people").with_columns(age=age.cast(pl.Int64))
        return spells.select("person_key", "practice").join(people, on="person_key")


def margins(folder: Path, *, data: Path | None, today: date) -> pl.DataFrame:
    """What came out of a synthetic dataset beside what it was fitted to.

    Args:
        folder: a dataset that ``synthesise`` wrote.
        data: the data folder that it was made with, if any.
        today: a day on which it is read.

    Returns:
        One row for each margin and group: ``made_up``, ``set_beside`` (the target, or the margin that it was
        fitted to), their unit and source, and the relative difference; blank where there is nothing to divide by.

    Raises:
        InputError: it is no synthetic dataset, or the data folder lacks a file.
    """
    made = _made(folder, data)
    rows = [*_people_of_areas(made), *_people_of_ages(made), *_lists(made), *_activity(made), *_spend(made)]
    with DuckDBEngine() as engine:
        rows += [*target_margins(folder, made.world, engine=engine, today=today)]
        if made.data is not None:
            rows += [*illness_margins(folder, made.world, data=made.data, engine=engine, today=today)]
    frame = pl.DataFrame(rows, schema=COLUMNS, orient="row", strict=False)
    apart = pl.when(pl.col("set_beside") > 0).then(pl.col("made_up") / pl.col("set_beside") - 1)
    return frame.with_columns(relative_difference=apart)


def summary_of(frame: pl.DataFrame) -> pl.DataFrame:
    """One row for each margin: groups, both totals of what can be added up, and how far apart the middle and the worst
    group are.
    """
    apart = pl.col("relative_difference").abs()
    counts = pl.col("unit").is_in(COUNTS)
    return frame.group_by("margin", "unit", maintain_order=True).agg(
        pl.len().alias("groups"),
        *(pl.when(counts.all()).then(pl.col(name).sum()).alias(name) for name in ("made_up", "set_beside")),
        apart.median().alias("middle_difference"),
        apart.max().alias("largest_difference"),
    )


def write_margins(frame: pl.DataFrame, path: Path) -> None:
    """Write them as a CSV file."""
    frame.write_csv(path)


def _made(folder: Path, data: Path | None) -> _Made:
    files = sorted((folder / "people").glob("*.parquet"))
    marks = pl.read_parquet_metadata(files[0]) if files else {}
    how: dict[str, Any] = json.loads(marks.get(f"{MARK}.made-with", "{}"))
    if marks.get(MARK) != "true" or not how:
        message = "this is no dataset that Placeplan made up"
        expected = "a folder that 'placeplan segments synthesise' wrote"
        raise InputError([Problem(Location(str(folder)), message, expected)])
    real = marks[f"{MARK}.geography"].startswith("real")
    if real and data is None:
        message = "this dataset was made with the areas of a data folder"
        raise InputError([Problem(Location(str(folder)), message, "the same data folder", "Give it with --data DIR.")])
    opened = data_folder(data) if data is not None else None
    used = data if real else None
    request = SynthesisRequest(how["place"], how["people"], how["years"], how["seed"], folder, used, how["last_year"])
    return _Made(folder, world_of(request, folder=opened if real else None), opened)


def _expected(made: _Made) -> pl.DataFrame:
    """People by area, age and sex as the place has them, brought to the number that was asked for."""
    areas, run = made.world.place.areas, made.world.run
    ages = [str(age) for age in range(areas.people.shape[1])]
    people = pl.from_numpy(areas.people * (run.people / areas.people.sum()), schema=ages)
    people = people.with_columns(small_area=pl.Series(areas.codes), decile=pl.Series(areas.deciles).cast(pl.Int64))
    long = people.unpivot(index=["small_area", "decile"], variable_name="age", value_name="people")
    women = pl.from_numpy(areas.share_female, schema=ages).with_row_index("decile", offset=1)
    share = women.unpivot(index="decile", variable_name="age", value_name="female")
    joined = long.join(share.with_columns(pl.col("decile").cast(pl.Int64)), on=["decile", "age"])
    return joined.with_columns(pl.col("age").cast(pl.Int64))


def _source(made: _Made) -> str:
    return "small-area estimates of the data folder" if made.world.place.real else "the invented place"


def _people_of_areas(made: _Made) -> Iterator[tuple[Any, ...]]:
    """People of each area and broad age on the first day."""
    band = pl.coalesce(
        *(
            pl.when(pl.col("age").is_between(first, last)).then(pl.lit(_band(first, last)))
            for first, last in BROAD_BANDS
        )
    )
    keys = ["small_area", "band"]
    wanted = _expected(made).with_columns(band=band).group_by(keys).agg(wanted=pl.col("people").sum())
    found = made.on_lists(made.world.run.first_day).with_columns(band=band).group_by(keys).agg(found=pl.len())
    joined = wanted.join(found.collect(engine="streaming"), on=keys, how="left").fill_null(0).sort(keys)
    for area, ages, expected, people in joined.iter_rows():
        yield "people by small area and age", f"{area} {ages}", people, expected, "people", _source(made)


def _band(first: int, last: int) -> str:
    return f"{first}-{last}" if last < BROAD_BANDS[-1][1] else f"{first}+"


def _people_of_ages(made: _Made) -> Iterator[tuple[Any, ...]]:
    """People of each year of age and sex on the first day."""
    long = _expected(made).with_columns(male=1 - pl.col("female"))
    each = [
        long.group_by("age").agg(wanted=(pl.col("people") * pl.col(sex)).sum()).with_columns(sex=pl.lit(sex))
        for sex in ("female", "male")
    ]
    age = pl.col("age").clip(upper_bound=OLDEST_OF_AREAS)
    found = made.on_lists(made.world.run.first_day).group_by(age, "sex").agg(found=pl.len())
    joined = pl.concat(each).join(found.collect(engine="streaming"), on=["age", "sex"], how="left").fill_null(0)
    for age_, wanted, sex, people in joined.sort("sex", "age").iter_rows():
        yield "people by year of age and sex", f"{age_} {sex}", people, wanted, "people", _source(made)


def _lists(made: _Made) -> Iterator[tuple[Any, ...]]:
    """People on each list on the first day, against its share of all lists."""
    practices, run = made.world.place.practices, made.world.run
    wanted = pl.DataFrame({"practice": practices.codes, "wanted": practices.lists})
    found = made.on_lists(run.first_day).group_by("practice").agg(found=pl.len()).collect(engine="streaming")
    source = "list sizes of the data folder" if made.world.place.real else "the invented place"
    joined = wanted.join(found, on="practice", how="left").fill_null(0).sort("practice")
    for practice, size, people in joined.iter_rows():
        expected = size * run.people / float(practices.lists.sum())
        yield "people by practice", practice, people, expected, "people", source


def _activity(made: _Made) -> Iterator[tuple[Any, ...]]:
    """Events of the last year by point of delivery and ten years of age, against the rates of people on the lists."""
    run, activity = made.world.run, made.world.models.activity
    start = run.last_day.replace(year=run.last_day.year - 1) + timedelta(days=1)
    rates = rates_of(activity, made.world.published)
    here = made.on_lists(start + (run.last_day - start) / 2)
    counts = here.group_by("age", "sex").agg(people=pl.len()).collect(engine="streaming")
    events = made.table("activity").filter(pl.col("date") >= start).select("person_key", "point_of_delivery")
    aged = events.join(here.select("person_key", "age"), on="person_key")
    band = (pl.col("age") // YEARS_OF_A_BAND * YEARS_OF_A_BAND).alias("band")
    found = aged.group_by("point_of_delivery", band).agg(found=pl.len()).collect(engine="streaming")
    for use in activity.uses:
        given = bool(use.published) and all(group in made.world.published for group in use.published)
        rate = pl.concat(
            pl.DataFrame({"sex": sex, "age": range(rates[use.id].shape[1]), "rate": rates[use.id][row]})
            for row, sex in enumerate(("female", "male"))
        )
        wanted = (
            counts.join(rate, on=["sex", "age"]).group_by(band).agg(wanted=(pl.col("people") * pl.col("rate")).sum())
        )
        of_use = found.filter(pl.col("point_of_delivery") == use.id).select("band", "found")
        for first, expected, count in wanted.join(of_use, on="band", how="left").fill_null(0).sort("band").iter_rows():
            source = "published rates from 18, modelled rates below" if given else "modelled rates"
            yield f"events: {use.id}", f"{first}-{first + YEARS_OF_A_BAND - 1}", count, expected, "events", source


def _spend(made: _Made) -> Iterator[tuple[Any, ...]]:
    """Spend a head of the last year by age, sex and fifth of deprivation, against a published table."""
    if made.data is None or SPEND not in made.data.files:
        return
    read = read_table(made.data.find(SPEND)[-1], made.data.catalogue[SPEND])
    if read.problems:
        raise InputError(read.problems)
    published = read.frame.filter(pl.col("year") == SPEND_YEAR).select(
        "age", "sex", pl.col("imd_quintile").str.strip_prefix("Q").cast(pl.Int64).alias("fifth"), "spend_per_head_gbp"
    )
    start = made.world.run.last_day.replace(year=made.world.run.last_day.year - 1) + timedelta(days=1)
    spend = (
        made.table("activity").filter(pl.col("date") >= start).group_by("person_key").agg(pl.col("cost_pence").sum())
    )
    areas = made.table("areas").select("small_area", fifth=(pl.col("deprivation_decile").cast(pl.Int64) + 1) // 2)
    people = made.on_lists(start + (made.world.run.last_day - start) / 2).join(areas, on="small_area")
    people = people.join(spend, on="person_key", how="left").with_columns(pl.col("cost_pence").fill_null(0))
    keys = ["age", "sex", "fifth"]
    each = people.with_columns(pl.col("age").clip(upper_bound=OLDEST_OF_SPEND)).group_by(keys)
    sums = each.agg(people=pl.len(), pounds=pl.col("cost_pence").sum() / PENCE).collect(engine="streaming")
    bands = (
        sums.join(published, on=keys)
        .group_by(pl.col("age") // YEARS_OF_A_BAND * YEARS_OF_A_BAND, "sex", "fifth")
        .agg(
            pl.col("pounds").sum() / pl.col("people").sum(),
            (pl.col("spend_per_head_gbp") * pl.col("people")).sum() / pl.col("people").sum(),
        )
        .sort("age", "sex", "fifth")
    )
    source = f"NHS spend a head {SPEND_YEAR}, all services, prescribing included"
    for age, sex, fifth, pounds, real in bands.iter_rows():
        yield "spend a head", f"{age}+ {sex} fifth {fifth}", pounds, real, "pounds a head", source
