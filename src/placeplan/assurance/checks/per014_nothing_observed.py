"""PER014: planned values start from nothing that was observed, or from an old observation."""

from collections.abc import Iterator
from datetime import date

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.levels_asked import name_of
from placeplan.assurance.phrasing import listed, many
from placeplan.assurance.plan_delivery import latest_value, place_of, plan_deliveries
from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery
from placeplan.indicators.in_plans.plan_readings import Reading
from placeplan.kernel.periods import Month


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory with planned values whose latest observation is old; one note for all that have none."""
    threshold = case.definitions.level("observation-age")
    first_day = case.plan.header.years[0].first_day
    oldest = _earlier(first_day, int(threshold.value))
    planned = [found for found in plan_deliveries(case) if found.delivery.planned]
    for found in planned:
        if found.latest is not None and found.latest.span.ends < oldest:
            yield _old(found, found.latest, first_day=first_day, leans_on=unconfirmed([threshold]))
    unseen = [found for found in planned if found.latest is None]
    if unseen:
        place = unseen[0].row.place
        names = listed([name_of(found.row) for found in unseen])
        yield CHECK.finding(
            subject=place.file,
            location=place.at("indicator"),
            facts={
                "what": f"{many(len(unseen), 'indicator')} ({names})",
                "found": "planned in numbers, with no observation in a known period to start from",
            },
        )


def _earlier(day: date, months: int) -> date:
    """The first day of the month that lies some months before a day."""
    month = Month(day.year, day.month).plus(-months)
    return date(month.year, month.month, 1)


def _old(found: PlanDelivery, latest: Reading, *, first_day: date, leans_on: tuple[str, ...]) -> Finding:
    return CHECK.finding(
        subject=name_of(found.row),
        location=place_of(latest),
        facts={
            "what": f"{found.row.title} ({name_of(found.row)})",
            "found": f"the latest observation is {latest_value(found)}, and the plan starts on {first_day}",
        },
        leans_on=leans_on,
    )


CHECK = Check(
    code="PER014",
    title="Planned values start from no observation, or from an old one",
    message="{what}: {found}",
    severity=Severity.NOTE,
    why=(
        "No data is not assured. Without an observation near the start nobody can say whether the first planned value "
        "is a rise or a fall, and whether it can be reached."
    ),
    mend="Enter the latest value of each indicator, with its period, in performance/observations.csv.",
    references=(
        "NHS England (Kent and Medway) operational plan 2014-16: where there are no data, no assurance can be given",
        "Placeplan's own level for the age; no national rule was found",
    ),
    find=find,
)
