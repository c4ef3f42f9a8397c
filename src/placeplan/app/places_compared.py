"""The figures of two places side by side."""

from dataclasses import dataclass
from decimal import Decimal

from placeplan.app.workspace_checks import CheckedTexts
from placeplan.kernel.figures import Figure
from placeplan.kernel.wording import worded


@dataclass(frozen=True, slots=True)
class SideBySide:
    """A figure that two plans both have, as people read it.

    ``difference`` is the second less the first, empty where one is not known or the units are not the same.
    """

    id: str
    label: str
    first: str
    second: str
    difference: str


def side_by_side(first: CheckedTexts, second: CheckedTexts, *, words: str) -> tuple[SideBySide, ...]:
    """The figures of the same name in two plans whose name or label holds all of some words.

    A plan that cannot be read has no figures. Figures of one plan alone are left out: there is nothing to compare.
    """
    wanted = words.lower().split()
    ours, theirs = (side.results.figures if side.results else {} for side in (first, second))
    return tuple(
        _row(figure, theirs[name])
        for name, figure in ours.items()
        if name in theirs and all(word in f"{name} {figure.label}".lower() for word in wanted)
    )


def _row(ours: Figure, theirs: Figure) -> SideBySide:
    difference: Decimal | None = None
    if ours.value is not None and theirs.value is not None and ours.unit == theirs.unit:
        difference = theirs.value - ours.value
    return SideBySide(
        id=ours.id,
        label=ours.label,
        first=worded(ours.value, ours.unit),
        second=worded(theirs.value, theirs.unit),
        difference="" if difference is None else worded(difference, ours.unit),
    )
