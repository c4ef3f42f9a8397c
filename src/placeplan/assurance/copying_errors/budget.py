"""How many changed plans may be computed in one search: many of a small plan, few of a large one."""

from placeplan.plan.model import Plan

MOST_ROWS_COMPUTED = 40_000
FEWEST_TRIALS, MOST_TRIALS = 12, 200


def trials_for(plan: Plan) -> int:
    """Number of trials, by the rows that each of them has to compute."""
    rows = len(plan.lines) + len(plan.allocations) + len(plan.schemes) + len(plan.targets) + len(plan.benefits)
    return max(FEWEST_TRIALS, min(MOST_TRIALS, MOST_ROWS_COMPUTED // (rows + 1)))
