"""Money in Decimal, always beside the unit in which it is written."""

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum


class MoneyUnit(StrEnum):
    """Unit in which an amount of sterling is written."""

    GBP = "GBP"
    THOUSAND = "GBP thousand"
    MILLION = "GBP million"
    BILLION = "GBP billion"

    @property
    def pounds(self) -> Decimal:
        """How many pounds one unit is."""
        return _POUNDS[self]

    @property
    def suffix(self) -> str:
        """What stands behind the number when it is printed with a pound sign: ``k``, ``m``, ``bn`` or nothing."""
        return _SUFFIX[self]


_POUNDS = {
    MoneyUnit.GBP: Decimal(1),
    MoneyUnit.THOUSAND: Decimal(10**3),
    MoneyUnit.MILLION: Decimal(10**6),
    MoneyUnit.BILLION: Decimal(10**9),
}
_SUFFIX = {MoneyUnit.GBP: "", MoneyUnit.THOUSAND: "k", MoneyUnit.MILLION: "m", MoneyUnit.BILLION: "bn"}


@dataclass(frozen=True, slots=True)
class Money:
    """An amount of sterling and the unit that it is written in. Two amounts add only after one is converted."""

    amount: Decimal
    unit: MoneyUnit

    def __post_init__(self) -> None:
        if not self.amount.is_finite():
            raise ValueError(f"{self.amount} is not an amount of money")

    @property
    def pounds(self) -> Decimal:
        """The amount in pounds, exact."""
        return self.amount * self.unit.pounds

    def to(self, unit: MoneyUnit) -> "Money":
        """The same amount written in another unit, exact."""
        return Money(self.pounds / unit.pounds, unit)

    def __add__(self, other: "Money") -> "Money":
        """Add an amount in the same unit.

        Raises:
            ValueError: the units differ.
        """
        if self.unit is not other.unit:
            raise ValueError(f"cannot add {other.unit} to {self.unit}: convert one first")
        return Money(self.amount + other.amount, self.unit)

    def __neg__(self) -> "Money":
        """The amount with its sign turned."""
        return Money(-self.amount, self.unit)

    def __str__(self) -> str:
        """Print as ``£1,234k``, with the sign first."""
        sign = "-" if self.amount < 0 else ""
        return f"{sign}£{abs(self.amount):,}{self.unit.suffix}"
