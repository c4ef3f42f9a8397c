"""Siting by trying every choice and every way to send people, in plain Python; slow and obvious."""

from collections.abc import Callable, Iterable, Sequence
from itertools import combinations, product
from math import inf

Table = Sequence[Sequence[float]]


def choices(candidates: int, p: int | None) -> Iterable[tuple[int, ...]]:
    """Every choice of ``p`` candidates, or of any number of them."""
    numbers = range(1, candidates + 1) if p is None else [p]
    for number in numbers:
        yield from combinations(range(candidates), number)


def to_the_nearest(cost: Table, demand: Sequence[float], sites: Sequence[int]) -> float:
    """Travel of everybody to the nearest site."""
    return sum(need * min(row[site] for site in sites) for row, need in zip(cost, demand) if need > 0)


def least(
    cost: Table, demand: Sequence[float], p: int | None, *, allowed: Callable[[tuple[int, ...]], bool] = lambda _: True
) -> float:
    """The p-median's objective among the choices that are allowed."""
    return min((to_the_nearest(cost, demand, c) for c in choices(len(cost[0]), p) if allowed(c)), default=inf)


def least_when_filled(
    cost: Table,
    demand: Sequence[float],
    p: int | None,
    *,
    capacities: Sequence[float],
    catchments: Sequence[float],
    charges: Sequence[float],
) -> float:
    """The least travel and charges where each point goes to one site, no site too full, and none too empty."""
    best = inf
    for chosen in choices(len(cost[0]), p):
        for way in product(chosen, repeat=len(cost)):
            filled = {site: sum(d for d, to in zip(demand, way) if to == site) for site in chosen}
            if any(filled[s] > capacities[s] or filled[s] < catchments[s] for s in chosen):
                continue
            travel = sum(d * row[to] for d, row, to in zip(demand, cost, way))
            best = min(best, travel + sum(charges[s] for s in chosen))
    return best


def not_covered(cost: Table, demand: Sequence[float], p: int, *, within: float) -> float:
    """The least demand that ``p`` sites leave out of reach."""
    return min(
        sum(d for d, row in zip(demand, cost) if min(row[s] for s in c) > within) for c in choices(len(cost[0]), p)
    )


def fewest(cost: Table, *, within: float) -> int | None:
    """The fewest sites that reach every point."""
    reaching = [len(c) for c in choices(len(cost[0]), None) if all(min(r[s] for s in c) <= within for r in cost)]
    return min(reaching, default=None)


def furthest(cost: Table, p: int) -> float:
    """The p-centre's objective."""
    return min(max(min(row[s] for s in c) for row in cost) for c in choices(len(cost[0]), p))


def tail_mean(travel: Sequence[float], demand: Sequence[float], share: float) -> float:
    """Mean travel of the share of people who travel furthest; a point is parted where the share ends."""
    left = total = share * sum(demand)
    counted = 0.0
    for way, people in sorted(zip(travel, demand), reverse=True):
        taken = min(left, people)
        counted, left = counted + taken * way, left - taken
    return counted / total
