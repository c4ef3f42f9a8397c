"""A proven bound on the p-median, and candidates that can be set aside, by Lagrangian relaxation.

The constraint that each point goes to one site is priced. For prices ``u`` the cheapest ``p`` sites by
``rho_j = sum_i min(0, c_ij - u_i)`` give a bound; subgradient steps raise it. A site whose choice would lift the bound
above the best known choice is in no better one.

Sources: Cornuejols, Fisher and Nemhauser, Management Science 1977;23:789; Beasley, European Journal of Operational
Research 1993;65:383 (steps and the fixing of sites); Held, Wolfe and Crowder, Mathematical Programming 1974;6:62.
"""

from dataclasses import dataclass

import numpy as np

from placeplan.capacity.siting.types import BoolArray, FloatArray, IndexArray

LEAST_STEP = 1e-3
PATIENCE = 20
AHEAD = 1.0005


@dataclass(frozen=True, eq=False)
class Decided:
    """What is decided about candidates: those that are in, and those that are out."""

    opened: BoolArray
    closed: BoolArray

    @property
    def free(self) -> IndexArray:
        """Columns about which nothing is decided."""
        return np.flatnonzero(~self.opened & ~self.closed)


@dataclass(frozen=True, eq=False)
class Relaxed:
    """What relaxation found.

    Attributes:
        bound: no choice within what was decided costs less.
        decided: with the candidates that are in no, or in every, choice that is better than the best known.
        prices: of the points, at the bound.
        choice: the cheapest choice that was met, in columns.
        cost: of that choice.
    """

    bound: float
    decided: Decided
    prices: FloatArray
    choice: IndexArray
    cost: float


def relaxed(
    weighted: FloatArray, p: int, *, decided: Decided, prices: FloatArray, beat: float, steps: int, size: float
) -> Relaxed:
    """Raise the bound until it passes what is to be beaten, or until steps stop helping.

    Args:
        weighted: cost of each point at each candidate; finite.
        p: how many sites.
        decided: what is decided already; at most ``p`` candidates are in, at least ``p`` are not out.
        prices: of the points, to begin with.
        beat: choices that cost more than this are of no interest.
        steps: how many at most.
        size: of the first step, about 0.5 to 2.
    """
    search = _Search(weighted, p, decided, prices, beat, size)
    for _ in range(steps):
        if search.bound > beat or search.size < LEAST_STEP or search.dead:
            break
        search.step()
    return search.result()


class _Search:
    """The state of a subgradient search: prices, the best bound, what is decided, and the cheapest choice met."""

    def __init__(
        self, weighted: FloatArray, p: int, decided: Decided, prices: FloatArray, beat: float, size: float
    ) -> None:
        self.p, self.beat, self.size = p, beat, size
        self.opened, self.closed = decided.opened.copy(), decided.closed.copy()
        self.columns = np.flatnonzero(~self.closed)
        self.all, self.weighted = weighted, weighted[:, self.columns]
        self.prices = self.best_prices = prices
        self.bound, self.waited = -np.inf, 0
        self.choice, self.cost = self.columns[:p], np.inf

    @property
    def dead(self) -> bool:
        """Whether too few candidates are left, or too many are in: there is no better choice here."""
        return bool(len(self.columns) < self.p or self.opened.sum() > self.p)

    def step(self) -> None:
        below = np.minimum(self.weighted - self.prices[:, np.newaxis], 0.0)
        values = below.sum(axis=0)
        order = np.where(self.opened[self.columns], -np.inf, values).argsort(kind="stable")
        chosen = order[: self.p]
        bound = float(self.prices.sum() + values[chosen].sum())
        self._keep(bound)
        self._meet(chosen)
        slope = 1.0 - (below[:, chosen] < 0).sum(axis=1)
        length = float((slope**2).sum())
        if length == 0:
            self.size = 0.0
            return
        target = AHEAD * self.beat
        self.prices = self.prices + self.size * (target - bound) / length * slope
        self._decide(bound, values, order=order)

    def _keep(self, bound: float) -> None:
        if bound > self.bound + 1e-9 * abs(bound):
            self.bound, self.best_prices, self.waited = bound, self.prices, 0
            return
        self.waited += 1
        if self.waited >= PATIENCE:
            self.size, self.waited, self.prices = self.size / 2, 0, self.best_prices

    def _meet(self, chosen: IndexArray) -> None:
        cost = float(self.weighted[:, chosen].min(axis=1).sum())
        if cost < self.cost:
            self.choice, self.cost = self.columns[chosen], cost

    def _decide(self, bound: float, values: FloatArray, *, order: IndexArray) -> None:
        """Close what would lift the bound past what is to be beaten if it came in; open what would if it went out."""
        inside, outside = order[: self.p], order[self.p :]
        if len(outside):
            going = bound - values[inside] + values[outside[0]]
            self.opened[self.columns[inside[going > self.beat]]] = True
        coming = bound + values[outside] - values[inside[-1]]
        out = outside[coming > self.beat]
        if len(out):
            self.closed[self.columns[out]] = True
            left = np.setdiff1d(np.arange(len(self.columns)), out)
            self.columns, self.weighted = self.columns[left], self.weighted[:, left]

    def result(self) -> Relaxed:
        bound = np.inf if self.dead else self.bound
        return Relaxed(bound, Decided(self.opened, self.closed), self.best_prices, self.choice, self.cost)


def first_prices(weighted: FloatArray, choice: IndexArray) -> FloatArray:
    """Prices to begin with: half way from the nearest site of a choice to the second nearest."""
    near = np.sort(weighted[:, choice], axis=1)
    second = near[:, 1] if len(choice) > 1 else np.sort(weighted, axis=1)[:, min(1, weighted.shape[1] - 1)]
    return np.asarray((near[:, 0] + second) / 2)
