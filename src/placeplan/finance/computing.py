"""All finance figures of a plan, in the order in which they rest on one another."""

from collections.abc import Mapping
from dataclasses import dataclass

from placeplan.finance.bridge import add_bridges
from placeplan.finance.granted import add_if_granted
from placeplan.finance.headroom import add_headroom
from placeplan.finance.ledger import Ledger, Reconciliation
from placeplan.finance.linkable import add_linkable
from placeplan.finance.outlook import add_outlook
from placeplan.finance.required import add_required
from placeplan.finance.service_lines import lines_by_service
from placeplan.finance.spend_areas import add_spend_areas
from placeplan.kernel.figures import Figure, Figures
from placeplan.plan.model import Plan
from placeplan.rounds.planning_round import PlanningRound


@dataclass(frozen=True, slots=True)
class FinanceResult:
    """The finance figures of a plan, and how every stated value stands to them."""

    figures: Figures
    reconciliations: tuple[Reconciliation, ...]


def compute_finance(
    plan: Plan, planning_round: PlanningRound, *, known: Mapping[str, Figure] | None = None
) -> FinanceResult:
    """Compute every finance figure of a plan.

    Args:
        plan: the plan.
        planning_round: whose business rules apply.
        known: figures of other engines, which cells of the plan may link to.
    """
    ledger = Ledger(plan.stated, unit=str(plan.header.money), known=known)
    add_linkable(plan, ledger)
    lines = lines_by_service(plan)
    add_bridges(plan, ledger, lines=lines)
    add_required(plan, planning_round, ledger=ledger, lines=lines)
    add_outlook(plan, ledger, lines=lines)
    add_if_granted(plan, ledger, known=known)
    add_headroom(plan, planning_round, ledger=ledger)
    add_spend_areas(plan, ledger)
    return FinanceResult(ledger.figures, ledger.reconciliations)
