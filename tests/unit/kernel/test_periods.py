"""The financial year runs from 1 April to 31 March."""

import copy
import pickle
from datetime import date

import pytest

from placeplan.kernel.periods import FinancialYear, Month, Quarter


@pytest.mark.parametrize("text", ["2014-15", "2014/15", "2014-2015", " 2014-15 "])
def test_ways_to_write_a_year(text: str) -> None:
    assert FinancialYear.parse(text) == FinancialYear(2014) == "2014-15"


@pytest.mark.parametrize(
    "text",
    ["2014", "2014-16", "2014-2016", "14-15", "2014-15x", "2014–15", "２０１４-15", "0999-00", "1000-01", "9998-99"],
)
def test_what_is_not_a_year(text: str) -> None:
    with pytest.raises(ValueError, match="not a"):
        FinancialYear.parse(text)


def test_a_year_that_is_read_has_neighbours() -> None:
    for text in ("1900-01", "2199-00"):
        year = FinancialYear.parse(text)
        assert year.next.previous == year.previous.next == year


def test_a_century_ends_in_two_noughts() -> None:
    assert FinancialYear(2099) == "2099-00"
    assert FinancialYear.parse("1999-00").next == "2000-01"


def test_days_of_a_year() -> None:
    year = FinancialYear(2014)
    assert (year.first_day, year.last_day) == (date(2014, 4, 1), date(2015, 3, 31))
    assert year.contains(date(2015, 3, 31))
    assert not year.contains(date(2015, 4, 1))


def test_months_of_a_year() -> None:
    months = FinancialYear(2014).months
    assert (str(months[0]), str(months[11]), len(months)) == ("2014-04", "2015-03", 12)
    assert [month.number_in_financial_year for month in months] == list(range(1, 13))
    assert {month.financial_year for month in months} == {"2014-15"}


def test_a_copy_is_the_same_year() -> None:
    year = FinancialYear(2014)
    assert copy.deepcopy(year) == pickle.loads(pickle.dumps(year)) == year
    assert repr(year) == "FinancialYear(2014)"


@pytest.mark.parametrize("text", ["2014-13", "2014-00", "2014", "2014-4", "0000-04", "2014-04\u0663", "1899-12"])
def test_what_is_not_a_month(text: str) -> None:
    with pytest.raises(ValueError, match="not"):
        Month.parse(text)


@pytest.mark.parametrize(("months", "expected"), [(1, "2015-01"), (0, "2014-12"), (-12, "2013-12"), (4, "2015-04")])
def test_months_later(months: int, expected: str) -> None:
    assert str(Month.parse("2014-12").plus(months)) == expected


def test_quarters() -> None:
    quarter = Quarter.parse("2014-15 Q4")
    assert [str(month) for month in quarter.months] == ["2015-01", "2015-02", "2015-03"]
    assert str(quarter) == "2014-15 Q4"
    for text in ("2014-15 Q5", "2014-15", "2014-16 Q1"):
        with pytest.raises(ValueError, match="not a"):
            Quarter.parse(text)
