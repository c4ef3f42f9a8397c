"""Growth from year to year. Rates compound; adding them up is wrong, and a printed total can be checked for it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from math import prod

import numpy as np
import numpy.typing as npt

from placeplan.kernel.printed import PrintedNumber
from placeplan.population.errors import PopulationError, refuse
from placeplan.population.types import FloatArray, frozen

ONE, HUNDRED = Decimal(1), Decimal(100)


def yearly_growth(people: npt.ArrayLike, *, years: Sequence[int]) -> FloatArray:
    """Growth a year between neighbouring years, as shares (0.01 is 1%), along the last axis.

    Between years that do not follow each other it is the constant growth that leads from one to the other.

    Args:
        people: persons; the last axis is that of the years.
        years: rising calendar years.

    Raises:
        PopulationError: the years do not rise or do not fit, or somebody comes from nobody.
    """
    persons = frozen("people", people)
    steps = np.diff(np.asarray(years, dtype=np.float64))
    if persons.ndim == 0 or persons.shape[-1] != len(years) or (steps <= 0).any():
        raise PopulationError([f"years: expected {persons.shape[-1:]} rising years, found {list(years)}"])
    if not np.isfinite(persons).all() or (persons < 0).any():
        raise PopulationError(["people: expected numbers of 0 or more; one is missing, infinite or below 0"])
    if (persons[..., :-1] == 0).any():
        raise PopulationError(["people: nobody is there at first, so that there is no growth; expected somebody"])
    return np.asarray((persons[..., 1:] / persons[..., :-1]) ** (1 / steps) - 1)


def compounded(rates: npt.ArrayLike) -> FloatArray:
    """Growth over all years from that of each year, as shares along the last axis: the product, never the sum.

    Two years of 10% are 21%: ``compounded([0.1, 0.1])`` is 0.21.

    Raises:
        PopulationError: a rate is missing, infinite or below -1.
    """
    shares = frozen("rates", rates)
    if not np.isfinite(shares).all() or (shares < -1).any():
        raise PopulationError(["rates: expected shares of -1 or more (1% is 0.01); one is missing, infinite or below"])
    return np.asarray(np.prod(1 + shares, axis=-1) - 1)


def average_growth(first: float, last: float, *, years: float) -> float:
    """The constant growth a year, as a share, that leads from one number to another.

    Raises:
        PopulationError: a number is not above 0, or no time lies between them.
    """
    if not (first > 0 and last > 0 and years > 0):
        raise PopulationError([f"growth from {first:g} to {last:g} in {years:g} years: expected numbers above 0"])
    return float((last / first) ** (1 / years) - 1)


class Compounding(StrEnum):
    """How a printed total of growth was made from printed growth a year."""

    COMPOUNDED = "compounded"
    SUMMED = "summed"
    EITHER = "either"
    NEITHER = "neither"


@dataclass(frozen=True, slots=True)
class CompoundingFinding:
    """A printed total of growth beside the two ways to make it, in per cent.

    Attributes:
        name: what grows.
        stated: the total as printed.
        compounded: what the printed yearly rates compound to.
        summed: what they add up to.
        verdict: which of the two explains the printed total within the rounding of everything printed.
    """

    name: str
    stated: PrintedNumber
    compounded: Decimal
    summed: Decimal
    verdict: Compounding

    @property
    def wrong(self) -> bool:
        """Whether the total is not what the rates compound to."""
        return self.verdict in (Compounding.SUMMED, Compounding.NEITHER)

    def __str__(self) -> str:
        """Print as a sentence."""
        way = {
            Compounding.COMPOUNDED: "as it should be",
            Compounding.EITHER: "and rounding hides whether it was added up",
            Compounding.SUMMED: f"and the rates add up to {self.summed:.2f}%: they were added where they compound",
            Compounding.NEITHER: f"and the rates add up to {self.summed:.2f}%: neither explains the total",
        }[self.verdict]
        return (
            f"{self.name}: {self.stated.value}% is stated, the yearly rates compound to {self.compounded:.2f}%, {way}."
        )


def check_compounding(
    rates: Sequence[PrintedNumber], stated: PrintedNumber, *, name: str = "growth"
) -> CompoundingFinding:
    """Say whether a printed total is what printed yearly rates compound to, or what they add up to.

    Args:
        rates: growth of each year in per cent, as printed.
        stated: growth over all of them in per cent, as printed.
        name: what grows, for the finding.

    Raises:
        PopulationError: there is no rate, or one is below -100%.
    """
    refuse(_rate_problems(rates, name))
    lower, upper = (_compound(_at(rates, side)) for side in (-1, 1))
    total = sum((rate.value for rate in rates), Decimal(0))
    slack = sum((rate.tolerance for rate in rates), stated.tolerance)
    is_product = lower - stated.tolerance <= stated.value <= upper + stated.tolerance
    is_sum = abs(total - stated.value) <= slack
    verdict = {
        (True, True): Compounding.EITHER,
        (True, False): Compounding.COMPOUNDED,
        (False, True): Compounding.SUMMED,
        (False, False): Compounding.NEITHER,
    }[is_product, is_sum]
    return CompoundingFinding(name, stated, _compound([rate.value for rate in rates]), total, verdict)


def _compound(rates: Iterable[Decimal]) -> Decimal:
    return (prod((ONE + rate / HUNDRED for rate in rates), start=ONE) - ONE) * HUNDRED


def _at(rates: Iterable[PrintedNumber], side: int) -> list[Decimal]:
    """The lowest or the highest that the rates may have been before they were rounded."""
    return [max(rate.value + side * rate.tolerance, -HUNDRED) for rate in rates]


def _rate_problems(rates: Sequence[PrintedNumber], name: str) -> list[str]:
    if not rates:
        return [f"{name}: expected at least one yearly rate, found none"]
    return [
        f"{name}: {rate.text} is below -100%; expected a rate in per cent" for rate in rates if rate.value < -HUNDRED
    ]
