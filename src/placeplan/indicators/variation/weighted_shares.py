"""Weighted budgets: each practice's fair share of a total by its weighted list, beside what it spends."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from placeplan.indicators.methods import MethodInputError

PENCE = 100
PER_CENT = 100
NO_LIST = "the weighted list is not known"
NEGATIVE_LIST = "the weighted list is negative"
EMPTY_LIST = "nobody is on the weighted list"
NO_SPEND = "the spend is not known"


@dataclass(frozen=True, slots=True)
class PracticeSpend:
    """The weighted list of a practice, and its spend in pounds where it is known."""

    practice: str
    weighted_list: Decimal | None
    spend: Decimal | None = None
    name: str = ""
    group: str = ""


@dataclass(frozen=True, slots=True)
class PracticeBudget:
    """A practice's share of the weighted list, its budget in whole pence, and how spend differs from it.

    ``variance`` is spend less budget in pounds, ``per_cent`` that over the budget; positive is overspent. What is not
    known is ``None`` and ``note`` says why.
    """

    practice: PracticeSpend
    share: Fraction | None
    budget: Decimal | None
    variance: Decimal | None
    per_cent: Decimal | None
    note: str


@dataclass(frozen=True, slots=True)
class WeightedBudgets:
    """Budgets in the order of the practices; they add up to ``total`` to the penny."""

    total: Decimal
    practices: tuple[PracticeBudget, ...]

    @property
    def by_group(self) -> dict[str, tuple[Decimal, Decimal | None]]:
        """Budget and variance of each group (hub, CCG); no variance where that of any practice is not known."""
        found: dict[str, tuple[Decimal, Decimal | None]] = {}
        for one in self.practices:
            budget, variance = found.get(one.practice.group, (Decimal(0), Decimal(0)))
            both = None if variance is None or one.variance is None else variance + one.variance
            found[one.practice.group] = (budget + (one.budget or Decimal(0)), both)
        return found


def weighted_budgets(practices: Sequence[PracticeSpend], *, total: Decimal) -> WeightedBudgets:
    """Share a total in pounds by weighted lists, to the penny by largest remainders.

    Each practice gets the whole pence of its share; the pence left go one each to the largest remainders, equal ones in
    the order of their codes. A practice whose list is not known has no budget, and the others share the whole total:
    its note says so.

    Raises:
        MethodInputError: a practice twice, nobody on any list, or a total that is negative or not in whole pence.
    """
    codes = [one.practice for one in practices]
    if twice := sorted(code for code in set(codes) if codes.count(code) > 1):
        raise MethodInputError(f"the practice '{twice[0]}' is there twice.")
    if not total.is_finite() or total < 0 or total * PENCE % 1:
        raise MethodInputError(f"total: expected pounds in whole pence, zero or more, found {total}.")
    lists = {
        one.practice: Fraction(one.weighted_list)
        for one in practices
        if one.weighted_list is not None and one.weighted_list.is_finite() and one.weighted_list >= 0
    }
    everybody = sum(lists.values(), Fraction(0))
    if not everybody:
        raise MethodInputError("nobody is on any weighted list, so there are no shares.")
    shares = {code: people / everybody for code, people in lists.items()}
    pence = _whole_pence(shares, int(total * PENCE))
    return WeightedBudgets(total, tuple(_budget(one, shares, pence=pence) for one in practices))


def _whole_pence(shares: dict[str, Fraction], total: int) -> dict[str, int]:
    """Largest remainders (Hamilton's method)."""
    exact = {code: share * total for code, share in shares.items()}
    pence = {code: int(amount) for code, amount in exact.items()}
    left = total - sum(pence.values())
    for code in sorted(exact, key=lambda one: (pence[one] - exact[one], one))[:left]:
        pence[code] += 1
    return pence


def _budget(one: PracticeSpend, shares: dict[str, Fraction], *, pence: dict[str, int]) -> PracticeBudget:
    if one.practice not in shares:
        known = one.weighted_list is not None and one.weighted_list.is_finite()
        return PracticeBudget(one, None, None, None, None, NEGATIVE_LIST if known else NO_LIST)
    budget = Decimal(pence[one.practice]) / PENCE
    variance = None if one.spend is None or not one.spend.is_finite() else one.spend - budget
    per_cent = None if variance is None or not budget else variance / budget * PER_CENT
    note = EMPTY_LIST if not shares[one.practice] else ("" if variance is not None else NO_SPEND)
    return PracticeBudget(one, shares[one.practice], budget, variance, per_cent, note)
