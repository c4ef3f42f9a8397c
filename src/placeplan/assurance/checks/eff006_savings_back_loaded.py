"""EFF006: the savings of a year fall in its last quarter."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.phrasing import percent
from placeplan.assurance.reading_plans import known_figure, value_of
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id, month_id
from placeplan.kernel.figures import ZERO
from placeplan.kernel.periods import MONTHS_IN_QUARTER, MONTHS_IN_YEAR, FinancialYear
from placeplan.plan.cells import PER_CENT

LAST_QUARTER = range(MONTHS_IN_YEAR - MONTHS_IN_QUARTER + 1, MONTHS_IN_YEAR + 1)


def find(case: Case) -> Iterator[Finding]:
    """Each service and year with too large a share in January to March, at its first scheme."""
    allowed = case.definitions.level("last-quarter-share")
    first = {(scheme.service, scheme.year): scheme for scheme in reversed(case.plan.schemes)}
    for (service, year), scheme in sorted(first.items(), key=lambda item: item[1].place.line):
        gross = known_figure(case, efficiency_id(service, year, measure=SchemeMeasure.GROSS))
        if gross is None or value_of(gross) <= ZERO:
            continue
        months = _last_quarter(service, year)
        share = sum((value_of(known_figure(case, month)) for month in months), ZERO) / value_of(gross) * PER_CENT
        if share > allowed.value:
            yield CHECK.finding(
                subject=gross.id,
                location=scheme.place.at("phasing"),
                facts={
                    "service": case.plan.header.service(service).name,
                    "year": year,
                    "share": percent(share),
                    "level": percent(allowed.value),
                },
                figures=(gross.id, *months),
                leans_on=unconfirmed([allowed]),
            )


def _last_quarter(service: str, year: FinancialYear) -> tuple[str, ...]:
    return tuple(month_id(service, year, number=number) for number in LAST_QUARTER)


CHECK = Check(
    code="EFF006",
    title="The savings of the year fall in its last quarter",
    message="{service}, {year}: {share} of the savings falls in January to March; more than {level} is back-loaded",
    severity=Severity.WARNING,
    why="A plan that saves at the end of the year finds out too late that it does not.",
    mend="Start schemes earlier, or show what is done if they slip by a quarter.",
    references=("NHS England, CCG financial planning template 2014/15: phasing of QIPP",),
    find=find,
)
