"""PER002: a level is missed and nothing says why."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.levels_asked import excused_by_milestone, misses, name_of, standards_by_id
from placeplan.plan.tables import Position


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory without exception text that misses a level, by its values or in its own words."""
    standards = standards_by_id(case)
    for row in case.plan.trajectories:
        if row.exception:
            continue
        standard = standards.get(row.indicator)
        missed = (
            [miss for miss in misses(row, standard) if not excused_by_milestone(miss, standard)] if standard else []
        )
        if missed or row.position is Position.MISSES_STANDARD:
            yield CHECK.finding(
                subject=name_of(row),
                location=row.place.at("exception"),
                facts={
                    "title": row.title,
                    "indicator": name_of(row),
                    "what": f"the {missed[0].level.name}" if missed else "the standard, as the plan itself says",
                },
                leans_on=tuple(
                    dict.fromkeys(miss.level.origin.path for miss in missed if not miss.level.origin.confirmed)
                ),
            )


CHECK = Check(
    code="PER002",
    title="A level is missed and no exception text says why",
    message="{title} ({indicator}): the plan misses {what}, and gives no exception text",
    severity=Severity.ERROR,
    why="Missing a standard can be the honest plan. Missing it without a word cannot be assured.",
    mend="Say in the exception column why the level is missed, what is done about it, and when it will be met.",
    references=("Everyone Counts 2014/15 technical guidance: exception text stands beside a standard that is missed",),
    find=find,
)
