"""What a reader of a protected table knows of each cell: its kind, and the smallest and largest number it may hold."""

from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from placeplan.disclosure.counted_tables import Integers
from placeplan.disclosure.rule import DisclosureRule

Kinds = NDArray[np.str_]
Flags = NDArray[np.bool_]


class CellKind(StrEnum):
    """How a cell is shown."""

    SHOWN = "shown"
    ROUNDED = "rounded"
    PRIMARY = "primary suppressed"
    SECONDARY = "secondary suppressed"

    @property
    def withheld(self) -> bool:
        """Whether no number is shown."""
        return self in {CellKind.PRIMARY, CellKind.SECONDARY}


@dataclass(frozen=True, eq=False)
class Known:
    """The smallest and the largest number that each cell may hold; ``upper`` is infinite where nothing bounds it."""

    lower: NDArray[np.float64]
    upper: NDArray[np.float64]

    def narrowest(self, other: "Known") -> "Known":
        """What is known when both are."""
        return Known(np.maximum(self.lower, other.lower), np.minimum(self.upper, other.upper))


def is_small(counts: Integers, rule: DisclosureRule) -> Flags:
    """Which counts the rule withholds."""
    lowest, highest = rule.small
    return (counts >= lowest) & (counts <= highest)


def first_kinds(counts: Integers, rule: DisclosureRule) -> Kinds:
    """Kinds before anything is withheld to protect something else."""
    rounded = (counts > 0) & (rule.rounded_to is not None)
    others = np.where(rounded, CellKind.ROUNDED.value, CellKind.SHOWN.value)
    return np.where(is_small(counts, rule), CellKind.PRIMARY.value, others)


def is_withheld(kinds: Kinds) -> Flags:
    """Which cells show no number."""
    return np.asarray((kinds == CellKind.PRIMARY.value) | (kinds == CellKind.SECONDARY.value))


def rounded(counts: Integers, rule: DisclosureRule) -> Integers:
    """Counts to the nearest multiple, halves upwards; as they are where the rule does not round."""
    if rule.rounded_to is None:
        return counts
    return (2 * counts + rule.rounded_to) // (2 * rule.rounded_to) * rule.rounded_to


def known_by_kind(counts: Integers, kinds: Kinds, *, rule: DisclosureRule) -> Known:
    """What a reader knows who knows the rule and sees the signs.

    A shown number is itself, a rounded one is what rounds to it and is not small, a primary cell is from the lowest to
    the highest small count. A secondary cell that is large is taken to be known as large, which is more than the
    sign says: a careful reader will guess it. Any other secondary cell may hold anything.
    """
    lowest, highest = rule.small
    lower, upper = counts.astype(float), counts.astype(float)
    base = rule.rounded_to or 1
    shown = rounded(counts, rule)
    near, primary, secondary = (
        kinds == kind.value for kind in (CellKind.ROUNDED, CellKind.PRIMARY, CellKind.SECONDARY)
    )
    lower[near] = np.maximum(np.ceil(shown[near] - base / 2), highest + 1)
    upper[near] = np.ceil(shown[near] + base / 2) - 1
    lower[primary], upper[primary] = lowest, highest
    lower[secondary] = np.where(counts[secondary] > highest, highest + 1, 0)
    upper[secondary] = np.inf
    return Known(lower, upper)
