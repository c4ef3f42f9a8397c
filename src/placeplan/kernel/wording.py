"""Numbers as people read them."""

from decimal import Decimal

from placeplan.kernel.money import MoneyUnit

PER_CENT = "per cent"
UNKNOWN = "not known"
POUNDS_PER = f"{MoneyUnit.GBP} per "
_MONEY = {str(unit): unit for unit in MoneyUnit}
_PLACES = {MoneyUnit.GBP: 2, MoneyUnit.THOUSAND: 1, MoneyUnit.MILLION: 3, MoneyUnit.BILLION: 3}
OTHER_PLACES = 2


def worded(value: Decimal | None, unit: str = "") -> str:
    """Print a number with its unit: ``£6,838k``, ``-£2.443m``, ``63.36%``, ``421 FTE``, ``£1,085 per head``.

    ``None`` is printed as ``not known``.
    Amounts of money keep at most the places of their unit (pounds 2, thousands 1, millions and billions 3), other
    numbers 2; trailing zeros are dropped. Rounding is half to even.
    """
    if value is None:
        return UNKNOWN
    money = _MONEY.get(unit)
    text = _trimmed(abs(value), OTHER_PLACES if money is None else _PLACES[money])
    sign = "-" if value < 0 and text.strip("0.,") else ""
    if money is not None:
        return f"{sign}£{text}{money.suffix}"
    if unit == PER_CENT:
        return f"{sign}{text}%"
    if unit.startswith(POUNDS_PER):
        return f"{sign}£{text}{unit.removeprefix(str(MoneyUnit.GBP))}"
    return f"{sign}{text} {unit}".rstrip()


def _trimmed(value: Decimal, places: int) -> str:
    text = f"{value:,.{places}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
