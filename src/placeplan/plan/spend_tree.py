"""The tree that areas of spend form: which stand at the top, which are parts of which, and what is no tree."""

from collections.abc import Iterator, Mapping, Sequence

from placeplan.kernel.errors import Problem
from placeplan.plan.savings_tables import SpendArea


def parts_of(areas: Sequence[SpendArea]) -> Mapping[str, tuple[SpendArea, ...]]:
    """The parts of each area that has some, in the order of the file; those of no area under an empty name."""
    found: dict[str, list[SpendArea]] = {}
    for area in areas:
        found.setdefault(area.parent or "", []).append(area)
    return {parent: tuple(parts) for parent, parts in found.items()}


def from_the_top(areas: Sequence[SpendArea]) -> Iterator[tuple[int, SpendArea]]:
    """Every area with how deep it lies, each before its parts.

    The areas form a tree: :func:`areas_in_a_circle` found nothing.
    """
    parts = parts_of(areas)
    waiting = [(0, area) for area in reversed(parts.get("", ()))]
    while waiting:
        depth, area = waiting.pop()
        yield depth, area
        waiting.extend((depth + 1, part) for part in reversed(parts.get(area.area, ())))


def areas_in_a_circle(areas: Sequence[SpendArea]) -> Iterator[Problem]:
    """A problem for every area that is a part of itself, directly or through others."""
    above = {area.area: area.parent for area in areas if area.parent}
    for area in areas:
        way = [area.area]
        while (parent := above.get(way[-1])) is not None and parent not in way:
            way.append(parent)
        if parent == area.area:
            yield Problem(
                area.place.at("parent"),
                f"{area.area!r} is a part of itself: {' in '.join((*way, area.area))}",
                "an area that does not lie below it, or nothing",
                "Leave the parent of the highest one blank.",
            )
