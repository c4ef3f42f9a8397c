"""Actual, planned, standard and forecast values of a measure on one picture, and how far behind a place is."""

from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path

from placeplan.app.indicators.planned_values import planned_in
from placeplan.app.indicators.reading import read_measure
from placeplan.app.indicators.reporting import IndicatorReport
from placeplan.app.indicators.selecting import Selection
from placeplan.app.indicators.working_out import Options, results_of
from placeplan.app.measure_standards import levels_between
from placeplan.indicators.delivery import STANDING_WORDS, Delivery, StandardStep, Standing
from placeplan.indicators.delivery_tables import gap_table, standing_table
from placeplan.indicators.measure_deliveries import deliveries
from placeplan.indicators.measures import Measure
from placeplan.indicators.recovery import recovery_to_standard
from placeplan.kernel.wording import PER_CENT
from placeplan.reports.pictures.trajectory import trajectory_picture

PERIODS_AHEAD = 4


def trajectories(
    path: Path,
    measure: str,
    *,
    selection: Selection | None = None,
    plan: Path | None = None,
    periods_ahead: int = PERIODS_AHEAD,
) -> IndicatorReport:
    """Set every area's observations beside its plan, the levels asked for, and a forecast.

    ``plan`` is a plan folder or workbook whose trajectories give the planned values.

    Raises:
        InputError: a file or the plan cannot be read, the file does not give the measure, or nothing is selected.
    """
    rows = read_measure(path, measure, selection=selection or Selection())
    results = results_of(rows.measure, rows.observations, options=Options())
    first, last = results.frame["starts"].min(), results.frame["ends"].max()
    standards = tuple(_standards(rows.measure, first, last=last)) if isinstance(first, date) else ()
    planned = planned_in(plan, rows.measure, areas=results.frame.select("area", "area_name")) if plan else {}
    found = deliveries(results, planned=planned, standards=standards, periods_ahead=periods_ahead)
    return IndicatorReport(
        title=f"{rows.measure.title}: trajectory",
        measure=rows.measure,
        tables={"standing": standing_table(found), "gaps": gap_table(found)},
        pictures=tuple(trajectory_picture(each) for each in found),
        says=tuple(_says(found)),
        remarks=rows.remarks,
        attribution=rows.attribution,
    )


def _standards(measure: Measure, first: date, *, last: object) -> Iterator[StandardStep]:
    """The levels asked for, as steps."""
    for step in levels_between(measure, first=first, last=last if isinstance(last, date) else first):
        level = step.level
        yield StandardStep(step.first, float(level.value), level.basis, level.confirmed)


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
