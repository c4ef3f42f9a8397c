"""A calibration in words, and as tables that a plan takes."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from placeplan.app.care.do_nothing_definitions import read_points
from placeplan.app.care.plan_answers import plan_with_care
from placeplan.app.care.plan_calibrating import Calibration, calibrate_plan
from placeplan.app.care.plan_pictures import marks_of
from placeplan.app.care.plan_real_place import on_real_place
from placeplan.app.data_folder import data_folder
from placeplan.kernel.errors import InputError, Location, Problem
from placeplan.plan.care_tables import CareEffect
from placeplan.plan.model import TABLES, Plan
from placeplan.plan.writing import table_text
from placeplan.reports.files import write_files

NAME_WIDTH, CELL_WIDTH = 34, 21
THOUSAND, TOLD = 1000, 3
REAL_TABLES = ("care/activity.csv", "care/clusters.csv")
FITTED_TABLES = ("care/effects.csv", "care/costs.csv")


@dataclass(frozen=True, eq=False)
class CalibratedPlan:
    """A plan with the effects and costs that its statement asks for.

    Attributes:
        plan: with the new rows.
        calibration: where they come from.
        notes: what a reader has to know of the place, if it is a real one.
    """

    plan: Plan
    calibration: Calibration
    notes: tuple[str, ...]

    @property
    def beyond_evidence(self) -> tuple[CareEffect, ...]:
        """Effects that would have to be stronger than the greatest that evidence allows."""
        effects = self.calibration.effects
        return tuple(one for one in effects if one.high is not None and one.share.value > one.high.value)


def calibrated_plan(path: Path, *, data: Path | None = None, place: str = "") -> CalibratedPlan:
    """Calibrate a plan, on its own activity or on that of a real place.

    Args:
        path: of the plan.
        data: a data folder, with ``place``.
        place: such as ``west-kent``.

    Raises:
        InputError: something cannot be read, or what is stated cannot be met.
    """
    plan = plan_with_care(path)
    notes: tuple[str, ...] = ()
    if place:
        real = on_real_place(plan, data_folder(data), place=place)
        plan, notes = real.plan, real.notes
    elif data is not None:
        raise InputError(
            [Problem(Location("place"), "a data folder is given and no place", "--place, such as west-kent")]
        )
    found = calibrate_plan(plan)
    return CalibratedPlan(_with(plan, found), found, notes)


def _with(plan: Plan, found: Calibration) -> Plan:
    return replace(plan, care_effects=found.effects, care_costs=found.costs)


def calibration_sentences(found: CalibratedPlan) -> Iterator[str]:
    """The last year point by segment, and how many effects go beyond evidence."""
    titles = {point.id: point.title.split(",")[0] for point in read_points().points}
    axes, cells = found.calibration.path.axes, found.calibration.cells[..., -1]
    unit, year = found.plan.header.money, found.plan.header.years[-1]
    marks = "".join(f"{mark.upper()}: " for mark in marks_of(found.plan))
    places = 0 if cells.sum() >= THOUSAND else 1
    yield f"{marks}savings of {year} at tariff, {unit}"
    yield _row("", [*axes.segments, "all"])
    for point, row in zip(axes.points, cells, strict=True):
        if row.any():
            yield _row(titles[point], [f"{value:,.{places}f}" for value in (*row, row.sum())])
    yield _row("all", [f"{value:,.{places}f}" for value in (*cells.sum(axis=0), cells.sum())])
    every, beyond = found.calibration.effects, found.beyond_evidence
    yield f"\n{len(beyond)} of {len(every)} effects would have to be stronger than the greatest that evidence allows."
    for one in sorted(beyond, key=lambda effect: -effect.share.value)[:TOLD]:
        yield f"  {one.intervention} on {one.point} in {one.segment}: {one.share}, at most {one.high} has been seen"
    yield from found.notes


def _row(name: str, cells: list[str]) -> str:
    return f"  {name:<{NAME_WIDTH}}" + "".join(f" {cell[:CELL_WIDTH]:>{CELL_WIDTH}}" for cell in cells)


def write_calibration(found: CalibratedPlan, out: Path) -> tuple[Path, ...]:
    """Write the tables into the ``care`` folder of a plan, or of a copy; with a real place its activity and practices.

    Raises:
        InputError: the folder cannot be written.
    """
    paths = (*FITTED_TABLES, *(REAL_TABLES if found.notes else ()))
    contents = {
        Path(table.path).name: table_text(table, found.plan.rows(table), plan_years=found.plan.header.years).encode()
        for table in TABLES
        if table.path in paths
    }
    return write_files(out / "care", contents)
