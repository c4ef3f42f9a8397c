"""PLN007: nothing says which balances come into a year."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.phrasing import listed
from placeplan.finance.measures import Measure, figure_id
from placeplan.kernel.periods import FinancialYear
from placeplan.plan.header import Service
from placeplan.plan.tables import AllocationKind


def find(case: Case) -> Iterator[Finding]:
    """Each service with years into which a balance comes, or may come, without a rule."""
    opening = {line.service for line in case.plan.allocations if line.kind is AllocationKind.BROUGHT_FORWARD}
    for number, service in enumerate(case.plan.header.services):
        years = [year for year in case.plan.header.years if _has_balance(case, service, year=year, opening=opening)]
        ruleless = [str(year) for year in years if year not in service.carry_forward]
        if ruleless:
            yield CHECK.finding(
                subject=service.id,
                location=case.plan.where("services", number, "carry_forward"),
                facts={"service": service.name, "years": listed(ruleless)},
            )


def _has_balance(case: Case, service: Service, *, year: FinancialYear, opening: set[str]) -> bool:
    first = year == case.plan.header.years[0]
    return (
        service.id in opening
        if first
        else figure_id(service.id, year.previous, measure=Measure.CUMULATIVE) in case.figures
    )


CHECK = Check(
    code="PLN007",
    title="Nothing says which balances are carried into a year",
    message=(
        "{service} has no carry-forward rule for {years}; surplus and deficit are both carried forward until one is "
        "given"
    ),
    severity=Severity.NOTE,
    why=(
        "Whether a surplus comes back in the next year decides what a service may spend. In 2014/15 the answer "
        "differed from one "
        "commissioned service to another."
    ),
    mend="Give `carry_forward` for the year: surplus, deficit, both or neither.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, paras 160 and 161",),
    find=find,
)
