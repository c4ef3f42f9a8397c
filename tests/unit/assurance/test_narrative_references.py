"""References in the text of a plan."""

from decimal import Decimal

import pytest

from placeplan.kernel.figures import Figure
from placeplan.plan.narrative_references import (
    Measure,
    agrees,
    is_cut_off,
    loose_numbers,
    references,
    typed_amount,
)


def _figure(value: str | None, unit: str = "GBP thousand") -> Figure:
    return Figure("finance.a.2014-15.total", "Total", None if value is None else Decimal(value), unit, "")


def test_both_forms_are_found_with_their_places() -> None:
    text = "# Title\n\nSpend {{ finance.a.2014-15.total }} and [£2.4m](figure:-finance.a.2014-15.cumulative).\n"
    first, second = references(text)
    assert (first.figure, first.negative, first.printed) == ("finance.a.2014-15.total", False, "")
    assert (first.line, first.column) == (3, 7)
    assert (second.figure, second.negative, second.printed) == ("finance.a.2014-15.cumulative", True, "£2.4m")


def test_a_minus_in_braces() -> None:
    [reference] = references("{{ -finance.a.2014-15.cumulative }}")
    assert reference.negative
    assert reference.figure == "finance.a.2014-15.cumulative"


def test_other_links_are_left_alone() -> None:
    assert not list(references("[£2.4m](https://example.org) and { not } a reference"))


@pytest.mark.parametrize(
    ("text", "value", "tolerance", "measure"),
    [
        ("£2.4m", "2400000", "50000", Measure.MONEY),
        ("£1,544,190", "1544190", "0.5", Measure.MONEY),
        ("£30bn", "30000000000", "500000000", Measure.MONEY),
        ("£12 million", "12000000", "500000", Measure.MONEY),
        ("2.4%", "2.4", "0.05", Measure.PERCENT),
        ("2.4 per cent", "2.4", "0.05", Measure.PERCENT),
        ("(2.4)", "-2.4", "0.05", Measure.PLAIN),
        ("(£2.4m)", "-2400000", "50000", Measure.MONEY),
        ("-£2.4m", "-2400000", "50000", Measure.MONEY),
        ("421", "421", "0.5", Measure.PLAIN),
        ("1.4 million", "1400000", "50000", Measure.PLAIN),
    ],
)
def test_typed_amount(text: str, value: str, tolerance: str, measure: Measure) -> None:
    typed = typed_amount(text)
    assert typed is not None
    assert (typed.value, typed.tolerance, typed.measure) == (Decimal(value), Decimal(tolerance), measure)


@pytest.mark.parametrize("text", ["", "about five", "2.4.5", "£", "12 FTE"])
def test_no_amount(text: str) -> None:
    assert typed_amount(text) is None


@pytest.mark.parametrize(
    ("text", "value", "unit", "expected"),
    [
        ("£2.4m", "2443", "GBP thousand", True),
        ("£2.5m", "2443", "GBP thousand", False),
        ("£2.4m", "-2443", "GBP thousand", False),
        ("2,443", "2443", "GBP thousand", True),
        ("£2,443,000", "2443", "GBP thousand", True),
        ("85%", "85.3", "per cent", True),
        ("85%", "85.3", "GBP thousand", False),
        ("£85", "85", "per cent", False),
        ("1.4", "1.4", "million", True),
        ("1.4 million", "1.4", "million", True),
        ("421", "421.2", "full-time equivalents", True),
    ],
)
def test_agrees(text: str, value: str, unit: str, *, expected: bool) -> None:
    typed = typed_amount(text)
    assert typed is not None
    assert agrees(typed, _figure(value, unit), negative=False) is expected


def test_a_minus_in_the_link_turns_the_figure() -> None:
    typed = typed_amount("£2.4m")
    assert typed is not None
    assert agrees(typed, _figure("-2443"), negative=True)


def test_a_figure_that_is_not_known_contradicts_nothing() -> None:
    typed = typed_amount("£2.4m")
    assert typed is not None
    assert agrees(typed, _figure(None), negative=False)


@pytest.mark.parametrize(("text", "expected"), [("£2.7m", True), ("£2.6m", False), ("£2.9m", False)])
def test_is_cut_off(text: str, *, expected: bool) -> None:
    typed = typed_amount(text)
    assert typed is not None
    assert is_cut_off(typed, _figure("2772"), negative=False) is expected


def test_loose_numbers() -> None:
    text = "Rose by 4.5% to £1.2m.\nIn 2016 12 practices cost [£3m](figure:a.b), 5 per cent more.\n"
    assert [(one.text, one.line) for one in loose_numbers(text)] == [("4.5%", 1), ("£1.2m", 1), ("5 per cent", 2)]
