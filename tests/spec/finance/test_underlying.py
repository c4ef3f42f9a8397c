"""The underlying position: only what goes on, each thing in a full year, nothing counted twice."""

import pytest
from tests.oracle.finance.written import Written, table, written

NAME = "finance.primary-care.2014-15.underlying"
SCHEMES = {
    "recurrent": "sale | 60 | 2014-04 |",
    "once": "sale | 60 | 2014-04 | 0%",
    "half": "sale | 60 | 2014-04 | 50%",
    "from October": "sale | 60 | 2014-10 |",
    "half, from October": "sale | 60 | 2014-10 | 50%",
}


def plan_of(lines: str, *, money: str = "", scheme: str = "") -> Written:
    """In-year position without ``lines``: 1,000 less 900, so 100."""
    rows = table(
        f"line | step | 2014-15 | recurrent | starts\nOutturn | outturn | 900 | |\n{lines}", service="primary-care"
    )
    given = table(f"line | kind | 2014-15 | recurrent\nNotified | notified | 1,000 |\n{money}", service="primary-care")
    plan = written(years=["2014-15"]).having("lines", rows).having("allocations", given)
    if not scheme:
        return plan
    rows = table(
        f"scheme | gross | starts | recurrent_share\n{SCHEMES[scheme]}",
        service="primary-care",
        year="2014-15",
        title="Sale",
    )
    return plan.having("efficiency", rows)


@pytest.mark.parametrize(
    ("lines", "money", "in_year", "underlying"),
    [
        ("", "", 100, 100),
        # Spent once: this year is worse than the years to come.
        ("Clinic | investment | 30 | no |", "", 70, 100),
        ("Headroom | headroom | 30 | |", "", 70, 100),
        ("Headroom | headroom | 30 | yes |", "", 70, 70),
        ("Clinic | investment | 3% | no |", "", 73, 100),
        ("Contingency | contingency | 10 | no |", "", 90, 100),
        ("Contingency | contingency | 10 | |", "", 90, 90),
        # Saved or given once: this year is better.
        ("Land sale | efficiency-scheme | -40 | no |", "", 140, 100),
        ("", "Winter money | adjustment | 25 | no", 125, 100),
        ("", "Clawback | adjustment | -25 | no", 75, 100),
        ("", "Growth | adjustment | 25 | yes", 125, 125),
        # A balance brought forward is in no year's own position.
        ("", "Opening | brought-forward | 500 | no", 100, 100),
        # What starts in October costs as much again in a full year.
        ("Clinic | investment | 30 | | 2014-10", "", 70, 40),
        ("Clinic | investment | 30 | | 2014-04", "", 70, 70),
        ("Clinic | investment | 30 | | 2015-03", "", 70, -260),
        ("Clinic | investment | 30 | | 2013-10", "", 70, 70),
        ("Clinic | investment | 30 | | 2015-10", "", 70, 70),
        ("Clinic | investment | 30 | no | 2014-10", "", 70, 100),
        ("Headroom | headroom | 30 | | 2014-10", "", 70, 100),
        ("QIPP | efficiency-scheme | -40 | | 2014-10", "", 140, 180),
        # Full-year effects of the year before are entered in full.
        ("Full year | part-year-effect | 30 | | 2014-10", "", 70, 70),
    ],
)
def test_from_the_bridge(lines: str, money: str, in_year: int, underlying: int) -> None:
    figures = plan_of(lines, money=money).computed().figures
    assert figures["finance.primary-care.2014-15.in-year"].value == in_year
    assert figures[NAME].value == underlying


LINKED = "QIPP | efficiency-scheme | -@efficiency.primary-care.2014-15.net"
TYPED = "QIPP | efficiency-scheme | -60"
OWN = "QIPP | efficiency-scheme | -@efficiency.primary-care.2014-15.scheme.sale.net"


@pytest.mark.parametrize(
    ("lines", "scheme", "underlying"),
    [
        # The register says what goes on and what it grows to.
        (f"{LINKED} | |", "recurrent", 160),
        (f"{LINKED} | |", "once", 100),
        (f"{LINKED} | |", "half", 130),
        (f"{LINKED} | |", "from October", 220),
        (f"{LINKED} | |", "half, from October", 160),
        (f"{TYPED} | |", "half", 130),
        # A line that says so itself is taken out once, not twice.
        (f"{LINKED} | no |", "once", 100),
        (f"{LINKED} | no |", "recurrent", 100),
        (f"{TYPED} | no |", "once", 100),
        # The start of the line and the start of the scheme are one thing.
        (f"{LINKED} | | 2014-10", "from October", 220),
        # A contingency as large as the saving is not the saving.
        (f"{LINKED} | |\nReserve | contingency | @efficiency.primary-care.2014-15.net | no |", "half", 130),
        # A saving that the bridge does not count on is not taken out of it.
        ("", "once", 100),
        ("", "from October", 100),
        # One scheme taken out by its own line, beside a line that goes on.
        (f"{OWN} | no |\nOther | efficiency-scheme | -10 | |", "once", 110),
    ],
)
def test_with_a_register_of_schemes(lines: str, scheme: str, underlying: int) -> None:
    assert plan_of(lines, scheme=scheme).computed().figures[NAME].value == underlying


@pytest.mark.parametrize("cell", ["", "tbc", "2%"])
def test_money_given_once_that_is_not_known(cell: str) -> None:
    figure = plan_of("", money=f"Winter money | adjustment | {cell} | no").computed().figures[NAME]
    assert figure.value is None
    assert any("Winter money" in name for name in figure.missing)
