"""PLN013: a balance brought forward is entered and derived at once."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.reading_plans import known_figure
from placeplan.finance.measures import Measure, figure_id
from placeplan.kernel.wording import worded
from placeplan.plan.tables import AllocationKind


def find(case: Case) -> Iterator[Finding]:
    """Each entered balance of a year whose opening follows from the year before."""
    for row in case.plan.allocations:
        if row.kind is not AllocationKind.BROUGHT_FORWARD:
            continue
        for year in case.plan.header.years[1:]:
            before = known_figure(case, figure_id(row.service, year.previous, measure=Measure.CUMULATIVE))
            entered = row.amounts.get(year)
            if before is not None and entered is not None:
                yield CHECK.finding(
                    subject=figure_id(row.service, year, measure=Measure.BROUGHT_FORWARD),
                    location=row.place.at(str(year)),
                    facts={
                        "service": case.plan.header.service(row.service).name,
                        "year": year,
                        "entered": entered,
                        "derived": worded(before.value, before.unit),
                        "before": year.previous,
                    },
                    figures=(before.id,),
                )


CHECK = Check(
    code="PLN013",
    title="A balance brought forward is entered although it can be derived",
    message="{service} enters {entered} as brought forward into {year}, while {before} closes at {derived}",
    severity=Severity.WARNING,
    why=(
        "The entered balance wins. When the year before changes, the opening balance no longer follows it and nobody "
        "is told."
    ),
    mend=(
        "Leave the cell blank and give the carry-forward rule; put the printed balance into finance/stated.csv to be "
        "reconciled."
    ),
    references=("Placeplan's design: totals are derived, never typed",),
    find=find,
)
