"""Money stands beside its unit."""

from decimal import Decimal

import pytest

from placeplan.kernel.money import Money, MoneyUnit


@pytest.mark.parametrize(
    ("amount", "unit", "into", "expected"),
    [
        ("343222", MoneyUnit.THOUSAND, MoneyUnit.MILLION, "343.222"),
        ("343.222", MoneyUnit.MILLION, MoneyUnit.GBP, "343222000"),
        ("0.5", MoneyUnit.BILLION, MoneyUnit.THOUSAND, "500000"),
        ("-39.828", MoneyUnit.MILLION, MoneyUnit.THOUSAND, "-39828"),
    ],
)
def test_is_written_in_another_unit(amount: str, unit: MoneyUnit, into: MoneyUnit, expected: str) -> None:
    money = Money(Decimal(amount), unit).to(into)
    assert (money.amount, money.unit) == (Decimal(expected), into)
    assert money.to(unit) == Money(Decimal(amount), unit)


def test_adds_in_one_unit_only() -> None:
    thousand = Money(Decimal(2), MoneyUnit.THOUSAND)
    assert thousand + -Money(Decimal(5), MoneyUnit.THOUSAND) == Money(Decimal(-3), MoneyUnit.THOUSAND)
    with pytest.raises(ValueError, match="convert one first"):
        thousand + Money(Decimal(1), MoneyUnit.MILLION)


@pytest.mark.parametrize("amount", ["NaN", "Infinity"])
def test_is_a_finite_amount(amount: str) -> None:
    with pytest.raises(ValueError, match="not an amount"):
        Money(Decimal(amount), MoneyUnit.GBP)


def test_is_printed_with_its_sign_first() -> None:
    assert str(Money(Decimal(-2443), MoneyUnit.THOUSAND)) == "-£2,443k"
    assert str(Money(Decimal("551.5"), MoneyUnit.MILLION)) == "£551.5m"
