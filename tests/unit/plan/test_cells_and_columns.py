"""What may stand in a cell, and what each kind of column takes."""

from datetime import date
from decimal import Decimal

import pytest

from placeplan.kernel.periods import FinancialYear, Month
from placeplan.plan import columns as kinds
from placeplan.plan.cells import Amount, Link, Rate, Word, parse_cell
from placeplan.plan.columns import Kind
from placeplan.plan.tables import BridgeStep


@pytest.mark.parametrize(
    ("text", "value", "resolution"),
    [
        ("343,222", "343222", "1"),
        ("343222", "343222", "1"),
        ("2.50", "2.50", "0.01"),
        ("(1,234.5)", "-1234.5", "0.1"),
        ("-2,443", "-2443", "1"),
        ("\u22125", "-5", "1"),
        ("£1,040", "1040", "1"),
        ("+7", "7", "1"),
    ],
)
def test_an_amount_keeps_its_value_and_how_finely_it_was_printed(text: str, value: str, resolution: str) -> None:
    cell = parse_cell(text)
    assert isinstance(cell, Amount)
    assert (cell.number.value, cell.number.resolution, str(cell)) == (Decimal(value), Decimal(resolution), text)


def test_a_rate_is_a_share_of_its_base() -> None:
    cell = parse_cell("2.7%")
    assert isinstance(cell, Rate)
    assert cell.fraction == Decimal("0.027")


def test_a_link_may_carry_a_minus_and_nothing_else() -> None:
    assert parse_cell("@efficiency.primary-care.2014-15.net") == Link(
        "efficiency.primary-care.2014-15.net", negative=False
    )
    assert parse_cell("-@demand.saving") == Link("demand.saving", negative=True)
    assert parse_cell("2*@demand.saving") is None
    assert parse_cell("@Demand") is None


def test_only_words_of_the_closed_list_are_taken() -> None:
    assert parse_cell("TBC") is Word.TO_BE_CONFIRMED
    assert parse_cell("not available") is Word.NOT_AVAILABLE
    assert parse_cell("n/a") is None


@pytest.mark.parametrize("text", ["1,23", "12..5", "1e5", "#REF!", "١٢٣", "1 234", "(5", "--5", "£3m", "9" * 60])
def test_a_number_that_a_reader_would_have_to_guess_is_refused(text: str) -> None:
    assert parse_cell(text) is None


@pytest.mark.parametrize(
    ("kind", "text", "value"),
    [
        (kinds.FLAG, "Yes", True),
        (kinds.FLAG, "no", False),
        (kinds.SCORE, "5", 5),
        (kinds.DATE, "2014-04-01", date(2014, 4, 1)),
        (kinds.MONTH, "2014-04", Month(2014, 4)),
        (kinds.YEAR, "2014-15", FinancialYear(2014)),
        (kinds.IDENTIFIERS, "primary-care public-health", ("primary-care", "public-health")),
        (kinds.choice(BridgeStep), "outturn", BridgeStep.OUTTURN),
    ],
)
def test_a_column_reads_what_belongs_in_it(kind: Kind, text: str, value: object) -> None:
    assert kind.parse(text) == value


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (kinds.FLAG, "maybe"),
        (kinds.FLAG, "TRUE "),
        (kinds.SCORE, "0"),
        (kinds.SCORE, "3.0"),
        (kinds.SCORE, "٣"),
        (kinds.SCORE, "0_1"),
        (kinds.DATE, "01/04/2014"),
        (kinds.DATE, "20140401"),
        (kinds.DATE, "2014-W14"),
        (kinds.DATE, "2014-02-30"),
        (kinds.MONTH, "2014-13"),
        (kinds.YEAR, "2014-16"),
        (kinds.IDENTIFIER, "Primary care"),
        (kinds.NUMBER, "5%"),
        (kinds.PERCENTAGE, "5"),
        (kinds.FIGURE, "total"),
        (kinds.MONTHLY_SHARES, "50% 50%"),
        (kinds.TEXT, "x" * (kinds.LONGEST_TEXT + 1)),
        (kinds.choice(BridgeStep), "Outturn"),
    ],
)
def test_a_column_refuses_what_does_not(kind: Kind, text: str) -> None:
    with pytest.raises(ValueError):  # noqa: PT011 - whatever the words, the reader says what was expected
        kind.parse(text)
