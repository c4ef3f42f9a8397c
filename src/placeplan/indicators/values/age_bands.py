"""Age bands in words: reading them, and whether some of them cover every age without a gap or an overlap."""

import math
import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from itertools import pairwise

_BAND = re.compile(r"(\d{1,3})(?:\s*(?:-|–|to)\s*(\d{1,3})|\s*(\+|and over))?", re.ASCII)
_UNDER_ONE = {"under 1", "<1"}
EXPECTED = "an age band such as 0, 1-4 or 90+"


@dataclass(frozen=True, slots=True, order=True)
class AgeBand:
    """People from the age ``starts`` to the age ``ends``, both included; ``ends`` is infinite for an open band."""

    starts: int
    ends: float
    words: str

    @property
    def until(self) -> float:
        """The age at which the next band begins."""
        return self.ends + 1


EVERY_AGE = AgeBand(0, math.inf, "all ages")


def read_band(words: str) -> AgeBand | None:
    """The band of some words (``0``, ``under 1``, ``1-4``, ``90+``); nothing where they are no band."""
    text = words.strip().lower()
    match = _BAND.fullmatch("0" if text in _UNDER_ONE else text)
    if match is None:
        return None
    starts = int(match[1])
    ends = math.inf if match[3] else int(match[2] or match[1])
    return AgeBand(starts, ends, words) if ends >= starts else None


def trouble_with(words: Iterable[str], *, whole: AgeBand, known: Collection[AgeBand]) -> str:
    """Why some bands do not make up the ages of ``whole``, in words that name the bands; empty where they do.

    ``known`` are the bands that a missing one is named by: those of other areas, and those of the standard population.
    """
    bands = []
    for one in words:
        band = read_band(one)
        if band is None:
            return f"'{one}' is not {EXPECTED}"
        bands.append(band)
    if not bands:
        return "no age band has counts"
    bands.sort()
    outside = [band.words for band in bands if band.starts < whole.starts or band.ends > whole.ends]
    if outside:
        return f"age bands outside {whole.words}: {', '.join(outside)}"
    for earlier, later in pairwise(bands):
        if later.starts <= earlier.ends:
            return f"the age bands {earlier.words} and {later.words} overlap"
    missing = [name for gap in _gaps(bands, whole) for name in _names(gap, known)]
    return f"age bands missing or without counts: {', '.join(missing)}" if missing else ""


def _gaps(bands: Iterable[AgeBand], whole: AgeBand) -> list[AgeBand]:
    """The ages of ``whole`` that no band holds."""
    gaps = []
    age: float = whole.starts
    for band in bands:
        if band.starts > age:
            words = f"{int(age)} to {band.starts - 1}" if band.starts - 1 > age else str(int(age))
            gaps.append(AgeBand(int(age), band.starts - 1, words))
        age = band.until
    if age < whole.until:
        words = f"{int(age)} and over" if math.isinf(whole.ends) else f"{int(age)} to {int(whole.ends)}"
        gaps.append(AgeBand(int(age), whole.ends, words))
    return gaps


def _names(gap: AgeBand, known: Collection[AgeBand]) -> list[str]:
    """The known bands that fill a gap, each age once; its own words where there are none."""
    named: list[str] = []
    age: float = gap.starts
    for band in sorted(known):
        if band.starts >= age and band.ends <= gap.ends:
            named.append(band.words)
            age = band.until
    return named or [gap.words]


def shared_starts(bands: Collection[AgeBand], standard: Collection[AgeBand]) -> tuple[int, ...] | str:
    """The ages at which bands of both begin, when the bands of the one are parts or sums of the bands of the other.

    Both must make up the same ages. Otherwise the words say which band lies across those of the standard.
    """
    starts = {band.starts for band in standard}
    ends = {band.ends for band in standard}
    for band in sorted(bands):
        within = any(one.starts <= band.starts and band.ends <= one.ends for one in standard)
        if not within and (band.starts not in starts or band.ends not in ends):
            return f"the age band {band.words} lies across the bands of the standard population"
    return tuple(sorted(starts & {band.starts for band in bands}))
