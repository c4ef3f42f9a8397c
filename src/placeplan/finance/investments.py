"""Investments: what is to be spent on something new, by what it is paid from, by how long, and by business case.

An investment whose business case was refused is counted among the refused ones and nowhere else.
"""

from collections.abc import Callable, Mapping, Sequence
from enum import StrEnum

from placeplan.finance.amounts import counted, no_base
from placeplan.finance.bridge import combined
from placeplan.finance.claims import add_counted
from placeplan.finance.ledger import Ledger
from placeplan.finance.measures import ALL_SERVICES
from placeplan.kernel.figures import Figure
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.funding_tables import BusinessCase, Funding, Investment
from placeplan.plan.model import Plan


class InvestmentMeasure(StrEnum):
    """What is computed of the investments of a service and year."""

    TOTAL = "total"
    RECURRENT = "recurrent"
    NON_RECURRENT = "non-recurrent"
    FROM_GROWTH = "from-growth"
    FROM_HEADROOM = "from-headroom"
    FROM_OTHER = "from-other"
    TRANSFORMATION = "transformation"
    CASE_NOT_SAID = "case-not-said"
    CASE_NOT_STARTED = "case-not-started"
    CASE_IN_PREPARATION = "case-in-preparation"
    CASE_SUBMITTED = "case-submitted"
    CASE_APPROVED = "case-approved"
    CASE_REFUSED = "case-refused"
    CASE_NOT_NEEDED = "case-not-needed"
    HEADROOM = "headroom"
    UNCOMMITTED = "headroom-uncommitted"
    TRANSFORMATION_REQUIRED = "transformation-required"


INVESTMENT_WORDS: dict[InvestmentMeasure, str] = {
    InvestmentMeasure.TOTAL: "investments",
    InvestmentMeasure.RECURRENT: "recurrent investments",
    InvestmentMeasure.NON_RECURRENT: "non-recurrent investments",
    InvestmentMeasure.FROM_GROWTH: "investments from growth",
    InvestmentMeasure.FROM_HEADROOM: "investments from headroom",
    InvestmentMeasure.FROM_OTHER: "investments from other money",
    InvestmentMeasure.TRANSFORMATION: "headroom spent on transformation",
    InvestmentMeasure.CASE_NOT_SAID: "investments of which no business case is said",
    InvestmentMeasure.CASE_NOT_STARTED: "investments whose business case is not started",
    InvestmentMeasure.CASE_IN_PREPARATION: "investments whose business case is in preparation",
    InvestmentMeasure.CASE_SUBMITTED: "investments whose business case is submitted",
    InvestmentMeasure.CASE_APPROVED: "investments whose business case is approved",
    InvestmentMeasure.CASE_REFUSED: "investments whose business case was refused",
    InvestmentMeasure.CASE_NOT_NEEDED: "investments that need no business case",
    InvestmentMeasure.HEADROOM: "headroom",
    InvestmentMeasure.UNCOMMITTED: "headroom that is not committed",
    InvestmentMeasure.TRANSFORMATION_REQUIRED: "headroom that the rules ask for transformation",
}
CASES: Mapping[BusinessCase | None, InvestmentMeasure] = {
    None: InvestmentMeasure.CASE_NOT_SAID,
    BusinessCase.NOT_STARTED: InvestmentMeasure.CASE_NOT_STARTED,
    BusinessCase.IN_PREPARATION: InvestmentMeasure.CASE_IN_PREPARATION,
    BusinessCase.SUBMITTED: InvestmentMeasure.CASE_SUBMITTED,
    BusinessCase.APPROVED: InvestmentMeasure.CASE_APPROVED,
    BusinessCase.REFUSED: InvestmentMeasure.CASE_REFUSED,
    BusinessCase.NOT_NEEDED: InvestmentMeasure.CASE_NOT_NEEDED,
}
_OF_FUNDING = {
    Funding.GROWTH: InvestmentMeasure.FROM_GROWTH,
    Funding.HEADROOM: InvestmentMeasure.FROM_HEADROOM,
    Funding.OTHER: InvestmentMeasure.FROM_OTHER,
}
_CHOICES: Mapping[InvestmentMeasure, tuple[str, Callable[[Investment], bool]]] = {
    InvestmentMeasure.TOTAL: ("sum of the investments", lambda row: row.counts),
    InvestmentMeasure.RECURRENT: ("sum of the investments that go on", lambda row: row.counts and row.goes_on),
    InvestmentMeasure.NON_RECURRENT: (
        "sum of the investments that are made once",
        lambda row: row.counts and not row.goes_on,
    ),
    InvestmentMeasure.TRANSFORMATION: (
        "sum of the investments from headroom that are marked as transformation",
        lambda row: row.counts and row.funding is Funding.HEADROOM and row.transformation is True,
    ),
}
ALWAYS = (InvestmentMeasure.TOTAL, InvestmentMeasure.RECURRENT, InvestmentMeasure.NON_RECURRENT)


