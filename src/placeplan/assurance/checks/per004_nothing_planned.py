"""PER004: an indicator is listed without any value or word."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.levels_asked import name_of, planned_numbers
from placeplan.plan.cells import Link


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory without a number, a link and a position."""
    for row in case.plan.trajectories:
        linked = any(isinstance(cell, Link) for cell in row.planned.values())
        if row.position is None and not linked and not any(True for _ in planned_numbers(row)):
            yield CHECK.finding(
                subject=name_of(row),
                location=row.place.at("position"),
                facts={"title": row.title, "indicator": name_of(row)},
            )


CHECK = Check(
    code="PER004",
    title="An indicator has neither a value nor a position",
    message="{title} ({indicator}): no value is planned and no position is given; no data is not assurance",
    severity=Severity.WARNING,
    why="An empty row is easily read as nothing to worry about. It means that nobody knows.",
    mend="Enter planned values, or a position: meets-standard, misses-standard or not-assured.",
    references=("Placeplan's design: no data is not assured",),
    find=find,
)
