"""Delivery of savings and areas of spend: each row of the page of worked examples."""

from decimal import Decimal

import pytest
from tests.oracle.finance.written import Row, Written, written
from tests.spec.pages import tables_of

from placeplan.finance.delivery import rated
from placeplan.kernel.periods import FinancialYear

PAGE = tables_of("delivery-of-savings.md")
YEAR = FinancialYear(2016)
NOT_KNOWN = "not known"
MEASURES = {
    "planned to date": "planned-to-date",
    "delivered": "delivered",
    "behind": "months-behind",
    "straight line": "straight-line",
    "forecast": "forecast",
    "full year at the rate": "full-year-at-rate",
}
AREAS = {
    "can be changed": "addressable",
    "goals come to": "goal",
    "target": "target",
    "goals less target": "against-target",
    "asked of what can be changed": "asked-of-addressable",
}


def scheme(name: str, starts: str) -> Row:
    return {"scheme": name, "service": "acute", "year": str(YEAR), "title": name, "gross": "1200", "starts": starts}


def reports(name: str, months: str, expected: str = "") -> list[Row]:
    """Rows of the months in a cell of the page; what is expected stands in the last of them."""
    told = [(month, saved) for month, saved in zip(YEAR.months, months.split(), strict=False) if saved != "-"]
    rows = [
        {"scheme": name, "service": "acute", "month": str(month), "gross": saved, "forecast": ""}
        for month, saved in told
    ]
    return [*rows[:-1], {**rows[-1], "forecast": expected}] if rows else []


def plan(schemes: list[Row], told: list[Row]) -> Written:
    return written(("acute",), (str(YEAR),)).having("efficiency", schemes).having("savings_delivered", told)


def worth(given: Written, figure: str) -> str | Decimal:
    """The value of a figure, or that it is not known or not there."""
    found = given.computed().figures.get(figure)
    return NOT_KNOWN if found is None or found.value is None else found.value


def said(cell: str) -> str | Decimal:
    return cell if cell == NOT_KNOWN else Decimal(cell)


@pytest.mark.parametrize("row", PAGE["case"], ids=lambda row: row["case"])
def test_one_scheme(row: dict[str, str]) -> None:
    given = plan([scheme("one", row["starts"])], reports("one", row["reported"], row["expected"]))
    for heading, measure in MEASURES.items():
        assert worth(given, f"delivery.acute.2016-17.scheme.one.{measure}") == said(row[heading]), heading
        if measure != "straight-line":  # of single schemes only
            assert worth(given, f"delivery.all.2016-17.{measure}") == said(row[heading]), heading


@pytest.mark.parametrize("row", PAGE["two schemes"], ids=lambda row: row["two schemes"])
def test_two_schemes(row: dict[str, str]) -> None:
    told = [*reports("one", row["first"]), *reports("two", row["second"])]
    given = plan([scheme("one", ""), scheme("two", "")], told)
    for measure in ("delivered", "forecast"):
        assert worth(given, f"delivery.acute.2016-17.{measure}") == said(row[measure])


@pytest.mark.parametrize("row", PAGE["forecast, per cent of the plan"], ids=lambda row: row["rating"])
def test_ratings(row: dict[str, str]) -> None:
    share = Decimal(row["forecast, per cent of the plan"])
    assert rated(share, green=Decimal(95), amber=Decimal(75)) == row["rating"]


@pytest.mark.parametrize(
    "row", PAGE["areas: spend, lever, who can change it, goal"], ids=lambda row: row["goals less target"]
)
def test_areas_of_spend(row: dict[str, str]) -> None:
    whole = {"area": "all", "parent": "", "title": "All", "lever": "", "discretion": "", "goal": "", "target": "3%"}
    areas = [{**whole, "2016-17": ""}]
    for number, each in enumerate(row["areas: spend, lever, who can change it, goal"].split(";")):
        spend, lever, discretion, goal = each.split()
        part = {"area": f"part-{number}", "parent": "all", "title": "Part", "lever": lever, "discretion": discretion}
        areas.append({**part, "goal": goal, "target": "", "2016-17": spend})
    given = written(("acute",), (str(YEAR),)).having("spend_areas", areas)
    for heading, measure in AREAS.items():
        assert worth(given, f"spend.all.2016-17.{measure}") == said(row[heading]), heading


def test_a_year_without_a_report_has_no_figures_of_delivery() -> None:
    figures = plan([scheme("one", "")], []).computed().figures
    assert not [name for name in figures if name.startswith("delivery.")]


def test_months_of_another_year_and_of_no_scheme_are_counted_nowhere() -> None:
    stray = [
        {"scheme": "one", "service": "acute", "month": "2017-04", "gross": "9", "forecast": ""},
        {"scheme": "nobody", "service": "acute", "month": "2016-09", "gross": "9", "forecast": ""},
    ]
    given = plan([scheme("one", "")], [*reports("one", "100 100"), *stray])
    assert worth(given, "delivery.all.2016-17.delivered") == 200


def test_what_was_saved_beyond_a_missing_month_stands_in_the_months_and_in_no_sum() -> None:
    given = plan([scheme("one", "")], reports("one", "100 - 70"))
    figures = given.computed().figures
    months = [figures[f"delivery.acute.2016-17.month.{number}"].value for number in (1, 2, 3)]
    assert months == [100, None, 70]
    assert "delivery.acute.2016-17.month.4" not in figures
    assert (
        figures["delivery.acute.2016-17.delivered"]
        .missing[0]
        .endswith("(2016-05 not reported; 0 where nothing was saved)")
    )
