"""Scales what was linked to the whole, so that scaled figures add up to the whole exactly and each shows its factor.

A dataset that covers 54% of people and 30% of spend says something about everybody only after scaling. That supposes
that those who are not covered are like those who are, which is never quite so: hence the factor beside every figure.
"""

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was linked, the whole it is a part of, and where the whole comes from.

    Raises:
        ValueError: nothing was linked though there is something to scale to.
    """

    linked: int
    whole: int
    source: str

    def __post_init__(self) -> None:
        if min(self.linked, self.whole) < 0 or (not self.linked and self.whole):
            message = f"{self.linked:,} cannot be scaled to {self.whole:,} ({self.source})"
            raise ValueError(message)

    @property
    def factor(self) -> Fraction:
        """What a linked figure is multiplied by; 1 where there is nothing on either side."""
        return Fraction(self.whole, self.linked) if self.linked else Fraction(1)

    @property
    def share(self) -> Fraction | None:
        """The share of the whole that was linked; None of nothing."""
        return Fraction(self.linked, self.whole) if self.whole else None


@dataclass(frozen=True, slots=True)
class Scaled:
    """Scaled figures in the order of the linked ones, and the coverage that each was scaled by."""

    figures: tuple[int, ...]
    coverages: tuple[Coverage, ...]


def scaled(figures: Sequence[int], groups: Sequence[Hashable], *, wholes: Mapping[Hashable, tuple[int, str]]) -> Scaled:
    """Whole figures that add up to the whole of each group.

    Args:
        figures: people or pence, none below zero.
        groups: the group of each figure (its period, its setting, ...); figures of a group share its whole.
        wholes: for each group the whole and its source. A group without one is left as it is, with a factor of 1.

    Raises:
        ValueError: a group has nothing to scale, or a whole stands for a group that has no figure.
    """
    places: dict[Hashable, list[int]] = {}
    for number, group in enumerate(groups):
        places.setdefault(group, []).append(number)
    strange = [group for group, (whole, _) in wholes.items() if whole and group not in places]
    if strange:
        message = f"nothing was linked of '{strange[0]}', so that it cannot be scaled"
        raise ValueError(message)
    answer = [0] * len(figures)
    coverages: dict[Hashable, Coverage] = {}
    for group, numbers in places.items():
        linked = sum(figures[number] for number in numbers)
        whole, source = wholes.get(group, (linked, "not scaled"))
        coverages[group] = Coverage(linked, whole, source)
        for number, share in zip(numbers, shared_out([figures[n] for n in numbers], whole), strict=True):
            answer[number] = share
    return Scaled(tuple(answer), tuple(coverages[group] for group in groups))


def shared_out(figures: Sequence[int], whole: int) -> list[int]:
    """``whole`` in the proportions of the figures, in whole numbers that add up to it exactly.

    Each gets its share rounded down; what is left over goes, one each, to the largest remainders, and among equals to
    the first (Hamilton's method).

    Raises:
        ValueError: a figure is negative, or all are zero though there is something to share out.
    """
    linked = sum(figures)
    if whole < 0 or any(figure < 0 for figure in figures) or (whole and not linked):
        message = f"{whole:,} cannot be shared out over {linked:,}"
        raise ValueError(message)
    if not linked:
        return [0] * len(figures)
    down = [divmod(figure * whole, linked) for figure in figures]
    left = whole - sum(share for share, _ in down)
    first = sorted(range(len(figures)), key=lambda number: (-down[number][1], number))[:left]
    more = set(first)
    return [share + (number in more) for number, (share, _) in enumerate(down)]
