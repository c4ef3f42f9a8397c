"""The three plans of 2016/17 that were shown to the Kent Health and Wellbeing Board."""

from decimal import Decimal

import pytest
from tests.spec.plans.bundled import bundled

from placeplan.kernel.printed import Verdict


def value(name: str, figure: str) -> Decimal:
    found = bundled(name).figures[figure].value
    assert found is not None
    return found


def test_framework_has_twelve_rows() -> None:
    providers = dict.fromkeys(line.provider for line in bundled("west-kent-2016").plan.lines)
    assert len(providers) == 12


def test_every_row_of_the_framework_adds_up() -> None:
    rows = [each for each in bundled("west-kent-2016").reconciliations if ".provider." in each.figure]
    assert len(rows) == 24
    assert {each.verdict for each in rows} == {Verdict.EXACT}


@pytest.mark.parametrize(
    ("measure", "stated", "derived", "verdict"),
    [
        ("outturn", "531.1", "531.1", "exact"),
        ("part-year-effect", "0.2", "0.2", "exact"),
        ("baseline", "531.3", "531.3", "exact"),
        ("price-inflation", "7.4", "7.4", "exact"),
        ("demographic-growth", "10.3", "10.3", "exact"),
        ("other-growth", "2.6", "3.7", "fails"),
        ("total", "562.8", "562.8", "exact"),
        ("savings-to-balance", "11.3", "11.3", "exact"),
    ],
)
def test_columns_of_the_framework(measure: str, stated: str, derived: str, verdict: str) -> None:
    figure = f"finance.west-kent.2016-17.{measure}"
    found = [each for each in bundled("west-kent-2016").reconciliations if each.figure == figure]
    expected = (Decimal(stated), Decimal(derived), verdict)
    assert [(each.stated, each.derived, str(each.verdict)) for each in found] == [expected]


def test_reserves_add_to_the_printed_column_total() -> None:
    """10.1 is printed under Baseline/Business Rules, which is entered as two steps."""
    steps = ("business-rules", "contingency")
    assert sum(value("west-kent-2016", f"finance.west-kent.2016-17.{step}") for step in steps) == Decimal("10.1")


@pytest.mark.parametrize(
    ("year", "stated", "derived"),
    [
        ("2013-14", "-39.828", "-39.558"),
        ("2016-17", "-15.221", "-15.221"),
        ("2017-18", "-14.042", "-114.042"),
        ("2018-19", "-12.673", "-12.673"),
        ("2019-20", "-11.949", "-11.949"),
        ("2020-21", "-10.460", "-10.460"),
    ],
)
def test_distance_from_target(year: str, stated: str, derived: str) -> None:
    figure = f"finance.west-kent.{year}.distance-from-target"
    (found,) = (each for each in bundled("west-kent-2016").reconciliations if each.figure == figure)
    assert (found.stated, found.derived) == (Decimal(stated), Decimal(derived))


def test_swale_savings() -> None:
    assert len(bundled("swale-2016").plan.schemes) == 7
    verdicts = {each.figure: (each.stated, str(each.verdict)) for each in bundled("swale-2016").reconciliations}
    assert verdicts["efficiency.swale.2016-17.gross"] == (Decimal("3956.1"), "exact")
    assert verdicts["efficiency.swale.2016-17.investment"] == (Decimal("749.8"), "within rounding")
    assert verdicts["efficiency.swale.2016-17.net"] == (Decimal("3206.3"), "exact")


def test_dgs_savings_are_mostly_not_identified() -> None:
    schemes = bundled("dgs-2016").plan.schemes
    assert [scheme.scheme for scheme in schemes if scheme.identified is False] == ["to-be-identified"]
    assert value("dgs-2016", "efficiency.dgs.2016-17.net") == 12016
    assert round(value("dgs-2016", "efficiency.dgs.2016-17.unidentified-share"), 1) == Decimal("63.4")


@pytest.mark.parametrize(("name", "count", "new"), [("swale-2016", 30, 5), ("dgs-2016", 28, 3)])
def test_intentions(name: str, count: int, new: int) -> None:
    rows = bundled(name).plan.intentions
    assert len(rows) == count
    assert sum(row.status == "new" for row in rows) == new


def test_one_dgs_intention_has_no_programme() -> None:
    assert [row.intention for row in bundled("dgs-2016").plan.intentions if not row.programme] == ["dgs-28"]
    assert all(row.programme for row in bundled("swale-2016").plan.intentions)
