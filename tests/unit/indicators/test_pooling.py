"""Years are added up only when all are there, never twice, and never from published values."""

from typing import Any

import pytest
from tests.unit.indicators.observation_examples import measure_with, observed, row

from placeplan.indicators.measures import Method
from placeplan.indicators.observed.observations import Observations
from placeplan.indicators.observed.pooling import PoolingError, pooled
from placeplan.indicators.values.computing_measures import compute
from placeplan.kernel.spans import Frequency, parse_span

YEARS = ("2014-15", "2015-16", "2016-17", "2017-18", "2018-19")


def yearly(area: str = "a", years: tuple[str, ...] = YEARS, **given: Any) -> list[dict[str, Any]]:
    return [row(area, year, **{"numerator": 1, "denominator": 10, **given}) for year in years]


def test_three_years_are_added_up_one_year_on_at_a_time() -> None:
    found = pooled(observed(*yearly()), years=3)
    assert found.frame.select("period", "numerator", "denominator").rows() == [
        ("2014-15 to 2016-17", 3, 30),
        ("2015-16 to 2017-18", 3, 30),
        ("2016-17 to 2018-19", 3, 30),
    ]
    for one in found.frame.iter_rows(named=True):
        span = parse_span(one["period"], frequency=Frequency.SEVERAL_YEARS)
        assert (one["starts"], one["ends"], one["frequency"]) == (span.starts, span.ends, "several-years")


def test_separate_periods_end_in_the_last_year() -> None:
    rows = observed(*yearly(), *yearly("b", YEARS[:4]))
    found = pooled(rows, years=2, separate=True)
    assert found.frame.select("area", "period").rows() == [
        ("a", "2015-16 to 2016-17"),
        ("a", "2017-18 to 2018-19"),
        ("b", "2015-16 to 2016-17"),
    ]


def test_calendar_years_keep_their_names() -> None:
    rows = [row("a", year, frequency=Frequency.CALENDAR_YEAR, numerator=1) for year in ("2012", "2013", "2014")]
    found = pooled(observed(*rows), years=3).frame
    assert found.select("period", "numerator", "denominator").rows() == [("2012 to 2014", 3, None)]


def test_a_missing_year_leaves_its_periods_out() -> None:
    gap = yearly(years=("2014-15", "2015-16", "2017-18", "2018-19"))
    assert pooled(observed(*gap), years=3).frame.is_empty()
    assert pooled(observed(*gap), years=2).frame["period"].to_list() == ["2014-15 to 2015-16", "2017-18 to 2018-19"]


def test_a_year_without_counts_is_a_missing_year() -> None:
    rows = observed(*yearly(years=YEARS[:2]), row("a", "2016-17", value=12.0), row("a", "2017-18", numerator=3))
    assert pooled(rows, years=2).frame["period"].to_list() == ["2014-15 to 2015-16"]


def test_the_status_is_the_weakest_of_the_years() -> None:
    rows = observed(*yearly(years=YEARS[:2]), *yearly(years=YEARS[2:3], status="provisional"))
    assert pooled(rows, years=2).frame["status"].to_list() == ["final", "provisional"]


@pytest.mark.parametrize(
    ("rows", "years", "message"),
    [
        (yearly(), 1, "expected 2 years or more"),
        ([row("a", "2014 to 2016", frequency="several-years", numerator=1)], 2, "would count years twice"),
        ([row("a", "2014-04", frequency="month", numerator=1)], 2, "there are rows by month"),
        ([*yearly(), *yearly()], 2, "a year stands twice"),
        ([row("a", "2014-15", value=3.0)], 2, "published values cannot be added up"),
    ],
)
def test_what_cannot_be_added_up_is_refused(rows: list[dict[str, Any]], years: int, message: str) -> None:
    with pytest.raises(PoolingError, match=message):
        pooled(observed(*rows), years=years)


def test_pooled_years_are_not_pooled_again() -> None:
    once = pooled(observed(*yearly()), years=2)
    with pytest.raises(PoolingError, match="added up already"):
        pooled(once, years=2)


def test_a_rate_of_pooled_years_is_for_person_years() -> None:
    rate = measure_with(Method.RATE, multiplier=1_000)
    found = compute(rate, pooled(observed(*yearly()), years=5)).frame
    assert found["value"].to_list() == pytest.approx([100])


def test_no_rows_give_no_rows() -> None:
    none = Observations(observed(row()).frame.clear())
    assert len(pooled(none, years=3)) == 0
