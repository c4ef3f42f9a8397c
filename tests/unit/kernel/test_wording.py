"""Numbers as people read them."""

from decimal import Decimal

import pytest

from placeplan.kernel.wording import worded


@pytest.mark.parametrize(
    ("value", "unit", "words"),
    [
        ("6838", "GBP thousand", "£6,838k"),
        ("-2443", "GBP thousand", "-£2,443k"),
        ("-2.443", "GBP million", "-£2.443m"),
        ("1.5", "GBP billion", "£1.5bn"),
        ("12.345", "GBP", "£12.34"),
        ("1040.00", "GBP thousand", "£1,040k"),
        ("6838.25", "GBP thousand", "£6,838.2k"),
        ("6838.35", "GBP thousand", "£6,838.4k"),
        ("-0.04", "GBP thousand", "£0k"),
        ("63.3599", "per cent", "63.36%"),
        ("-7.9", "per cent", "-7.9%"),
        ("421", "FTE", "421 FTE"),
        ("1234.5", "", "1,234.5"),
        ("100", "per cent", "100%"),
        ("1E+40", "GBP", "£" + ",".join(["10", *["000"] * 13])),
    ],
)
def test_a_number_with_its_unit(value: str, unit: str, words: str) -> None:
    assert worded(Decimal(value), unit) == words


def test_an_unknown_number() -> None:
    assert worded(None, "GBP") == "not known"
