"""Delivery of a measure in every area, from its results, its plans and the levels asked of it."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import polars as pl

from placeplan.indicators.control.series_periods import span_of
from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.trajectory.delivery import ActualPoint, Delivery, Forecast, PlannedPoint, StandardStep
from placeplan.indicators.trajectory.forecasting import forecast
from placeplan.indicators.values.counted_values import adds_up, per_of
from placeplan.indicators.values.measure_results import MeasureResults
from placeplan.kernel.spans import Frequency


def deliveries(
    results: MeasureResults,
    *,
    planned: Mapping[str, Sequence[PlannedPoint]] | None = None,
    standards: Sequence[StandardStep] = (),
    periods_ahead: int = 0,
) -> tuple[Delivery, ...]:
    """Delivery in every area of the results, and in areas that have only a plan, in the order of their codes.

    Only rows about everybody are used: those without a sex, age or category. ``planned`` gives the planned points by
    the code of the area; ``standards`` are the levels asked of all areas, in order of time. ``periods_ahead`` is how
    far to forecast.
    """
    plans = planned or {}
    everybody = results.frame.filter(pl.all_horizontal(pl.col("sex", "age", "category") == ""))
    by_area: dict[str, list[dict[str, Any]]] = {area: [] for area in plans}
    for row in everybody.sort("starts", maintain_order=True).iter_rows(named=True):
        by_area.setdefault(row["area"], []).append(row)
    return tuple(
        _delivery(
            results.measure, area, rows=rows, planned=plans.get(area, ()), standards=standards, ahead=periods_ahead
        )
        for area, rows in sorted(by_area.items())
    )


def _delivery(
    measure: Measure,
    area: str,
    *,
    rows: Sequence[Mapping[str, Any]],
    planned: Sequence[PlannedPoint],
    standards: Sequence[StandardStep],
    ahead: int,
) -> Delivery:
    actual = tuple(_actual(row) for row in rows)
    return Delivery(
        measure=measure.id,
        title=measure.title,
        unit=measure.unit,
        polarity=measure.polarity,
        area=area,
        area_name=rows[0]["area_name"] if rows else "",
        per=per_of(measure),
        adds_up=adds_up(measure),
        actual=actual,
        planned=tuple(sorted(planned, key=lambda point: point.span)),
        standards=tuple(standards),
        forecast=forecast_of(actual, measure=measure, periods=ahead),
        notes=tuple(dict.fromkeys(_notes(actual))),
    )


def forecast_of(actual: Sequence[ActualPoint], *, measure: Measure, periods: int) -> Forecast:
    """The forecast of a series of observations; a share stays between nothing and the whole, a count above nothing."""
    whole = float(measure.multiplier) if measure.method is Method.PROPORTION else None
    least = None if per_of(measure) is None else 0.0
    return forecast([(point.span, point.value) for point in actual], periods=periods, lowest=least, highest=whole)


def _actual(row: Mapping[str, Any]) -> ActualPoint:
    return ActualPoint(
        span_of(row["period"], starts=row["starts"], ends=row["ends"], frequency=Frequency(row["frequency"])),
        *(row[name] for name in ("value", "lower", "upper", "numerator", "denominator", "status", "note")),
    )


def _notes(actual: Sequence[ActualPoint]) -> Iterator[str]:
    for point in actual:
        if point.note and point.value is None:
            yield f"{point.period}: no value, {point.note}."
