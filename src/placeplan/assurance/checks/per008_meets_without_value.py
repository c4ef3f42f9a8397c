"""PER008: the plan says that a standard is met and prints no value."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.levels_asked import name_of, planned_numbers
from placeplan.assurance.phrasing import listed, many
from placeplan.plan.tables import Position, Trajectory

MOST_ALONE = 3


def find(case: Case) -> Iterator[Finding]:
    """Each such trajectory of an indicator that is a number; one note for all of them when there are many."""
    questions = {standard.id for standard in case.round.standards if standard.direction is None}
    bare = [row for row in case.plan.trajectories if row.indicator not in questions and _is_bare(row)]
    if len(bare) > MOST_ALONE:
        names = listed([name_of(row) for row in bare])
        yield CHECK.finding(
            subject=bare[0].place.file,
            location=bare[0].place.at("position"),
            facts={"what": f"{many(len(bare), 'indicator')} ({names})"},
        )
        return
    for row in bare:
        yield CHECK.finding(
            subject=name_of(row),
            location=row.place.at("position"),
            facts={"what": f"{row.title} ({name_of(row)})"},
        )


def _is_bare(row: Trajectory) -> bool:
    return row.position is Position.MEETS_STANDARD and not any(True for _ in planned_numbers(row))


CHECK = Check(
    code="PER008",
    title="A standard is said to be met and no value is printed",
    message="{what}: the plan says that the standard is met, and prints no value",
    severity=Severity.NOTE,
    why="A word cannot be compared with last year, with a neighbour or with what happens.",
    mend="Enter the planned value of each year.",
    references=("Technical guidance of each round: trajectories are submitted as numbers",),
    find=find,
)
