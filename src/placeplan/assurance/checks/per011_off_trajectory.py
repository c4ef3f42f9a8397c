"""PER011: the latest observations are worse than planned, period after period."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity, unconfirmed
from placeplan.assurance.levels_asked import name_of
from placeplan.assurance.phrasing import listed
from placeplan.assurance.plan_delivery import measured, place_of, plan_deliveries
from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory whose latest periods are all worse than planned, as many in a row as the threshold says."""
    threshold = case.definitions.level("periods-off-trajectory")
    for found in plan_deliveries(case):
        latest = found.latest
        if latest is None or not found.delivery.off_trajectory(periods=int(threshold.value)):
            continue
        yield CHECK.finding(
            subject=name_of(found.row),
            location=place_of(latest),
            facts={
                "title": found.row.title,
                "indicator": name_of(found.row),
                "periods": found.delivery.periods_off,
                "values": listed(_values(found)),
            },
            related=(Related(found.row.place.at(), "the trajectory"),),
            leans_on=unconfirmed([threshold]),
        )


def _values(found: PlanDelivery) -> list[str]:
    """The periods that are worse than planned, in order of time."""
    unit = found.delivery.unit
    off = found.delivery.gaps[-found.delivery.periods_off :]
    return [
        f"{measured(gap.actual, unit)} in {gap.period} where {measured(gap.planned, unit)} was planned" for gap in off
    ]


CHECK = Check(
    code="PER011",
    title="An indicator is off its trajectory for several periods in a row",
    message="{title} ({indicator}) is worse than planned for {periods} periods in a row: {values}",
    severity=Severity.WARNING,
    why=(
        "One period can be chance. Several in a row say that the plan is not being delivered, while there may still be "
        "time in the year to recover."
    ),
    mend="Say in the exception column what is done to recover and by when, or plan again from where things stand.",
    references=(
        "Technical guidance of each round: trajectories are monitored in the year",
        "Placeplan's own level for the number of periods; no national rule was found",
    ),
    find=find,
)
