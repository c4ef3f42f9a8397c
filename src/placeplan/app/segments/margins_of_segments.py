"""Margins that need the segmentation engine: printed figures by segment, and people with each condition."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl

from placeplan.app.segments.datasets import open_dataset
from placeplan.app.segments.definitions import read_definitions, read_schemes
from placeplan.app.segments.engines import DuckDBEngine
from placeplan.app.segments.running import segment
from placeplan.app.segments.synthetic_models import read_places, read_targets
from placeplan.datasets.folder import DataFolder
from placeplan.datasets.reading import read_table
from placeplan.kernel.errors import InputError
from placeplan.segments.features import Features
from placeplan.segments.membership import Membership
from placeplan.segments.periods import Period
from placeplan.segments.results import Dimension
from placeplan.segments.synthetic.blocks import World
from placeplan.segments.synthetic.models import Target

REGISTERS = "qof-ccg-prevalence"
PRINTED, SHARES = "printed figures", "printed figures: shares of people"
PENCE = 100


def last_year(world: World) -> Period:
    """The last financial year of a synthetic dataset."""
    last = world.run.last_day
    return Period(world.run.names[-1], last.replace(year=last.year - 1) + timedelta(days=1), last)


def target_margins(folder: Path, world: World, *, engine: DuckDBEngine, today: date) -> Iterator[tuple[Any, ...]]:
    """The figures that the Kent document prints, for the place that they are of.

    People are scaled to those whom the document has on lists, and stand there as shares of everybody on a list too.
    """
    targets = read_targets()
    if world.place.id != targets.place:
        return
    tables = dict(open_dataset(folder, engine, today=today).tables)
    tables["activity"] = tables["activity"].filter(~nw.col("setting").is_in(list(targets.leave_out)))
    scheme = next(one for one in read_schemes() if one.id == targets.scheme)
    found = segment(tables, last_year(world), scheme=scheme, features=Features(read_definitions()), engine=engine)
    table = found.table([Dimension.SEGMENT, Dimension.AGE_BAND])
    on_lists = float(targets.registered.people)
    everybody = float(table["people"].sum())
    for target in targets.targets:
        people, pounds = _figures(table, target)
        if target.people is not None:
            scaled, printed = people * on_lists / everybody, float(target.people)
            yield PRINTED, target.title, scaled, printed, "people", targets.reference
            shares = (100 * people / everybody, 100 * printed / on_lists)
            yield SHARES, target.title, *shares, "per cent of lists", targets.reference
        elif target.pounds is not None:
            made_up = pounds / people if people else 0.0
            yield PRINTED, target.title, made_up, float(target.pounds), "pounds a head", targets.reference


def _figures(table: pl.DataFrame, target: Target) -> tuple[float, float]:
    """People, and pounds."""
    rows = table.filter(pl.col("segment") == target.segment)
    if target.age_band:
        rows = rows.filter(pl.col("age_band") == target.age_band)
    return float(rows["people"].sum()), float(rows["spend_pence"].sum()) / PENCE


def illness_margins(
    folder: Path, world: World, *, data: DataFolder, engine: DuckDBEngine, today: date
) -> Iterator[tuple[Any, ...]]:
    """People with each condition on the last day, against the registers of general practice of the same place.

    The registers are of one commissioning group or of several together; shares are of everybody on a list.
    """
    if REGISTERS not in data.files:
        return
    published, year = _registers(data, world)
    if published.is_empty():
        return
    features = Features(read_definitions(), membership=Membership.ON_LAST_DAY)
    tables = open_dataset(folder, engine, today=today).tables
    people = features.of_people(tables, last_year(world), engine=engine)
    conditions = read_targets().registers
    tests = [features.markers.places[name].test().sum().alias(name) for name in conditions.values()]
    counts = engine.fetched(people.select(nw.len().alias("people"), *tests)).row(0, named=True)
    for register, share in published.iter_rows():
        name = conditions[register]
        made_up = float(counts[name]) / max(1, counts["people"]) * 100
        yield "people with a condition", name, made_up, share, "per cent of lists", f"QOF register {register} {year}"


def _registers(data: DataFolder, world: World) -> tuple[pl.DataFrame, str]:
    """Register and per cent of all on the lists, for the last year of the run or the nearest one in the file."""
    read = read_table(data.find(REGISTERS)[-1], data.catalogue[REGISTERS])
    if read.problems:
        raise InputError(read.problems)
    groups = next((place.groups for place in read_places().places if place.id == world.place.id), ())
    rows = read.frame.filter(pl.col("ccg_ods").is_in(list(groups)))
    years = sorted(rows["year"].unique())
    year = world.run.names[-1] if world.run.names[-1] in years else (years[-1] if years else "")
    rows = rows.filter(pl.col("year") == year)
    people = rows.group_by("ccg_ods").agg(pl.col("list_size").max())["list_size"].sum()
    found = rows.filter(pl.col("condition").is_in(list(read_targets().registers))).group_by("condition")
    return found.agg(pl.col("register").sum() / people * 100).sort("condition"), year
