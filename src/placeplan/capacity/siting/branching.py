"""The best choice of ``p`` sites, proven: branch and bound, with the bound of Lagrangian relaxation at every node.

A node is what is decided about candidates. The node with the least bound is taken first, so that the bound of all that
is open is known at any time. Where few enough choices are left they are all tried.

Sources: as for relaxation; Christofides and Beasley, European Journal of Operational Research 1982;10:196 (branching on
sites).
"""

import heapq
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations, count, islice
from math import comb

import numpy as np

from placeplan.capacity.siting.deadline import Deadline
from placeplan.capacity.siting.interchange import interchanged
from placeplan.capacity.siting.lagrangian import Decided, Relaxed, first_prices, relaxed
from placeplan.capacity.siting.radius import chosen_by_radii
from placeplan.capacity.siting.types import BoolArray, FloatArray, IndexArray

ROOT_STEPS, ROOT_SIZE = 1_200, 1.8
NODE_STEPS, NODE_SIZE = 120, 0.6
EASY = 20_000
AT_ONCE = 2_000
FIRST_ROUNDS = 4
FEW_POINTS_A_SITE = 12


@dataclass(frozen=True, eq=False)
class Found:
    """A choice in columns, its cost, and what no choice costs less than."""

    choice: IndexArray
    cost: float
    bound: float


def best_choice(
    weighted: FloatArray, p: int, *, start: IndexArray, held: BoolArray, step_up: float, time_limit: float, gap: float
) -> Found:
    """The best choice, or the best that was found in time with its proven bound.

    Args:
        weighted: cost of each point at each candidate; finite.
        p: how many sites.
        start: a choice to begin with.
        held: candidates that must be chosen.
        step_up: the least by which a better choice is better.
        time_limit: seconds. Relaxation without branching is done however short it is.
        gap: share of the cost that may stay open.
    """
    search = _Tree(weighted, p, start, held, step_up)
    search.root()
    deadline = Deadline.after(time_limit)
    if search.nodes and search.open_share > gap and len(weighted) < FEW_POINTS_A_SITE * p:
        search.by_radii(time_limit)
    while search.open_share > gap and search.nodes and deadline.left:
        search.branch()
    return Found(search.choice, search.cost, search.bound)


class _Tree:
    """The nodes that are open, and the best choice so far."""

    def __init__(self, weighted: FloatArray, p: int, start: IndexArray, held: BoolArray, step_up: float) -> None:
        self.weighted, self.p, self.held, self.step_up = weighted, p, held, step_up
        self.choice, self.cost = start, _cost(weighted, start)
        self.nodes: list[tuple[float, int, Relaxed]] = []
        self.number = count()

    @property
    def beat(self) -> float:
        """A choice is of interest only below this."""
        return self.cost - self.step_up

    @property
    def bound(self) -> float:
        """No choice costs less."""
        return min(self.nodes[0][0], self.cost) if self.nodes else self.cost

    @property
    def open_share(self) -> float:
        """Share of the cost that is not proven."""
        return (self.cost - self.bound) / self.cost if self.cost > 0 else 0.0

    def root(self) -> None:
        """Relax the whole; a better choice that turns up makes the target tighter, so it is done again."""
        prices = first_prices(self.weighted, self.choice)
        decided = Decided(self.held.copy(), np.zeros(self.weighted.shape[1], dtype=bool))
        for _ in range(FIRST_ROUNDS):
            before = self.cost
            found = relaxed(
                self.weighted, self.p, decided=decided, prices=prices, beat=self.beat, steps=ROOT_STEPS, size=ROOT_SIZE
            )
            self._take(interchanged(self.weighted, found.choice, held=self.held))
            decided, prices = found.decided, found.prices
            if self.cost == before:
                break
        self._push(found)

    def by_radii(self, time_limit: float) -> None:
        """Where a site serves few points, few radii say all about them: hand the root to the solver as it stands."""
        _, _, node = heapq.heappop(self.nodes)
        found = chosen_by_radii(self.weighted, self.p, decided=node.decided, near=node.prices, time_limit=time_limit)
        if len(found.choice):
            self._take(found.choice)
        self._push(node, at_least=max(node.bound, found.bound))

    def branch(self) -> None:
        """Take the node with the least bound and part it at one candidate, or try all choices that it leaves."""
        _, _, node = heapq.heappop(self.nodes)
        if node.bound > self.beat:
            return
        decided = node.decided
        missing = self.p - int(decided.opened.sum())
        free = decided.free
        if comb(len(free), missing) <= EASY:
            self._try_all(decided, free, missing=missing)
            return
        site = self._parting(node, free)
        for opened in (True, False):
            part = Decided(decided.opened.copy(), decided.closed.copy())
            (part.opened if opened else part.closed)[site] = True
            self._visit(part, node)

    def _visit(self, part: Decided, parent: Relaxed) -> None:
        found = relaxed(
            self.weighted,
            self.p,
            decided=part,
            prices=parent.prices,
            beat=self.beat,
            steps=NODE_STEPS,
            size=NODE_SIZE,
        )
        if found.cost < self.cost:
            self._take(found.choice)
        self._push(found, at_least=parent.bound)

    def _push(self, found: Relaxed, *, at_least: float = -np.inf) -> None:
        bound = max(found.bound, at_least)
        if bound <= self.beat:
            heapq.heappush(self.nodes, (bound, next(self.number), found))

    def _parting(self, node: Relaxed, free: IndexArray) -> int:
        """The candidate that is worth most at the prices of the node."""
        values = np.minimum(self.weighted[:, free] - node.prices[:, np.newaxis], 0.0).sum(axis=0)
        return int(free[values.argmin()])

    def _try_all(self, decided: Decided, free: IndexArray, *, missing: int) -> None:
        opened = np.flatnonzero(decided.opened)
        near = self.weighted[:, opened].min(axis=1) if len(opened) else np.full(len(self.weighted), np.inf)
        for chunk in _chunks(free, missing):
            totals = _totals(self.weighted, chunk, near=near)
            best = int(totals.argmin())
            if totals[best] < self.cost:
                self._take(np.concatenate([opened, chunk[best]]))

    def _take(self, choice: IndexArray) -> None:
        cost = _cost(self.weighted, choice)
        if cost < self.cost:
            self.choice, self.cost = np.sort(choice), cost


def _chunks(free: IndexArray, missing: int) -> Iterator[IndexArray]:
    every = combinations(free.tolist(), missing)
    while chunk := list(islice(every, AT_ONCE)):
        yield np.array(chunk, dtype=np.int64).reshape(len(chunk), missing)


def _totals(weighted: FloatArray, chunk: IndexArray, *, near: FloatArray) -> FloatArray:
    """The cost of each choice of a chunk, together with sites that cost ``near`` already."""
    found = np.broadcast_to(near[:, np.newaxis], (len(near), len(chunk)))
    for place in range(chunk.shape[1]):
        found = np.minimum(found, weighted[:, chunk[:, place]])
    return np.asarray(found.sum(axis=0))


def _cost(weighted: FloatArray, choice: IndexArray) -> float:
    return float(weighted[:, choice].min(axis=1).sum())
