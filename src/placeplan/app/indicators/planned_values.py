"""Planned values of a measure, from the trajectories of a plan, for the areas of a file."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import polars as pl

from placeplan.app.loading import load
from placeplan.app.measure_definitions import read_measures
from placeplan.indicators.in_plans.plan_deliveries import deliveries_of_plan
from placeplan.indicators.measures import Measure
from placeplan.indicators.naming import slug
from placeplan.indicators.trajectory.delivery import PlannedPoint
from placeplan.kernel.errors import InputError, Problem
from placeplan.plan.model import Plan
from placeplan.rounds.standards import Standard


def planned_in(path: Path, measure: Measure, *, areas: pl.DataFrame) -> Mapping[str, Sequence[PlannedPoint]]:
    """Planned points by the code of an area, from the plan in a folder or a workbook.

    A trajectory belongs to the measure when its indicator is the measure or the standard that the measure is held to;
    to an area when it bears its code or name, or bears none and the area is the plan's place. ``areas`` has the columns
    ``area`` and ``area_name``.

    Raises:
        InputError: the plan cannot be read, or plans nothing for the measure in any of the areas.
    """
    loaded = load(path)
    found = planned_for(loaded.plan, loaded.round.standards, measure=measure, areas=areas)
    if not found:
        raise InputError([_nothing_planned(loaded.plan, measure)])
    return found


def planned_for(
    plan: Plan, standards: Iterable[Standard], *, measure: Measure, areas: pl.DataFrame
) -> Mapping[str, Sequence[PlannedPoint]]:
    """The same for a plan that was read, with the standards of its round; empty where it plans nothing of it."""
    names = {measure.id.lower(), (measure.standard or measure.id).lower()}
    by_name = {slug(text): row[0] for row in areas.unique().iter_rows() for text in row if text}
    found: dict[str, Sequence[PlannedPoint]] = {}
    for each in deliveries_of_plan(plan, read_measures(), standards=standards):
        code = by_name.get(slug(each.row.area or plan.header.place))
        if each.row.indicator.lower() in names and code and each.delivery.planned:
            found.setdefault(code, each.delivery.planned)
    return found


def _nothing_planned(plan: Plan, measure: Measure) -> Problem:
    rows = [row for row in plan.trajectories if any(cell is not None for cell in row.planned.values())]
    planned = ", ".join(dict.fromkeys(row.indicator for row in rows)) or "none"
    message = f"the plan has no trajectory of '{measure.id}' in one of the areas chosen"
    return Problem(plan.where("place"), message, f"an indicator and an area that it plans; it plans {planned}")
