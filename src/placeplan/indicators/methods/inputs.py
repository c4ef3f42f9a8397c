"""Reading the arrays given to a method: numbers only, shapes that fit, notes for rows that cannot be used."""

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import numpy.typing as npt
from scipy import special

from placeplan.indicators.methods.results import BoolArray, CodeArray, FloatArray, Note
from placeplan.kernel.errors import PlaceplanError

NUMBER_KINDS = "biuf"
TWO_SIDES = 2.0


class MethodInputError(PlaceplanError, ValueError):
    """Input that a method cannot work with at all; the message says which argument, and what was expected."""


def numbers(name: str, given: npt.ArrayLike) -> FloatArray:
    """An argument as an array of floats; blanks (``None``, NaN, masked) become NaN.

    Raises:
        MethodInputError: something in it is not a number, or the rows differ in length.
    """
    filled = np.ma.filled(given.astype(np.float64), np.nan) if isinstance(given, np.ma.MaskedArray) else given
    try:
        array = np.asarray(filled)
        if array.dtype.kind == "O":
            array = _from_objects(array)
    except (TypeError, ValueError, OverflowError) as error:
        raise MethodInputError(f"{name}: expected numbers in rows of one length ({error}).") from error
    if array.dtype.kind not in NUMBER_KINDS and array.size:
        raise MethodInputError(f"{name}: expected numbers, found {array.dtype.name}.")
    return array.astype(np.float64, copy=False)


def _from_objects(array: npt.NDArray[Any]) -> FloatArray:
    if any(isinstance(one, str | bytes | complex) for one in array.flat):
        raise TypeError("text or a complex number among them")
    return array.astype(np.float64)


def fitted(**given: FloatArray) -> list[FloatArray]:
    """Arguments stretched to one shape by NumPy's rules.

    Raises:
        MethodInputError: the shapes do not fit; the message gives each.
    """
    try:
        return list(np.broadcast_arrays(*given.values()))
    except ValueError as error:
        shapes = ", ".join(f"{name} {array.shape}" for name, array in given.items())
        raise MethodInputError(f"the shapes do not fit together: {shapes}.") from error


def banded(name: str, array: FloatArray, *, of: str, axis: str) -> FloatArray:
    """An argument whose last axis is ``axis``, with one or two dimensions.

    Raises:
        MethodInputError: it has no axis, or more than two.
    """
    if array.ndim not in (1, 2):
        raise MethodInputError(
            f"{name}: expected {axis} on the last axis and {of} on the first, found {array.ndim} axes."
        )
    return array


def share(name: str, given: float) -> float:
    """A level such as 0.95.

    Raises:
        MethodInputError: it is not between 0 and 1.
    """
    if not _is_number(given) or not 0 < given < 1:
        raise MethodInputError(f"{name}: expected a share between 0 and 1, such as 0.95, found {given!r}.")
    return float(given)


def finite(name: str, given: float) -> float:
    """A single finite number other than zero, such as a multiplier.

    Raises:
        MethodInputError: it is not one.
    """
    if not _is_number(given) or not np.isfinite(given) or given == 0:
        raise MethodInputError(f"{name}: expected a number other than zero, found {given!r}.")
    return float(given)


def whole_number(name: str, given: object, *, least: int) -> int:
    """A whole number, ``least`` or more.

    Raises:
        MethodInputError: it is not one.
    """
    if not isinstance(given, int | np.integer) or isinstance(given, bool) or given < least:
        raise MethodInputError(f"{name}: expected a whole number, {least:,} or more, found {given!r}.")
    return int(given)


def _is_number(given: object) -> bool:
    return isinstance(given, int | float | np.integer | np.floating)


def normal_point(confidence: float) -> float:
    """The point of the standard normal distribution that bounds the middle ``confidence`` of it: 1.959964 for 0.95."""
    return float(special.ndtri((1 + share("confidence", confidence)) / TWO_SIDES))


def first_note(shape: tuple[int, ...], reasons: Sequence[tuple[Note, BoolArray]]) -> CodeArray:
    """For each row the first reason that holds."""
    codes = np.zeros(shape, dtype=np.int8)
    for note, holds in reversed(reasons):
        np.copyto(codes, np.int8(note), where=holds)
    return codes


def usual_reasons(counts: FloatArray, populations: FloatArray) -> list[tuple[Note, BoolArray]]:
    """Reasons why a count over a population cannot be used: missing, infinite, negative, nobody to divide by."""
    return [
        (Note.MISSING, np.isnan(counts) | np.isnan(populations)),
        (Note.INFINITE, np.isinf(counts) | np.isinf(populations)),
        (Note.NEGATIVE, (counts < 0) | (populations < 0)),
        (Note.NO_POPULATION, populations == 0),
    ]


def over_last_axis(reasons: Sequence[tuple[Note, BoolArray]]) -> list[tuple[Note, BoolArray]]:
    """The reasons for an area from those of its bands: one bad band is enough."""
    return [(note, cast(BoolArray, np.asarray(holds.any(axis=-1)))) for note, holds in reasons]
