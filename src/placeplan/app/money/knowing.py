"""The figures of a plan that are not of money: what its money may link to while it is worked out again."""

from placeplan.finance.measures import FAMILIES
from placeplan.kernel.figures import Figures
from placeplan.reports.types import PlanResults


def figures_of_others(results: PlanResults) -> Figures:
    """The figures that other engines made of the plan.

    They do not rest on money, so they stay as they are when money changes.
    """
    return Figures(figure for name, figure in results.figures.items() if not name.startswith(FAMILIES))
