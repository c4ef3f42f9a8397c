"""Forecasts: which method is taken, what its limits rest on, and when there is none."""

import math

import pytest
from tests.unit.indicators.series_examples import MONTHS

from placeplan.indicators.trajectory.forecasting import forecast
from placeplan.kernel.spans import Frequency, Span, parse_span

STEADY = [94.0, 95.0, 94.5, 95.5, 94.0, 95.0, 94.5, 95.5, 94.0, 95.0, 94.5, 95.5]


def months(values: list[float | None]) -> list[tuple[Span, float | None]]:
    """Values of months from April 2013 on."""
    spans = [parse_span(text, frequency=Frequency.MONTH) for text in MONTHS[: len(values)]]
    return list(zip(spans, values, strict=True))


def test_common_cause_goes_on_around_its_mean() -> None:
    found = forecast(months([*STEADY]), periods=3)
    assert found.method.startswith("mean of the last 12 values")
    assert [point.period for point in found.points] == MONTHS[12:15]
    assert [point.value for point in found.points] == pytest.approx([94.75] * 3)
    assert found.points[0].lower < 94 < 95.5 < found.points[0].upper


def test_a_trend_goes_on_and_fades() -> None:
    found = forecast(months([float(300 + 5 * month) for month in range(14)]), periods=4)
    assert found.method.startswith("damped trend")
    steps = [later.value - earlier.value for earlier, later in zip(found.points, found.points[1:], strict=False)]
    assert found.points[0].value == pytest.approx(370, abs=1.5)
    assert all(0 < step <= 5 for step in steps)
    assert steps == sorted(steps, reverse=True)


def test_a_year_is_repeated_where_that_would_have_been_nearer() -> None:
    yearly = [100 + 20 * math.sin(month / 12 * 2 * math.pi) + month % 2 for month in range(36)]
    found = forecast(months([*yearly]), periods=12)
    assert found.method.startswith("the same period of the year before")
    assert [point.value for point in found.points] == pytest.approx(yearly[24:])


def test_a_share_stays_between_nothing_and_the_whole() -> None:
    found = forecast(months([float(70 + 2 * month) for month in range(15)]), periods=6, lowest=0, highest=100)
    assert all(point.value <= 100 and point.upper <= 100 for point in found.points)


def test_a_short_series_has_none_and_says_why() -> None:
    found = forecast(months(STEADY[:7]), periods=3)
    assert found.points == ()
    assert found.why_none == "no forecast: 7 values, and at least 8 are needed"


def test_a_hole_near_the_end_leaves_too_little() -> None:
    values: list[float | None] = [*STEADY]
    values[6] = None
    assert forecast(months(values), periods=3).why_none == (
        "no forecast: 5 values since the last missing period, and at least 8 are needed"
    )


def test_nothing_and_mixed_and_overlapping_periods_have_none() -> None:
    assert forecast([], periods=3).why_none == "no forecast: there is no value"
    year = parse_span("2012-13", frequency=Frequency.FINANCIAL_YEAR)
    assert "several lengths" in forecast([*months([*STEADY]), (year, 94.0)], periods=3).why_none
    pooled = parse_span("2012 to 2014", frequency=Frequency.SEVERAL_YEARS)
    assert "overlap" in forecast([(pooled, 94.0)], periods=3).why_none
    assert forecast(months([*STEADY]), periods=0).why_none == "no forecast was asked for"


def test_a_forecast_ends_where_the_past_tells_no_more() -> None:
    found = forecast(months([float(300 + 5 * month) for month in range(8)]), periods=12)
    assert len(found.points) == 2
    assert found.method.endswith("it ends after 2 of 12 periods, because the past tells no more")
