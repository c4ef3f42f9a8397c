"""Claims on allocations: what is asked for, claim by claim and by state. A claim counts in no position of the plan."""

from collections.abc import Sequence
from enum import StrEnum

from placeplan.finance.amounts import Counted, counted, no_base
from placeplan.finance.bridge import combined
from placeplan.finance.ledger import Draft, Ledger
from placeplan.finance.measures import ALL_SERVICES, figure_id
from placeplan.kernel.figures import Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.funding_tables import AllocationClaim, ClaimState
from placeplan.plan.header import Service
from placeplan.plan.model import Plan


class ClaimMeasure(StrEnum):
    """What is computed of the claims of a service and year."""

    RAISED = "claims-raised"
    AGREED = "claims-agreed"
    REFUSED = "claims-refused"
    TRANSACTED = "claims-transacted"
    OPEN = "claims-open"
    IN_YEAR_IF_GRANTED = "in-year-if-granted"
    CUMULATIVE_IF_GRANTED = "cumulative-if-granted"


CLAIM_WORDS: dict[ClaimMeasure, str] = {
    ClaimMeasure.RAISED: "claims raised",
    ClaimMeasure.AGREED: "claims agreed and not yet transacted",
    ClaimMeasure.REFUSED: "claims refused",
    ClaimMeasure.TRANSACTED: "claims transacted",
    ClaimMeasure.OPEN: "open claims",
    ClaimMeasure.IN_YEAR_IF_GRANTED: "in-year position if the open claims were granted",
    ClaimMeasure.CUMULATIVE_IF_GRANTED: "cumulative position if the open claims were granted",
}
OF_STATE = {
    ClaimState.RAISED: ClaimMeasure.RAISED,
    ClaimState.AGREED: ClaimMeasure.AGREED,
    ClaimState.REFUSED: ClaimMeasure.REFUSED,
    ClaimState.TRANSACTED: ClaimMeasure.TRANSACTED,
}
BY_STATE = (*OF_STATE.values(), ClaimMeasure.OPEN)


def claim_id(claim: AllocationClaim, year: FinancialYear) -> str:
    """Identifier of the amount of one claim: ``finance.public-health.2014-15.claim.prescribed-drugs``."""
    return f"finance.{claim.service}.{year}.claim.{claim.claim}"


def add_claims(plan: Plan, ledger: Ledger) -> None:
    """Add the amount of each claim, and the sum of each state: of each service that has claims, and of all."""
    asking = {claim.service for claim in plan.claims}
    services = [service for service in plan.header.services if service.id in asking]
    for year in plan.header.years if asking else ():
        for claim in plan.claims:
            _add_claim(claim, year, ledger=ledger)
        for measure in BY_STATE:
            chosen = [claim for claim in plan.claims if _is_of(claim, measure)]
            found = [_add_sum(each, year, measure=measure, chosen=chosen, ledger=ledger) for each in services]
            _add_over_services(year, measure=measure, figures=found, ledger=ledger)


def _is_of(claim: AllocationClaim, measure: ClaimMeasure) -> bool:
    return claim.is_open if measure is ClaimMeasure.OPEN else OF_STATE[claim.state] is measure


def _add_claim(claim: AllocationClaim, year: FinancialYear, *, ledger: Ledger) -> None:
    parts = counted([claim], year, base=no_base, ledger=ledger)
    label = f"{claim.title}, amount claimed, {year}"
    add_counted(ledger, claim_id(claim, year), label=label, formula="the claim as entered", parts=parts)


def _add_sum(
    service: Service, year: FinancialYear, *, measure: ClaimMeasure, chosen: Sequence[AllocationClaim], ledger: Ledger
) -> Figure:
    own = [ledger[claim_id(claim, year)] for claim in chosen if claim.service == service.id]
    return add_counted(
        ledger,
        figure_id(service.id, year, measure=measure),
        label=f"{service.name}, {CLAIM_WORDS[measure]}, {year}",
        formula="claims raised or agreed" if measure is ClaimMeasure.OPEN else "sum of the claims in that state",
        parts=combined([(figure, 1) for figure in own], ledger),
    )


def _add_over_services(
    year: FinancialYear, *, measure: ClaimMeasure, figures: Sequence[Figure], ledger: Ledger
) -> None:
    add_counted(
        ledger,
        figure_id(ALL_SERVICES, year, measure=measure),
        label=f"All services, {CLAIM_WORDS[measure]}, {year}",
        formula="sum over the services",
        parts=combined([(figure, 1) for figure in figures], ledger),
    )


def add_counted(ledger: Ledger, identifier: str, *, label: str, formula: str, parts: Counted) -> Figure:
    """Add a figure of money that is the sum of parts."""
    return ledger.add_sum(
        Draft(
            id=identifier,
            label=label,
            unit=ledger.unit,
            formula=formula,
            inputs=parts.inputs,
            tolerance=parts.tolerance,
            missing=parts.missing,
        )
    )
