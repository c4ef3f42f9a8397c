"""Named adjustments: what makes activity grow or shrink when nobody intervenes, each with its source."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import prod

import numpy as np

from placeplan.demand.activity import FloatArray
from placeplan.demand.axes import YEAR_AXIS, Axes
from placeplan.demand.errors import DemandError, refuse
from placeplan.demand.factors import NO_CHANGE, Factor
from placeplan.rounds.governance import Confidence

BASE_YEAR_WITHIN = 1e-12


@dataclass(frozen=True, eq=False)
class Adjustment:
    """A named reason for growth, and the factors by which it acts.

    Attributes:
        identifier: such as ``non-demographic-growth``.
        title: for people.
        factors: multiplied with each other; most adjustments have one, or one for each point of delivery.
        source: where its numbers come from.
        confidence: whether that source was read.

    Raises:
        DemandError: it has no factor, or no identifier, title or source.
    """

    identifier: str
    title: str
    factors: tuple[Factor, ...]
    source: str
    confidence: Confidence

    def __post_init__(self) -> None:
        object.__setattr__(self, "factors", tuple(self.factors))
        blank = [name for name in ("identifier", "title", "source") if not getattr(self, name).strip()]
        refuse(f"adjustment '{self.identifier}': its {name} is blank" for name in blank)
        if not self.factors:
            raise DemandError([f"adjustment '{self.identifier}': expected at least one factor, found none"])

    @property
    def confirmed(self) -> bool:
        """Whether its source was read."""
        return self.confidence is Confidence.CONFIRMED

    def expected(self) -> FloatArray:
        """Expectation of the product of its factors, on four axes."""
        return np.asarray(prod((factor.expected() for factor in self.factors), start=np.ones((1, 1, 1, 1))))


def elapsed_years(
    axes: Axes,
    *,
    points: Sequence[str] = (),
    segments: Sequence[str] = (),
    areas: Sequence[str] = (),
    first: str = "",
    last: str = "",
) -> FloatArray:
    """Years of growth by the end of each year, for ``Growth``.

    Args:
        axes: of the path; the first year is the base year.
        points: where it grows; everywhere when empty.
        segments: likewise.
        areas: likewise.
        first: the first year with growth; the one after the base year when empty.
        last: the last year with growth; later years keep what has grown; the last of all when empty.

    Raises:
        DemandError: a name is not on its axis, growth would begin in the base year, or end before it begins.
    """
    start = axes.position("years", first) if first else 1
    end = axes.position("years", last) if last else len(axes.years) - 1
    wrong = []
    if first and start == 0:
        wrong.append(f"growth begins in the base year {first}; expected a later year")
    if first and last and end < start:
        wrong.append(f"growth ends in {last}, before it begins in {first}")
    refuse(wrong)
    grown = np.clip(np.arange(len(axes.years)), start - 1, max(end, start - 1)) - (start - 1)
    chosen = {"points": points, "segments": segments, "areas": areas}
    return np.asarray(_inside(axes, chosen) * grown, dtype=np.float64)


def levels(
    axes: Axes,
    by_year: Mapping[str, float],
    *,
    points: Sequence[str] = (),
    segments: Sequence[str] = (),
    areas: Sequence[str] = (),
) -> FloatArray:
    """Factors of given years for ``Scaled``, carried on to later years; 1 before the first, and outside what is named.

    Raises:
        DemandError: a name is not on its axis, a factor is given for the base year, or is below 0.
    """
    places = dict(zip(axes.positions("years", tuple(by_year)), by_year.values(), strict=True))
    wrong = [f"the base year {axes.years[0]} is given a factor; expected later years only"] if 0 in places else []
    wrong += [f"the factor of {year} is {value:g}; expected 0 or more" for year, value in by_year.items() if value < 0]
    refuse(wrong)
    row, now = np.ones(len(axes.years)), NO_CHANGE
    for place in range(len(axes.years)):
        now = places.get(place, now)
        row[place] = now
    inside = _inside(axes, {"points": points, "segments": segments, "areas": areas})
    return np.asarray(np.where(inside > 0, row, NO_CHANGE))


def checked(adjustments: Iterable[Adjustment], axes: Axes) -> tuple[Adjustment, ...]:
    """The adjustments, when they fit together and fit the axes.

    Raises:
        DemandError: an identifier stands twice, a table does not fit, or a factor changes the base year, which was
            observed; with every such problem.
    """
    given = tuple(adjustments)
    refuse([*_repeated(given), *(problem for one in given for problem in _misfits(one, axes))])
    return given


def _inside(axes: Axes, chosen: Mapping[str, Sequence[str]]) -> FloatArray:
    """1 inside all that is chosen and 0 elsewhere, on four axes."""
    inside = np.ones((1, 1, 1, 1))
    for number, (axis, length) in enumerate(zip(("points", "segments", "areas"), axes.shape, strict=False)):
        names = chosen.get(axis, ())
        if names:
            along = np.zeros(length)
            along[list(axes.positions(axis, names))] = 1.0
            inside = inside * along.reshape([-1 if place == number else 1 for place in range(4)])
    return inside


def _repeated(adjustments: Sequence[Adjustment]) -> Iterator[str]:
    for what, names in (
        ("adjustment", [one.identifier for one in adjustments]),
        ("factor", [factor.identifier for one in adjustments for factor in one.factors]),
    ):
        twice = sorted({name for name in names if names.count(name) > 1})
        yield from (f"the {what} '{name}' stands here twice; expected each identifier once" for name in twice)


def _misfits(adjustment: Adjustment, axes: Axes) -> Iterator[str]:
    for factor in adjustment.factors:
        fits = all(length in (1, whole) for length, whole in zip(factor.shape, axes.shape, strict=True))
        if not fits:
            found, expected = (" x ".join(map(str, shape)) for shape in (factor.shape, axes.shape))
            yield f"{factor.identifier}: its table is {found}; expected {expected}, or 1 where not told apart"
        elif _changes_base_year(factor):
            yield f"{factor.identifier}: it changes the base year {axes.years[0]}, which was observed; expected 1 there"


def _changes_base_year(factor: Factor) -> bool:
    first = factor.expected().take(0, axis=YEAR_AXIS)
    return bool((np.abs(first - NO_CHANGE) > BASE_YEAR_WITHIN).any())
