"""Numbers as they stand on a page."""

from decimal import Decimal

import pytest

from placeplan.kernel.printed import Verdict, parse_printed, reconcile


@pytest.mark.parametrize(
    ("text", "value", "resolution"),
    [
        ("343,222", "343222", "1"),
        ("343222", "343222", "1"),
        ("2.4", "2.4", "0.1"),
        ("2.40", "2.40", "0.01"),
        ("(1,234.5)", "-1234.5", "0.1"),
        ("-815", "-815", "1"),
        ("−815", "-815", "1"),
        ("£1,040", "1040", "1"),
        ("-£1,040", "-1040", "1"),
        ("£-1,040", "-1040", "1"),
        ("+5", "5", "1"),
        ("0", "0", "1"),
        ("-0", "0", "1"),
        ("12345678901234567890", "12345678901234567890", "1"),
    ],
)
def test_is_read_with_its_resolution(text: str, value: str, resolution: str) -> None:
    number = parse_printed(text)
    assert number is not None
    assert (number.value, number.resolution, number.percent) == (Decimal(value), Decimal(resolution), False)
    assert str(number) == text
    assert number.tolerance == Decimal(resolution) / 2


@pytest.mark.parametrize(("text", "value"), [("2.7%", "2.7"), ("-7.9 %", "-7.9"), ("(63.4%)", "-63.4")])
def test_a_percentage_stays_in_per_cent(text: str, value: str) -> None:
    number = parse_printed(text)
    assert number is not None
    assert (number.value, number.percent) == (Decimal(value), True)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "12,34",
        "1,2345",
        "1.234,5",
        "(1,234",
        "1,234)",
        "(-5)",
        "--5",
        "1 234",
        "5-6",
        "5k",
        "1e6",
        "nan",
        "infinity",
        ".5",
        "5.",
        "£",
        "٣",
        "²",
        "1" * 21,
        "0." + "1" * 20,
        "1" * 41,
    ],
)
def test_is_refused(text: str) -> None:
    assert parse_printed(text) is None


@pytest.mark.parametrize(
    ("stated", "derived", "tolerance", "verdict"),
    [
        ("345,040", "345040", "0", Verdict.EXACT),
        # Primary care, 2014/15: 343,222 + 1,818 is 345,040; the page prints 345,039. Each part may be half a digit off.
        ("345,039", "345040", "1", Verdict.WITHIN_ROUNDING),
        ("345,139", "345040", "1", Verdict.FAILS),
        ("345,038", "345040", "1", Verdict.FAILS),
        # The printed total may itself be half a digit off, and no further.
        ("345,041", "345040.5", "0", Verdict.WITHIN_ROUNDING),
        ("345,041", "345040.4", "0", Verdict.FAILS),
        ("2.6", "3.7", "0.3", Verdict.FAILS),
        ("3.5", "3.7", "0.15", Verdict.WITHIN_ROUNDING),
        ("-39.8", "-39.828", "0", Verdict.WITHIN_ROUNDING),
        ("39.8", "-39.828", "0", Verdict.FAILS),
    ],
)
def test_verdict(stated: str, derived: str, tolerance: str, verdict: Verdict) -> None:
    number = parse_printed(stated)
    assert number is not None
    assert reconcile(number, derived=Decimal(derived), tolerance=Decimal(tolerance)) is verdict
