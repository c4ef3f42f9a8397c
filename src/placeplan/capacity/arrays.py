"""Arrays given to the functions of this room: finite numbers within bounds, shapes that fit, results that stay."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import fields
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

from placeplan.kernel.errors import PlaceplanError

FloatArray: TypeAlias = npt.NDArray[np.float64]
WholeArray: TypeAlias = npt.NDArray[np.int64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
Shape: TypeAlias = tuple[int, ...]

LARGEST_WHOLE = 2**53
_NUMBER_KINDS = "iuf"


class CapacityInputError(PlaceplanError, ValueError):
    """Input that cannot be worked with; the message says which argument, where, and what was expected."""


def amounts(name: str, given: npt.ArrayLike, *, most: float = np.inf) -> FloatArray:
    """Finite numbers from 0 to ``most``.

    Raises:
        CapacityInputError: something is not a number, is unknown or infinite, or lies outside.
    """
    array = finite(name, given)
    _refuse(name, array, wrong=array < 0, words="is below 0")
    if most < np.inf:
        _refuse(name, array, wrong=array > most, words=f"is above {most:g}")
    return array


def positive(name: str, given: npt.ArrayLike) -> FloatArray:
    """Finite numbers above 0.

    Raises:
        CapacityInputError: something is not such a number.
    """
    array = finite(name, given)
    _refuse(name, array, wrong=array <= 0, words="is not above 0")
    return array


def shares(name: str, given: npt.ArrayLike) -> FloatArray:
    """Shares from 0 to 1, both included.

    Raises:
        CapacityInputError: something is not a share; a percentage such as 85 is not.
    """
    array = finite(name, given)
    wrong = (array < 0) | (array > 1)
    _refuse(name, array, wrong=wrong, words="is not a share from 0 to 1 (85% is 0.85)")
    return array


def occupancies(name: str, given: npt.ArrayLike) -> FloatArray:
    """Shares above 0 and up to 1, by which something can be divided.

    Raises:
        CapacityInputError: something is 0, negative, above 1, or no number.
    """
    array = finite(name, given)
    wrong = (array <= 0) | (array > 1)
    _refuse(name, array, wrong=wrong, words="is not a share above 0 and up to 1 (85% is 0.85)")
    return array


def probabilities(name: str, given: npt.ArrayLike) -> FloatArray:
    """Probabilities strictly between 0 and 1.

    Raises:
        CapacityInputError: something is not one.
    """
    array = finite(name, given)
    wrong = (array <= 0) | (array >= 1)
    _refuse(name, array, wrong=wrong, words="is not a probability between 0 and 1 (5% is 0.05)")
    return array


def whole_numbers(name: str, given: npt.ArrayLike, *, least: int = 0) -> WholeArray:
    """Whole numbers, ``least`` or more. 3.0 is one, 3.5 is not.

    Raises:
        CapacityInputError: something is not one.
    """
    array = finite(name, given)
    _refuse(name, array, wrong=array != np.floor(array), words="is not a whole number")
    _refuse(name, array, wrong=array < least, words=f"is below {least:,}")
    _refuse(name, array, wrong=array > LARGEST_WHOLE, words=f"is above {LARGEST_WHOLE:,}")
    return array.astype(np.int64)


def finite(name: str, given: npt.ArrayLike) -> FloatArray:
    """Numbers, all known and finite.

    Raises:
        CapacityInputError: something is text, unknown or infinite, or the rows differ in length.
    """
    try:
        array = np.asarray(given)
    except ValueError as error:
        raise CapacityInputError(f"{name}: expected numbers in rows of one length.") from error
    if array.dtype.kind not in _NUMBER_KINDS and array.size:
        raise CapacityInputError(f"{name}: expected numbers, found {array.dtype.name}.")
    numbers = array.astype(np.float64)
    _refuse(name, numbers, wrong=~np.isfinite(numbers), words="is not a finite number")
    return numbers


def single(name: str, array: FloatArray | WholeArray) -> float:
    """The only number of an argument that takes no more than one.

    Raises:
        CapacityInputError: there are several, or none.
    """
    if array.size != 1:
        raise CapacityInputError(f"{name}: expected a single number, found {array.size:,}.")
    return float(array.reshape(()))


def stretched(**given: npt.NDArray[Any]) -> list[npt.NDArray[Any]]:
    """Arguments stretched to one shape by NumPy's rules.

    Raises:
        CapacityInputError: the shapes do not fit; the message gives each.
    """
    try:
        return list(np.broadcast_arrays(*given.values()))
    except ValueError as error:
        raise CapacityInputError(f"the shapes do not fit together: {_shapes(given)}.") from error


def fitted(name: str, array: npt.NDArray[Any], **axes: int) -> npt.NDArray[Any]:
    """An argument stretched to the named axes, such as ``rows=4, years=2``, and never to more.

    Raises:
        CapacityInputError: it does not stretch to them.
    """
    try:
        return np.broadcast_to(array, tuple(axes.values()))
    except ValueError as error:
        wanted = " x ".join(f"{size:,} {axis}" for axis, size in axes.items())
        message = f"{name}: expected {wanted}, or what stretches to it; found {array.shape}."
        raise CapacityInputError(message) from error


def distinct(name: str, given: Iterable[str]) -> tuple[str, ...]:
    """Names of which there is at least one, each once.

    Raises:
        CapacityInputError: there is none, or one stands twice.
    """
    names = tuple(given)
    twice = [one for one, times in Counter(names).items() if times > 1]
    if twice or not names:
        raise CapacityInputError(f"{name}: " + (f"'{twice[0]}' stands here twice." if twice else "there are none."))
    return names


def by_name(name: str, given: Iterable[str], *, array: npt.NDArray[Any]) -> tuple[str, ...]:
    """Distinct names, one for each row of an array.

    Raises:
        CapacityInputError: as ``distinct``, or there are more or fewer names than rows.
    """
    names = distinct(name, given)
    if not array.ndim or len(array) != len(names):
        raise CapacityInputError(f"{name}: expected one name for each row; found {len(names)} for {array.shape}.")
    return names


def refuse_where(wrong: npt.ArrayLike, message: str) -> None:
    """Stop with the message where anything is wrong, naming the first place in an array.

    Raises:
        CapacityInputError: something is wrong.
    """
    found = np.asarray(wrong)
    if found.any():
        raise CapacityInputError(f"{message}{_first_place(found)}.")


def freeze(result: Any) -> None:
    """Make every array of a frozen dataclass read-only."""
    for one in fields(result):
        held = getattr(result, one.name)
        if isinstance(held, np.ndarray):
            held = held.copy() if held.base is not None else held
            held.flags.writeable = False
            object.__setattr__(result, one.name, held)


def _refuse(name: str, array: FloatArray, *, wrong: BoolArray, words: str) -> None:
    if wrong.any():
        value = array[wrong].flat[0]
        raise CapacityInputError(f"{name}: {value:g} {words}{_first_place(wrong)}.")


def _first_place(wrong: npt.NDArray[Any]) -> str:
    """Where the first wrong number stands, counted from 1; nothing for a single number."""
    if wrong.size == 1:
        return ""
    place = [int(number) + 1 for number in np.argwhere(wrong)[0]]
    more = int(wrong.sum()) - 1
    words = "number " + str(place[0]) if len(place) == 1 else "place " + ", ".join(map(str, place))
    return f" ({words}{f', and {more:,} more' if more else ''})"


def _shapes(given: Mapping[str, npt.NDArray[Any]]) -> str:
    return ", ".join(f"{name} {array.shape}" for name, array in given.items())
