"""FIN007: resources do not cover the planned spend."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import ServiceYear, known_figure, place_of_position, service_years, value_of
from placeplan.finance.measures import Measure, figure_id
from placeplan.finance.outlook import YEARS_AHEAD
from placeplan.kernel.figures import Figure
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each service and year with a cumulative deficit beyond rounding; for the last year with what it becomes
    uncorrected.
    """
    for at in service_years(case.plan):
        closing = known_figure(case, at.id(Measure.CUMULATIVE))
        if closing is None or value_of(closing) >= -closing.tolerance:
            continue
        later = _uncorrected(case, at)
        yield CHECK.finding(
            subject=closing.id,
            location=place_of_position(case, at),
            facts={"at": at.words, "deficit": worded(-value_of(closing), closing.unit), "later": _words(later)},
            figures=(closing.id, *(figure.id for figure in later)),
        )


def _uncorrected(case: Case, at: ServiceYear) -> list[Figure]:
    """What the deficit of the last planned year becomes in the years after it."""
    year, found = at.year, []
    for _ in range(YEARS_AHEAD if at.year == case.plan.header.years[-1] else 0):
        year = year.next
        figure = known_figure(case, figure_id(at.service.id, year, measure=Measure.UNCORRECTED))
        if figure is not None:
            found.append(figure)
    return found


def _words(later: list[Figure]) -> str:
    if not later:
        return ""
    steps = ", ".join(f"{worded(figure.value, figure.unit)} in {figure.id.split('.')[2]}" for figure in later)
    return f"; left as it is it becomes {steps}"


CHECK = Check(
    code="FIN007",
    title="Resources do not cover the planned spend",
    message="{at}: spend is planned {deficit} above the resources{later}",
    severity=Severity.ERROR,
    why=(
        "A deficit that is carried forward and not corrected grows every year: the balance comes on top of a gap that"
        " is still there. "
        "Planning documents of 2014-16 call this the multiplier effect."
    ),
    mend="Size the savings with `savings-to-balance`, or agree in writing who covers the deficit.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, finance chapter",),
    find=find,
)
