"""PER013: the latest observation misses a standard that the plan speaks of as if it were met."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Related, Severity
from placeplan.assurance.levels_asked import name_of
from placeplan.assurance.plan_delivery import latest_value, measured, place_of, plan_deliveries
from placeplan.indicators.in_plans.plan_deliveries import PlanDelivery
from placeplan.indicators.in_plans.plan_readings import Reading
from placeplan.indicators.trajectory.delivery import Standing
from placeplan.indicators.trajectory.recovery import recovery_to_standard
from placeplan.plan.tables import Position
from placeplan.rounds.standards import Standard


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory whose latest observation misses the standard, although the plan says that it is met; or although
    the trajectory is met, where the plan says neither when nor how the standard will be.
    """
    standards = {standard.id.lower(): standard for standard in case.round.standards}
    for found in plan_deliveries(case):
        standard = standards.get(found.row.indicator.lower())
        if standard is None or found.latest is None or found.delivery.standard_test is not Standing.MISSED:
            continue
        if found.row.position is Position.MEETS_STANDARD:
            yield _finding(found, found.latest, standard=standard, severity=CHECK.severity)
        elif found.delivery.trajectory_test is Standing.MET and not _recovers(found):
            yield _finding(found, found.latest, standard=standard, severity=Severity.NOTE)


def _recovers(found: PlanDelivery) -> bool:
    """Whether the plan says how the standard will be met: in words, or by a planned value that reaches it."""
    delivery = found.delivery
    reached = (
        delivery.good_side(point.value, step.value)
        for point in delivery.planned
        if (step := delivery.standard_on(point.span.ends)) is not None
    )
    return bool(found.row.exception) or any(side is not None and side >= 0 for side in reached)


def _finding(found: PlanDelivery, latest: Reading, *, standard: Standard, severity: Severity) -> Finding:
    level = standard.constitutional(latest.span.ends)
    short = recovery_to_standard(found.delivery)
    says_met = found.row.position is Position.MEETS_STANDARD
    return CHECK.finding(
        subject=name_of(found.row),
        location=place_of(latest),
        facts={
            "title": found.row.title,
            "indicator": name_of(found.row),
            "value": latest_value(found),
            "level": measured(float(level.value), level.unit) if level else "",
            "short": f" by {short:,} counted" if short else "",
            "although": (
                "although the plan says that it is met"
                if says_met
                else "although the trajectory is met, and the plan does not say how the standard will be"
            ),
        },
        severity=severity,
        related=(Related(found.row.place.at("position" if says_met else ""), "what the plan says"),),
        leans_on=(level.path,) if level and not level.confirmed else (),
    )


CHECK = Check(
    code="PER013",
    title="The latest observation misses a standard that the plan treats as met",
    message="{title} ({indicator}): {value} misses the standard of {level}{short}, {although}",
    severity=Severity.WARNING,
    why=(
        "Standard and trajectory are two tests. A plan that is on its own path can still be short of what patients are "
        "promised, and a word such as 'met' is tested by what was observed."
    ),
    mend="Correct the position, or say in the exception column how and when the standard will be met.",
    references=(
        "NHS Constitution standards: the standard and the recovery trajectory are monitored side by side",
        "NHS England (Kent and Medway) operational plan 2014-16, positions in words beside each indicator",
    ),
    find=find,
)
