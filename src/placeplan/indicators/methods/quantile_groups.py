"""Quantiles of areas, such as deprivation deciles within a district."""

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.inputs import MethodInputError, first_note, numbers, whole_number
from placeplan.indicators.methods.results import (
    CodeArray,
    FloatArray,
    IndexArray,
    Note,
    WordArray,
    freeze,
    quietly,
    words_of,
)

RANKED = "rank within the parent area, equal values share the lowest rank"


@dataclass(frozen=True, eq=False)
class Quantiles:
    """The quantile of each area, from 1 to ``number``; NaN where ``note`` says why."""

    value: FloatArray
    note: CodeArray
    number: int
    method: str

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def why(self) -> WordArray:
        """The words of ``note``."""
        return words_of(self.note)


@quietly
def quantiles(
    values: npt.ArrayLike, *, parents: npt.ArrayLike | None = None, number: int = 10, highest_first: bool = True
) -> Quantiles:
    """Assign areas to quantiles by rank of their value, within each parent area.

    ``values`` has one entry for each small area, ``parents`` the code of its parent (none: all together). Quantile 1
    holds the highest values, as with a deprivation score, unless ``highest_first`` is false. Areas with the same value
    share a quantile. A parent with fewer valued areas than quantiles gets none.

    Raises:
        MethodInputError: more than one axis, parents of another length, or fewer than two quantiles.

    Source: OHID technical guidance, assigning deprivation categories.
    """
    given = numbers("values", values)
    if given.ndim != 1:
        raise MethodInputError(f"values: expected one value for each area, found {given.ndim} axes.")
    number = whole_number("number", number, least=2)
    family = _families(parents, areas=len(given))
    known = np.isfinite(given)
    ordered = np.where(known, -given if highest_first else given, np.inf)
    sizes = np.bincount(family[known], minlength=family.max(initial=0) + 1)[family]
    ranks = _lowest_ranks(ordered, family)
    # Exact in whole numbers: the quantile counted from the far end is the rank from there over the size of a quantile.
    from_end = -(-(sizes + 1 - ranks) * number // np.maximum(sizes, 1))
    note = first_note(
        given.shape,
        [
            (Note.MISSING, np.isnan(given)),
            (Note.INFINITE, np.isinf(given)),
            (Note.TOO_FEW_AREAS, np.asarray(sizes < number)),
        ],
    )
    placed = np.where(note == Note.NONE, np.maximum(number + 1 - from_end, 1), np.nan).astype(np.float64)
    return Quantiles(placed, note, number=number, method=RANKED)


def _families(parents: npt.ArrayLike | None, *, areas: int) -> IndexArray:
    if parents is None:
        return np.zeros(areas, dtype=np.intp)
    codes = np.asarray(parents)
    if codes.shape != (areas,):
        raise MethodInputError(f"parents: expected one for each of {areas} areas, found {codes.shape}.")
    return np.unique(codes, return_inverse=True)[1].astype(np.intp)


def _lowest_ranks(ordered: FloatArray, family: IndexArray) -> IndexArray:
    """Rank from 1 within the family; equal values share the lowest."""
    order = np.lexsort((ordered, family))
    at = np.arange(len(order))
    kin = family[order]
    starts = np.concatenate(([True], kin[1:] != kin[:-1])) if len(order) else np.zeros(0, dtype=np.bool_)
    new = starts | np.concatenate(([True], np.diff(ordered[order], prepend=np.nan)[1:] != 0))[: len(order)]
    first_of_tie = np.maximum.accumulate(np.where(new, at, 0)) if len(order) else at
    first_of_kin = np.maximum.accumulate(np.where(starts, at, 0)) if len(order) else at
    ranks = np.empty(len(order), dtype=np.intp)
    ranks[order] = first_of_tie - first_of_kin + 1
    return ranks
