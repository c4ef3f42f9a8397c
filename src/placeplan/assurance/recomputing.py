"""The finance figures of a changed plan, with the figures of other engines left as they are."""

from placeplan.assurance.findings import Case
from placeplan.finance.computing import FinanceResult, compute_finance
from placeplan.finance.measures import FAMILIES
from placeplan.plan.model import Plan


def recomputed(case: Case, plan: Plan) -> FinanceResult:
    """Figures and reconciliations of a plan that differs from the case's in some cells of its money tables."""
    known = {figure_id: figure for figure_id, figure in case.figures.items() if not figure_id.startswith(FAMILIES)}
    return compute_finance(plan, case.round, known=known)
