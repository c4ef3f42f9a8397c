"""PER010: a trajectory is for an indicator that the round does not know."""

from collections.abc import Iterator

from placeplan.assurance.findings import Case, Check, Finding, Severity
from placeplan.assurance.levels_asked import name_of, standards_by_id
from placeplan.assurance.phrasing import nearest


def find(case: Case) -> Iterator[Finding]:
    """Each trajectory whose indicator is none of the round's, letter for letter."""
    standards = standards_by_id(case)
    by_small = {standard.lower(): standard for standard in standards}
    for row in case.plan.trajectories:
        if standards and row.indicator not in standards:
            same = by_small.get(row.indicator.lower())
            yield CHECK.finding(
                subject=name_of(row),
                location=row.place.at("indicator"),
                facts={"title": row.title, "indicator": row.indicator, "round": case.round.id},
                suggestion=f"Did you mean {same}?" if same else nearest(row.indicator, standards),
            )


CHECK = Check(
    code="PER010",
    title="A trajectory is for an indicator that the round does not know",
    message="{title}: the round {round} has no indicator {indicator}, so that no level is tested",
    severity=Severity.NOTE,
    why="A local indicator is welcome. A national one with another name is not held to its standard.",
    mend="Write the code as the round does; `placeplan rounds show` lists them.",
    references=("Technical guidance of each round: list of indicators",),
    find=find,
)
