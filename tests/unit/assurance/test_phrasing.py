"""Words that several checks use."""

from decimal import Decimal

import pytest

from placeplan.assurance.phrasing import listed, many, nearest, percent


@pytest.mark.parametrize(
    ("value", "words"), [("63.3655", "63.4%"), ("20", "20%"), ("33.333", "33.3%"), ("-5.04", "-5%")]
)
def test_percent(value: str, words: str) -> None:
    assert percent(Decimal(value)) == words


def test_listed() -> None:
    assert listed([]) == ""
    assert listed(["a", "b"]) == "a, b"
    assert listed(["a", "b", "c"], 2) == "a, b and 1 more"


def test_many() -> None:
    assert many(1, "risk") == "1 risk"
    assert many(0, "risk") == "0 risks"
    assert many(1200, "entry", plural="entries") == "1,200 entries"


def test_nearest() -> None:
    known = ["finance.acute.2016-17.total", "finance.acute.2016-17.outturn", "efficiency.acute.2016-17.net"]
    assert nearest("finance.acute.2016-17.totals", known) == "Did you mean finance.acute.2016-17.total?"
    assert nearest("zzz", known) == ""
    assert nearest("anything", []) == ""
