"""What every method gives back: values, limits, and where there is no value, why."""

from dataclasses import dataclass
from enum import IntEnum
from typing import TypeAlias

import numpy as np
import numpy.typing as npt

FloatArray: TypeAlias = npt.NDArray[np.float64]
BoolArray: TypeAlias = npt.NDArray[np.bool_]
CodeArray: TypeAlias = npt.NDArray[np.int8]
IndexArray: TypeAlias = npt.NDArray[np.intp]
WordArray: TypeAlias = npt.NDArray[np.str_]
Limited: TypeAlias = tuple[FloatArray, FloatArray, FloatArray, CodeArray]


# Every method says in a note what it could not work out, so NumPy need not warn of it as well.
quietly = np.errstate(all="ignore")


class Note(IntEnum):
    """Why a result has no value or no limits; ``NONE`` where nothing is missing. The words are in ``NOTE_WORDS``."""

    NONE = 0
    MISSING = 1
    INFINITE = 2
    NEGATIVE = 3
    NO_POPULATION = 4
    COUNT_ABOVE_POPULATION = 5
    FEWER_THAN_TEN_EVENTS = 6
    POPULATION_TOO_SMALL = 7
    NO_DEATHS_IN_LAST_BAND = 8
    INTERVAL_TOO_WIDE = 9
    NO_SURVIVORS = 10
    TOO_FEW_VALUES = 11
    NOTHING_EXPECTED = 12
    TOO_FEW_AREAS = 13
    OUTSIDE_TRANSFORM = 14
    NO_PEERS = 15
    NO_WEIGHT = 16
    NO_RATIO = 17
    NO_SPREAD_OF_TIMES = 18
    OUT_OF_RANGE = 19


NOTE_WORDS: dict[Note, str] = {
    Note.NONE: "",
    Note.MISSING: "an input is missing",
    Note.INFINITE: "an input is infinite",
    Note.NEGATIVE: "an input that cannot be negative is negative",
    Note.NO_POPULATION: "the population is zero",
    Note.COUNT_ABOVE_POPULATION: "the count is above the population",
    Note.FEWER_THAN_TEN_EVENTS: "fewer than 10 events",
    Note.POPULATION_TOO_SMALL: "5,000 person-years or fewer",
    Note.NO_DEATHS_IN_LAST_BAND: "no death in the last age band",
    Note.INTERVAL_TOO_WIDE: "the 95% confidence interval is wider than 20 years",
    Note.NO_SURVIVORS: "nobody in the life table reaches this age",
    Note.TOO_FEW_VALUES: "too few values",
    Note.NOTHING_EXPECTED: "no events are expected",
    Note.TOO_FEW_AREAS: "fewer areas than quantiles",
    Note.OUTSIDE_TRANSFORM: "a value is outside what the transform allows",
    Note.NO_PEERS: "no peer has a value",
    Note.NO_WEIGHT: "the weights add to zero",
    Note.NO_RATIO: "the fitted line starts or ends at zero or below, so there is no ratio",
    Note.NO_SPREAD_OF_TIMES: "all values are at one time",
    Note.OUT_OF_RANGE: "the numbers are too large or too small to work with",
}
_WORDS = np.array([NOTE_WORDS[note] for note in Note])


def words_of(note: npt.ArrayLike) -> WordArray:
    """The words of an array of note codes, in its shape; an empty text where there is nothing to say."""
    return np.asarray(_WORDS[np.asarray(note)])


@dataclass(frozen=True, eq=False)
class Estimate:
    """Values with confidence limits, as arrays of one shape that cannot be written to; scalars in give 0-d arrays.

    ``value``, ``lower`` and ``upper`` are NaN only where ``note`` is not zero. ``method`` names the method in words;
    ``confidence`` is the level of the limits as a share; ``multiplier`` is what the values were multiplied with.
    """

    value: FloatArray
    lower: FloatArray
    upper: FloatArray
    note: CodeArray
    method: str
    confidence: float
    multiplier: float

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def why(self) -> WordArray:
        """The words of ``note``."""
        return words_of(self.note)


def freeze(result: object) -> None:
    """Make every array of a result read-only."""
    for held in vars(result).values():
        if isinstance(held, np.ndarray):
            held.flags.writeable = False


def with_limits(value: npt.ArrayLike, *, lower: npt.ArrayLike, upper: npt.ArrayLike, note: npt.ArrayLike) -> Limited:
    """Blank value and limits where there is a note, and note what overflowed, so that NaN never stands alone."""
    codes = np.array(note, dtype=np.int8)
    arrays = [np.array(given, dtype=np.float64) for given in (value, lower, upper)]
    broken = ~np.logical_and.reduce([np.isfinite(given) for given in arrays])
    codes[broken & (codes == Note.NONE)] = Note.OUT_OF_RANGE
    for given in arrays:
        given[codes != Note.NONE] = np.nan
    return arrays[0], arrays[1], arrays[2], codes
