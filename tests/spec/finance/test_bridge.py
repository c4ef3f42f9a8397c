"""The bridge: what stands in the plan's tables, and what each step, the total and the position come to."""

import pytest
from tests.oracle.finance.written import Row, Written, table, written

LINES = table(
    """
    line           | step                | 2014-15 | 2015-16
    Outturn        | outturn             | 1,000   |
    Part year      | part-year-effect    | 40      | 10
    One-off 13/14  | non-recurrent       | (20)    | 0
    Prices         | price-inflation     | 2.5%    | 2.5%
    Growth         | demographic-growth  | 1%      | 1%
    Efficiency     | provider-efficiency | -4%     | -4%
    New clinic     | investment          | 30      | 0
    QIPP           | efficiency-scheme   | (25)    | (10)
    Contingency    | contingency         | 0.5%    | 0.5%
    """,
    service="primary-care",
)
MONEY = table(
    """
    line       | kind            | 2014-15 | 2015-16
    Notified   | notified        | 1,100   | 1,120
    Correction | adjustment      | -20     | -40
    Opening    | brought-forward | 15      |
    """,
    service="primary-care",
)
PLAN = written().having("lines", LINES).having("allocations", MONEY)

EXPECTED = table("""
    measure             | 2014-15  | 2015-16
    outturn             | 1000     | 1025.3
    part-year-effect    | 40       | 10
    non-recurrent       | -20      | 0
    baseline            | 1020     | 1035.3
    price-inflation     | 25.5     | 25.8825
    demographic-growth  | 10.2     | 10.353
    provider-efficiency | -40.8    | -41.412
    investment          | 30       | 0
    efficiency-scheme   | -25      | -10
    contingency         | 5.4      | 5.4
    total               | 1025.3   | 1025.5235
    allocation          | 1080     | 1080
    brought-forward     | 15       | 69.7
    resources           | 1095     | 1149.7
    in-year             | 54.7     | 54.4765
    cumulative          | 69.7     | 124.1765
    """)


def values(plan: Written, *, service: str = "primary-care") -> dict[str, str]:
    """Every finance figure of a service, as text: ``2014-15.total`` to its value, or ``unknown``."""
    found = {}
    for name, figure in plan.computed().figures.items():
        stem, _, rest = name.partition(f"finance.{service}.")
        if not stem and rest:
            found[rest] = "unknown" if figure.value is None else f"{figure.value.normalize():f}"
    return found


@pytest.mark.parametrize("row", EXPECTED, ids=lambda row: row["measure"])
def test_each_figure_of_two_years(row: Row) -> None:
    found = values(PLAN)
    assert [found[f"{year}.{row['measure']}"] for year in PLAN.years] == [row["2014-15"], row["2015-16"]]


def test_printed_parts_within_rounding_of_a_printed_total_are_settled() -> None:
    """343,222 and 1,818 are printed as 345,039: the last digit goes to a rounding part, and the total is as printed."""
    lines = table(
        """
        line      | step             | 2014-15
        Outturn   | outturn          | 343,222
        Part year | part-year-effect | 1,818
        """,
        service="primary-care",
    )
    stated = [{"figure": "finance.primary-care.2014-15.baseline", "value": "345,039", "source": "para 135"}]
    plan = written(years=["2014-15"]).having("lines", lines)
    figure = plan.having("stated", stated).computed().figures["finance.primary-care.2014-15.baseline"]
    assert [(given.share) for given in figure.inputs] == [343222, 1818, -1]
    assert figure.inputs[-1].label == "rounding: printed as 345,039, while the printed parts add to 345,040"
    assert (figure.value, figure.tolerance) == (345039, 0.5)


@pytest.mark.parametrize(
    ("stated", "sign", "verdict", "becomes"),
    [
        ("345,040", "", "exact", 345040),
        ("345,039", "", "within rounding", 345039),
        ("345,041", "", "within rounding", 345041),
        ("345,139", "", "fails", 345040),
        ("345,038", "", "fails", 345040),
        ("(345,039)", "reversed", "within rounding", 345039),
        ("345,039", "reversed", "fails", 345040),
        # Printed more coarsely than its parts: it agrees, but has nothing to say about the last digit.
        ("345,040.0", "", "exact", 345040),
        ("345,039.5", "", "within rounding", "345039.5"),
    ],
)
def test_what_a_stated_total_does(stated: str, sign: str, verdict: str, becomes: int | str) -> None:
    lines = table(
        """
        line      | step             | 2014-15
        Outturn   | outturn          | 343,222
        Part year | part-year-effect | 1,818
        """,
        service="primary-care",
    )
    row = {"figure": "finance.primary-care.2014-15.baseline", "value": stated, "sign": sign, "source": "para 135"}
    result = written(years=["2014-15"]).having("lines", lines).having("stated", [row]).computed()
    assert [str(each.verdict) for each in result.reconciliations] == [verdict]
    assert values_of(result.figures["finance.primary-care.2014-15.baseline"].value) == str(becomes)


def values_of(value: object) -> str:
    return str(value).removesuffix(".0")


def test_a_total_printed_more_coarsely_than_its_parts_settles_nothing() -> None:
    lines = table(
        """
        line      | step             | 2014-15
        Outturn   | outturn          | 343.222
        Part year | part-year-effect | 1.818
        """,
        service="primary-care",
    )
    row = {"figure": "finance.primary-care.2014-15.baseline", "value": "345.0", "source": "para 135"}
    plan = written(years=["2014-15"]).having("lines", lines).having("stated", [row])
    assert values(plan)["2014-15.baseline"] == "345.04"


