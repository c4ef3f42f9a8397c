"""Codes that mark a person: which diagnosis sets which bit of which word.

A condition, or one line of a published score, is a *marker*. Markers that look back equally far share a word of up to
fifty bits: a whole number that stays exact in a double, which is how Spark divides.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

import narwhals.stable.v2 as nw

from placeplan.segments.conditions import ICD10, Definitions

BITS_OF_A_WORD = 50
WHOLE_CODE = 0
NOT_OF_ICD10 = "[^A-Z0-9]"
FILLING = r"^\s+|[.\s]+$"


def normalised(code: str, system: str = ICD10) -> str:
    """A code as lists write it.

    ICD-10 in capitals without dots, blanks and other marks: ``e11.9`` and ``E119`` are the same. Codes of other systems
    keep their capitals, which tell codes apart there, and lose blanks around them and the dots that fill them up:
    ``H33..`` is ``H33``.
    """
    if system == ICD10:
        return re.sub(NOT_OF_ICD10, "", code.upper())
    return re.sub(FILLING, "", code)


def normalised_text() -> nw.Expr:
    """The same for the columns ``code_system`` and ``code`` of a frame."""
    code = nw.col("code")
    icd10 = code.str.to_uppercase().str.replace_all(NOT_OF_ICD10, "")
    return nw.when(nw.col("code_system") == ICD10).then(icd10).otherwise(code.str.replace_all(FILLING, ""))


@dataclass(frozen=True, slots=True, order=True)
class Code:
    """A code, or the beginning of codes (``whole`` false), of a code system."""

    system: str
    text: str
    whole: bool = False

    @property
    def length(self) -> int:
        """How many characters are compared; 0 for all."""
        return WHOLE_CODE if self.whole else len(self.text)


@dataclass(frozen=True, slots=True)
class Marker:
    """A name, the codes that set it, and how many months a diagnosis counts (None: for ever)."""

    name: str
    codes: tuple[Code, ...]
    look_back_months: int | None = None


@dataclass(frozen=True, slots=True)
class Place:
    """Where the bit of a marker stands."""

    word: str
    bit: int

    @property
    def column(self) -> str:
        """The column of people that has 1 where the bit is set, else 0."""
        return f"{self.word}_bit_{self.bit}"

    def test(self) -> nw.Expr:
        """1 where the bit is set, else 0."""
        return nw.col(self.column)

    def is_set(self, value: int) -> bool:
        """Whether the bit is set in the value of the word."""
        return bool(value >> self.bit & 1)


@dataclass(frozen=True)
class Markers:
    """Every marker of a run, each with its place.

    Raises:
        ValueError: two markers of one name.
    """

    markers: tuple[Marker, ...]

    def __post_init__(self) -> None:
        names = [marker.name for marker in self.markers]
        if len(set(names)) < len(names):
            message = "two markers have one name"
            raise ValueError(message)

    @cached_property
    def places(self) -> dict[str, Place]:
        """Where the bit of each marker stands."""
        windows = sorted({marker.look_back_months or 0 for marker in self.markers})
        alike = {window: [m.name for m in self.markers if (m.look_back_months or 0) == window] for window in windows}
        return {
            name: Place(f"word_{window}_{number // BITS_OF_A_WORD}", number % BITS_OF_A_WORD)
            for window, names in alike.items()
            for number, name in enumerate(names)
        }

    @cached_property
    def words(self) -> dict[str, int | None]:
        """Each word, and how many months its bits look back."""
        return {self.places[marker.name].word: marker.look_back_months for marker in self.markers}

    @cached_property
    def lengths(self) -> tuple[int, ...]:
        """How many characters of a code have to be compared."""
        return tuple(sorted({code.length for marker in self.markers for code in marker.codes}))

    def masks(self, names: Iterable[str]) -> dict[str, int]:
        """The bits of these markers in each word that has one of them."""
        found: dict[str, int] = {}
        for name in names:
            place = self.places[name]
            found[place.word] = found.get(place.word, 0) | 1 << place.bit
        return found

    def lookup(self) -> dict[str, list[str] | list[int]]:
        """The table that says which beginning of a code sets which bits, as columns:
        ``code_system``, ``prefix``, ``length``, and one for each word.
        """
        rows: dict[Code, dict[str, int]] = {}
        for marker in self.markers:
            place = self.places[marker.name]
            for code in marker.codes:
                row = rows.setdefault(code, dict.fromkeys(self.words, 0))
                row[place.word] |= 1 << place.bit
        ordered = sorted(rows)
        columns: dict[str, list[str] | list[int]] = {
            "code_system": [code.system for code in ordered],
            "prefix": [code.text for code in ordered],
            "length": [code.length for code in ordered],
        }
        return columns | {word: [rows[code][word] for code in ordered] for word in self.words}


def condition_markers(definitions: Definitions, extra: Iterable[Marker] = ()) -> list[Marker]:
    """A marker for each condition; codes of ``extra`` markers of the same name (from the user's folder) are added."""
    added = {marker.name: marker.codes for marker in extra}
    return [
        Marker(
            one.id,
            (*(Code(ICD10, prefix) for prefix in one.prefixes), *added.get(one.id, ())),
            one.look_back_months,
        )
        for one in definitions.conditions
    ]


def any_of(markers: Markers, names: Sequence[str]) -> nw.Expr:
    """Whether any of these markers is set."""
    first, *others = (markers.places[name].test() == 1 for name in names)
    for other in others:
        first = first | other
    return first
