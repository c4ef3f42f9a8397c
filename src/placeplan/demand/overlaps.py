"""Overlaps between interventions: where two of them would claim the same activity if each counted alone."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import combinations

import numpy as np

from placeplan.demand.activity import Activity, FloatArray, frozen
from placeplan.demand.axes import Axes
from placeplan.demand.combining import left_of
from placeplan.demand.interventions import BedDays, Intervention


@dataclass(frozen=True)
class Overlap:
    """Two interventions that act on the same activity.

    Attributes:
        one: identifier.
        other: identifier.
        point: where.
        segments: in which both act.
        areas: in which both act.
        claimed_by_both: events a year that both would claim, summed over segments, areas and years.
    """

    one: str
    other: str
    point: str
    segments: tuple[str, ...]
    areas: tuple[str, ...]
    claimed_by_both: float


@dataclass(frozen=True, eq=False)
class Overlaps:
    """Every pair of interventions and what they share.

    Attributes:
        names: of the interventions, in the order of both sides of the matrix.
        points: points of delivery.
        matrix: points by interventions by interventions; events that both would claim. On the diagonal stands what one
            claims alone.
        found: each pair and point with something in common, the largest first.
    """

    names: tuple[str, ...]
    points: tuple[str, ...]
    matrix: FloatArray
    found: tuple[Overlap, ...]

    def at(self, point: str, *, one: str, other: str) -> float:
        """Events at a point that both would claim.

        Raises:
            ValueError: a name is not known.
        """
        place = self.points.index(point)
        return float(self.matrix[place, self.names.index(one), self.names.index(other)])


@dataclass(frozen=True)
class Overclaim:
    """A cell whose interventions, each counted alone, would together take more than there is.

    Attributes:
        where: the cell in words.
        claims: share of the activity that each would take, by identifier, the largest first.
    """

    where: str
    claims: tuple[tuple[str, float], ...]

    @property
    def total(self) -> float:
        """Sum of the shares; above 1."""
        return sum(share for _, share in self.claims)


def overlaps(path: Activity, interventions: Iterable[Intervention], *, bed_days: BedDays) -> Overlaps:
    """What each pair of interventions would both claim: the sum of activity x share x share.

    That is the first and largest part of the interaction; combining them takes it out once.

    Args:
        path: activity with no intervention.
        interventions: of one plan.
        bed_days: see ``combine``.

    Raises:
        DemandError: see ``combine``.
    """
    axes = path.axes
    left = left_of(interventions, axes, bed_days=bed_days)
    names = tuple(left)
    taken = np.array([1.0 - each.all for each in left.values()]).reshape(len(names), *axes.shape)
    matrix = np.einsum("ipsay,jpsay,psay->pij", taken, taken, path.values, optimize=True)
    for place, each in enumerate(taken):
        matrix[:, place, place] = (each * path.values).sum(axis=(1, 2, 3))
    found = sorted(_pairs(names, taken, matrix=matrix, axes=axes), key=lambda pair: (-pair.claimed_by_both, pair.point))
    return Overlaps(names, axes.points, frozen("overlaps", matrix), tuple(found))


def overclaims(path: Activity, interventions: Iterable[Intervention], *, bed_days: BedDays) -> tuple[Overclaim, ...]:
    """Cells in which the shares of the interventions add up to more than 1, so that adding savings up is wrong.

    Raises:
        DemandError: see ``combine``.
    """
    left = left_of(interventions, path.axes, bed_days=bed_days)
    if not left:
        return ()
    taken = np.array([1.0 - each.all for each in left.values()])
    found = []
    for cell in np.argwhere(taken.sum(axis=0) > 1.0):
        shares = dict(zip(left, map(float, taken[(slice(None), *cell)]), strict=True))
        claims = sorted(((name, share) for name, share in shares.items() if share), key=lambda one: (-one[1], one[0]))
        found.append(Overclaim(path.axes.where(tuple(map(int, cell))), tuple(claims)))
    return tuple(found)


def _pairs(names: tuple[str, ...], taken: FloatArray, *, matrix: FloatArray, axes: Axes) -> Iterator[Overlap]:
    for one, other in combinations(range(len(names)), 2):
        for place, point in enumerate(axes.points):
            if matrix[place, one, other] > 0:
                both = (taken[one, place] > 0) & (taken[other, place] > 0)
                yield Overlap(
                    names[one],
                    names[other],
                    point,
                    segments=_named(axes.segments, both.any(axis=(1, 2))),
                    areas=_named(axes.areas, both.any(axis=(0, 2))),
                    claimed_by_both=float(matrix[place, one, other]),
                )


def _named(along: tuple[str, ...], chosen: np.ndarray) -> tuple[str, ...]:
    return tuple(name for name, there in zip(along, chosen, strict=True) if there)
