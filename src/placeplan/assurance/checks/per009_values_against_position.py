"""PER009: planned values contradict what the plan says of itself."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity, unconfirmed
from placeplan.assurance.levels_asked import Kind, levels, misses, name_of, planned_numbers, standards_by_id
from placeplan.plan.tables import Position, Trajectory
from placeplan.rounds.standards import Standard


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory that says it meets the standard and plans below it, or the reverse."""
    standards = standards_by_id(case)
    for row in case.plan.trajectories:
        standard = standards.get(row.indicator)
        if standard is not None and row.position in (Position.MEETS_STANDARD, Position.MISSES_STANDARD):
            yield from _of_row(row, standard)


def _of_row(row: Trajectory, standard: Standard) -> Iterator[Finding]:
    asked = [
        level for year, _ in planned_numbers(row) for level in levels(standard, year) if level.kind is Kind.STANDARD
    ]
    if not asked:
        return
    missed = [miss for miss in misses(row, standard) if miss.level.kind is Kind.STANDARD]
    says_met = row.position is Position.MEETS_STANDARD
    if says_met is not bool(missed):
        return
    year, number = (missed[0].year, missed[0].planned) if missed else next(planned_numbers(row))
    yield CHECK.finding(
        subject=name_of(row),
        location=row.place.at(str(year)),
        facts={
            "title": row.title,
            "indicator": name_of(row),
            "position": row.position,
            "value": f"{number} in {year}",
            "way": "misses" if missed else "meets",
            "level": asked[0].words,
        },
        leans_on=tuple(dict.fromkeys(unconfirmed(level.origin for level in asked))),
    )


CHECK = Check(
    code="PER009",
    title="Planned values contradict the position that the plan states",
    message="{title} ({indicator}): the position is '{position}', but {value} {way} the {level}",
    severity=Severity.ERROR,
    why="Two statements of one plan cannot both be true, and each reader will take the one that suits.",
    mend="Correct the values, or the position.",
    references=("Placeplan's design: text cannot contradict a table",),
    find=find,
)
