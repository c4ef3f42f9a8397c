"""The care model of a plan on real people: activity from small areas and published rates, practices in their networks.

What the plan says of segments stays: how the activity of a point divides over them, and whom interventions reach. The
tables that come out are for a folder of the user's; what rests on a data folder is not committed.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import numpy as np
import polars as pl

from placeplan.app.care.do_nothing_definitions import read_groups
from placeplan.app.care.do_nothing_files import AGES
from placeplan.app.care.do_nothing_inputs import DemandInputs, read_demand_inputs
from placeplan.app.segments.synthetic_geography import named_place
from placeplan.datasets.folder import DataFolder
from placeplan.demand.activity import FloatArray
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.kernel.printed import PrintedNumber, parse_printed
from placeplan.plan.care_tables import CareActivity, CareCluster, Firmness
from placeplan.plan.model import Plan

SMALL_AREAS, INSIDE = "lsoa11-mye-sya-persons", "lsoa11-to-ccg-pre2020-kent-medway"
NETWORKS, LISTED, LISTS = "practice-pcn-ccg-icb-by-year", "practice-ccg-kent-medway", "practice-list-size"
OPEN = "A"
_NOT_PLAIN = re.compile(r"[^a-z0-9]+")


@dataclass(frozen=True, slots=True)
class RealPlace:
    """A plan on real people.

    Attributes:
        plan: with the activity and the practices of the place.
        notes: what a reader has to know, each a sentence.
    """

    plan: Plan
    notes: tuple[str, ...]


def on_real_place(plan: Plan, folder: DataFolder, *, place: str) -> RealPlace:
    """The plan with activity and practices of a place.

    Args:
        plan: with a care model.
        folder: a data folder.
        place: such as ``west-kent``.

    Raises:
        InputError: a file is not there or cannot be read, or the place is not known.
    """
    _refuse_missing(folder)
    inputs = read_demand_inputs(folder, place)
    areas = _small_areas(folder, named_place(place).groups)
    events = _events(areas, inputs)
    clusters = tuple(_clusters(folder, named_place(place).groups))
    activity = tuple(_activity(plan, events, source=_source(areas, inputs)))
    kept = sorted({row.point for row in plan.care_activity} - set(events))
    notes = [
        f"{areas.height} small areas with {int(areas['total_population'].sum()):,} people; rates of {inputs.years[0]}.",
        f"{len(clusters)} practices in {len({row.cluster for row in clusters})} networks.",
        "Growth, segments, reach and beds stay as the plan has them.",
    ]
    notes += [f"No published rate: {', '.join(kept)} stays as the plan has it."] if kept else []
    return RealPlace(replace(plan, care_activity=activity, care_clusters=clusters or plan.care_clusters), tuple(notes))


def _refuse_missing(folder: DataFolder) -> None:
    problems: list[Problem] = []
    for dataset in (SMALL_AREAS, INSIDE, NETWORKS, LISTED, LISTS):
        try:
            folder.find(dataset)
        except InputError as error:
            problems.extend(error.problems)
    if problems:
        raise InputError(problems)


def _small_areas(folder: DataFolder, groups: Sequence[str]) -> pl.DataFrame:
    """Small areas of the place with people by age and their district.

    Raises:
        InputError: an area has no people.
    """
    inside = _frame(folder, INSIDE).filter(pl.col("ccg_ods").is_in(list(groups))).select("lsoa11_code", "ltla21_code")
    found = inside.join(_frame(folder, SMALL_AREAS, last=False), on="lsoa11_code")
    if found.height != inside.height or found.is_empty():
        message = f"{found.height} of {inside.height} small areas have people"
        raise InputError([Problem(Location(SMALL_AREAS), message, "people for every small area of the place")])
    return found


def _events(areas: pl.DataFrame, inputs: DemandInputs) -> dict[str, float]:
    """Events of a year by point of delivery: people of each small area by age x the rate of their district."""
    rates = _rates_of_persons(inputs)
    people = np.zeros((len(inputs.areas), len(AGES)))
    for row in areas.iter_rows(named=True):
        if row["ltla21_code"] in inputs.areas:
            people[inputs.areas.index(row["ltla21_code"])] += _adults(row)
    by_group = np.einsum("gda,da->g", rates, people)
    point_of = {group.id: group.point for group in read_groups().groups}
    found: dict[str, float] = {}
    for group, events in zip(inputs.groups, by_group, strict=True):
        found[point_of[group]] = found.get(point_of[group], 0.0) + float(events)
    return found


def _rates_of_persons(inputs: DemandInputs) -> FloatArray:
    """Rates of men and women together, groups by districts by ages, as the district has them at each age."""
    people = inputs.people[..., 0]
    shares = people / people.sum(axis=1, keepdims=True)
    return np.asarray(np.einsum("gdsa,dsa->gda", inputs.rates, shares))


def _adults(row: Mapping[str, object]) -> FloatArray:
    """People at the ages of the rates; older ones are added to the last age."""
    found = np.zeros(len(AGES))
    for heading, count in row.items():
        age = heading.rstrip("+")
        if age.isdigit() and int(age) >= AGES[0]:
            found[min(int(age), AGES[-1]) - AGES[0]] += float(str(count or 0))
    return found


def _source(areas: pl.DataFrame, inputs: DemandInputs) -> str:
    return (
        f"People of {areas.height} small areas by age x rates of their districts in {inputs.years[0]}; divided over "
        "segments as the plan did"
    )


def _activity(plan: Plan, events: Mapping[str, float], *, source: str) -> Iterator[CareActivity]:
    totals: dict[str, Decimal] = {}
    for row in plan.care_activity:
        totals[row.point] = totals.get(row.point, Decimal(0)) + row.activity.value
    for row in plan.care_activity:
        if row.point not in events or not totals[row.point]:
            yield row
            continue
        part = round(events[row.point] * float(row.activity.value / totals[row.point]))
        yield replace(row, activity=_number(part), firmness=Firmness.ESTIMATE, source=source)


def _clusters(folder: DataFolder, groups: Sequence[str]) -> Iterator[CareCluster]:
    """Open practices of the groups in their networks of the first year that has any, with their lists."""
    listed = _frame(folder, LISTED).filter(pl.col("commissioner_ods").is_in(list(groups)), pl.col("status") == OPEN)
    networks = _frame(folder, NETWORKS).filter(pl.col("pcn_ods_code") != "U", pl.col("pcn_name").is_not_null())
    rows = (
        listed.select("practice_code")
        .join(networks.filter(pl.col("year") == networks["year"].min()), on="practice_code")
        .join(_frame(folder, LISTS).select("practice_code", "list_size"), on="practice_code")
        .sort("pcn_name", "practice_code")
    )
    for code, year, network, people in rows.select("practice_code", "year", "pcn_name", "list_size").iter_rows():
        yield CareCluster(
            practice=code.lower(),
            cluster=_NOT_PLAIN.sub("-", network.lower()).strip("-"),
            starts=None,
            ends=None,
            people=_number(int(people)),
            firmness=Firmness.PUBLISHED,
            source=f"Network of the practice in {year}; patients registered in the file of list sizes",
        )


def _frame(folder: DataFolder, dataset: str, *, last: bool = True) -> pl.DataFrame:
    """The last file of a data set, or the first: names end with the year."""
    return folder.read_whole(dataset, path=folder.find(dataset)[-1 if last else 0]).frame


def _number(count: int) -> PrintedNumber:
    number = parse_printed(f"{count:,}")
    if number is None:
        raise ValueError(f"{count} is no number")
    return number
