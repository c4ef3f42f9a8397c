"""Ages as lower bounds of bands, the last of them open, and the words for a band."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from placeplan.population.errors import PopulationError

FIVE_YEAR_BANDS = tuple(range(0, 95, 5))
"""Lower bounds of the bands 0-4, 5-9 … 85-89, 90+, in which variant projections are published."""
OLDEST = 120
_BAND = re.compile(r"(\d{1,3})(?:\s*[-\u2013]\s*(\d{1,3})|(\+))?", re.ASCII)


def band_name(lower: int, *, following: int | None) -> str:
    """A band as it is written: ``0``, ``65-69``, or ``85+`` where no band follows.

    Args:
        lower: the first age in the band, in whole years.
        following: the first age of the next band; None for the open last band.
    """
    if following is None:
        return f"{lower}+"
    return str(lower) if following == lower + 1 else f"{lower}-{following - 1}"


def band_names(ages: Sequence[int]) -> tuple[str, ...]:
    """The name of each band of an axis of lower bounds, the last of them open."""
    following = [*ages[1:], None]
    return tuple(band_name(lower, following=after) for lower, after in zip(ages, following, strict=True))


def parse_band(text: str) -> tuple[int, int | None]:
    """Read ``85+``, ``16-64`` or ``65`` as the first age and the first age after it (None: open).

    Raises:
        PopulationError: the text is not such a band, or it ends before it starts.
    """
    match = _BAND.fullmatch(text.strip())
    if match is None:
        raise PopulationError([f"ages: '{text}' is no band of ages; expected one such as 85+, 16-64 or 65"])
    first = int(match[1])
    if match[3]:
        return first, None
    last = int(match[2]) if match[2] else first
    if last < first:
        raise PopulationError([f"ages: '{text}' ends before it starts; expected a band such as 16-64"])
    return first, last + 1


def whole_between(given: object, *, low: int, high: int) -> bool:
    """Whether something is a whole number from ``low`` to ``high``, both included."""
    return isinstance(given, int) and not isinstance(given, bool) and low <= given <= high


def age_axis_problems(ages: Sequence[int]) -> Iterator[str]:
    """What is wrong with an axis of ages: not whole, below 0, repeated or out of order."""
    if not ages:
        yield "ages: expected at least one age, found none"
    for age in ages:
        if not whole_between(age, low=0, high=OLDEST):
            yield f"ages: {age!r} is no lower bound of ages; expected a whole number from 0 to {OLDEST}"
            return
    for before, after in pairwise(ages):
        if after == before:
            yield f"ages: {after} stands here twice; expected each age once"
        elif after < before:
            yield f"ages: {after} stands after {before}; expected rising ages"
