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
    """Compute every figure of a plan: indicators, segments and the care model first, for money may link to them.

    Raises:
        InputError: a row of the care model cannot be worked with, with every such row.
    """
    known = compute_indicators(plan, planning_round).with_more(segment_figures(plan.segments))
    reconciliations: tuple[Reconciliation, ...] = ()
    if plan.care_activity:
        from placeplan.app.care.plan_care import compute_care  # numerical libraries, for plans that need them alone

        care = compute_care(plan, known=known)
        known, reconciliations = known.with_more(care.figures.values()), care.reconciliations
    finance = compute_finance(plan, planning_round, known=known)
    figures = known.with_more(finance.figures.values())
    return Computed(plan, planning_round, figures, (*reconciliations, *finance.reconciliations))
