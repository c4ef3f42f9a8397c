"""The figures that lines of a bridge may link to: they are worked out before it, and do not rest on it."""

from placeplan.finance.benefits import add_benefits
from placeplan.finance.claims import add_claims
from placeplan.finance.delivery_figures import add_delivery
from placeplan.finance.efficiency import add_efficiency
from placeplan.finance.investments import add_investments
from placeplan.finance.ledger import Ledger
from placeplan.finance.targets import add_targets
from placeplan.plan.model import Plan


def add_linkable(plan: Plan, ledger: Ledger) -> None:
    """Add the figures of schemes and their delivery, targets, benefits, claims and investments."""
    add_efficiency(plan, ledger)
    add_delivery(plan, ledger)
    add_targets(plan, ledger)
    add_benefits(plan, ledger)
    add_claims(plan, ledger)
    add_investments(plan, ledger)
