"""Classes of a sequence of colours: breaks, the class of a number, and the words of each class."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import is_per_cent, places_of
from placeplan.reports.pictures.style import KeyMark, Shape

CLASSES = len(style.SEQUENCE)
FIGURES = 6
DARK_FROM = 3


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes between rising breaks; a number on a break belongs to the class above it, the highest to the last."""

    breaks: tuple[float, ...]
    unit: str

    def __post_init__(self) -> None:
        rising = all(low < high for low, high in zip(self.breaks, self.breaks[1:], strict=False))
        if not 2 <= len(self.breaks) <= CLASSES + 1 or not rising:
            raise ValueError(f"breaks: expected 2 to {CLASSES + 1} rising numbers, found {list(self.breaks)}")

    @property
    def count(self) -> int:
        """How many classes there are."""
        return len(self.breaks) - 1

    def class_of(self, number: float) -> int:
        """The class of a number, from 0."""
        return min(max(bisect_right(self.breaks, number) - 1, 0), self.count - 1)

    def colour_of(self, number: float | None) -> str:
        """The colour of a number; hatched where it is not known."""
        return style.HATCH if number is None else self._colours[self.class_of(number)]

    def ink_of(self, number: float | None) -> str:
        """The colour of words on the colour of a number."""
        dark = number is not None and style.SEQUENCE.index(self.colour_of(number)) >= DARK_FROM
        return style.PAPER if dark else style.INK

    @property
    def _colours(self) -> tuple[str, ...]:
        """As many colours as classes, from the ends of the sequence inwards."""
        if self.count == 1:
            return (style.SEQUENCE[2],)
        last = CLASSES - 1
        return tuple(style.SEQUENCE[round(place * last / (self.count - 1))] for place in range(self.count))

    def key(self, *, unknown: bool) -> Iterator[KeyMark]:
        """The entries of the key, the lowest class first, and what is not known."""
        places = places_of(min(high - low for low, high in zip(self.breaks, self.breaks[1:], strict=False)) / 2)
        sign = "%" if is_per_cent(self.unit) else ""
        ends = [f"{one:,.{max(places_of(one), min(places, 2))}f}" for one in self.breaks]
        for place, colour in enumerate(self._colours):
            words = f"{ends[place]} to {'' if place == self.count - 1 else 'under '}{ends[place + 1]}{sign}"
            yield KeyMark(words, Shape.SWATCH, colour)
        if unknown:
            yield KeyMark("No value", Shape.HATCHED, style.HATCH)


def equal_classes(low: float, high: float, *, unit: str) -> Classes:
    """Classes of one width between two ends."""
    step = (high - low) / CLASSES
    return Classes(tuple(low + step * place for place in range(CLASSES + 1)), unit)


def quantile_classes(numbers: Iterable[float | None], *, unit: str) -> Classes:
    """Classes that hold about as many numbers each, with breaks at printed numbers; fewer where numbers are alike.

    Source of the rule: quantiles by nearest rank.
    """
    known = sorted(number for number in numbers if number is not None and isfinite(number))
    if not known:
        return Classes((0.0, 1.0), unit)
    spread = known[-1] - known[0]
    breaks = [known[0], *(known[len(known) * place // CLASSES] for place in range(1, CLASSES)), known[-1]]
    rounded = sorted(set(_rounded(breaks, spread=spread)))
    if len(rounded) < 2:
        return Classes((known[0], known[0] + (abs(known[0]) or 1.0)), unit)
    return Classes(tuple(rounded), unit)


def _rounded(breaks: Sequence[float], *, spread: float) -> Iterator[float]:
    """Breaks at numbers that can be printed; the outer ones outwards, so that every number has a class."""
    if spread == 0:
        yield from breaks[:1]
        return
    places = max(0, FIGURES - 4 - len(str(int(spread))) + (1 if spread < 1 else 0))
    unit = 10.0**-places
    yield round((breaks[0] // unit) * unit, places + 1)
    yield from (round(one, places) for one in breaks[1:-1])
    yield round(-(-breaks[-1] // unit) * unit, places + 1)
