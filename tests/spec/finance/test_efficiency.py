"""Efficiency schemes: what they save, when, for how long, and how surely."""

from decimal import Decimal

import pytest
from tests.oracle.finance.written import Row, table, written

from placeplan.finance.computing import FinanceResult


def computed(scheme: dict[str, str], *more: dict[str, str]) -> FinanceResult:
    fixed = {"service": "primary-care", "year": "2014-15"}
    rows = [{**fixed, "scheme": f"s{number}", "title": "One", **row} for number, row in enumerate((scheme, *more))]
    headings = dict.fromkeys(name for row in rows for name in row)
    return written().having("efficiency", [{name: row.get(name, "") for name in headings} for row in rows]).computed()


def value(result: FinanceResult, measure: str) -> Decimal | None:
    return result.figures[f"efficiency.primary-care.2014-15.{measure}"].value


SCHEMES = table("""
    gross | investment | starts  | recurrent_share | full_year | confidence | net | recurrent | growth | likely
    120   |            |         |                 |           |            | 120 | 120       | 0      | 120
    120   | 20         |         |                 |           |            | 100 | 100       | 0      | 100
    120   | 20         | 2014-10 |                 |           |            | 100 | 100       | 120    | 100
    120   | 20         | 2014-10 | 50%             |           |            | 100 | 50        | 60     | 100
    120   | 20         | 2014-10 | 0%              |           | 25%        | 100 | 0         | 0      | 25
    120   |            | 2014-10 |                 | 200       |            | 120 | 120       | 80     | 120
    120   |            |         |                 | 90        |            | 120 | 120       | -30    | 120
    120   |            | 2013-10 |                 |           |            | 120 | 120       | 0      | 120
    10    |            | 2015-03 |                 |           |            | 10  | 10        | 110    | 10
    10    | 30         |         |                 |           | 50%        | -20 | -20       | 0      | -10
    """)


@pytest.mark.parametrize("row", SCHEMES, ids=lambda row: " ".join(filter(None, list(row.values())[:6])))
def test_one_scheme(row: Row) -> None:
    given = dict(list(row.items())[:6])
    result = computed(given)
    assert value(result, "risk-adjusted") == Decimal(row["likely"])
    assert value(result, "full-year-effect") == Decimal(row["growth"])
    assert [value(result, "net"), value(result, "recurrent")] == [Decimal(row["net"]), Decimal(row["recurrent"])]


@pytest.mark.parametrize(
    ("scheme", "months"),
    [
        ({"gross": "120"}, "10 10 10 10 10 10 10 10 10 10 10 10"),
        ({"gross": "120", "starts": "2014-10"}, "0 0 0 0 0 0 20 20 20 20 20 20"),
        ({"gross": "120", "starts": "2013-10"}, "10 10 10 10 10 10 10 10 10 10 10 10"),
        ({"gross": "120", "starts": "2015-03"}, "0 0 0 0 0 0 0 0 0 0 0 120"),
        ({"gross": "120", "starts": "2015-04"}, "0 0 0 0 0 0 0 0 0 0 0 0"),
        (
            {"gross": "200", "phasing": "0% 0% 0% 0% 0% 0% 0% 0% 10% 20% 30% 40%"},
            "0 0 0 0 0 0 0 0 20 40 60 80",
        ),
    ],
)
def test_saving_month_by_month(scheme: dict[str, str], months: str) -> None:
    result = computed(scheme)
    assert [value(result, f"month.{number}") for number in range(1, 13)] == [Decimal(each) for each in months.split()]


def test_an_even_phasing_that_does_not_divide_adds_up_all_the_same() -> None:
    result = computed({"gross": "100"})
    months = [value(result, f"month.{number}") or Decimal(0) for number in range(1, 13)]
    assert sum(months) == 100
    assert max(months) - min(months) < Decimal("0.00001")


def test_where_no_month_is_given_the_phasing_tells_when_a_scheme_starts() -> None:
    phased = {"gross": "120", "phasing": "0% 0% 0% 0% 0% 0% 10% 10% 20% 20% 20% 20%"}
    assert value(computed(phased), "full-year-effect") == 120
    assert value(computed({**phased, "starts": "2014-04"}), "full-year-effect") == 0


def test_schemes_that_are_not_identified_are_part_of_the_net_saving() -> None:
    """Dartford, Gravesham and Swanley, 2016-17: 7,614 of 12,016 is to be identified, which is 63.4 per cent."""
    result = computed({"gross": "7,614", "identified": "no"}, {"gross": "4,402"})
    measures = ("net", "identified", "unidentified")
    assert [value(result, each) for each in measures] == [12016, 4402, 7614]
    assert round(value(result, "unidentified-share") or 0, 1) == Decimal("63.4")


def test_without_a_net_saving_there_is_no_share_of_it() -> None:
    result = computed({"gross": "20", "investment": "20"})
    assert "efficiency.primary-care.2014-15.unidentified-share" not in result.figures


@pytest.mark.parametrize(
    ("measure", "tolerance"),
    [("gross", "1"), ("investment", "0.05"), ("net", "1.05"), ("month.12", "0.125")],
)
def test_how_far_a_sum_may_be_off(measure: str, tolerance: str) -> None:
    result = computed({"gross": "120", "investment": "2.5"}, {"gross": "60", "starts": "2014-10"})
    assert result.figures[f"efficiency.primary-care.2014-15.{measure}"].tolerance == pytest.approx(Decimal(tolerance))
