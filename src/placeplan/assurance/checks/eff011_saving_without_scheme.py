"""EFF011: the bridge counts on a saving and no scheme is listed."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure, place_of_step, service_years, value_of
from placeplan.finance.efficiency import SchemeMeasure, efficiency_id
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BridgeStep


def find(case: Case) -> Iterator[Finding]:
    """Each service and year with a saving in the bridge and nothing behind it."""
    for at in service_years(case.plan):
        step = known_figure(case, at.id(BridgeStep.EFFICIENCY_SCHEME))
        listed = efficiency_id(at.service.id, at.year, measure=SchemeMeasure.NET) in case.figures
        if step is not None and value_of(step) and not listed:
            yield CHECK.finding(
                subject=step.id,
                location=place_of_step(case, at, step=BridgeStep.EFFICIENCY_SCHEME),
                facts={"at": at.words, "saving": worded(-value_of(step), step.unit)},
                figures=(step.id,),
            )


CHECK = Check(
    code="EFF011",
    title="The bridge counts on a saving that no scheme explains",
    message="{at}: the bridge counts on savings of {saving}, and no scheme is listed",
    severity=Severity.WARNING,
    why="An assurer cannot tell a saving that is under way from a number that makes the plan balance.",
    mend="List the schemes in finance/efficiency.csv, with owner, phasing and confidence.",
    references=("NHS England, CCG financial planning template 2014/15: QIPP sheet",),
    find=find,
)
