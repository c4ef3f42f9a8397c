"""How much of the variance of cost between people a scheme explains, so that schemes can be compared.

From sums and sums of squares by practice and group, in one pass of the engine. Money is whole pence and logarithms are
whole ten-thousandths, so the sums are exact and the same on every engine; what follows is done in fractions.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256

import narwhals.stable.v2 as nw

from placeplan.segments.engine import Frame
from placeplan.segments.features import SPEND
from placeplan.segments.results import PEOPLE, Dimension

# A square of pence does not fit in 64 bits once summed, so an amount is split into two parts below its base.
BASE = 100_000
LOG_PARTS = 10_000
_SUMS = ("cost", "high_squares", "cross", "low_squares", "logs", "log_squares")


def cost_sums(people: Frame, by: Sequence[Dimension]) -> Frame:
    """For each practice and group: people, and sums of cost, of its squares in three parts, of logs and their squares.

    Args:
        people: one row a person, from ``placed``; no spend above 10,000 million pence.
        by: what makes a group: ``SEGMENT``, or that and ``AGE_BAND``.
    """
    keys = [str(Dimension.PRACTICE), *(str(one) for one in by)]
    cost = nw.col(SPEND)
    split = people.select(*keys, SPEND, (cost % BASE).alias("low"), _log().alias("log"))
    split = split.with_columns(((cost - nw.col("low")) // BASE).cast(nw.Int64).alias("high"))
    high, low, log = nw.col("high"), nw.col("low"), nw.col("log")
    parts = split.select(
        *keys,
        cost.alias("cost"),
        (high * high).alias("high_squares"),
        (high * low).alias("cross"),
        (low * low).alias("low_squares"),
        log.alias("logs"),
        (log * log).alias("log_squares"),
    )
    found = parts.group_by(keys).agg(nw.len().alias(PEOPLE), nw.col(*_SUMS).sum())
    return found.with_columns(nw.col(PEOPLE, *_SUMS).cast(nw.Int64)).select(*keys, PEOPLE, *_SUMS).sort(keys)


def _log() -> nw.Expr:
    """The natural logarithm of one pound more than the cost, in whole ten-thousandths; less than nothing is nothing."""
    cost = nw.when(nw.col(SPEND) > 0).then(nw.col(SPEND)).otherwise(nw.lit(0))
    return ((cost / 100 + 1).log() * LOG_PARTS).round(0).cast(nw.Int64)


@dataclass(frozen=True, slots=True)
class Sums:
    """People, and the sum and the sum of squares of a measure over them."""

    people: int = 0
    total: int = 0
    squares: int = 0

    def __add__(self, other: "Sums") -> "Sums":
        """Both together."""
        return Sums(self.people + other.people, self.total + other.total, self.squares + other.squares)

    def about(self, value: Fraction) -> Fraction:
        """The sum of squared differences from a value."""
        return self.squares - 2 * value * self.total + self.people * value * value

    @property
    def mean(self) -> Fraction:
        """The mean; of nobody it is not asked for."""
        return Fraction(self.total, self.people)


Groups = Mapping[tuple[str, ...], Sums]


@dataclass(frozen=True, slots=True)
class CostSums:
    """Sums of cost in pence and of its logarithm by practice and group."""

    cost: Mapping[str, Groups]
    log_cost: Mapping[str, Groups]


def cost_sums_of(rows: Iterable[Sequence[object]]) -> CostSums:
    """The sums that an engine gave, in the order of ``cost_sums``."""
    cost: dict[str, dict[tuple[str, ...], Sums]] = defaultdict(dict)
    logs: dict[str, dict[tuple[str, ...], Sums]] = defaultdict(dict)
    for row in rows:
        practice, *group = (str(name) for name in row[: -len(_SUMS) - 1])
        people, total, high, cross, low, log, log_squares = (_whole(number) for number in row[-len(_SUMS) - 1 :])
        squares = high * BASE * BASE + 2 * cross * BASE + low
        cost[practice][tuple(group)] = Sums(people, total, squares)
        logs[practice][tuple(group)] = Sums(people, log, log_squares)
    return CostSums(cost, logs)


def _whole(number: object) -> int:
    if not isinstance(number, int):
        message = f"{number!r} is not a whole number"
        raise TypeError(message)
    return number


@dataclass(frozen=True, slots=True)
class Explained:
    """What share of a variance the groups of a scheme explain.

    Attributes:
        people: over how many.
        groups: how many groups have somebody in them.
        share: between-group sum of squares over the whole (R squared). None where nothing varies.
        adjusted: the same, less what so many groups explain by chance. None with no more people than groups.
        cross_validated: the same, when the means of one half of the practices foretell the people of the other; below
            zero where the mean of everybody foretells better. None with fewer than two practices.
    """

    people: int
    groups: int
    share: float | None
    adjusted: float | None
    cross_validated: float | None


def explained(by_practice: Mapping[str, Groups], *, seed: int) -> Explained:
    """How much of the variance between people groups explain.

    Args:
        by_practice: sums of each group in each practice; a group without people is not there.
        seed: decides which practices are in which half; the same seed gives the same halves.
    """
    groups = _together(by_practice.values())
    everybody = sum(groups.values(), Sums())
    if not everybody.people:
        return Explained(0, 0, None, None, None)
    whole = everybody.about(everybody.mean)
    inside = sum((one.about(one.mean) for one in groups.values()), Fraction(0))
    share = 1 - inside / whole if whole else None
    free = everybody.people - len(groups)
    adjusted = 1 - (1 - share) * (everybody.people - 1) / free if share is not None and free > 0 else None
    return Explained(
        everybody.people, len(groups), _float(share), _float(adjusted), _float(_cross_validated(by_practice, seed=seed))
    )


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _together(practices: Iterable[Groups]) -> dict[tuple[str, ...], Sums]:
    found: dict[tuple[str, ...], Sums] = {}
    for groups in practices:
        for group, sums in groups.items():
            if sums.people:
                found[group] = found.get(group, Sums()) + sums
    return found


def _cross_validated(by_practice: Mapping[str, Groups], *, seed: int) -> Fraction | None:
    """One less the squared error of each half under the means of the other, over that under its overall mean."""
    missed = base = Fraction(0)
    halves = halves_of(by_practice, seed=seed)
    for learning, held in (halves, halves[::-1]):
        known = _together(by_practice[name] for name in learning)
        everybody = sum(known.values(), Sums())
        if not everybody.people:
            return None
        for group, sums in _together(by_practice[name] for name in held).items():
            missed += sums.about(known[group].mean if group in known else everybody.mean)
            base += sums.about(everybody.mean)
    return 1 - missed / base if base else None


def halves_of(practices: Iterable[str], *, seed: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Two halves of the practices, the second with one more where they are odd, by a seed."""
    names = sorted(practices, key=lambda name: sha256(f"{seed} {name}".encode()).digest())
    middle = len(names) // 2
    return tuple(sorted(names[:middle])), tuple(sorted(names[middle:]))


@dataclass(frozen=True, slots=True)
class Compared:
    """A scheme, by its name, and what it explains of cost and of the logarithm of cost."""

    scheme: str
    cost: Explained
    log_cost: Explained


def compared(schemes: Mapping[str, CostSums], *, seed: int) -> tuple[Compared, ...]:
    """Schemes, the one that foretells cost best first; those that cannot be compared last.

    Cost is skewed, so a few dear people decide what is explained of it; the logarithm says more of everybody else.
    """
    found = [
        Compared(name, explained(sums.cost, seed=seed), explained(sums.log_cost, seed=seed))
        for name, sums in schemes.items()
    ]
    return tuple(sorted(found, key=_best_first))


def _best_first(one: Compared) -> tuple[bool, float, str]:
    value = one.cost.cross_validated if one.cost.cross_validated is not None else one.cost.adjusted
    return value is None, -(value or 0.0), one.scheme
