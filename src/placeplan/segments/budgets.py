"""Weighted practice budgets: a total shared out by lists weighted for need, to the penny."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm

from placeplan.segments.features import SPEND
from placeplan.segments.practice_variation import Cell
from placeplan.segments.scaling import shared_out

Weights = Mapping[tuple[str, ...], Fraction]


@dataclass(frozen=True, slots=True)
class PracticeBudget:
    """What a practice would have, were the total shared out by need, beside what it spends.

    Attributes:
        practice: its code.
        people: on its list.
        weighted_people: the same, weighted for need; over all practices they add up to as many as there are.
        budget_pence: its share of the total.
        spend_pence: what its people cost.
    """

    practice: str
    people: int
    weighted_people: Fraction
    budget_pence: int
    spend_pence: int

    @property
    def variance_pence(self) -> int:
        """Budget less spend: above zero where less was spent than the budget."""
        return self.budget_pence - self.spend_pence


def cost_weights(cells: Iterable[Cell]) -> dict[tuple[str, ...], Fraction]:
    """What a person of each group costs, over what a person costs on average.

    Need is taken from spend, so a need that was not met has no weight. Other weights can be used instead.

    Raises:
        ValueError: nothing was spent.
    """
    people: dict[tuple[str, ...], int] = defaultdict(int)
    spend: dict[tuple[str, ...], int] = defaultdict(int)
    for cell in cells:
        people[cell.group] += cell.people
        spend[cell.group] += cell.counted[SPEND]
    whole, everybody = sum(spend.values()), sum(people.values())
    if not whole:
        message = "nothing was spent, so that spend gives no weights of need"
        raise ValueError(message)
    average = Fraction(whole, everybody)
    return {group: Fraction(spend[group], number) / average for group, number in people.items() if number}


def practice_budgets(
    cells: Iterable[Cell], *, total_pence: int, weights: Weights | None = None
) -> tuple[PracticeBudget, ...]:
    """A budget for each practice, in order of its code; they add up to the total exactly.

    A budget is a share of the weighted list, rounded down; pennies left over go, one each, to the largest remainders.

    Args:
        cells: people and spend of each practice and group.
        total_pence: what is shared out.
        weights: of each group; those of ``cost_weights`` when left out.

    Raises:
        ValueError: a group has no weight or one below zero, or there is no weighted list to share out over.
    """
    every = list(cells)
    used = cost_weights(every) if weights is None else weights
    for cell in every:
        if cell.people and used.get(cell.group, Fraction(-1)) < 0:
            message = f"the group '{', '.join(cell.group)}' has no weight of need; expected one of 0 or more"
            raise ValueError(message)
    people: dict[str, int] = defaultdict(int)
    spend: dict[str, int] = defaultdict(int)
    weighted: dict[str, Fraction] = defaultdict(Fraction)
    for cell in every:
        people[cell.practice] += cell.people
        spend[cell.practice] += cell.counted[SPEND]
        weighted[cell.practice] += cell.people * used[cell.group] if cell.people else 0
    names = sorted(people)
    together = sum((weighted[name] for name in names), Fraction(0))
    unit = lcm(*(weighted[name].denominator for name in names)) if names else 1
    budgets = shared_out([int(weighted[name] * unit) for name in names], total_pence)
    size = Fraction(sum(people.values())) / together if together else Fraction(0)
    return tuple(
        PracticeBudget(name, people[name], weighted[name] * size, budget, spend[name])
        for name, budget in zip(names, budgets, strict=True)
    )
