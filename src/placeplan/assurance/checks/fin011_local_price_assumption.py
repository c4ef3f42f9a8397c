"""FIN011: a price or efficiency assumption differs from the national one, and no reason is given."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.kernel.periods import FinancialYear
from placeplan.kernel.wording import PER_CENT, worded
from placeplan.plan.cells import Rate
from placeplan.plan.tables import BridgeStep, FinanceLine
from placeplan.rounds.money_rules import PriceFactor, PriceFactorKind

FACTOR_OF_STEP = {
    BridgeStep.PRICE_INFLATION: PriceFactorKind.PRICE_UPLIFT,
    BridgeStep.PROVIDER_EFFICIENCY: PriceFactorKind.PROVIDER_EFFICIENCY,
}
Factors = dict[tuple[str, FinancialYear], tuple[PriceFactor, ...]]


def find(case: Case) -> Iterator[Finding]:
    """Each rate of a price or efficiency line that is not the round's, on a line without a reason."""
    factors: Factors = {}
    for line in case.plan.lines:
        if line.step in FACTOR_OF_STEP and not line.reason:
            yield from _of_line(case, line, factors=factors)


def _of_line(case: Case, line: FinanceLine, *, factors: Factors) -> Iterator[Finding]:
    for year, cell in line.amounts.items():
        if isinstance(cell, Rate):
            for factor in _factors(case, line.service, year=year, known=factors):
                gap = abs(abs(cell.percent.value) - factor.percent)
                if factor.kind is FACTOR_OF_STEP[line.step] and gap > cell.percent.tolerance:
                    yield CHECK.finding(
                        subject=f"{line.service} {line.line} {year}",
                        location=line.place.at(str(year)),
                        facts={
                            "line": line.line,
                            "year": year,
                            "rate": cell,
                            "national": worded(factor.percent, PER_CENT),
                        },
                        leans_on=unconfirmed([factor]),
                    )


def _factors(case: Case, service: str, *, year: FinancialYear, known: Factors) -> tuple[PriceFactor, ...]:
    """The round's factors for a service and year, asked for once."""
    if (service, year) not in known:
        rules = case.plan.header.service(service).rules
        known[service, year] = case.round.price_factors_for(year, case.as_at, service=rules)
    return known[service, year]


CHECK = Check(
    code="FIN011",
    title="A price assumption differs from the national one without a reason",
    message="{line}, {year}: {rate} is assumed where the round has {national}, and no reason is given",
    severity=Severity.WARNING,
    why=(
        "Plans that assume different prices cannot be compared, and the two sides of a contract will disagree in its "
        "first month."
    ),
    mend="Use the national factor, or give the local reason in the reason column.",
    references=("Everyone Counts 2014/15, planning assumptions; NHS Payment Scheme of later rounds",),
    find=find,
)
