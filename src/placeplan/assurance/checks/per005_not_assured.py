"""PER005: the plan gives no assurance on an indicator."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.levels_asked import name_of
from placeplan.plan.tables import Position


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory whose position is that it is not assured."""
    for row in case.plan.trajectories:
        if row.position is Position.NOT_ASSURED:
            yield CHECK.finding(
                subject=name_of(row),
                location=row.place.at("position"),
                facts={
                    "title": row.title,
                    "indicator": name_of(row),
                    "exception": row.exception or "no reason is given",
                },
            )


CHECK = Check(
    code="PER005",
    title="The plan gives no assurance on an indicator",
    message="{title} ({indicator}): the plan gives no assurance: {exception}",
    severity=Severity.WARNING,
    why="Without data or a way to deliver, nobody can say whether the standard will be met.",
    mend="Say what would give assurance and when: the data that are missing, the work that is under way.",
    references=("NHS England (Kent and Medway) operational plan 2014-16, public health indicators",),
    find=find,
)
