"""Financial mapping: where spend can be changed at all, what is asked of it, and how far that is from the target.

A target set from above is a share of all spend. Only areas of spend with a lever can give anything, so the same target
asks for a larger share of those.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from placeplan.demand.errors import DemandError, refuse
from placeplan.plan.savings_tables import Lever

__all__ = ["FinancialMapping", "Lever", "MappedArea", "SpendArea", "financial_mapping"]


@dataclass(frozen=True, slots=True)
class SpendArea:
    """An area of spend: a leaf with its spend, lever and goal, or a branch whose spend is that of its parts.

    Attributes:
        name: unique among its neighbours.
        spend: in one unit of money throughout; none for a branch.
        lever: what can be changed; of a leaf only.
        discretion: whether it can be changed here, and not only nationally.
        goal: share of its spend that is to be saved, such as 0.03.
        parts: of a branch.

    Raises:
        DemandError: a leaf without spend, a branch with figures of its own, parts with one name, a goal where there is
            no lever or no discretion, or a goal outside 0 to 1.
    """

    name: str
    spend: Decimal | None = None
    lever: Lever = Lever.NONE
    discretion: bool = True
    goal: Decimal = Decimal(0)
    parts: tuple["SpendArea", ...] = ()

    def __post_init__(self) -> None:
        object.__setattr__(self, "lever", Lever(self.lever))
        refuse(f"{self.name}: {problem}" for problem in (self._branch() if self.parts else self._leaf()))

    @property
    def addressable(self) -> bool:
        """Whether a leaf can give anything."""
        return self.lever is not Lever.NONE and self.discretion

    def leaves(self) -> Iterator["SpendArea"]:
        """Every leaf below, or the area itself."""
        if not self.parts:
            yield self
        for part in self.parts:
            yield from part.leaves()

    def _leaf(self) -> Iterator[str]:
        if self.spend is None or not self.spend.is_finite() or self.spend < 0:
            yield f"its spend is {self.spend}; expected 0 or more"
        if not 0 <= self.goal <= 1:
            yield f"its goal is {self.goal}; expected a share from 0 to 1"
        if self.goal > 0 and not self.addressable:
            why = "it has no lever" if self.lever is Lever.NONE else "it cannot be changed here"
            yield f"a goal of {self.goal:.1%} is set, but {why}"

    def _branch(self) -> Iterator[str]:
        if self.spend is not None or self.lever is not Lever.NONE or self.goal:
            yield "it has parts and figures of its own; expected the figures of the parts alone"
        names = [part.name for part in self.parts]
        yield from (
            f"'{name}' is the name of two of its parts" for name in sorted({n for n in names if names.count(n) > 1})
        )


@dataclass(frozen=True, slots=True)
class MappedArea:
    """One area in the mapping.

    Attributes:
        path: names from the top.
        spend: of the area and all its parts.
        addressable: spend that can give anything.
        realistic: what the goals come to.
        target: its part of the target, in proportion to addressable spend.
        gap: target less realistic; below 0 where the goals reach further.
    """

    path: tuple[str, ...]
    spend: Decimal
    addressable: Decimal
    realistic: Decimal
    target: Decimal
    gap: Decimal


@dataclass(frozen=True, slots=True)
class FinancialMapping:
    """A target from above against goals from below.

    Attributes:
        target_share: of all spend.
        areas: every area, the whole first, each before its parts.
    """

    target_share: Decimal
    areas: tuple[MappedArea, ...]

    @property
    def whole(self) -> MappedArea:
        """All spend."""
        return self.areas[0]

    @property
    def share_asked_of_addressable(self) -> Decimal:
        """What the target asks of the spend that can give anything."""
        return self.whole.target / self.whole.addressable


def financial_mapping(whole: SpendArea, *, target_share: Decimal) -> FinancialMapping:
    """Map a target on areas of spend.

    Args:
        whole: the tree of spend.
        target_share: share of all spend to be saved, such as 0.03: of 357 it is 10.71.

    Raises:
        DemandError: the target is not between 0 and 1, or nothing is addressable while something is asked.
    """
    if not 0 <= target_share <= 1:
        raise DemandError([f"target: {target_share}; expected a share from 0 to 1, such as 0.03"])
    spend, addressable, _ = _sums(whole)
    if target_share and not addressable:
        raise DemandError([f"{whole.name}: {target_share:.1%} is asked, and no area of spend has a lever here"])
    rate = target_share * spend / addressable if addressable else Decimal(0)
    return FinancialMapping(target_share, tuple(_mapped(whole, (), rate=rate)))


def _mapped(area: SpendArea, above: tuple[str, ...], *, rate: Decimal) -> Iterator[MappedArea]:
    path = (*above, area.name)
    spend, addressable, realistic = _sums(area)
    target = addressable * rate
    yield MappedArea(path, spend, addressable, realistic, target, target - realistic)
    for part in area.parts:
        yield from _mapped(part, path, rate=rate)


def _sums(area: SpendArea) -> tuple[Decimal, Decimal, Decimal]:
    leaves = tuple(area.leaves())
    spend = [leaf.spend or Decimal(0) for leaf in leaves]
    addressable = [amount for leaf, amount in zip(leaves, spend, strict=True) if leaf.addressable]
    realistic = [leaf.goal * amount for leaf, amount in zip(leaves, spend, strict=True)]
    return sum(spend, Decimal(0)), sum(addressable, Decimal(0)), sum(realistic, Decimal(0))
