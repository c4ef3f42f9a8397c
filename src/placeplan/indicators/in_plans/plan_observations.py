"""The observations of a plan as rows of the store, so that they can be charted and compared like any others."""

from typing import Any

import polars as pl

from placeplan.indicators.in_plans.observing import unit_of
from placeplan.indicators.in_plans.plan_readings import Reading, definition_of, factor, readings, scale_to
from placeplan.indicators.measures import Measures
from placeplan.indicators.observed.observations import SCHEMA, Observations, Status, observations_from
from placeplan.indicators.observed.remarks import Remark
from placeplan.kernel.printed import PrintedNumber
from placeplan.plan.model import Plan
from placeplan.plan.tables import ObservationStatus

STATUS = {
    None: Status.FINAL,
    ObservationStatus.FINAL: Status.FINAL,
    ObservationStatus.PROVISIONAL: Status.PROVISIONAL,
    ObservationStatus.ESTIMATE: Status.ESTIMATED,
}


def plan_observations(plan: Plan, measures: Measures) -> tuple[Observations, tuple[Remark, ...]]:
    """The observations of a plan and remarks on those that take no part, in the order of the file.

    The measure is that of the definition with the indicator's code, or the code itself where there is none; the area is
    as the plan names it. A value is set only where one is printed, in the unit of the measure.
    """
    found, remarks = readings(plan.observations, measures)
    rows = [_row(reading, measures) for reading in found]
    kinds = {name: kind for name, kind in SCHEMA.items() if name not in ("lower", "upper", "sex", "age", "category")}
    return observations_from(pl.DataFrame(rows, schema=kinds)), tuple(remarks)


def _row(reading: Reading, measures: Measures) -> dict[str, Any]:
    row, span = reading.row, reading.span
    unit = unit_of(row)
    measure = definition_of(row.indicator, measures)
    return {
        "measure": measure.id if measure else row.indicator,
        "area": row.area,
        "area_name": row.area,
        "period": span.text,
        "starts": span.starts,
        "ends": span.ends,
        "frequency": span.frequency.value,
        "numerator": _number(row.numerator),
        "denominator": _number(row.denominator),
        "value": float(row.value.value * factor(unit, scale_to(unit, measure))) if row.value is not None else None,
        "status": STATUS[row.status].value,
        "source": row.source,
        "file": row.place.file,
        "line": row.place.line,
    }


def _number(printed: PrintedNumber | None) -> float | None:
    return None if printed is None else float(printed.value)
