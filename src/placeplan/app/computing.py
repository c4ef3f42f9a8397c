"""One chain: the engines in their order, each given what the ones before found."""

from dataclasses import dataclass

from placeplan.finance.computing import compute_finance
from placeplan.finance.ledger import Reconciliation
from placeplan.indicators.computing import compute_indicators
from placeplan.kernel.figures import Figures
from placeplan.plan.model import Plan
from placeplan.rounds.planning_round import PlanningRound


@dataclass(frozen=True, slots=True)
class Computed:
    """A plan, its round, every figure, and how every stated value stands to its figure."""

    plan: Plan
    round: PlanningRound
    figures: Figures
    reconciliations: tuple[Reconciliation, ...]


def compute(plan: Plan, planning_round: PlanningRound) -> Computed:
    """Compute every figure of a plan: indicators first, for money may link to them."""
    indicators = compute_indicators(plan, planning_round)
    finance = compute_finance(plan, planning_round, known=indicators)
    return Computed(plan, planning_round, indicators.with_more(finance.figures.values()), finance.reconciliations)
