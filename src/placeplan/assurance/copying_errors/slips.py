"""The ways in which one number becomes another when it is copied by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise

from placeplan.kernel.printed import PrintedNumber, parse_printed


class SlipKind(StrEnum):
    """What went wrong, in words that "differs" follows."""

    DIGIT = "one digit"
    TRANSPOSITION = "the order of two neighbouring digits"
    SIGN = "the sign"
    SHIFT = "the place of the decimal point"


KINDS = tuple(SlipKind)
SHIFTS = (-3, -2, -1, 1, 2, 3)


@dataclass(frozen=True, slots=True)
class Slip:
    """What a number may have been before it was copied."""

    kind: SlipKind
    number: PrintedNumber


def slips(number: PrintedNumber) -> Iterator[Slip]:
    """Every number that is one slip away from this one, each once."""
    seen = {number.value}
    for kind, text in _texts(number):
        other = parse_printed(text)
        if other is not None and other.value not in seen:
            seen.add(other.value)
            yield Slip(kind, other)


def _texts(number: PrintedNumber) -> Iterator[tuple[SlipKind, str]]:
    text = number.text
    digits = [position for position, character in enumerate(text) if character.isdigit()]
    for position in digits:
        for digit in "0123456789":
            if digit != text[position]:
                yield SlipKind.DIGIT, text[:position] + digit + text[position + 1 :]
    for first, second in pairwise(digits):
        swapped = list(text)
        swapped[first], swapped[second] = text[second], text[first]
        yield SlipKind.TRANSPOSITION, "".join(swapped)
    yield SlipKind.SIGN, _plain(-number.value, number)
    for places in SHIFTS:
        yield SlipKind.SHIFT, _plain(number.value.scaleb(places), number)


def _plain(value: object, number: PrintedNumber) -> str:
    return f"{value:,f}{'%' if number.percent else ''}"
