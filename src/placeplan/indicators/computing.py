"""All figures of a plan's indicators."""

from placeplan.indicators.in_plans.observing import observed_figures
from placeplan.indicators.in_plans.trajectories import trajectory_figures
from placeplan.kernel.figures import Figures
from placeplan.plan.model import Plan
from placeplan.rounds.planning_round import PlanningRound


def compute_indicators(plan: Plan, planning_round: PlanningRound) -> Figures:
    """Observed values, planned values, standards and gaps."""
    return Figures([*observed_figures(plan.observations), *trajectory_figures(plan.trajectories, planning_round)])
