"""How far a quotient of two rounded numbers may be off."""

from decimal import Decimal
from typing import Protocol

from placeplan.kernel.figures import ZERO


class Rounded(Protocol):
    """A number and how far it may be off."""

    @property
    def value(self) -> Decimal | None:
        """The number."""
        ...

    @property
    def tolerance(self) -> Decimal:
        """How far it may be off."""
        ...


def quotient_tolerance(above: Rounded, below: Rounded) -> Decimal:
    """The most by which ``above / below`` may be off; nothing is said (0) where ``below`` may be nothing at all."""
    if above.value is None or below.value is None or abs(below.value) <= below.tolerance:
        return ZERO
    off = above.tolerance + abs(above.value / below.value) * below.tolerance
    return off / (abs(below.value) - below.tolerance)
