"""Flow between the stages or tiers of a pathway: what reaches each, what each needs, and which one holds back the rest.

People come to some stages from outside, and from each stage shares of them go on to others: up a tier, down again, or
out. A stage passes on what it gets: ``through = from outside + transposed conversion x through``. Capacity is people a
year, and so is what is needed.

Source: Gross, Shortle, Thompson and Harris, Fundamentals of Queueing Theory, fourth edition, 2008, chapter 5 (traffic
equations of an open network).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.capacity.arrays import (
    CapacityInputError,
    FloatArray,
    amounts,
    distinct,
    freeze,
    occupancies,
    refuse_where,
    shares,
    stretched,
)

ROW_SUM = 1 + 1e-9
NEVER_LEAVES = 1e-9


@dataclass(frozen=True, eq=False, kw_only=True)
class FlowBalance:
    """A pathway in balance; arrays have one number for each stage, ``moved`` is from stages x to stages.

    ``through`` is what goes through each stage in a year, ``leaving`` what leaves the pathway there, ``needed`` the
    capacity at the target utilisation, ``there`` the capacity that there is. ``largest_inflow`` is the multiple of
    today's inflow that each stage could take before it is used to the target, infinite where nothing reaches it.
    """

    stages: tuple[str, ...]
    from_outside: FloatArray
    moved: FloatArray
    through: FloatArray
    leaving: FloatArray
    needed: FloatArray
    there: FloatArray
    largest_inflow: FloatArray

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def gap(self) -> FloatArray:
        """Capacity there less capacity needed; negative where it is short."""
        return np.asarray(self.there - self.needed)

    @property
    def bottleneck(self) -> str | None:
        """The stage that would hold back the rest first; nothing where nobody comes."""
        if not self.through.any():
            return None
        return self.stages[int(self.largest_inflow.argmin())]


def flow_balance(
    stages: Sequence[str],
    from_outside: npt.ArrayLike,
    *,
    conversion: npt.ArrayLike,
    there: npt.ArrayLike,
    utilisation: npt.ArrayLike = 1.0,
) -> FlowBalance:
    """Balance a pathway.

    Args:
        stages: their names, in any order.
        from_outside: people a year who come to each stage from outside.
        conversion: stages x stages: the share of those in the row's stage who go on to the column's. What a row leaves
            to 1 leaves the pathway.
        there: capacity of each stage in people a year.
        utilisation: share of its capacity that should be used at most.

    Raises:
        CapacityInputError: a row adds up to more than 1, people go round and never leave, or a number cannot be.
    """
    names = distinct("stages", stages)
    moves = shares("conversion", conversion)
    if moves.shape != (len(names),) * 2:
        raise CapacityInputError(f"conversion: expected {len(names)} stages x as many, found {moves.shape}.")
    coming, capacity, target = _by_stage(names, from_outside, there=there, utilisation=utilisation)
    through = _balanced(names, coming, moves=moves)
    with np.errstate(over="ignore"):
        largest = np.where(through > 0, capacity * target / np.where(through > 0, through, 1.0), np.inf)
    return FlowBalance(
        stages=names,
        from_outside=coming,
        moved=through[:, np.newaxis] * moves,
        through=through,
        leaving=through * np.maximum(1 - moves.sum(axis=1), 0.0),
        needed=through / target,
        there=capacity,
        largest_inflow=largest,
    )


def _balanced(names: Sequence[str], coming: FloatArray, *, moves: FloatArray) -> FloatArray:
    """What goes through each stage."""
    over = moves.sum(axis=1) > ROW_SUM
    if over.any():
        place = int(over.argmax())
        raise CapacityInputError(
            f"conversion: shares of '{names[place]}' add up to {moves[place].sum():.4g}, more than 1."
        )
    reach = np.linalg.matrix_power(moves, len(names))
    # Where everybody is still in the pathway after as many steps as there are stages, nobody ever leaves.
    caught = reach.sum(axis=1) > 1 - NEVER_LEAVES
    if caught.any():
        raise CapacityInputError(f"conversion: people in '{names[int(caught.argmax())]}' go round and never leave.")
    return np.asarray(np.maximum(np.linalg.solve(np.eye(len(names)) - moves.T, coming), 0.0))


def _by_stage(
    names: Sequence[str], from_outside: npt.ArrayLike, *, there: npt.ArrayLike, utilisation: npt.ArrayLike
) -> list[FloatArray]:
    given = stretched(
        from_outside=amounts("from_outside", from_outside),
        there=amounts("there", there),
        utilisation=occupancies("utilisation", utilisation),
    )
    refuse_where(given[0].shape != (len(names),), f"from_outside: expected one number for each of {len(names)} stages")
    return given
