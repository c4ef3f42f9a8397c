"""Classes of a sequence of colours: breaks, the class of a number, and the words of each class."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from math import floor, isfinite, log10

from placeplan.reports.pictures import style
from placeplan.reports.pictures.axes import is_per_cent, places_of
from placeplan.reports.pictures.style import KeyMark, Shape

CLASSES = len(style.SEQUENCE)
MOST_PLACES = 6
DARK_FROM = 3


@dataclass(frozen=True, slots=True)
class Classes:
    """Classes between rising breaks; a number on a break belongs to the class above it, the highest to the last.

    ``places`` are the decimal places that numbers are printed with. A number is rounded to them before its class is
    found, so that a printed number never stands in the colour of another class.
    """

    breaks: tuple[float, ...]
    unit: str
    places: int

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
        return min(max(bisect_right(self.breaks, round(number, self.places)) - 1, 0), self.count - 1)

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
        sign = "%" if is_per_cent(self.unit) else ""
        ends = [f"{one:,.{max(map(places_of, self.breaks))}f}" for one in self.breaks]
        for place, colour in enumerate(self._colours):
            words = f"{ends[place]} to {'' if place == self.count - 1 else 'under '}{ends[place + 1]}{sign}"
            yield KeyMark(words, Shape.SWATCH, colour)
        if unknown:
            yield KeyMark("No value", Shape.HATCHED, style.HATCH)

    def printed(self, number: float) -> str:
        """A number as it is printed beside its class."""
        return f"{number:,.{self.places}f}{'%' if is_per_cent(self.unit) else ''}"


def classes_between(breaks: Sequence[float], numbers: Iterable[float | None], *, unit: str) -> Classes:
    """Classes between given breaks.

    Raises:
        ValueError: the breaks do not rise, or are too few or too many.
    """
    return Classes(tuple(breaks), unit, max(_places(_known(numbers)), *map(places_of, breaks), 0))


def equal_classes(low: float, high: float, *, unit: str, places: int = 1) -> Classes:
    """Classes of one width between two ends."""
    step = (high - low) / CLASSES
    return Classes(tuple(round(low + step * place, 10) for place in range(CLASSES + 1)), unit, places)


def quantile_classes(numbers: Iterable[float | None], *, unit: str) -> Classes:
    """Classes that hold about as many numbers each; fewer classes where numbers are alike."""
    known = sorted(_known(numbers))
    places = _places(known)
    middle = (known[len(known) * place // CLASSES] for place in range(1, CLASSES))
    exact = sorted({known[0], *middle, known[-1]})
    breaks = sorted({round(one, places) for one in exact})
    if len(breaks) < len(exact):
        places += 1
        breaks = sorted({round(one, places) for one in exact})
    if len(breaks) == 1:
        breaks.append(breaks[0] + 10.0**-places)
    return Classes(tuple(breaks), unit, places)


def _known(numbers: Iterable[float | None]) -> list[float]:
    return [number for number in numbers if number is not None and isfinite(number)]


def _places(known: Sequence[float]) -> int:
    """Decimal places that tell numbers apart: a hundredth of their range, and none where they are whole."""
    if all(float(number).is_integer() for number in known):
        return 0
    spread = max(known) - min(known)
    return min(max(1 - floor(log10(spread)), 0), MOST_PLACES) if spread > 0 else 1
