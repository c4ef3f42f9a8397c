"""Which balance comes into the next year, under each of the four rules."""

import pytest
from tests.oracle.finance.written import Written, table


@pytest.mark.parametrize(
    ("rule", "closing", "brought_forward"),
    [
        ("surplus", 100, 100),
        ("surplus", -100, 0),
        ("deficit", 100, 0),
        ("deficit", -100, -100),
        ("both", 100, 100),
        ("both", -100, -100),
        ("neither", 100, 0),
        ("neither", -100, 0),
        ("surplus", 0, 0),
        ("deficit", 0, 0),
    ],
)
def test_what_is_brought_forward(rule: str, closing: int, brought_forward: int) -> None:
    plan = Written({"dental": {"2014-15": "both", "2015-16": rule}}, ("2014-15", "2015-16"))
    lines = table(f"""
        service | line    | step    | 2014-15        | 2015-16
        dental  | Outturn | outturn | {500 - closing} |
        """)
    money = table("""
        service | line     | kind     | 2014-15 | 2015-16
        dental  | Notified | notified | 500     | 500
        """)
    figures = plan.having("lines", lines).having("allocations", money).computed().figures
    assert figures["finance.dental.2014-15.cumulative"].value == closing
    assert figures["finance.dental.2015-16.brought-forward"].value == brought_forward
    assert figures["finance.dental.2015-16.in-year"].value == closing
    assert figures["finance.dental.2015-16.cumulative"].value == closing + brought_forward


def test_a_balance_that_is_not_carried_is_nothing_for_certain() -> None:
    plan = Written({"dental": {"2015-16": "neither"}}, ("2014-15", "2015-16"))
    lines = table("""
        service | line    | step    | 2014-15 | 2015-16
        dental  | Outturn | outturn | 480     |
        """)
    money = table("""
        service | line     | kind     | 2014-15 | 2015-16
        dental  | Notified | notified | 500     | 500
        """)
    figures = plan.having("lines", lines).having("allocations", money).computed().figures
    brought = figures["finance.dental.2015-16.brought-forward"]
    assert (brought.value, brought.tolerance) == (0, 0)
    assert brought.formula.endswith("the rule carries neither surplus nor deficit")


@pytest.mark.parametrize(
    ("in_year", "opening", "years", "multiplier"),
    [
        # Each later year adds the same deficit to what has piled up.
        (-100, 0, [-200, -300, -400], 4),
        (-100, -50, [-250, -350, -450], "4.5"),
        # A surplus that shrinks, but does not become a deficit, is no multiple of anything.
        (-100, 1000, [800, 700, 600], None),
        (-100, 250, [50, -50, -150], "1.5"),
        (0, -50, None, None),
        (100, -500, None, None),
    ],
)
def test_a_deficit_that_nobody_corrects(
    in_year: int, opening: int, years: list[int] | None, multiplier: str | int | None
) -> None:
    plan = Written({"dental": {}}, ("2014-15",))
    lines = table(f"""
        service | line    | step    | 2014-15
        dental  | Outturn | outturn | {500 - in_year}
        """)
    money = table(f"""
        service | line     | kind            | 2014-15
        dental  | Notified | notified        | 500
        dental  | Opening  | brought-forward | {opening}
        """)
    figures = plan.having("lines", lines).having("allocations", money).computed().figures
    later = [figures.get(f"finance.dental.{year}.uncorrected") for year in ("2015-16", "2016-17", "2017-18")]
    assert [each.value for each in later if each] == (years or [])
    found = figures.get("finance.dental.2014-15.multiplier")
    assert (str(found.value) if found else None) == (None if multiplier is None else str(multiplier))