def investments_id(service: str, year: FinancialYear, *, measure: InvestmentMeasure) -> str:
    """Identifier of a figure of investments: ``investments.specialised.2014-15.headroom-uncommitted``."""
    return f"investments.{service}.{year}.{measure}"


def investment_id(row: Investment, year: FinancialYear) -> str:
    """Identifier of the amount of one investment: ``investments.specialised.2014-15.investment.new-scanner``."""
    return f"investments.{row.service}.{year}.investment.{row.investment}"


def add_investments(plan: Plan, ledger: Ledger) -> None:
    """Add the amount of each investment, and the sums of each service that has some, and of all services."""
    names = {service.id: service.name for service in plan.header.services}
    for year in plan.header.years if plan.investments else ():
        for row in plan.investments:
            parts = counted([row], year, base=no_base, ledger=ledger)
            label = f"{row.title}, investment, {year}"
            add_counted(ledger, investment_id(row, year), label=label, formula="the row as entered", parts=parts)
        for measure, formula, chosen in _sums(plan.investments):
            found = [
                _add_sum(service, name, year=year, measure=measure, formula=formula, chosen=chosen, ledger=ledger)
                for service, name in names.items()
                if any(row.service == service for row in plan.investments)
            ]
            _add_over_services(year, measure=measure, figures=[each for each in found if each], ledger=ledger)


def _sums(rows: Sequence[Investment]) -> list[tuple[InvestmentMeasure, str, list[Investment]]]:
    """Each sum: its measure, its formula, and the rows that are part of it."""
    found = [(measure, formula, [row for row in rows if part(row)]) for measure, (formula, part) in _CHOICES.items()]
    for funding, measure in _OF_FUNDING.items():
        own = [row for row in rows if row.counts and row.funding is funding]
        found.append((measure, f"sum of the investments paid from {funding}", own))
    for case, measure in CASES.items():
        own = [row for row in rows if row.business_case is case]
        found.append((measure, "sum of the investments whose business case stands so", own))
    return found


def _add_sum(
    service: str,
    name: str,
    *,
    year: FinancialYear,
    measure: InvestmentMeasure,
    formula: str,
    chosen: Sequence[Investment],
    ledger: Ledger,
) -> Figure | None:
    own = [ledger[investment_id(row, year)] for row in chosen if row.service == service]
    if not own and measure not in ALWAYS:
        return None
    return add_counted(
        ledger,
        investments_id(service, year, measure=measure),
        label=f"{name}, {INVESTMENT_WORDS[measure]}, {year}",
        formula=formula,
        parts=combined([(figure, 1) for figure in own], ledger),
    )


def _add_over_services(
    year: FinancialYear, *, measure: InvestmentMeasure, figures: Sequence[Figure], ledger: Ledger
) -> None:
    if figures:
        add_counted(
            ledger,
            investments_id(ALL_SERVICES, year, measure=measure),
            label=f"All services, {INVESTMENT_WORDS[measure]}, {year}",
            formula="sum over the services",
            parts=combined([(figure, 1) for figure in figures], ledger),
        )