@pytest.mark.parametrize("cell", ["", "tbc", "not available", "illegible", "@finance.nowhere.2014-15.total"])
def test_one_unknown_cell_makes_everything_above_it_unknown_and_is_named(cell: str) -> None:
    lines = [{**row, "2014-15": cell} if row["line"] == "New clinic" else row for row in LINES]
    found = PLAN.having("lines", lines).computed().figures
    for measure in ("investment", "total", "in-year", "cumulative"):
        figure = found[f"finance.primary-care.2014-15.{measure}"]
        assert figure.value is None
        assert "New clinic (" in figure.missing[0]
        assert "finance/lines.csv:8" in figure.missing[0]
    assert found["finance.primary-care.2014-15.baseline"].value == 1020
    assert found["finance.primary-care.2014-15.resources"].value == 1095


def test_a_blank_opening_balance_is_unknown_and_not_nothing() -> None:
    blank = [{**row, "2014-15": ""} if row["line"] == "Opening" else row for row in MONEY]
    found = values(PLAN.having("allocations", blank))
    assert [found[f"2014-15.{each}"] for each in ("brought-forward", "cumulative", "in-year")] == [
        "unknown",
        "unknown",
        "54.7",
    ]


def test_a_plan_without_an_opening_balance_starts_from_nothing() -> None:
    found = values(PLAN.having("allocations", [row for row in MONEY if row["line"] != "Opening"]))
    assert "2014-15.brought-forward" not in found
    assert found["2014-15.cumulative"] == found["2014-15.in-year"] == "54.7"


def test_a_balance_that_is_entered_in_a_later_year_takes_the_place_of_the_derived_one() -> None:
    entered = [{**row, "2015-16": "70"} if row["line"] == "Opening" else row for row in MONEY]
    found = values(PLAN.having("allocations", entered))
    assert (found["2015-16.brought-forward"], found["2015-16.cumulative"]) == ("70", "124.4765")


def test_only_money_can_be_linked_to_money() -> None:
    schemes = table("""
        scheme | service      | year    | title  | gross | identified
        urgent | primary-care | 2014-15 | Urgent | 25    | no
        """)
    for link, found in (("net", "-25"), ("unidentified-share", "unknown")):
        cell = f"-@efficiency.primary-care.2014-15.{link}"
        lines = [{**row, "2014-15": cell} if row["line"] == "QIPP" else row for row in LINES]
        plan = PLAN.having("lines", lines).having("efficiency", schemes)
        assert values(plan)["2014-15.efficiency-scheme"] == found
    figure = plan.computed().figures["finance.primary-care.2014-15.efficiency-scheme"]
    assert "is in per cent, not in GBP thousand" in figure.missing[0]


PROVIDERS = table(
    """
    provider | line        | step            | 2014-15 | 2015-16
    mtw      | Outturn     | outturn         | 200     |
    mtw      | Prices      | price-inflation | 2.5%    | 2%
    kmpt     | Outturn     | outturn         | 80      |
    kmpt     | Prices      | price-inflation | 1%      | 5
    reserves | Contingency | contingency     | 0.5%    | 0.5%
    reserves | Growth      | other-growth    | 3       | 0
    """,
    service="primary-care",
)


@pytest.mark.parametrize(
    ("measure", "first", "second"),
    [
        ("provider.mtw.price-inflation", "5", "4.1"),
        ("provider.mtw.total", "205", "209.1"),
        ("provider.kmpt.total", "80.8", "85.8"),
        ("provider.reserves.contingency", "5.4", "5.4"),
        ("provider.reserves.total", "8.4", "13.8"),
        ("price-inflation", "5.8", "9.1"),
        ("total", "294.2", "308.7"),
    ],
)
def test_a_rate_of_a_provider_is_of_its_own_baseline(measure: str, first: str, second: str) -> None:
    found = values(PLAN.having("lines", PROVIDERS))
    assert [found[f"{year}.{measure}"] for year in PLAN.years] == [first, second]


def test_a_rate_of_a_heading_without_a_baseline_is_not_known() -> None:
    lines = [{**row, "2014-15": "1%"} if row["line"] == "Growth" else row for row in PROVIDERS]
    figure = PLAN.having("lines", lines).computed().figures["finance.primary-care.2014-15.other-growth"]
    assert figure.value is None
    assert "reserves: Growth (1% of an unknown base" in figure.missing[0]


def test_a_line_of_the_bridge_may_link_to_the_saving_of_a_programme() -> None:
    """Benefits, like schemes, are known before the bridge; a figure of the bridge itself only once it is reached."""
    benefits = [
        {"programme": "local-care", "view": "tier", "kind": "saving", "line": "Beds", "2014-15": "25", "2015-16": "10"}
    ]
    cell = "-@benefits.local-care.tier.2014-15.saving"
    lines = [{**row, "2014-15": cell} if row["line"] == "QIPP" else row for row in LINES]
    plan = PLAN.having("lines", lines).having("benefits", benefits)
    assert values(plan) == values(PLAN)
    before = "@finance.primary-care.2014-15.investment"
    lines = [{**row, "2015-16": before} if row["line"] == "New clinic" else row for row in LINES]
    assert values(PLAN.having("lines", lines))["2015-16.investment"] == "30"
