"""A good choice of sites quickly: greedy addition, then interchange until no exchange of one site helps.

Sources: Teitz and Bart, Operations Research 1968;16:955 (interchange); Whitaker, INFOR 1983;21:95 and Resende and
Werneck, European Journal of Operational Research 2007;174:54 (all exchanges evaluated together).
"""

from collections.abc import Iterable

import numpy as np

from placeplan.capacity.siting.types import BoolArray, FloatArray, IndexArray

MOST_ROUNDS = 10_000
HELPS = 1e-12
UNREACHED = 1e12


def interchanged(weighted: FloatArray, start: Iterable[int], *, held: BoolArray) -> IndexArray:
    """A choice that no exchange of one site betters, from a choice to start from.

    Args:
        weighted: cost of each point at each candidate; finite.
        start: columns of the choice to begin with.
        held: columns that stay chosen.
    """
    chosen = np.array(sorted(start), dtype=np.int64)
    for _ in range(MOST_ROUNDS):
        better = _best_exchange(weighted, chosen, held=held)
        if better is None:
            break
        place, site = better
        chosen[place] = site
        chosen.sort()
    return chosen


def _best_exchange(weighted: FloatArray, chosen: IndexArray, *, held: BoolArray) -> tuple[int, int] | None:
    """Place in the choice and the column to put there, for the exchange that helps most; nothing where none helps."""
    nearest, first, second = _two_nearest(weighted, chosen)
    gains = np.maximum(first[:, np.newaxis] - weighted, 0.0).sum(axis=0)
    # What is lost at the points of a site that goes: they turn to the new site or to their second nearest.
    kept_by_new = np.minimum(second[:, np.newaxis], weighted) - np.minimum(first[:, np.newaxis], weighted)
    lost = np.zeros((len(chosen), weighted.shape[1]))
    np.add.at(lost, nearest, kept_by_new)
    change = lost - gains[np.newaxis, :]
    change[:, chosen] = np.inf
    change[held[chosen]] = np.inf
    place, site = np.unravel_index(int(change.argmin()), change.shape)
    scale = max(1.0, float(first.sum()))
    return (int(place), int(site)) if change[place, site] < -HELPS * scale else None


def _two_nearest(weighted: FloatArray, chosen: IndexArray) -> tuple[IndexArray, FloatArray, FloatArray]:
    """For each point: place in the choice of its nearest site, its cost there, and its cost at the second nearest."""
    among = weighted[:, chosen]
    nearest = among.argmin(axis=1)
    rows = np.arange(len(among))
    first = among[rows, nearest]
    if len(chosen) == 1:
        return nearest, first, np.full(len(among), UNREACHED)
    rest = among.copy()
    rest[rows, nearest] = np.inf
    return nearest, first, rest.min(axis=1)


def greedy(weighted: FloatArray, p: int, *, forced: Iterable[int] = ()) -> IndexArray:
    """A choice made by adding, again and again, the site that helps most; ``forced`` columns are in from the start."""
    chosen = list(forced)
    now = weighted[:, chosen].min(axis=1) if chosen else np.full(len(weighted), UNREACHED)
    while len(chosen) < p:
        totals = np.minimum(now[:, np.newaxis], weighted).sum(axis=0)
        totals[chosen] = np.inf
        site = int(totals.argmin())
        chosen.append(site)
        now = np.minimum(now, weighted[:, site])
    return np.array(sorted(chosen), dtype=np.int64)
