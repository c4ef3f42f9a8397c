"""PER006: planned values get worse where the round asks for improvement."""

from collections.abc import Iterator
from itertools import pairwise

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.levels_asked import name_of, planned_numbers, reaches, standards_by_id
from placeplan.indicators.in_plans.trajectories import PLANNED
from placeplan.indicators.naming import performance_id


def find(case: Case) -> Iterator[Finding]:
    """Each step of a trajectory to the wrong side."""
    standards = standards_by_id(case)
    for row in case.plan.trajectories:
        standard = standards.get(row.indicator)
        if standard is None or standard.improvement is None:
            continue
        for (before, first), (year, second) in pairwise(planned_numbers(row)):
            if not reaches(standard, second.value, level=first.value):
                yield CHECK.finding(
                    subject=performance_id(row.indicator, row.area, year=year, measure=PLANNED),
                    location=row.place.at(str(year)),
                    facts={
                        "title": row.title,
                        "indicator": name_of(row),
                        "first": f"{first} in {before}",
                        "second": f"{second} in {year}",
                    },
                    figures=(performance_id(row.indicator, row.area, year=year, measure=PLANNED),),
                    leans_on=unconfirmed([standard.improvement]),
                )


CHECK = Check(
    code="PER006",
    title="Planned values get worse where improvement is required",
    message="{title} ({indicator}): {first}, then {second}, where the round asks for improvement",
    severity=Severity.ERROR,
    why="A round that asks for improvement asks that no year is planned below the one before, whatever the level.",
    mend="Plan at least the level of the year before.",
    references=("Nine must-dos for 2016/17: Kent Health and Wellbeing Board, 16 March 2016",),
    find=find,
)
