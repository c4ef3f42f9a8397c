"""Comparison with peers, and what the gap to the best half of them is worth."""

from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt

from placeplan.indicators.methods.control_charts import Improvement
from placeplan.indicators.methods.funnels import Statistic
from placeplan.indicators.methods.inputs import MethodInputError, finite, fitted, numbers
from placeplan.indicators.methods.proportions import proportion
from placeplan.indicators.methods.rates import PER_HUNDRED_THOUSAND, rate
from placeplan.indicators.methods.results import (
    CodeArray,
    Estimate,
    FloatArray,
    IndexArray,
    Note,
    WordArray,
    freeze,
    quietly,
    words_of,
)

NO_PEER = -1
BEST_HALF = "against the mean of peers and of their better half"


class Comparison(IntEnum):
    """How a unit's interval lies to a benchmark; the words are in ``COMPARISON_WORDS``."""

    WORSE = -1
    SIMILAR = 0
    BETTER = 1


COMPARISON_WORDS: dict[Comparison, str] = {
    Comparison.WORSE: "significantly worse",
    Comparison.SIMILAR: "similar",
    Comparison.BETTER: "significantly better",
}


@dataclass(frozen=True, eq=False)
class PeerComparison:
    """Units beside their peers. Arrays have one entry for each unit, NaN where ``note`` says why.

    ``own`` has the units' values and limits. ``peers`` is the mean of the peers' values, ``best_half`` that of the
    better half of them (five of ten, three of five). ``to_peers`` and ``to_best_half`` say how the unit's interval
    lies to each. ``events_to_peers`` and ``events_to_best_half`` are the events that the gap is worth: positive is room
    to improve, negative is already better. ``pounds_to_best_half`` is their cost where a unit cost was given.
    """

    own: Estimate
    peers: FloatArray
    best_half: FloatArray
    to_peers: CodeArray
    to_best_half: CodeArray
    events_to_peers: FloatArray
    events_to_best_half: FloatArray
    pounds_to_best_half: FloatArray | None
    peers_used: IndexArray
    note: CodeArray
    method: str

    def __post_init__(self) -> None:
        freeze(self)

    @property
    def why(self) -> WordArray:
        """The words of ``note``."""
        return words_of(self.note)


