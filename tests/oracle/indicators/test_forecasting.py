"""Fast forecasts against the slow obvious way, and what holds for all of them."""

from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.oracle.indicators import slow_forecasts

from placeplan.indicators.trajectory.forecasting import (
    damped_trends,
    forecast,
    half_widths,
    past_errors,
    running_means,
    years_before,
)
from placeplan.kernel.spans import Frequency, Span, next_span, parse_span

VALUES = st.lists(st.integers(0, 1000).map(lambda tenths: tenths / 10), min_size=3, max_size=16)
LONGER = st.lists(st.integers(0, 1000).map(lambda tenths: tenths / 10), min_size=8, max_size=30)
SEASON = 4


@given(VALUES)
@settings(max_examples=20)
def test_every_forecast_of_the_past_is_that_of_its_beginning(values: list[float]) -> None:
    array = np.array(values)
    for count in range(2, len(values) + 1):
        so_far = values[:count]
        np.testing.assert_allclose(running_means(array, 5)[count], slow_forecasts.mean_so_far(so_far, 5), atol=1e-9)
        np.testing.assert_allclose(damped_trends(array, 5)[count], slow_forecasts.damped_trend(so_far, 5), atol=1e-9)
        if count >= SEASON:
            wanted = slow_forecasts.year_before(so_far, 5, season=SEASON)
            np.testing.assert_array_equal(years_before(array, 5, season=SEASON)[count], wanted)


@given(LONGER)
def test_errors_of_the_past(values: list[float]) -> None:
    array, first = np.array(values), len(values) // 2
    errors = past_errors(array, years_before(array, 6, season=SEASON), first=first)
    method = partial(slow_forecasts.year_before, season=SEASON)
    for period, (count, root) in enumerate(slow_forecasts.root_mean_squares(values, method, ahead=6, first=first)):
        column = errors[:, period]
        assert int(np.isfinite(column).sum()) == count
        if count:
            assert np.sqrt(np.nanmean(column**2)) == pytest.approx(root, abs=1e-9)


@given(LONGER, st.integers(1, 12))
def test_limits_hold_the_forecast_and_stay_where_values_can_be(values: list[float], periods: int) -> None:
    found = forecast(months(values), periods=periods, lowest=0.0, highest=100.0)
    assert len(found.points) <= periods
    assert found.points or found.why_none
    for point in found.points:
        assert 0 <= point.lower <= point.value <= point.upper <= 100


@given(st.lists(st.floats(0, 1e6), min_size=2, max_size=6))
def test_limits_do_not_get_narrower_further_ahead(roots: list[float]) -> None:
    errors = np.array([roots] * 4) * np.array([[1.0], [-1.0], [1.0], [-1.0]])
    assert np.all(np.diff(half_widths(errors)) >= 0)


def months(values: list[float]) -> list[tuple[Span, float | None]]:
    """Values of months from April 2013 on."""
    spans = [parse_span("2013-04", frequency=Frequency.MONTH)]
    while len(spans) < len(values):
        spans.append(next_span(spans[-1]))
    return list(zip(spans, values, strict=True))
