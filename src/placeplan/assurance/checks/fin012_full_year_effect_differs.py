"""FIN012: the full-year effect in a year is not what the lines that started in the year before imply."""

from collections.abc import Iterator
from decimal import Decimal

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.reading_plans import ServiceYear, known_figure, place_of_step, service_years, value_of
from placeplan.finance.service_lines import lines_by_service
from placeplan.kernel.periods import MONTHS_IN_YEAR, FinancialYear
from placeplan.kernel.wording import worded
from placeplan.plan.cells import PER_CENT, Amount
from placeplan.plan.tables import BridgeStep, FinanceLine


def find(case: Case) -> Iterator[Finding]:
    """Each service and year whose typed effect differs from the implied one by more than the threshold."""
    started = _started(case)
    allowed = case.definitions.level("full-year-effect-gap")
    for at in service_years(case.plan):
        implied = started.get((at.service.id, at.year.previous))
        if implied is None or at.year == case.plan.header.years[0]:
            continue
        typed = value_of(known_figure(case, at.id(BridgeStep.PART_YEAR_EFFECT)))
        if abs(typed - implied) > abs(implied) * allowed.value / PER_CENT:
            yield _finding(case, at, implied=implied, typed=typed, leans_on=unconfirmed([allowed]))


def _finding(case: Case, at: ServiceYear, *, implied: Decimal, typed: Decimal, leans_on: tuple[str, ...]) -> Finding:
    unit = str(case.plan.header.money)
    return CHECK.finding(
        subject=at.id(BridgeStep.PART_YEAR_EFFECT),
        location=place_of_step(case, at, step=BridgeStep.PART_YEAR_EFFECT),
        facts={
            "at": at.words,
            "typed": worded(typed, unit),
            "implied": worded(implied, unit),
            "before": at.year.previous,
        },
        figures=(at.id(BridgeStep.PART_YEAR_EFFECT),),
        leans_on=leans_on,
    )


def _started(case: Case) -> dict[tuple[str, FinancialYear], Decimal]:
    """For each service and year, what the recurrent lines that started in its course cost beyond it in a full year."""
    found: dict[tuple[str, FinancialYear], Decimal] = {}
    if all(line.starts is None for line in case.plan.lines):
        return found
    for line in (line for lines in lines_by_service(case.plan).values() for line in lines.starting):
        if line.starts is not None and line.starts.number_in_financial_year > 1:
            year = line.starts.financial_year
            key = line.service, year
            found[key] = found.get(key, Decimal(0)) + _further(line, year)
    return {key: further for key, further in found.items() if further}


def _further(line: FinanceLine, year: FinancialYear) -> Decimal:
    cell = line.amounts.get(year)
    before = line.starts.number_in_financial_year - 1 if line.starts else 0
    return cell.number.value * before / (MONTHS_IN_YEAR - before) if isinstance(cell, Amount) else Decimal(0)


CHECK = Check(
    code="FIN012",
    title="The full-year effect does not follow from the lines that started in the year before",
    message=(
        "{at}: part-year and full-year effects come to {typed}, while the lines that started in the course of "
        "{before} imply {implied}"
    ),
    severity=Severity.WARNING,
    why=(
        "What started in October costs twice as much in its first full year. A plan that forgets it starts the year "
        "with a gap."
    ),
    mend="Enter the full-year effect, or correct the month in which the line starts.",
    references=("NHS England, CCG financial planning template 2014/15: full-year effects",),
    find=find,
)
