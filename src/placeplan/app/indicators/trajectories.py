"""Actual, planned, standard and forecast values of a measure on one picture, and how far behind a place is."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from placeplan.app.indicators.planned_values import planned_in
from placeplan.app.indicators.reading import read_measure
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import Selection
from placeplan.app.indicators.working_out import Options, results_of
from placeplan.app.measure_standards import levels_between
from placeplan.indicators.trajectory.delivery import STANDING_WORDS, Delivery, PlannedPoint, StandardStep, Standing
from placeplan.indicators.trajectory.delivery_tables import gap_table, standing_table
from placeplan.indicators.trajectory.measure_deliveries import deliveries
from placeplan.indicators.trajectory.recovery import recovery_to_standard
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.kernel.wording import PER_CENT
from placeplan.reports.pictures.trajectory import trajectory_picture

PERIODS_AHEAD = 4
OWN_LEVEL = "target"


@dataclass(frozen=True, slots=True)
class TrajectoryOptions:
    """What to set beside the observations.

    ``plan`` is a plan folder or workbook whose trajectories give the planned values; ``target`` a level of the user's
    own in place of the national one; ``periods_ahead`` how far to forecast.
    """

    plan: Path | None = None
    target: float | None = None
    periods_ahead: int = PERIODS_AHEAD


def trajectories(
    path: Path, measure: str, *, selection: Selection | None = None, options: TrajectoryOptions | None = None
) -> IndicatorReport:
    """Set every area's observations beside its plan, the levels asked for, and a forecast.

    Raises:
        InputError: a file or the plan cannot be read, the file does not give the measure, or nothing is selected.
    """
    asked = options or TrajectoryOptions()
    rows = read_measure(path, measure, selection=selection or Selection())
    results = results_of(rows.measure, rows.observations, options=Options())
    areas = results.frame.select("area", "area_name")
    planned = planned_in(asked.plan, rows.measure, areas=areas) if asked.plan else {}
    found = deliveries_beside(results, planned, target=asked.target, periods_ahead=asked.periods_ahead)
    return IndicatorReport(
        title=f"{rows.measure.title}: trajectory",
        measure=rows.measure,
        tables={"standing": standing_table(found), "gaps": gap_table(found)},
        pictures=tuple(trajectory_picture(each) for each in found),
        says=tuple(_says(found)),
        remarks=rows.remarks,
        attribution=rows.attribution,
    )


def deliveries_beside(
    results: MeasureResults,
    planned: Mapping[str, Sequence[PlannedPoint]],
    *,
    target: float | None = None,
    periods_ahead: int = PERIODS_AHEAD,
) -> tuple[Delivery, ...]:
    """Each area's results beside what is planned for it (by its code), the levels asked for, and a forecast."""
    standards = _standards(results, target)
    return deliveries(results, planned=planned, standards=standards, periods_ahead=periods_ahead)


def _standards(results: MeasureResults, target: float | None) -> tuple[StandardStep, ...]:
    """The level of the user's own, or the national levels as steps."""
    first, last = results.frame["starts"].min(), results.frame["ends"].max()
    if not isinstance(first, date) or not isinstance(last, date):
        return ()
    if target is not None:
        return (StandardStep(first, target, OWN_LEVEL),)
    steps = levels_between(results.measure, first=first, last=last)
    return tuple(
        StandardStep(step.first, float(step.level.value), step.level.basis, step.level.confirmed) for step in steps
    )


def _says(found: Sequence[Delivery]) -> Iterator[str]:
    for each in found:
        name = each.area_name or each.area
        if each.latest is None:
            yield f"{name}: {STANDING_WORDS[Standing.NO_DATA]}."
            continue
        sign = "%" if each.unit == PER_CENT else f" {each.unit}"
        short = recovery_to_standard(each)
        gap = f" ({short:,} short)" if short else ""
        yield (
            f"{name}: {each.latest.value:.1f}{sign} in {each.latest.period}; standard {_standing(each.standard_test)}"
            f"{gap}; trajectory {_standing(each.trajectory_test)}."
        )


def _standing(standing: Standing) -> str:
    return STANDING_WORDS[standing]
