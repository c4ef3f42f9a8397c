"""EFF008: the saving that is thought likely does not meet the requirement."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_position, service_years, value_of
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id
from placeplan.finance.measures import Measure
from placeplan.kernel.wording import worded


def find(case: Case) -> Iterator[Finding]:
    """Each service and year with schemes whose risk-adjusted saving is short of what the rules imply."""
    for at in service_years(case.plan):
        likely = known_figure(case, efficiency_id(at.service.id, at.year, measure=SchemeMeasure.RISK_ADJUSTED))
        required = known_figure(case, at.id(Measure.SAVINGS_REQUIREMENT))
        if likely is None or required is None or value_of(required) <= 0:
            continue
        short = value_of(required) - value_of(likely)
        if short > required.tolerance + likely.tolerance:
            yield CHECK.finding(
                subject=likely.id,
                location=place_of_position(case, at),
                facts={
                    "at": at.words,
                    "likely": worded(likely.value, likely.unit),
                    "required": worded(required.value, required.unit),
                    "short": worded(short, required.unit),
                },
                figures=(likely.id, required.id),
            )


CHECK = Check(
    code="EFF008",
    title="The saving that is thought likely is short of what the rules imply",
    message=(
        "{at}: the schemes are likely to save {likely}, and {required} is needed for balance and rules; {short} is "
        "missing"
    ),
    severity=Severity.WARNING,
    why="Full delivery of every scheme is rare. A plan that needs all of it has no slack.",
    mend="Add schemes, or show the contingency that covers the difference.",
    references=("NHS England, CCG financial planning template 2014/15: risk-adjusted QIPP",),
    find=find,
)
