"""Which new practice premises come first: those for a list above a threshold, or for a need that somebody has named."""

from collections.abc import Sequence
from dataclasses import dataclass

from placeplan.capacity.arrays import CapacityInputError, amounts, finite


@dataclass(frozen=True, slots=True, kw_only=True)
class PremisesProposal:
    """Premises that are asked for. ``need`` is the need that was named for a practice that is already there."""

    area: str
    people_now: float
    growth: float
    new_practice: bool
    need: str = ""

    def __post_init__(self) -> None:
        amounts(f"{self.area}, people_now", self.people_now)
        finite(f"{self.area}, growth", self.growth)
        if self.list_size < 0:
            raise CapacityInputError(f"{self.area}: fewer people than none.")

    @property
    def list_size(self) -> float:
        """People whom the premises would serve."""
        return self.people_now + self.growth


@dataclass(frozen=True, slots=True)
class PremisesPriority:
    """A proposal with its place in the order, whether it meets the criterion, and why."""

    proposal: PremisesProposal
    meets: bool
    why: str


def premises_in_order(
    proposals: Sequence[PremisesProposal], *, smallest_new_list: float
) -> tuple[PremisesPriority, ...]:
    """Proposals that meet the criterion first, larger growth before smaller.

    A new practice meets it when its list would be above ``smallest_new_list``; a practice that is there, when a need of
    its population has been named (West Kent Local Care Plan 2017, section 7.1).
    """
    judged = [_judged(proposal, smallest_new_list) for proposal in proposals]
    return tuple(sorted(judged, key=lambda one: (not one.meets, -one.proposal.growth, one.proposal.area)))


def _judged(proposal: PremisesProposal, smallest_new_list: float) -> PremisesPriority:
    size = f"{proposal.list_size:,.0f} people"
    if not proposal.new_practice:
        return PremisesPriority(proposal, bool(proposal.need), proposal.need or "no need of its population is named")
    meets = proposal.list_size > smallest_new_list
    return PremisesPriority(proposal, meets, f"{size}, {'above' if meets else 'not above'} {smallest_new_list:,.0f}")
