"""The care model of a plan as figures, with how stated values stand to them."""

from collections.abc import Mapping
from dataclasses import dataclass

from placeplan.app.care.plan_capacity_figures import add_capacity
from placeplan.app.care.plan_figures import add_activity, add_savings
from placeplan.app.care.plan_inputs import care_inputs
from placeplan.app.care.plan_model import care_model, plausibility
from placeplan.app.care.plan_money_figures import add_plausibility, add_totals
from placeplan.finance.ledger import Ledger, Reconciliation
from placeplan.kernel.figures import Figure, Figures
from placeplan.plan.model import Plan


@dataclass(frozen=True, slots=True)
class CareResult:
    """Figures of the care model, and how every stated value stands to them."""

    figures: Figures
    reconciliations: tuple[Reconciliation, ...]


def compute_care(plan: Plan, *, known: Mapping[str, Figure]) -> CareResult:
    """Compute every figure of the care model of a plan that has one.

    Args:
        plan: the plan; see ``has_care_model``.
        known: figures that were computed before.

    Raises:
        InputError: with every row that the engine cannot take, at its cell.
    """
    model = care_model(care_inputs(plan))
    ledger = Ledger(plan.stated, unit=str(plan.header.money), known=known)
    add_activity(plan, model, ledger=ledger)
    add_savings(plan, model, ledger=ledger)
    add_totals(plan, model, ledger=ledger)
    add_plausibility(plan, plausibility(model), ledger=ledger)
    add_capacity(plan, model, ledger=ledger)
    return CareResult(ledger.figures, ledger.reconciliations)
