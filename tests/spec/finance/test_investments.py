"""Investments and headroom: sums, the balance that runs down the rows, and what transformation must get."""

from decimal import Decimal

import pytest
from tests.oracle.finance.written import Written, table

from placeplan.finance.computing import FinanceResult

ROWS = table(
    """
    investment | title    | funding  | recurrent | transformation | business_case  | 2014-15
    records    | Records  | headroom |           | yes            | approved       | 120
    training   | Training | headroom |           |                | submitted      | 90
    towers     | Towers   | headroom |           | yes            | refused        | 500
    premises   | Premises | headroom | no        |                |                | 60
    nurses     | Nurses   | growth   |           | yes            | approved       | 40
    fleet      | Cars     | other    | no        |                | not-needed     | 10
    """,
    service="dental",
)


def plan(service: str = "dental", *, headroom: str = "", allocation: str = "10,000") -> Written:
    """A service of a direct commissioner in 2014-15, whose headroom by the rule is 2.5% of its allocation."""
    lines = table(f"""
        service   | line     | step     | 2014-15
        {service} | Outturn  | outturn  | 9,500
        {f"{service} | Headroom | headroom | {headroom}" if headroom else ""}
        """)
    lines = tuple(row for row in lines if row["service"])
    money = table(f"""
        service   | line     | kind     | 2014-15
        {service} | Notified | notified | {allocation}
        """)
    rows = [{**row, "service": service} for row in ROWS]
    written = Written({service: {}}, ("2014-15",))
    return written.having("lines", lines).having("allocations", money).having("investments", rows)


def value(result: FinanceResult, measure: str, service: str = "dental") -> Decimal | None:
    figure = result.figures.get(f"investments.{service}.2014-15.{measure}")
    return figure.value if figure else None


def test_sums() -> None:
    found = plan().computed()
    sums = {"total": 320, "recurrent": 40, "non-recurrent": 280, "from-growth": 40, "from-headroom": 270}
    cases = {
        "case-approved": 160,
        "case-submitted": 90,
        "case-refused": 500,
        "case-not-said": 60,
        "case-not-needed": 10,
    }
    for measure, expected in {**sums, **cases, "from-other": 10, "transformation": 120}.items():
        assert value(found, measure) == expected, measure
    assert value(found, "case-not-started") is None
    assert value(found, "total", "all") == 320


def test_headroom_is_given_in_the_order_of_the_rows() -> None:
    found = plan().computed()
    assert value(found, "headroom") == 250
    assert [value(found, f"balance.{each}") for each in ("records", "training", "premises")] == [130, 40, -20]
    assert value(found, "balance.towers") is None
    assert value(found, "headroom-uncommitted") == -20


def test_headroom_in_the_bridge_goes_before_the_rule() -> None:
    found = plan(headroom="400").computed()
    assert (value(found, "headroom"), value(found, "headroom-uncommitted")) == (400, 130)
    assert found.figures["investments.dental.2014-15.headroom"].formula == "headroom in the bridge"


@pytest.mark.parametrize(("service", "headroom", "transformation"), [("dental", 250, 100), ("public-health", 0, 0)])
def test_what_the_rules_of_2014_ask(service: str, headroom: int, transformation: int) -> None:
    found = plan(service).computed()
    assert value(found, "headroom", service) == headroom
    assert value(found, "transformation-required", service) == transformation


def test_where_nothing_sets_headroom_aside_there_is_none_to_give() -> None:
    found = plan().having("allocations", ()).computed()
    figure = found.figures["investments.dental.2014-15.headroom"]
    assert (figure.value, figure.formula) == (0, "neither the bridge nor a rule of the round sets any aside")
    assert value(found, "headroom-uncommitted") == -270


def test_headroom_of_specialised_services() -> None:
    """Leicestershire and Lincolnshire printed a headroom of 23,849 for them in 2014-16: 2.5% of 953,960 exactly."""
    found = plan("specialised", allocation="953,960").computed()
    assert value(found, "headroom", "specialised") == 23849


def test_a_line_of_the_bridge_follows_the_list_by_a_link() -> None:
    found = plan(headroom="@investments.dental.2014-15.from-headroom").computed()
    assert found.figures["finance.dental.2014-15.headroom"].value == 270
    assert value(found, "headroom-uncommitted") == 0


def test_an_unknown_amount_leaves_the_balance_unknown_from_there_on() -> None:
    rows = [{**row, "2014-15": "tbc"} if row["investment"] == "training" else row for row in ROWS]
    found = plan().having("investments", rows).computed()
    assert value(found, "balance.records") == 130
    assert value(found, "balance.premises") is None
    assert value(found, "from-growth") == 40
