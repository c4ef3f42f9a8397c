"""Arrays, curves of the models as arrays, and the columns that a block of people hands over."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

import numpy as np
from numpy.typing import NDArray

from placeplan.segments.synthetic.models import Curve

Floats = NDArray[np.floating[Any]]
Ints = NDArray[np.integer[Any]]
Truths = NDArray[np.bool_]
Days = NDArray[np.datetime64]

FEMALE, MALE = 0, 1
SEXES = ("female", "male")
OLDEST = 110
DAYS_OF_A_YEAR = 365.25
BLANK = -1


@dataclass(frozen=True, eq=False)
class Texts:
    """A column of text: ``codes`` point into ``labels``; -1 is blank."""

    labels: Sequence[str]
    codes: Ints


@dataclass(frozen=True, eq=False)
class Wholes:
    """A column of whole numbers; blank where ``blank`` is true."""

    values: Ints
    blank: Truths | None = None


Column = Texts | Wholes | Floats | Days
Rows = Mapping[str, Column]


def numbers(values: Sequence[Decimal]) -> Floats:
    """Decimals as an array."""
    return np.array([float(value) for value in values])


def by_age(curve: Curve, ages: Sequence[int], *, scale: float) -> Floats:
    """A curve as one row for each sex and one column for each whole age from 0 to 110.

    Between the ages that are given it is a straight line, beyond the last it is flat. Values are divided by ``scale``.
    """
    whole = np.arange(OLDEST + 1)
    return np.stack([np.interp(whole, ages, numbers(values)) / scale for values in (curve.women, curve.men)])


def whole_ages(born: Floats, day: float) -> Ints:
    """Whole years of age on a day, from 0 to 110."""
    found: Ints = np.clip((day - born) / DAYS_OF_A_YEAR, 0, OLDEST).astype(np.int64)
    return found


def as_days(days: Floats | Ints) -> Days:
    """Days since 1970 as dates; what is not finite is blank."""
    finite = np.isfinite(days)
    whole = np.floor(np.where(finite, days, 0)).astype("datetime64[D]")
    return np.where(finite, whole, np.datetime64("NaT", "D"))


def first_of_month(days: Floats | Ints) -> Days:
    """The first day of the month of each day."""
    return as_days(days).astype("datetime64[M]").astype("datetime64[D]")


def stacked(parts: Sequence[Rows]) -> Rows:
    """Rows of one shape under one another. Texts of one column have the same labels."""
    return {name: _joined([part[name] for part in parts]) for name in parts[0]}


def _joined(columns: Sequence[Any]) -> Column:
    first = columns[0]
    if isinstance(first, Texts):
        return Texts(first.labels, np.concatenate([one.codes for one in columns]))
    if isinstance(first, Wholes):
        blanks = [one.blank if one.blank is not None else np.zeros(len(one.values), bool) for one in columns]
        return Wholes(np.concatenate([one.values for one in columns]), np.concatenate(blanks))
    joined: Floats | Days = np.concatenate(columns)
    return joined


def taken(rows: Rows, order: Ints | Truths) -> Rows:
    """Rows in another order, or only some of them."""
    return {name: _taken(column, order) for name, column in rows.items()}


def _taken(column: Any, order: Ints | Truths) -> Column:
    if isinstance(column, Texts):
        return Texts(column.labels, column.codes[order])
    if isinstance(column, Wholes):
        return Wholes(column.values[order], None if column.blank is None else column.blank[order])
    some: Floats | Days = column[order]
    return some
