"""Claims on allocations: sums by state, and where a service would stand if what is open were granted."""

from decimal import Decimal

import pytest
from tests.oracle.finance.written import Written, table

from placeplan.finance.computing import FinanceResult

YEARS = ("2014-15", "2015-16")
CLAIMS = table(
    """
    claim    | title    | state      | 2014-15 | 2015-16
    vaccines | Vaccines | raised     | 300     | 200
    rent     | Rent     | agreed     | 50      | 0
    it       | Records  | refused    | 70      | 70
    pay      | Pay      | transacted | 20      | 20
    """,
    service="dental",
)


def plan(*, opening: str = "0", carried: str = "both", more_lines: str = "") -> Written:
    """A service with a deficit of 100 in its first year and none in its second, with what it asks for."""
    lines = table(f"""
        service | line     | step        | 2014-15 | 2015-16
        dental  | Outturn  | outturn     | 620     | 520
        {more_lines}""")
    money = table(f"""
        service | line     | kind            | 2014-15   | 2015-16
        dental  | Notified | notified        | 500       | 500
        dental  | Pay      | adjustment      | 20        | 20
        dental  | Opening  | brought-forward | {opening} |
        """)
    written = Written({"dental": {"2014-15": "both", "2015-16": carried}}, YEARS)
    return written.having("lines", lines).having("allocations", money).having("claims", CLAIMS)


def value(result: FinanceResult, measure: str, year: str = "2014-15") -> Decimal | None:
    return result.figures[f"finance.dental.{year}.{measure}"].value


def test_claims_by_state_and_year() -> None:
    found = plan().computed()
    measures = ("raised", "agreed", "refused", "transacted", "open")
    assert [value(found, f"claims-{each}") for each in measures] == [300, 50, 70, 20, 350]
    assert [value(found, f"claims-{each}", "2015-16") for each in measures] == [200, 0, 70, 20, 200]
    assert found.figures["finance.all.2014-15.claims-open"].value == 350
    assert value(found, "claim.it") == 70


def test_what_is_asked_for_is_in_no_position_of_the_plan() -> None:
    found = plan().computed()
    assert (value(found, "allocation"), value(found, "in-year"), value(found, "cumulative")) == (520, -100, -100)


@pytest.mark.parametrize(
    ("carried", "planned", "granted"),
    [
        # The open claims of 350 turn a deficit of 100 into a surplus of 250; the year after gets 200 by itself.
        ("both", -100, 450),
        ("surplus", 0, 450),
        ("deficit", -100, 200),
        ("neither", 0, 200),
    ],
)
def test_the_carry_rule_decides_what_a_claim_is_worth_a_year_later(carried: str, planned: int, granted: int) -> None:
    found = plan(carried=carried).computed()
    assert (value(found, "in-year-if-granted"), value(found, "cumulative-if-granted")) == (250, 250)
    assert value(found, "cumulative", "2015-16") == planned
    assert value(found, "in-year-if-granted", "2015-16") == 200
    assert value(found, "cumulative-if-granted", "2015-16") == granted


def test_reserves_that_are_a_rate_of_the_allocation_grow_with_it() -> None:
    found = plan(more_lines="dental | Reserve | contingency | 10% | 0\n").computed()
    assert value(found, "in-year") == -152
    figure = found.figures["finance.dental.2014-15.in-year-if-granted"]
    assert figure.value == -152 + 350 - 35
    assert [(part.label, part.share) for part in figure.inputs][-1] == ("planned spend grows with the allocation", -35)


def test_a_claim_of_an_unknown_amount_makes_unknown_what_it_would_change() -> None:
    rows = [dict(row) for row in CLAIMS]
    rows[0]["2014-15"] = "tbc"
    found = plan().having("claims", rows).computed()
    assert value(found, "claims-open") is None
    assert value(found, "claims-agreed") == 50
    assert value(found, "cumulative-if-granted", "2015-16") is None
    assert value(found, "in-year-if-granted", "2015-16") == 200
    missing = found.figures["finance.dental.2015-16.cumulative-if-granted"].missing
    assert "Vaccines (tbc, finance/claims.csv:2" in " ".join(missing)


def test_a_line_of_the_allocation_follows_a_claim_by_a_link() -> None:
    money = table("""
        service | line     | kind       | 2014-15                            | 2015-16
        dental  | Notified | notified   | 500                                | 500
        dental  | Pay      | adjustment | @finance.dental.2014-15.claim.pay  | 20
        """)
    assert value(plan().having("allocations", money).computed(), "allocation") == 520