@quietly
def compare_with_peers(
    count: npt.ArrayLike,
    population: npt.ArrayLike,
    *,
    peers: npt.ArrayLike,
    improvement: Improvement | str,
    statistic: Statistic | str = Statistic.RATE,
    multiplier: float | None = None,
    unit_cost: npt.ArrayLike | None = None,
    confidence: float = 0.95,
) -> PeerComparison:
    """Compare each unit with its peers and with the better half of them.

    ``count`` and ``population`` have one entry for each unit. ``peers`` has a row for each unit with the positions of
    its peers, -1 for none; :func:`peers_in_groups` makes one from group names. ``improvement`` is ``"up"`` or
    ``"down"``; ``statistic`` is ``"rate"`` or ``"proportion"``; ``multiplier`` is 100,000 for a rate. ``unit_cost``
    is pounds for each event, one for all units or one for each. A unit with a note, or without a peer that has a value,
    has no gap; a peer with a note is left out of the means.

    Raises:
        MethodInputError: shapes that do not fit, peers that point nowhere or at the unit itself, or a direction that
            has no better side.

    Source: the NHS RightCare approach of Commissioning for Value packs (the best five of ten similar places).
    """
    better = _direction(improvement)
    counts, people = fitted(count=numbers("count", count), population=numbers("population", population))
    own, scale = _own(counts, people, statistic=statistic, multiplier=multiplier, confidence=confidence)
    chosen = _positions(peers, units=counts.shape)
    values = np.where(chosen == NO_PEER, np.nan, own.value[chosen])
    used = (~np.isnan(values)).sum(axis=-1)
    ordered = np.sort(-better * values, axis=-1) * -better
    average = _mean_of_first(ordered, used)
    best = _mean_of_first(ordered, -(-used // 2))
    to_average = better * (average - own.value) * people / scale + 0.0
    to_best = better * (best - own.value) * people / scale + 0.0
    note = np.where((own.note == Note.NONE) & (used == 0), np.int8(Note.NO_PEERS), own.note)
    blank = note != Note.NONE
    for gap in (average, best, to_average, to_best):
        gap[blank] = np.nan
    return PeerComparison(
        own=own,
        peers=average,
        best_half=best,
        to_peers=_compared(own, average, better=better),
        to_best_half=_compared(own, best, better=better),
        events_to_peers=to_average,
        events_to_best_half=to_best,
        pounds_to_best_half=None if unit_cost is None else _pounds(to_best, unit_cost),
        peers_used=used,
        note=note.astype(np.int8),
        method=BEST_HALF,
    )


def peers_in_groups(groups: npt.ArrayLike) -> IndexArray:
    """Positions of the other units of the same group, a row for each unit, -1 where there is none."""
    names = np.asarray(groups)
    if names.ndim != 1:
        raise MethodInputError(f"groups: expected one name for each unit, found {names.ndim} axes.")
    same = names[:, np.newaxis] == names
    np.fill_diagonal(same, val=False)
    widest = int(same.sum(axis=-1).max(initial=0))
    order = np.argsort(~same, axis=-1, kind="stable")[:, :widest]
    return np.where(np.take_along_axis(same, order, axis=-1), order, NO_PEER)


def _own(
    counts: FloatArray, people: FloatArray, *, statistic: Statistic | str, multiplier: float | None, confidence: float
) -> tuple[Estimate, float]:
    if counts.ndim != 1:
        raise MethodInputError(f"count: expected one number for each unit, found {counts.ndim} axes.")
    if statistic == Statistic.RATE:
        scale = finite("multiplier", PER_HUNDRED_THOUSAND if multiplier is None else multiplier)
        return rate(counts, people, multiplier=scale, confidence=confidence), scale
    if statistic != Statistic.PROPORTION or multiplier not in (None, 1):
        raise MethodInputError("statistic: expected 'rate', or 'proportion' without a multiplier.")
    return proportion(counts, people, confidence=confidence), 1.0


def _positions(peers: npt.ArrayLike, *, units: tuple[int, ...]) -> IndexArray:
    given = np.asarray(peers)
    if given.ndim != 2 or given.shape[:1] != units or given.dtype.kind not in "iu":
        raise MethodInputError(f"peers: expected a row of positions for each of {units[0]} units.")
    chosen = given.astype(np.intp)
    if ((chosen < NO_PEER) | (chosen >= units[0])).any():
        raise MethodInputError(f"peers: expected positions from 0 to {units[0] - 1}, or -1 for none.")
    if (chosen == np.arange(units[0])[:, np.newaxis]).any():
        raise MethodInputError("peers: a unit is not its own peer.")
    return chosen


def _mean_of_first(ordered: FloatArray, number: IndexArray) -> FloatArray:
    """Mean of the first so many of each row; blanks stand last."""
    first = np.arange(ordered.shape[-1]) < number[:, np.newaxis]
    return np.asarray(np.where(first, ordered, 0.0).sum(axis=-1) / number)


def _compared(own: Estimate, benchmark: FloatArray, *, better: int) -> CodeArray:
    return np.subtract(own.lower > benchmark, own.upper < benchmark, dtype=np.int8) * np.int8(better)


def _pounds(events: FloatArray, unit_cost: npt.ArrayLike) -> FloatArray:
    cost = numbers("unit_cost", unit_cost)
    if cost.shape not in ((), events.shape) or not np.isfinite(cost).all():
        raise MethodInputError("unit_cost: expected pounds for each event, one for all units or one for each.")
    return np.asarray(events * cost)


def _direction(improvement: Improvement | str) -> int:
    if improvement not in (Improvement.UP, Improvement.DOWN):
        raise MethodInputError(f"improvement: expected 'up' or 'down', found {improvement!r}.")
    return 1 if improvement == Improvement.UP else -1
