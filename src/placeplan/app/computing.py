"""One chain: the engines in their order, each given what the ones before found."""

from dataclasses import dataclass

from placeplan.finance.computing import compute_finance
from placeplan.finance.ledger import Reconciliation
from placeplan.indicators.computing import compute_indicators
from placeplan.kernel.figures import Figures
from placeplan.plan.model import Plan
from placeplan.rounds.planning_round import PlanningRound
from placeplan.segments.plan_figures import segment_figures


@dataclass(frozen=True, slots=True)
class Computed:
    """A plan, its round, every figure, and how every stated value stands to its figure."""

    plan: Plan
    round: PlanningRound
    figures: Figures
    reconciliations: tuple[Reconciliation, ...]


def compute(plan: Plan, planning_round: PlanningRound) -> Computed:
    """Compute every figure of a plan: indicators and segments first, for money may link to them."""
    known = compute_indicators(plan, planning_round).with_more(segment_figures(plan.segments))
    finance = compute_finance(plan, planning_round, known=known)
    return Computed(plan, planning_round, known.with_more(finance.figures.values()), finance.reconciliations)
