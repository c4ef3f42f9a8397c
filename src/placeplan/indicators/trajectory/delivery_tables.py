"""Deliveries as tables: where each area stands in the two tests, and the gaps of every period."""

from collections.abc import Iterator, Sequence
from typing import Any

import polars as pl

from placeplan.indicators.trajectory.delivery import STANDING_WORDS, Delivery
from placeplan.indicators.trajectory.recovery import recovery_to_plan, recovery_to_standard

STANDING_SCHEMA: dict[str, pl.DataType] = {
    "measure": pl.String(),
    "area": pl.String(),
    "area_name": pl.String(),
    "period": pl.String(),
    "latest": pl.Float64(),
    "unit": pl.String(),
    "standard": pl.Float64(),
    "standard_test": pl.String(),
    "short_of_standard": pl.Int64(),
    "planned": pl.Float64(),
    "trajectory_test": pl.String(),
    "short_of_plan": pl.Int64(),
    "periods_off_plan": pl.Int64(),
    "forecast_method": pl.String(),
    "notes": pl.String(),
}
GAP_SCHEMA: dict[str, pl.DataType] = {
    "measure": pl.String(),
    "area": pl.String(),
    "area_name": pl.String(),
    "period": pl.String(),
    "actual": pl.Float64(),
    "planned": pl.Float64(),
    "standard": pl.Float64(),
    "to_plan": pl.Float64(),
    "to_standard": pl.Float64(),
}


def standing_table(found: Sequence[Delivery]) -> pl.DataFrame:
    """One row for each delivery, with the columns of ``STANDING_SCHEMA``.

    ``short_of_standard`` and ``short_of_plan`` are people or events, 0 when the test is met; unknown numbers are null.
    """
    return pl.DataFrame([_standing(each) for each in found], schema=STANDING_SCHEMA, orient="row")


def gap_table(found: Sequence[Delivery]) -> pl.DataFrame:
    """One row for each delivery and period, with the columns of ``GAP_SCHEMA``; negative gaps are on the worse side."""
    return pl.DataFrame([row for each in found for row in _gaps(each)], schema=GAP_SCHEMA, orient="row")


def _standing(delivery: Delivery) -> dict[str, Any]:
    latest = delivery.latest
    step = delivery.standard_on(latest.span.ends) if latest else None
    planned = delivery.planned_for(latest.span) if latest else None
    forecast = delivery.forecast
    return {
        "measure": delivery.measure,
        "area": delivery.area,
        "area_name": delivery.area_name,
        "period": latest.period if latest else None,
        "latest": latest.value if latest else None,
        "unit": delivery.unit,
        "standard": step.value if step else None,
        "standard_test": STANDING_WORDS[delivery.standard_test],
        "short_of_standard": recovery_to_standard(delivery),
        "planned": planned.value if planned else None,
        "trajectory_test": STANDING_WORDS[delivery.trajectory_test],
        "short_of_plan": recovery_to_plan(delivery),
        "periods_off_plan": delivery.periods_off if delivery.planned else None,
        "forecast_method": forecast.method or forecast.why_none,
        "notes": "; ".join(delivery.notes),
    }


def _gaps(delivery: Delivery) -> Iterator[dict[str, Any]]:
    for gap in delivery.gaps:
        yield {
            "measure": delivery.measure,
            "area": delivery.area,
            "area_name": delivery.area_name,
            "period": gap.period,
            "actual": gap.actual,
            "planned": gap.planned,
            "standard": gap.standard,
            "to_plan": gap.to_plan,
            "to_standard": gap.to_standard,
        }
