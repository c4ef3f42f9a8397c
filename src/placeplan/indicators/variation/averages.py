"""What a unit is held against: the average, with its interval, of the country, of all units or of a group of them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from placeplan.indicators.measures import Measure, Method
from placeplan.indicators.methods import Estimate, MethodInputError, proportion, rate
from placeplan.indicators.methods.results import FloatArray

ALL_UNITS = "all units together"
AS_EXPECTED = "as many events as expected"
_FROM_COUNTS = {Method.PROPORTION, Method.RATE}
UNKNOWN = float("nan")


@dataclass(frozen=True, slots=True)
class Average:
    """A value to hold units against, with its interval, in the unit of the measure; ``of`` says in words what it is.

    Raises:
        MethodInputError: the interval does not surround the value, or a number is missing.
    """

    of: str
    value: float
    lower: float
    upper: float

    def __post_init__(self) -> None:
        if not self.lower <= self.value <= self.upper:
            raise MethodInputError(
                f"the interval of the average '{self.of}' ({self.lower} to {self.upper}) does not surround its value "
                f"({self.value})."
            )


@dataclass(frozen=True, eq=False)
class Averages:
    """The average of each row, NaN where there is none; ``of`` says in words what they are."""

    of: str
    value: FloatArray
    lower: FloatArray
    upper: FloatArray


def estimated(measure: Measure, rows: pl.DataFrame, *, confidence: float) -> Estimate | None:
    """Values and limits of rows from their counts, in the unit of the measure over its multiplier; none for a method
    that needs more than a numerator and a denominator.
    """
    counts, sizes = (rows[name].cast(pl.Float64).fill_null(UNKNOWN).to_numpy() for name in ("numerator", "denominator"))
    if measure.method is Method.PROPORTION:
        return proportion(counts, sizes, confidence=confidence)
    if measure.method in {Method.RATE, Method.STANDARDISED_RATIO}:
        return rate(counts, sizes, multiplier=1, confidence=confidence)
    return None


def same_for_all(average: Average, *, rows: int) -> Averages:
    """One average for every row."""
    return Averages(average.of, *(np.full(rows, side) for side in (average.value, average.lower, average.upper)))


def average_of_area(rows: pl.DataFrame, area: str) -> Average:
    """The average that one area of the results is, such as England.

    Raises:
        MethodInputError: the area has no value with limits.
    """
    own = rows.filter(pl.col("area") == area, pl.all_horizontal(pl.col("value", "lower", "upper").is_not_null()))
    if own.is_empty():
        raise MethodInputError(f"average: the area '{area}' has no value with limits in this period.")
    first = own.row(0, named=True)
    return Average(first["area_name"] or area, first["value"], first["lower"], first["upper"])


def average_of_all(measure: Measure, rows: pl.DataFrame, *, confidence: float) -> Average:
    """All units together, from their counts; for a ratio, what was expected.

    Raises:
        MethodInputError: the method of the measure does not add up from counts, or no unit has any.
    """
    scale = float(measure.multiplier)
    if measure.method is Method.STANDARDISED_RATIO:
        return Average(AS_EXPECTED, scale, scale, scale)
    found = _together(measure, rows, families=[""] * rows.height, confidence=confidence)
    if "" not in found:
        raise MethodInputError(
            f"no unit of '{measure.id}' has counts that can be used."
            if measure.method in _FROM_COUNTS
            else f"'{measure.id}' is a {measure.method} and does not add up over units: name the average."
        )
    return Average(ALL_UNITS, *found[""])


def averages_of_groups(measure: Measure, rows: pl.DataFrame, *, groups: Sequence[str], confidence: float) -> Averages:
    """For each row all units of its group together; NaN for a row without a group.

    Raises:
        MethodInputError: the method of the measure does not add up from counts.
    """
    if measure.method not in _FROM_COUNTS:
        raise MethodInputError(f"'{measure.id}' is a {measure.method} and does not add up over the units of a group.")
    found = _together(measure, rows, families=groups, confidence=confidence)
    nothing = (UNKNOWN, UNKNOWN, UNKNOWN)
    sides = np.array([found.get(group, nothing) if group else nothing for group in groups], dtype=np.float64)
    return Averages("all units of the same group together", *sides.reshape(-1, len(nothing)).T)


def _together(
    measure: Measure, rows: pl.DataFrame, *, families: Sequence[str], confidence: float
) -> dict[str, tuple[float, float, float]]:
    """Value and limits of all usable rows of each family together."""
    own = estimated(measure, rows, confidence=confidence)
    if own is None:
        return {}
    sums = (
        rows.select("numerator", "denominator", family=pl.Series(families, dtype=pl.String))
        .filter(pl.Series(own.note == 0))
        .group_by("family", maintain_order=True)
        .sum()
    )
    found = estimated(measure, sums, confidence=confidence)
    if found is None:
        return {}
    scale = float(measure.multiplier)
    sides = zip(*(side * scale for side in (found.value, found.lower, found.upper)), strict=True)
    return {
        family: (float(value), float(lower), float(upper))
        for family, (value, lower, upper) in zip(sums["family"].to_list(), sides, strict=True)
    }
