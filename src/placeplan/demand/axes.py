"""The four named axes of activity: point of delivery, segment or age band, area, year.

A position on an axis is an identifier, never a bare number, so that two arrays can be compared before they meet.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, fields
from itertools import pairwise

from placeplan.demand.errors import DemandError, refuse

WORDS = {"points": "point of delivery", "segments": "segment", "areas": "area", "years": "year"}
POINT_AXIS, SEGMENT_AXIS, AREA_AXIS, YEAR_AXIS = range(4)


@dataclass(frozen=True, slots=True)
class Axes:
    """Identifiers along each axis of an activity array, in the order of the array.

    Attributes:
        points: points of delivery, identifiers of ``definitions/points_of_delivery.yaml`` or of the reader's own list.
        segments: segments of the population, or age bands; one entry such as ``everyone`` where neither is told apart.
        areas: areas, by code or name.
        years: years from first to last, all written one way: ``2017-18`` (financial) or ``2023`` (calendar).

    Raises:
        DemandError: an axis is empty, has a blank or a repeated identifier, or years are not in order.
    """

    points: tuple[str, ...]
    segments: tuple[str, ...]
    areas: tuple[str, ...]
    years: tuple[str, ...]

    def __post_init__(self) -> None:
        for field in fields(self):
            given = getattr(self, field.name)
            if isinstance(given, str):
                raise DemandError([f"{field.name}: expected several identifiers, found the one text {given!r}"])
            object.__setattr__(self, field.name, tuple(given))
        refuse([*self._axis_problems(), *self._year_problems()])

    @property
    def shape(self) -> tuple[int, int, int, int]:
        """Lengths of the axes, in the order of the array."""
        return len(self.points), len(self.segments), len(self.areas), len(self.years)

    def position(self, axis: str, identifier: str) -> int:
        """Where an identifier stands on an axis, such as ``position("years", "2017-18")``.

        Raises:
            DemandError: it is not on the axis; the message lists what is.
        """
        along: tuple[str, ...] = getattr(self, axis)
        if identifier not in along:
            raise DemandError([f"the {WORDS[axis]} '{identifier}' is not known; expected one of: {_listed(along)}"])
        return along.index(identifier)

    def positions(self, axis: str, identifiers: Sequence[str]) -> tuple[int, ...]:
        """Where each identifier stands; see ``position``.

        Raises:
            DemandError: with a message for each that is not on the axis.
        """
        along: tuple[str, ...] = getattr(self, axis)
        unknown = [one for one in identifiers if one not in along]
        refuse(f"the {WORDS[axis]} '{one}' is not known; expected one of: {_listed(along)}" for one in unknown)
        return tuple(along.index(one) for one in identifiers)

    def where(self, index: Sequence[int]) -> str:
        """A cell of the array in words, such as ``ae-attendances, frail, Swale, 2018-19``."""
        names = (self.points, self.segments, self.areas, self.years)
        return ", ".join(along[place] for along, place in zip(names, index, strict=True))

    def _axis_problems(self) -> Iterator[str]:
        for field in fields(self):
            along: tuple[object, ...] = getattr(self, field.name)
            if not along:
                yield f"{field.name}: expected at least one {WORDS[field.name]}, found none"
            odd = [one for one in along if not isinstance(one, str) or not one.strip()]
            if odd:
                yield f"{field.name}: {odd[0]!r} is no identifier; expected a text that is not blank"
            twice = [one for place, one in enumerate(along) if one in along[:place]]
            if twice:
                yield f"{field.name}: '{twice[0]}' stands here twice; expected each {WORDS[field.name]} once"

    def _year_problems(self) -> Iterator[str]:
        for before, after in pairwise(map(str, self.years)):
            if len(before) != len(after):
                yield f"years: '{before}' and '{after}' are written in two ways; expected one, such as 2017-18"
                return
            if after < before:
                yield f"years: '{after}' stands after '{before}'; expected them in order"
                return


def _listed(along: tuple[str, ...], most: int = 12) -> str:
    more = f" and {len(along) - most} more" if len(along) > most else ""
    return ", ".join(along[:most]) + more
