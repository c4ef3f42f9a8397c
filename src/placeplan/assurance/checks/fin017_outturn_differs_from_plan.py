"""FIN017: a later year starts from another spend than the plan has for the year before."""

from collections.abc import Iterator
from itertools import pairwise

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import ServiceYear, known_figure, place_of_step
from placeplan.finance.measures import Measure
from placeplan.kernel.wording import worded
from placeplan.plan.tables import BridgeStep


def find(case: Case) -> Iterator[Finding]:
    """Each service and later year whose outturn is not the planned spend of the year before, by more than rounding."""
    for number, service in enumerate(case.plan.header.services):
        for before, year in pairwise(case.plan.header.years):
            at = ServiceYear(number, service, year)
            outturn = known_figure(case, at.id(BridgeStep.OUTTURN))
            planned = known_figure(case, ServiceYear(number, service, before).id(Measure.TOTAL))
            if outturn is None or planned is None or outturn.value is None or planned.value is None:
                continue
            if abs(outturn.value - planned.value) > outturn.tolerance + planned.tolerance:
                yield CHECK.finding(
                    subject=outturn.id,
                    location=place_of_step(case, at, step=BridgeStep.OUTTURN),
                    facts={
                        "at": at.words,
                        "outturn": worded(outturn.value, outturn.unit),
                        "planned": worded(planned.value, planned.unit),
                        "before": before,
                        "gap": worded(outturn.value - planned.value, outturn.unit),
                    },
                    figures=(outturn.id, planned.id),
                )


CHECK = Check(
    code="FIN017",
    title="A later year starts from another spend than the plan has for the year before",
    message="{at}: the bridge starts from {outturn}, while {planned} is planned for {before}; the gap is {gap}",
    severity=Severity.WARNING,
    why="A two-year plan that starts its second year from another number than it ends its first with does not add up.",
    mend="Leave the outturn of the later year blank, so that it is taken from the plan, or say in a line what changed.",
    references=("NHS England, CCG financial planning template 2014/15: later years start from the year before",),
    find=find,
)
