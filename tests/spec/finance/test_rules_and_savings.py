"""What the rules of each round ask for, and the savings that they imply."""

import pytest
from tests.oracle.finance.written import Row, Written, table

MEASURES = ("surplus-required", "contingency-required", "headroom-required")


def plan_of(
    service: str, *, round_id: str, body: str, year: str, lines: str = "Outturn | outturn | 1,000 |"
) -> Written:
    rows = table(f"line | step | {year} | recurrent\n{lines}", service=service)
    money = table(
        f"""
        line     | kind            | {year}
        Notified | notified        | 1,000
        Opening  | brought-forward | 100
        """,
        service=service,
    )
    plan = Written({service: {}}, (year,), round_id=round_id, body=body)
    return plan.having("lines", rows).having("allocations", money)


def value(plan: Written, measure: str) -> str:
    (service,), (year,) = plan.services, plan.years
    figure = plan.computed().figures.get(f"finance.{service}.{year}.{measure}")
    return "no rule" if figure is None else "unknown" if figure.value is None else f"{figure.value.normalize():f}"


ROUNDS = table("""
    round   | body      | service        | year    | surplus | contingency | headroom
    2014-15 | area-team | primary-care   | 2014-15 | 11      | 5           | 25
    2014-15 | area-team | primary-care   | 2015-16 | 11      | 5           | 20
    2014-15 | area-team | public-health  | 2014-15 | 0       | 5           | 0
    2014-15 | area-team | public-health  | 2015-16 | 0       | 5           | 0
    2014-15 | area-team | primary-care   | 2016-17 | no rule | no rule     | no rule
    2014-15 | ccg       | acute          | 2014-15 | no rule | no rule     | no rule
    2016-17 | ccg       | acute          | 2016-17 | 10      | 5           | 10
    2017-19 | ccg       | acute          | 2017-18 | no rule | 5           | 10
    2024-25 | system    | acute          | 2024-25 | no rule | no rule     | no rule
    2025-26 | provider  | acute          | 2025-26 | no rule | no rule     | no rule
    2026-29 | icb       | acute          | 2026-27 | no rule | no rule     | no rule
    """)


@pytest.mark.parametrize("row", ROUNDS, ids=lambda row: f"{row['round']} {row['body']} {row['service']} {row['year']}")
def test_what_a_round_asks_of_an_allocation_of_1000_and_a_balance_of_100(row: Row) -> None:
    plan = plan_of(row["service"], round_id=row["round"], body=row["body"], year=row["year"])
    assert [value(plan, measure) for measure in MEASURES] == [row["surplus"], row["contingency"], row["headroom"]]


def primary_care(lines: str) -> Written:
    """Resources 1,100; the rules ask for a surplus of 11, a contingency of 5, and 25 of headroom."""
    return plan_of("primary-care", round_id="2014-15", body="area-team", year="2014-15", lines=lines)


SAVINGS = [
    # (lines, non-recurrent spend, savings to balance, savings that the rules imply)
    ("Outturn | outturn | 1,100 |", "0", "0", "41"),
    ("Outturn | outturn | 1,059 |", "0", "-41", "0"),
    ("Outturn | outturn | 1,000 |", "0", "-100", "-59"),
    # What is saved already does not lessen what must be saved.
    ("Outturn | outturn | 1,100 |\nQIPP | efficiency-scheme | -30 |", "0", "0", "41"),
    # A contingency is spend; where it is held, it is not asked for again.
    ("Outturn | outturn | 1,100 |\nContingency | contingency | 5 |", "0", "5", "41"),
    ("Outturn | outturn | 1,100 |\nContingency | contingency | 8 |", "0", "8", "44"),
    ("Outturn | outturn | 1,100 |\nContingency | contingency | 3 |", "0", "3", "41"),
    # Headroom is spent once. So is investment that is marked so.
    ("Outturn | outturn | 1,100 |\nHeadroom | headroom | 25 |", "25", "25", "41"),
    ("Outturn | outturn | 1,100 |\nClinic | investment | 25 | no", "25", "25", "41"),
    ("Outturn | outturn | 1,100 |\nClinic | investment | 25 | yes", "0", "25", "66"),
    # A contingency is not headroom, whatever it is marked; a saving that is made once is not negative headroom.
    ("Outturn | outturn | 1,100 |\nContingency | contingency | 25 | no", "0", "25", "61"),
    ("Outturn | outturn | 1,100 |\nHeadroom | headroom | 25 |\nSale | efficiency-scheme | -10 | no", "25", "25", "41"),
    # One reserve for the rules stands in for both, up to what they ask for.
    ("Outturn | outturn | 1,100 |\nReserve | business-rules | 30 |", "0", "30", "41"),
    ("Outturn | outturn | 1,100 |\nReserve | business-rules | 12 |", "0", "12", "41"),
    ("Outturn | outturn | 1,100 |\nReserve | business-rules | 50 |", "0", "50", "61"),
    ("Outturn | outturn | 1,100 |\nReserve | business-rules | 30 | no", "30", "30", "46"),
]


@pytest.mark.parametrize(("lines", "spent_once", "to_balance", "implied"), SAVINGS)
def test_savings(lines: str, spent_once: str, to_balance: str, implied: str) -> None:
    plan = primary_care("\n".join(f"{line} |" if line.count("|") < 3 else line for line in lines.splitlines()))
    found = [value(plan, each) for each in ("non-recurrent-spend", "savings-to-balance", "savings-requirement")]
    assert found == [spent_once, to_balance, implied]


@pytest.mark.parametrize("cell", ["", "tbc"])
def test_an_unknown_allocation_leaves_what_is_required_unknown(cell: str) -> None:
    plan = primary_care("Outturn | outturn | 1,100 |")
    money = [{**row, "2014-15": cell} if row["kind"] == "notified" else row for row in plan.rows("allocations")]
    unknown = plan.having("allocations", money)
    assert [value(unknown, measure) for measure in (*MEASURES, "savings-requirement")] == ["unknown"] * 4


def test_an_unknown_headroom_is_not_taken_for_nothing() -> None:
    plan = primary_care("Outturn | outturn | 1,100 |\nHeadroom | headroom |  |")
    assert value(plan, "non-recurrent-spend") == value(plan, "savings-requirement") == "unknown"


def test_the_savings_requirement_opens_to_the_rules_and_to_what_is_planned() -> None:
    plan = primary_care("Outturn | outturn | 1,100 |\nContingency | contingency | 3 |")
    figure = plan.computed().figures["finance.primary-care.2014-15.savings-requirement"]
    named = {str(given.origin).removeprefix("finance.primary-care.2014-15."): given.share for given in figure.inputs}
    assert named == {
        "savings-to-balance": 3,
        "surplus-required": 11,
        "contingency-required": 5,
        "contingency": -3,
        "headroom-required": 25,
        "non-recurrent-spend": 0,
    }


def test_a_service_without_an_allocation_leaves_the_sum_over_services_unknown() -> None:
    both = Written({"primary-care": {}, "dental": {}}, ("2014-15",)).having(
        "lines",
        [
            {"service": name, "line": "Outturn", "step": "outturn", "2014-15": "100"}
            for name in ("primary-care", "dental")
        ],
    )
    money = [{"service": "primary-care", "line": "Notified", "kind": "notified", "2014-15": "120"}]
    figures = both.having("allocations", money).computed().figures
    assert figures["finance.all.2014-15.total"].value == 200
    assert figures["finance.all.2014-15.cumulative"].value is None
    assert figures["finance.all.2014-15.cumulative"].missing == ("Dental has no cumulative position",)
