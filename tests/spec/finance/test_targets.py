"""Distance from target, and targets that services must reach together."""

from decimal import Decimal

import pytest
from tests.oracle.finance.written import Row, Written, table, written

# West Kent, Allocations - forward look, £ million; what the page prints for the distance and for its per cent.
WEST_KENT = table("""
    year    | actual  | target  | distance | percent | verdict
    2013-14 | 466.024 | 505.582 | -39.828  | -7.9    | fails
    2016-17 | 540.964 | 556.185 | -15.221  | -2.7    | exact
    2017-18 | 555.399 | 669.441 | -14.042  | -2.5    | fails
    2018-19 | 570.065 | 582.738 | -12.673  | -2.2    | exact
    2019-20 | 585.306 | 597.255 | -11.949  | -2.0    | exact
    2020-21 | 611.691 | 622.151 | -10.460  | -1.7    | exact
    """)


@pytest.mark.parametrize("row", WEST_KENT, ids=lambda row: row["year"])
def test_distance_of_west_kent(row: Row) -> None:
    target = {name: row[name] for name in ("year", "actual", "target")} | {"service": "west-kent"}
    name = f"finance.west-kent.{row['year']}.distance-from-target"
    stated = [{"figure": name, "value": row["distance"], "source": "Appendix 1"}]
    plan = Written({"west-kent": {}}, ("2016-17",), round_id="2016-17", body="ccg", money="GBP million")
    result = plan.having("targets", [target]).having("stated", stated).computed()
    assert result.figures[name].value == Decimal(row["actual"]) - Decimal(row["target"])
    assert [str(each.verdict) for each in result.reconciliations] == [row["verdict"]]


@pytest.mark.parametrize("row", [row for row in WEST_KENT if row["verdict"] == "exact"], ids=lambda row: row["year"])
def test_distance_in_per_cent_of_the_target(row: Row) -> None:
    target = {name: row[name] for name in ("year", "actual", "target")} | {"service": "west-kent"}
    plan = Written({"west-kent": {}}, ("2016-17",), round_id="2016-17", body="ccg", money="GBP million")
    figures = plan.having("targets", [target]).computed().figures
    found = figures[f"finance.west-kent.{row['year']}.distance-from-target-percent"].value
    assert found is not None
    assert found.quantize(Decimal("0.1")) == Decimal(row["percent"])


def test_per_head_is_in_pounds() -> None:
    rows = [{"service": "a", "year": "2014-15", "actual": "540.964", "target": "556.185", "population": "480,000"}]
    plan = Written({"a": {}}, ("2014-15",), money="GBP million").having("targets", rows)
    figures = plan.computed().figures
    found = {
        measure: figures[f"finance.a.2014-15.{measure}-per-head"]
        for measure in ("actual", "target", "distance-from-target")
    }
    assert {figure.unit for figure in found.values()} == {"GBP per head"}
    assert [round(figure.value or 0, 2) for figure in found.values()] == [
        Decimal("1127.01"),
        Decimal("1158.72"),
        Decimal("-31.71"),
    ]


# Cumulative positions of Kent and Medway, 2014/15; the plan asks for break-even and the 1,040 of the pay award.
@pytest.mark.parametrize(
    ("public_health", "joint", "short"), [("-2,443", 1039, 1), ("-2,442", 1040, 0), ("-2,500", 982, 58)]
)
def test_collective_target_of_1040(public_health: str, joint: int, short: int) -> None:
    plan = joint_plan({"primary-care": "6,838", "secondary-dental": "-3,356", "public-health": public_health})
    figure = plan.computed().figures["finance.collective.break-even.2014-15.cumulative"]
    (target,) = plan.plan().collective_targets
    assert figure.value == joint
    assert target.at_least.value - joint == short


def joint_plan(positions: dict[str, str], *, year: str = "2014-15") -> Written:
    services = " ".join(positions)
    rows = [{"target": "break-even", "title": "Break-even", "services": services, "year": year, "at_least": "1,040"}]
    lines = [{"service": name, "line": "Outturn", "step": "outturn", "2014-15": "0"} for name in positions]
    money = [
        {"service": name, "line": "Notified", "kind": "notified", "2014-15": amount}
        for name, amount in positions.items()
    ]
    plan = written(positions, ["2014-15"]).having("collective", rows)
    return plan.having("lines", lines).having("allocations", [row for row in money if row["2014-15"]])


def test_a_joint_position_is_unknown_while_a_service_has_none() -> None:
    plan = joint_plan({"primary-care": "2,000", "secondary-dental": ""})
    figure = plan.computed().figures["finance.collective.break-even.2014-15.cumulative"]
    assert figure.value is None
    assert figure.missing == ("Secondary dental has no cumulative position in 2014-15",)


def test_a_joint_position_of_a_year_outside_the_plan_is_unknown() -> None:
    figures = joint_plan({"primary-care": "2,000"}, year="2020-21").computed().figures
    assert figures["finance.collective.break-even.2020-21.cumulative"].value is None
